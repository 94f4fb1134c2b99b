//! Expressions before they are evaluated: the library knows no variables, finds nothing under prefixes that stand for
//! nothing, and looks for functions only when it comes to call them.

use crate::value::{Value, coerce};

/// The functions of XPath 1.0.
const FUNCTIONS: &[&str] = &[
    "last",
    "position",
    "count",
    "id",
    "local-name",
    "namespace-uri",
    "name",
    "string",
    "concat",
    "starts-with",
    "contains",
    "substring-before",
    "substring-after",
    "substring",
    "string-length",
    "normalize-space",
    "translate",
    "boolean",
    "not",
    "true",
    "false",
    "lang",
    "number",
    "sum",
    "floor",
    "ceiling",
    "round",
];
/// What stands before `(` and calls nothing.
const NO_CALLS: &[&str] = &["and", "or", "div", "mod", "text", "node", "comment", "processing-instruction"];

/// An expression with the values of its variables in their places; a variable that has none stands for no nodes.
///
/// # Errors
/// A prefix that stands for nothing; a function that is not there.
pub fn filled(xpath: &str, variables: &[(String, Value)], is_known: impl Fn(&str) -> bool) -> Result<String, String> {
    let mut out = String::with_capacity(xpath.len());
    let mut rest = xpath;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '\'' => rest[1..].find(c).map_or(rest.len(), |end| end + 2),
            '$' => {
                let length = 1 + qualified(&rest[1..]);
                let name = rest[1..length].rsplit(':').next().unwrap_or_default();
                let value = variables.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value);
                out.push_str(&literal(value)?);
                rest = &rest[length..];
                continue;
            }
            c if c.is_ascii_digit() => rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len()),
            c if is_start(c) => named(rest, &is_known)?,
            c => c.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    Ok(out)
}

fn is_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// How long the name is that a text begins with, without a prefix.
fn simple(text: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{b7}');
    if !text.starts_with(is_start) {
        return 0;
    }
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

/// How long the name is that a text begins with, its prefix included; `p:*` counts as one.
fn qualified(text: &str) -> usize {
    let first = simple(text);
    let Some(behind) = text[first..].strip_prefix(':') else { return first };
    match simple(behind) {
        _ if behind.starts_with('*') => first + 2,
        0 => first,
        second => first + 1 + second,
    }
}

/// How long the name is that a text begins with, after a look at what it names.
fn named(text: &str, is_known: &impl Fn(&str) -> bool) -> Result<usize, String> {
    let first = simple(text);
    if text[first..].starts_with("::") {
        return Ok(first + 2);
    }
    let length = qualified(text);
    let name = &text[..length];
    if let Some((prefix, _)) = name.split_once(':')
        && !is_known(prefix)
    {
        return Err(format!("the prefix `{prefix}` stands for no namespace"));
    }
    let calls = text[length..].trim_start().starts_with('(');
    if calls && !FUNCTIONS.contains(&name) && !NO_CALLS.contains(&name) {
        return Err(format!("there is no function `{name}`"));
    }
    Ok(length)
}

/// A value as an expression.
fn literal(value: Option<&Value>) -> Result<String, String> {
    let Some(value) = value else { return Ok("(/..)".to_string()) };
    match value.bare() {
        Value::Null => Ok("(/..)".to_string()),
        Value::Boolean(true) => Ok("true()".to_string()),
        Value::Boolean(false) => Ok("false()".to_string()),
        bare => {
            let text = coerce::to_text(bare).map_err(|fault| fault.to_string())?;
            let is_number = bare.as_number().is_some() && !text.contains(['e', 'E']);
            Ok(if is_number { format!("({text})") } else { quoted(&text) })
        }
    }
}

/// A text as an expression, which knows no escapes.
fn quoted(text: &str) -> String {
    match (text.contains('\''), text.contains('"')) {
        (false, _) => format!("'{text}'"),
        (true, false) => format!("\"{text}\""),
        (true, true) => {
            let parts: Vec<_> = text.split('\'').map(|part| format!("'{part}'")).collect();
            format!("concat({})", parts.join(", \"'\", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(xpath: &str) -> Result<String, String> {
        let variables = [
            ("word".to_string(), Value::string("it's")),
            ("both".to_string(), Value::string("'\"")),
            ("n".to_string(), Value::from(-2)),
            ("yes".to_string(), Value::Boolean(true)),
            ("none".to_string(), Value::Null),
        ];
        filled(xpath, &variables, |prefix| prefix == "p")
    }

    #[test]
    fn variables_become_their_values() {
        for (xpath, expected) in [
            ("//a[contains(., $word)]", "//a[contains(., \"it's\")]"),
            ("$both", "concat('', \"'\", '\"')"),
            ("//a[@n > $n and $yes]", "//a[@n > (-2) and true()]"),
            ("//a[. = $none]/$other", "//a[. = (/..)]/(/..)"),
            ("'$word'", "'$word'"),
            ("child::p:a | p:* | 'x:y'", "child::p:a | p:* | 'x:y'"),
            ("a.b-c/text ()[position() < 1.5]", "a.b-c/text ()[position() < 1.5]"),
        ] {
            assert_eq!(of(xpath).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_not_there_is_told() {
        for (xpath, expected) in [
            ("//q:a", "the prefix `q` stands for no namespace"),
            ("//a[matches(., 'x')]", "there is no function `matches`"),
            ("p:lower(a)", "there is no function `p:lower`"),
        ] {
            assert_eq!(of(xpath).unwrap_err(), expected);
        }
    }
}
