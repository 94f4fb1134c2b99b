//! Reads XML: quick-xml finds the markup; what it lets pass although XML forbids it is refused here.

use super::attribute::Attributes;
use super::decode::{self, declaration};
use super::dtd::{Budget, Doctype, Dtd};
use super::grammar::{find_illegal, is_space, space};
use super::text::NullOn;
use super::tree::{Attribute, Tree};
use crate::diag::Fault;
use crate::format::locate::fault_at;
use crate::format::{Input, Options};
use crate::value::{Schema, Str, Value, depth};
use quick_xml::errors::IllFormedError;
use quick_xml::events::Event;
use quick_xml::{Error, Reader};

/// The document as an object with one pair, its root element.
pub fn read(input: Input, options: &Options) -> Result<Value, Fault> {
    let (name, told) = (input.name.clone(), input.charset);
    let bytes = input.into_memory()?;
    let text = decode::text(&name, &bytes, told)?;
    Parser::new(&name, &text, options).document()
}

pub(super) struct Parser<'a> {
    name: &'a str,
    /// The document's text.
    text: &'a str,
    pub(super) rules: Rules,
    pub(super) tree: Tree,
    doctype: Option<Value>,
    pub(super) dtd: Dtd,
    /// What references to entities may still cost.
    pub(super) budget: Budget,
    /// The entities that are being expanded, and where in the document the outermost reference stands.
    pub(super) within: Vec<Str>,
    pub(super) reference: Option<usize>,
    attributes: Vec<Attribute>,
}

/// What the properties and the declaration say.
pub(super) struct Rules {
    pub(super) supports_dtd: bool,
    /// The longest attribute value, in characters.
    pub(super) longest_attribute: Option<usize>,
    pub(super) is_1_1: bool,
}

impl<'a> Parser<'a> {
    fn new(name: &'a str, text: &'a str, options: &Options) -> Self {
        let null_on = match options.text("nullValueOn") {
            "blank" => NullOn::Blank,
            "empty" => NullOn::Empty,
            _ => NullOn::Never,
        };
        let rules = Rules {
            supports_dtd: options.flag("supportDtd"),
            longest_attribute: usize::try_from(options.number("maxAttributeSize")).ok(),
            is_1_1: false,
        };
        Self {
            name,
            text,
            rules,
            tree: Tree::new(null_on),
            doctype: None,
            dtd: Dtd::default(),
            budget: Budget::new(usize::try_from(options.number("maxEntityCount")).unwrap_or(0)),
            within: Vec::new(),
            reference: None,
            attributes: Vec::new(),
        }
    }

    /// A fault at this byte of the document; inside of an entity, at the reference to it.
    pub(super) fn fault(&self, at: usize, message: impl AsRef<str>) -> Fault {
        fault_at(self.name, self.text, self.reference.unwrap_or(at), message)
    }

    fn document(mut self) -> Result<Value, Fault> {
        let declaration = declaration(self.text).map_err(|(at, what)| self.fault(at, what))?;
        self.rules.is_1_1 = declaration.is_1_1;
        self.content(self.text)?;
        let Some(root) = self.tree.root().cloned() else {
            return Err(self.fault(self.text.len(), "there is no root element"));
        };
        let schema = self.doctype.map(|doctype| Schema(vec![("docType".into(), doctype)]));
        Ok(Value::Object(root).with_schema(schema.unwrap_or_default()))
    }

    /// Reads the document, or the text of an entity.
    pub(super) fn content(&mut self, source: &str) -> Result<(), Fault> {
        let mut reader = Reader::from_str(source);
        reader.config_mut().check_comments = true;
        let depth = self.tree.depth();
        loop {
            let from = reader.buffer_position() as usize;
            let event = reader.read_event();
            let at = reader.error_position() as usize;
            let event = event.map_err(|e| self.fault(at.max(from), syntax(&e)))?;
            let raw = &source[from..reader.buffer_position() as usize];
            match event {
                Event::Start(_) => self.start(&raw[1..raw.len() - 1], from)?,
                Event::Empty(_) => {
                    self.start(&raw[1..raw.len() - 2], from)?;
                    self.tree.end();
                }
                Event::End(_) => self.tree.end(),
                Event::Text(_) => self.character_data(raw, from)?,
                Event::CData(_) if self.tree.depth() > 0 => self.tree.run.push_cdata(&raw[9..raw.len() - 3]),
                Event::CData(_) => return Err(self.outside_root(from)),
                Event::GeneralRef(_) => self.content_reference(&raw[1..raw.len() - 1], from)?,
                Event::Comment(_) => {}
                Event::Decl(_) if from == 0 && self.reference.is_none() => {}
                Event::Decl(_) => return Err(self.fault(from, "an XML declaration must be the very first thing")),
                Event::PI(_) => self.instruction(raw, from)?,
                Event::DocType(_) => self.doctype(raw, from)?,
                Event::Eof => break,
            }
        }
        match self.tree.innermost() {
            Some((name, at)) if self.tree.depth() > depth => {
                Err(self.fault(at, format!("the element `{name}` is never closed")))
            }
            _ => Ok(()),
        }
    }

