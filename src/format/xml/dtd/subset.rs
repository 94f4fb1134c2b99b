//! The declarations of an internal subset: entities, parameter entities that are expanded, attribute defaults.

use super::{AttributeRule, Budget, Dtd, Entity, Wrong};
use crate::format::xml::grammar::{char_reference, is_char, is_name, is_space, literal, space, split_name};
use crate::value::Str;

/// The subset that is being read.
pub(super) struct Subset<'a> {
    pub dtd: &'a mut Dtd,
    pub budget: &'a mut Budget,
    /// The parameter entities that are being expanded.
    pub within: Vec<Str>,
}

impl Subset<'_> {
    pub fn declarations(&mut self, text: &str) -> Result<(), Wrong> {
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
pub(super) fn name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '[' | '"' | '\'' | '>')).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    (split_name(name).is_some() || is_name(name)).then_some((name, rest))
}

/// `SYSTEM "uri"` or `PUBLIC "id" "uri"`: both ids and what follows.
pub(super) fn external_id(text: &str) -> Option<(Option<&str>, &str, &str)> {
    if let Some(rest) = text.strip_prefix("SYSTEM") {
        let (system, rest) = literal(rest.trim_start())?;
        return Some((None, system, rest));
    }
    let (public, rest) = literal(text.strip_prefix("PUBLIC")?.trim_start())?;
    let (system, rest) = literal(rest.trim_start())?;
    Some((Some(public), system, rest))
}

/// Where a declaration `<!…>` ends: at the first `>` outside of quotes.
pub(super) fn end_of_declaration(text: &str) -> Option<usize> {
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
