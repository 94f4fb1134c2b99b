//! Document type declarations: what the DOCTYPE says of itself, and the entities and attribute defaults that its internal
//! subset declares. Nothing external is ever fetched.

use super::grammar::{char_reference, is_char, is_name, is_space, literal, space, split_name};
use crate::value::{ObjectBuilder, Str, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

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

struct Subset<'a> {
    dtd: &'a mut Dtd,
    budget: &'a mut Budget,
    /// The parameter entities that are being expanded.
    within: Vec<Str>,
}

impl Subset<'_> {
    fn declarations(&mut self, text: &str) -> Result<(), Wrong> {
        let mut at = 0;
        loop {
            at += space(&text[at..]);
            let rest = &text[at..];
            if rest.is_empty() {
                return Ok(());
            }
            let length = if let Some(comment) = rest.strip_prefix("<!--") {
                comment.find("-->").map(|end| end + 7)
            } else if rest.starts_with("<?") {
                rest.find("?>").map(|end| end + 2)
            } else if rest.starts_with('%') {
                rest.find(';').map(|end| end + 1)
            } else {
                end_of_declaration(rest)
            };
            let length = length.ok_or_else(|| (at, "this declaration does not end".to_string()))?;
            self.declaration(&rest[..length]).map_err(|what| (at, what))?;
            at += length;
        }
    }

    fn declaration(&mut self, text: &str) -> Result<(), String> {
        if let Some(name) = text.strip_prefix('%') {
            return self.expand(name.trim_end_matches(';'));
        }
        let body = |keyword: &str| {
            let body = text.strip_prefix(keyword)?.strip_suffix('>')?;
            body.starts_with(|c: char| c.is_ascii_whitespace()).then(|| body.trim_start())
        };
        if let Some(body) = body("<!ENTITY") {
            self.entity(body).ok_or_else(|| "this entity declaration is malformed".to_string())
        } else if let Some(body) = body("<!ATTLIST") {
            self.attlist(body).ok_or_else(|| "this attribute list is malformed".to_string())
        } else if ["<!--", "<?", "<!ELEMENT", "<!NOTATION"].iter().any(|start| text.starts_with(start)) {
            Ok(())
        } else {
            Err("only ENTITY, ATTLIST, ELEMENT and NOTATION are declared here".to_string())
        }
    }

    fn expand(&mut self, name: &str) -> Result<(), String> {
        if self.within.iter().any(|n| n == name) {
            return Err(format!("the entity `%{name};` contains itself"));
        }
        match self.dtd.parameters.get(name).cloned() {
            None => Err(format!("the entity `%{name};` is not declared")),
            Some(Entity::External) => Err(format!("the entity `%{name};` is external; nothing external is fetched")),
            Some(Entity::Internal(text)) => {
                self.budget.spend(&text)?;
                self.within.push(name.into());
                let result = crate::value::depth::with_stack(|| self.declarations(&text)).map_err(|(_, what)| what);
                self.within.pop();
                result
            }
        }
    }

    /// `[%] name "text"`, or `[%] name SYSTEM …`. Of two declarations the first counts.
    fn entity(&mut self, body: &str) -> Option<()> {
        let parameter = body.strip_prefix('%').filter(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace()));
        let (name, rest) = name(parameter.unwrap_or(body).trim_start())?;
        let rest = rest.trim_start();
        let entity = match literal(rest) {
            Some((text, tail)) if tail.trim_start().is_empty() => Entity::Internal(resolve_characters(text)?.into()),
            Some(_) => return None,
            None => external_id(rest).map(|_| Entity::External)?,
        };
        let entities = if parameter.is_some() { &mut self.dtd.parameters } else { &mut self.dtd.entities };
        entities.entry(name.into()).or_insert(entity);
        Some(())
    }

    /// `element (name type default)*`
    fn attlist(&mut self, body: &str) -> Option<()> {
        let end = body.bytes().position(is_space).unwrap_or(body.len());
        let (element, mut rest) = body.split_at(end);
        split_name(element)?;
        let rules = self.dtd.attributes.entry(element.into()).or_default();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return Some(());
            }
            let (rule, tail) = attribute_rule(rest)?;
            if rules.iter().all(|r| r.name != rule.name) {
                rules.push(rule);
            }
            rest = tail;
        }
    }
}

/// `name type default`, and what follows.
fn attribute_rule(text: &str) -> Option<(AttributeRule, &str)> {
    let (name, rest) = word(text)?;
    split_name(name)?;
    let (kind, rest) = match rest.starts_with('(') {
        true => ("(", rest),
        false => word(rest)?,
    };
    let rest = match kind {
        "(" | "NOTATION" => rest.strip_prefix('(')?.split_once(')')?.1.trim_start(),
        "CDATA" | "ID" | "IDREF" | "IDREFS" | "ENTITY" | "ENTITIES" | "NMTOKEN" | "NMTOKENS" => rest,
        _ => return None,
    };
    let (default, rest) = match rest.starts_with('#') {
        false => literal(rest).map(|(text, rest)| (Some(text), rest))?,
        true => match word(rest)? {
            ("#FIXED", rest) => literal(rest).map(|(text, rest)| (Some(text), rest))?,
            ("#REQUIRED" | "#IMPLIED", rest) => (None, rest),
            _ => return None,
        },
    };
    let rule = AttributeRule { name: name.into(), words: kind != "CDATA", default: default.map(Str::from) };
    Some((rule, rest))
}

/// The text up to white space, and what follows that.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().position(is_space).unwrap_or(text.len());
    (end > 0).then(|| (&text[..end], text[end..].trim_start()))
}

/// The name at the start of a text, and what follows.
fn name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '[' | '"' | '\'' | '>')).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    (split_name(name).is_some() || is_name(name)).then_some((name, rest))
}

/// `SYSTEM "uri"` or `PUBLIC "id" "uri"`: both ids and what follows.
fn external_id(text: &str) -> Option<(Option<&str>, &str, &str)> {
    if let Some(rest) = text.strip_prefix("SYSTEM") {
        let (system, rest) = literal(rest.trim_start())?;
        return Some((None, system, rest));
    }
    let (public, rest) = literal(text.strip_prefix("PUBLIC")?.trim_start())?;
    let (system, rest) = literal(rest.trim_start())?;
    Some((Some(public), system, rest))
}

/// Where a declaration `<!…>` ends: at the first `>` outside of quotes.
fn end_of_declaration(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, b) in text.bytes().enumerate() {
        match (quote, b) {
            (None, b'"' | b'\'') => quote = Some(b),
            (None, b'>') => return text.starts_with("<!").then_some(at + 1),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    None
}

/// The replacement text of an entity: character references are resolved when it is declared, others when it is used.
fn resolve_characters(text: &str) -> Option<String> {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        resolved.push_str(&rest[..at]);
        let (name, tail) = rest[at + 1..].split_once(';')?;
        resolved.push(char_reference(name).filter(|c| is_char(*c))?);
        rest = tail;
    }
    resolved.push_str(rest);
    (!text.contains('%')).then_some(resolved)
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