    /// Reads a start tag, given without its brackets.
    fn start(&mut self, tag: &str, at: usize) -> Result<(), Fault> {
        depth::check(self.tree.depth() + 1).map_err(|fault| self.fault(at, fault.message()))?;
        let end = tag.bytes().position(is_space).unwrap_or(tag.len());
        let Some(name) = self.tree.name(&tag[..end]) else {
            return Err(self.no_name(&tag[..end], at + 1));
        };
        let mut attributes = std::mem::take(&mut self.attributes);
        attributes.clear();
        for attribute in Attributes::new(tag, end) {
            let raw = attribute.map_err(|(offset, what)| self.fault(at + 1 + offset, what))?;
            let place = at + 1 + raw.at;
            let Some(id) = self.tree.name(raw.name) else {
                return Err(self.no_name(raw.name, place));
            };
            attributes.push((id, self.attribute_value(raw.value, place)?));
        }
        if self.rules.supports_dtd {
            self.declared_attributes(&tag[..end], &mut attributes, at)?;
        }
        self.tree.start(name, &mut attributes, at).map_err(|what| self.fault(at, what))?;
        self.attributes = attributes;
        Ok(())
    }

    fn no_name(&self, text: &str, at: usize) -> Fault {
        let message = if text.is_empty() { "a name is missing".into() } else { format!("`{text}` is not a name") };
        self.fault(at, message)
    }

    fn character_data(&mut self, text: &str, at: usize) -> Result<(), Fault> {
        if self.tree.depth() == 0 {
            let blank = space(text);
            return if blank == text.len() { Ok(()) } else { Err(self.outside_root(at + blank)) };
        }
        if memchr::memchr(b'>', text.as_bytes()).is_some()
            && let Some(bad) = text.find("]]>")
        {
            return Err(self.fault(at + bad, "`]]>` is not allowed in text"));
        }
        self.tree.run.push(text);
        Ok(())
    }

    pub(super) fn outside_root(&self, at: usize) -> Fault {
        self.fault(at, "only the root element, comments and processing instructions may stand here")
    }

    /// Checks the target of a processing instruction; its content is of no interest.
    fn instruction(&self, raw: &str, at: usize) -> Result<(), Fault> {
        let content = &raw[2..raw.len() - 2];
        let target = &content[..content.bytes().position(is_space).unwrap_or(content.len())];
        if super::grammar::is_name(target) && !target.eq_ignore_ascii_case("xml") {
            return Ok(());
        }
        Err(self.fault(at, format!("`{target}` cannot be the target of a processing instruction")))
    }

    fn doctype(&mut self, raw: &str, at: usize) -> Result<(), Fault> {
        const START: &str = "<!DOCTYPE";
        let is_late = self.tree.depth() > 0 || self.tree.root().is_some() || self.doctype.is_some();
        let Some(text) = raw.strip_prefix(START).and_then(|text| text.strip_suffix('>')).filter(|_| !is_late) else {
            return Err(self.fault(at, "a DOCTYPE may stand here once, in front of the root element"));
        };
        let (name, document) = (self.name, self.text);
        let wrong = |(offset, what): (usize, String)| fault_at(name, document, at + START.len() + offset, what);
        let doctype = Doctype::parse(text).map_err(wrong)?;
        let metadata = doctype.metadata();
        if self.rules.supports_dtd {
            self.dtd = doctype.dtd(&mut self.budget).map_err(wrong)?;
        }
        self.doctype = Some(metadata);
        Ok(())
    }

    /// Whether a document may hold this character as a reference.
    pub(super) fn is_legal(&self, c: char) -> bool {
        find_illegal(c.encode_utf8(&mut [0; 4])).is_none() || (self.rules.is_1_1 && (1..32).contains(&u32::from(c)))
    }
}

/// What quick-xml found wrong, without its own preface.
fn syntax(error: &Error) -> String {
    match error {
        Error::Syntax(e) => e.to_string(),
        Error::IllFormed(IllFormedError::UnclosedReference) => {
            "a reference does not end with `;`; `&` itself is written as `&amp;`".to_string()
        }
        Error::IllFormed(e) => e.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
