//! Document type declarations: what the DOCTYPE says of itself, and the entities and attribute defaults that its internal
//! subset declares. Nothing external is ever fetched.

mod subset;

use super::grammar::space;
use crate::value::{ObjectBuilder, Str, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use subset::{Subset, external_id, name};

/// A DOCTYPE as written.
#[derive(Debug, Default, PartialEq)]
pub struct Doctype<'a> {
    root: &'a str,
    public: Option<&'a str>,
    system: Option<&'a str>,
    subset: Option<&'a str>,
    /// Where the subset starts in the text that was parsed.
    subset_at: usize,
}

/// What is wrong with a declaration, and where in the text given.
pub type Wrong = (usize, String);

/// An entity of the internal subset.
#[derive(Clone)]
pub enum Entity {
    /// Its text, character references resolved.
    Internal(Arc<str>),
    /// Somewhere else.
    External,
}

/// What is declared of an attribute.
pub struct AttributeRule {
    /// Its name.
    pub name: Str,
    /// Whether its value is words rather than text, so that white space counts for less.
    pub words: bool,
    /// The value it has where it is not written; references not resolved yet.
    pub default: Option<Str>,
}

/// The declarations of an internal subset.
#[derive(Default)]
pub struct Dtd {
    entities: FxHashMap<Str, Entity>,
    parameters: FxHashMap<Str, Entity>,
    attributes: FxHashMap<Str, Vec<AttributeRule>>,
}

/// What expanding entities may cost in one document; parameter entities and nested ones count too.
pub struct Budget {
    /// The references allowed, and those expanded.
    most: usize,
    count: usize,
    /// The bytes that were expanded.
    size: usize,
}

impl Budget {
    /// The most bytes of text, as in Java's `jdk.xml.totalEntitySizeLimit`: many references to a long entity are a bomb too.
    const MOST_BYTES: usize = 50_000_000;

    /// Allows so many references (`maxEntityCount`).
    pub fn new(most: usize) -> Self {
        Self { most, count: 0, size: 0 }
    }

    /// Takes one reference to an entity of this text.
    pub fn spend(&mut self, text: &str) -> Result<(), String> {
        self.count += 1;
        self.size += text.len();
        if self.count > self.most {
            return Err(format!("more entities are expanded than `maxEntityCount` ({}) allows", self.most));
        }
        if self.size > Self::MOST_BYTES {
            return Err(format!("entities expand to more than {} bytes", Self::MOST_BYTES));
        }
        Ok(())
    }
}

impl<'a> Doctype<'a> {
    /// Reads what stands between `<!DOCTYPE` and its `>`.
    pub fn parse(text: &'a str) -> Result<Self, Wrong> {
        let at = |rest: &str| text.len() - rest.len();
        let rest = &text[space(text)..];
        let (root, mut rest) = name(rest).ok_or_else(|| (at(rest), "the name of the root is missing".to_string()))?;
        let mut doctype = Self { root, ..Self::default() };
        rest = rest.trim_start();
        if let Some((public, system, tail)) = external_id(rest) {
            (doctype.public, doctype.system) = (public, Some(system));
            rest = tail.trim_start();
        }
        if let Some(subset) = rest.strip_prefix('[') {
            let end = subset.rfind(']').ok_or_else(|| (at(rest), "the internal subset is not closed".to_string()))?;
            doctype.subset = Some(&subset[..end]).filter(|subset| !subset.is_empty());
            doctype.subset_at = at(subset);
            rest = &subset[end + 1..];
        }
        let rest = rest.trim_start();
        if rest.is_empty() { Ok(doctype) } else { Err((at(rest), "the DOCTYPE should end here".to_string())) }
    }

    /// The metadata that `^docType` gives.
    pub fn metadata(&self) -> Value {
        let mut parts = ObjectBuilder::default();
        let all = [
            ("rootName", Some(self.root)),
            ("publicId", self.public),
            ("systemId", self.system),
            ("internalSubset", self.subset),
        ];
        for (name, part) in all {
            if let Some(part) = part {
                parts.field(name, part);
            }
        }
        parts.value()
    }

