//! The writer's properties, and what they say.

use super::escape::Escapes;
use crate::diag::{Code, Fault};
use crate::format::{Options, Property};
use crate::value::{Charset, Namespace, Str};
use std::sync::Arc;

/// The writer's properties.
pub const PROPERTIES: &[Property] = &[
    Property::flag("indent", true, "Whether each element starts on a line of its own, indented by its level."),
    Property::flag("writeDeclaration", true, "Whether an XML declaration comes first."),
    Property::flag(
        "doubleQuoteInDeclaration",
        false,
        "Whether the declaration has double quotes instead of single ones.",
    ),
    Property::choice(
        "skipNullOn",
        &["elements", "attributes", "everywhere"],
        "",
        "Which nulls are left out; those inside of arrays never are.",
    ),
    Property::flag("writeNilOnNull", false, "Whether an element that is null gets the attribute `xsi:nil`."),
    Property::choice(
        "inlineCloseOn",
        &["empty", "none"],
        "empty",
        "Whether empty elements are written `<a/>` or `<a></a>`.",
    ),
    Property::choice(
        "onInvalidChar",
        &["base64", "ignore", "none"],
        "none",
        "What becomes of text with characters that XML forbids: Base64, the text without them, or an error.",
    ),
    Property::flag("escapeGT", false, "Whether every `>` in text is escaped."),
    Property::flag("escapeCR", false, "Whether carriage returns are escaped, so that they survive reading."),
    Property::text("defaultNamespace", "", "The namespace of elements without one."),
    Property::text(
        "writeDeclaredNamespaces",
        "",
        "Which namespaces of the script's header the root declares: `All`, `ids:a,b`, or `regex:` with a pattern for URIs.",
    ),
    Property::text(
        "encoding",
        "UTF-8",
        "Character set of the output; characters it does not have are written as references.",
    ),
    Property::BUFFER_SIZE,
    Property::DEFERRED,
];

/// What becomes of characters that XML forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnInvalid {
    /// The text is written as Base64.
    Base64,
    /// They are left out.
    Ignore,
    /// An error.
    Fail,
}

/// What the properties say.
pub struct Settings {
    pub indent: bool,
    pub skip_null_elements: bool,
    pub skip_null_attributes: bool,
    pub nil_on_null: bool,
    pub close_inline: bool,
    pub on_invalid: OnInvalid,
    pub escapes: Escapes,
    /// The namespace of names without one, with an empty prefix.
    pub default_namespace: Option<Namespace>,
    /// The namespaces that the root declares.
    pub declared: Vec<Arc<Namespace>>,
}

impl Settings {
    /// What these options say.
    pub fn new(options: &Options, charset: Charset) -> Result<Self, Fault> {
        let skip_null = options.text("skipNullOn");
        let default_namespace = options.text("defaultNamespace");
        Ok(Self {
            indent: options.flag("indent"),
            skip_null_elements: matches!(skip_null, "elements" | "everywhere"),
            skip_null_attributes: matches!(skip_null, "attributes" | "everywhere"),
            nil_on_null: options.flag("writeNilOnNull"),
            close_inline: options.text("inlineCloseOn") == "empty",
            on_invalid: match options.text("onInvalidChar") {
                "base64" => OnInvalid::Base64,
                "ignore" => OnInvalid::Ignore,
                _ => OnInvalid::Fail,
            },
            escapes: Escapes { gt: options.flag("escapeGT"), cr: options.flag("escapeCR"), charset },
            default_namespace: (!default_namespace.is_empty())
                .then(|| Namespace { prefix: Str::default(), uri: default_namespace.into() }),
            declared: declared_namespaces(options.text("writeDeclaredNamespaces"), options.namespaces())?,
        })
    }
}

/// Those of the header's namespaces that `writeDeclaredNamespaces` selects.
fn declared_namespaces(which: &str, header: &[Arc<Namespace>]) -> Result<Vec<Arc<Namespace>>, Fault> {
    if let Some(ids) = which.strip_prefix("ids:") {
        let find = |id: &str| {
            let found = header.iter().find(|ns| ns.prefix == id).cloned();
            found.ok_or_else(|| Fault::new(Code::Option, format!("the script declares no namespace `{id}`")))
        };
        return ids.split(',').map(|id| find(id.trim())).collect();
    }
    if let Some(pattern) = which.strip_prefix("regex:") {
        let pattern = fancy_regex::Regex::new(&format!("^(?:{pattern})$"))
            .map_err(|e| Fault::new(Code::Option, format!("`writeDeclaredNamespaces` has a bad pattern: {e}")))?;
        return Ok(header.iter().filter(|ns| pattern.is_match(ns.uri.as_str()).unwrap_or(false)).cloned().collect());
    }
    match which {
        "" => Ok(Vec::new()),
        "All" => Ok(header.to_vec()),
        other => Err(Fault::new(Code::Option, format!("`writeDeclaredNamespaces` cannot be `{other}`"))
            .help("it is `All`, `ids:` and prefixes, or `regex:` and a pattern for URIs")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selects_declared_namespaces() {
        let header = [Arc::new(Namespace { prefix: "g".into(), uri: "geo".into() })];
        for (which, want) in [("All", 1), ("ids:g", 1), ("regex:g.o", 1), ("regex:g", 0), ("", 0)] {
            assert_eq!(declared_namespaces(which, &header).map(|found| found.len()).unwrap(), want, "{which}");
        }
        assert!(declared_namespaces("all", &header).is_err() && declared_namespaces("ids:x", &header).is_err());
    }
}