    /// The declarations of the internal subset. A place is one in the text that was parsed.
    pub fn dtd(&self, budget: &mut Budget) -> Result<Dtd, Wrong> {
        let mut dtd = Dtd::default();
        let mut subset = Subset { dtd: &mut dtd, budget, within: Vec::new() };
        let declarations = subset.declarations(self.subset.unwrap_or_default());
        declarations.map_err(|(at, what)| (self.subset_at + at, what))?;
        Ok(dtd)
    }
}

impl Dtd {
    /// The entity of this name.
    pub fn entity(&self, name: &str) -> Option<&Entity> {
        self.entities.get(name)
    }

    /// What is declared of an element's attributes.
    pub fn attributes(&self, element: &str) -> &[AttributeRule] {
        self.attributes.get(element).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dtd(subset: &str, most: usize) -> Result<Dtd, Wrong> {
        let text = format!("v [{subset}]");
        Doctype::parse(&text)?.dtd(&mut Budget::new(most))
    }

    #[test]
    fn reads_ids_and_subset() {
        let parse = |text| Doctype::parse(text).map(|d| (d.root, d.public, d.system, d.subset));
        assert_eq!(parse("v"), Ok(("v", None, None, None)));
        assert_eq!(parse("v PUBLIC '-//Y' \"v.dtd\""), Ok(("v", Some("-//Y"), Some("v.dtd"), None)));
        assert_eq!(parse("v SYSTEM 'a' [<!ELEMENT v ANY> ] "), Ok(("v", None, Some("a"), Some("<!ELEMENT v ANY> "))));
        assert_eq!(parse("v []"), Ok(("v", None, None, None)));
        for bad in ["", "1", "v SYSTEM", "v PUBLIC 'x'", "v [", "v x"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn reads_declarations() {
        let dtd = dtd(
            "<!-- > --><?p ]?><!ENTITY a 'x&#60;b>&amp;'><!ENTITY a 'second'><!ENTITY e SYSTEM 'file:///x'>\
             <!ATTLIST v a CDATA #IMPLIED b (x|y) 'y' c CDATA #FIXED \"3\" d NOTATION (n) #REQUIRED>\
             <!ENTITY % p '<!ENTITY q \"from p\">'>%p;",
            1,
        );
        let dtd = dtd.unwrap_or_else(|(at, what)| panic!("{at} {what}"));
        let text = |name| match dtd.entity(name) {
            Some(Entity::Internal(text)) => text.to_string(),
            Some(Entity::External) => "external".to_string(),
            None => "none".to_string(),
        };
        assert_eq!(["a", "e", "q", "z"].map(text), ["x<b>&amp;", "external", "from p", "none"]);
        let rules = dtd.attributes("v").iter().map(|r| (r.name.as_str(), r.words, r.default.as_deref()));
        let want = [("a", false, None), ("b", true, Some("y")), ("c", false, Some("3")), ("d", true, None)];
        assert_eq!(rules.collect::<Vec<_>>(), want);
    }

    #[test]
    fn refuses_what_is_malformed_or_too_much() {
        for (subset, most) in [
            ("<!BOGUS>", 9),
            ("<!ENTITY a>", 9),
            ("<!ENTITY a 'x' y>", 9),
            ("<!ENTITY a '&#0;'>", 9),
            ("<!ATTLIST v a STRING 'x'>", 9),
            ("<!ELEMENT v ANY", 9),
            ("%p;", 9),
            ("<!ENTITY % p '&#37;p;'>%p;", 9),
            ("<!ENTITY % p ''>%p;", 0),
            ("<!ENTITY % p SYSTEM 'x'>%p;", 9),
        ] {
            assert!(dtd(subset, most).is_err(), "{subset}");
        }
    }
}
