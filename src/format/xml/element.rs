//! Writes elements: names, attributes, content. A start tag stays open until its content begins.

mod tag;

use super::grammar::{XSI_URI, find_illegal, is_char};
use super::prefix::Prefixes;
use super::settings::{OnInvalid, Settings};
use crate::diag::{Code, Fault};
use crate::format::held::{Held, Member, members, own_members};
use crate::format::{Sink, scalar};
use crate::value::{self, Namespace, Object, QName, Str, Value, depth};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

const XSD_URI: &str = "http://www.w3.org/2001/XMLSchema";

/// Writes elements to a sink.
pub struct Elements<'a> {
    sink: Sink<'a>,
    settings: Settings,
    prefixes: Prefixes,
    /// Whether the last start tag lacks its `>`.
    tag_open: bool,
    /// Whether there is anything that the root must not be joined to.
    has_root: bool,
    /// How deep the value that is being written is nested.
    depth: usize,
}

/// The name of an element, its namespace turned into a prefix.
struct Tag<'n> {
    prefix: Str,
    local: &'n str,
}

/// Where an element stands.
#[derive(Clone, Copy)]
struct Spot {
    level: usize,
    /// Whether it is one of an array's: then an empty text is not written `<a/>`, as in the reference.
    in_array: bool,
}

impl<'a> Elements<'a> {
    /// A writer at the start of the root element.
    pub fn new(sink: Sink<'a>, settings: Settings) -> Self {
        Self { sink, settings, prefixes: Prefixes::new(), tag_open: false, has_root: false, depth: 0 }
    }

    /// Writes the document: an object with one pair.
    pub fn root(&mut self, root: Object) -> Result<(), Fault> {
        if let Some(pair) = root.iter().find(|pair| is_text(pair.name)) {
            return Err(outside_root(pair.value));
        }
        self.object(Held::Own(Value::Object(root)), 0)?;
        if self.has_root { Ok(()) } else { Err(Fault::new(Code::Write, "an XML document needs a root element")) }
    }

    /// Ends the document.
    pub fn finish(self) -> Result<(), Fault> {
        self.sink.finish()
    }

    /// Writes the members of an object as elements and text; tells whether an element came last.
    fn object(&mut self, object: Held<'_>, level: usize) -> Result<bool, Fault> {
        self.depth += 1;
        depth::check(self.depth)?;
        let element_last = depth::with_stack(|| self.taken_apart(object, level))?;
        self.depth -= 1;
        Ok(element_last)
    }

    fn taken_apart(&mut self, object: Held<'_>, level: usize) -> Result<bool, Fault> {
        match object {
            Held::Own(Value::Object(object)) if !object.is_shared() => {
                let (shape, attributes, values) = object.into_parts();
                self.members(own_members(&shape, &attributes, values), level)
            }
            other => match other.bare() {
                Value::Object(object) => self.members(members(object), level),
                _ => Ok(false),
            },
        }
    }

    fn members<'v>(&mut self, members: impl Iterator<Item = Member<'v>>, level: usize) -> Result<bool, Fault> {
        let mut element_last = false;
        for member in members {
            if is_text(member.name) {
                element_last = self.mixed_text(member.value, level)?.unwrap_or(element_last);
            } else {
                element_last |= self.elements(member, level)?;
            }
            self.sink.relieve()?;
        }
        Ok(element_last)
    }

    /// Writes what stands under the key `__text`; tells whether an element came last, if anything came at all.
    fn mixed_text(&mut self, value: Held<'_>, level: usize) -> Result<Option<bool>, Fault> {
        match value.bare() {
            Value::Null => Ok(None),
            Value::Object(_) => self.object(value, level).map(Some),
            Value::Array(_) | Value::Range(_) => {
                let mut last = None;
                for item in value.bare().elements().into_iter().flatten() {
                    let item = item?;
                    if matches!(item.bare(), Value::Array(_) | Value::Range(_)) {
                        return Err(not_text(item.bare()));
                    }
                    last = self.mixed_text(Held::Own(item), level)?.or(last);
                }
                Ok(last)
            }
            _ => {
                let is_empty = self.scalar(&into_value(value), true)?;
                Ok((!is_empty).then_some(false))
            }
        }
    }

    /// Writes a member as one element, or as one for each item of an array; tells whether there was any.
    fn elements(&mut self, member: Member<'_>, level: usize) -> Result<bool, Fault> {
        let Member { name, attributes, value } = member;
        if value.is_null() && self.settings.skip_null_elements && !self.has_attribute(attributes) {
            return Ok(false);
        }
        let spot = Spot { level, in_array: true };
        let items = match value {
            Held::Own(Value::Array(array)) if !array.is_shared() => array.into_elements(),
            other => match other.bare() {
                Value::Array(array) => array.clone().into_elements(),
                Value::Range(range) => value::Elements::range(range),
                _ => {
                    self.element(name, attributes, other, Spot { level, in_array: false })?;
                    return Ok(true);
                }
            },
        };
        let mut is_empty = true;
        for item in items {
            is_empty = false;
            self.element(name, attributes, Held::Own(item?), spot)?;
            self.sink.relieve()?;
        }
        if is_empty {
            self.element(name, attributes, Held::Own(Value::empty_object()), spot)?;
        }
        Ok(true)
    }

    /// Whether any of these is written.
    fn has_attribute(&self, attributes: Option<&Object>) -> bool {
        let is_written = |value: &Value| !(self.settings.skip_null_attributes && value.is_null());
        attributes.is_some_and(|attributes| attributes.values().iter().any(is_written))
    }

    fn element(&mut self, name: &QName, attributes: Option<&Object>, value: Held<'_>, spot: Spot) -> Result<(), Fault> {
        if spot.level == 0 && std::mem::replace(&mut self.has_root, true) {
            let message = format!("the root element is followed by another one, `{}`", name.local);
            return Err(Fault::new(Code::Write, message).help("put both into one element"));
        }
        let mark = self.prefixes.enter();
        let tag = self.start(name, attributes, spot.level)?;
        self.content(&tag, attributes, value, spot)?;
        self.prefixes.leave(mark);
        Ok(())
    }

    fn content(&mut self, tag: &Tag<'_>, given: Option<&Object>, value: Held<'_>, spot: Spot) -> Result<(), Fault> {
        match value.bare() {
            Value::Null => {
                let is_nil = |a: value::Pair<'_>| {
                    a.name.local == "nil" && a.name.ns.as_ref().is_some_and(|ns| ns.uri == XSI_URI)
                };
                if self.settings.nil_on_null && !given.is_some_and(|given| given.iter().any(is_nil)) {
                    self.schema_attribute("nil", "true")?;
                }
                self.end(tag, false)
            }
            Value::Object(_) => {
                let element_last = self.object(value, spot.level + 1)?;
                if element_last {
                    self.new_line(spot.level);
                }
                self.end(tag, false)
            }
            Value::Array(_) | Value::Range(_) => Err(not_text(value.bare())),
            _ => {
                let value = into_value(value);
                let is_empty = self.scalar(&value, false)?;
                self.end(tag, is_empty && spot.in_array)
            }
        }
    }

    /// Writes a simple value; tells whether its text is empty. Nothing is written of that, so that `<a/>` remains
    /// possible.
    fn scalar(&mut self, value: &Value, mixed: bool) -> Result<bool, Fault> {
        if let Value::Binary(bytes) = value.bare() {
            self.base64(bytes)?;
            return Ok(bytes.is_empty());
        }
        // Numbers are written in their format; dates are not, as in the reference.
        let text = if value.as_number().is_some() { scalar::formatted(value)? } else { scalar::text(value) };
        let text = text.ok_or_else(|| not_text(value.bare()))?;
        if text.is_empty() {
            return Ok(true);
        }
        let text = match (find_illegal(&text), self.settings.on_invalid) {
            (None, _) => text,
            (Some(_), OnInvalid::Ignore) => text.chars().filter(|c| is_char(*c)).collect(),
            (Some(_), OnInvalid::Base64) if self.tag_open || !mixed => {
                self.base64(text.as_bytes())?;
                return Ok(false);
            }
            (Some((_, c)), _) => return Err(illegal(c)),
        };
        self.close_tag();
        let is_cdata = value.schema().is_some_and(|s| matches!(s.get("cdata"), Some(Value::Boolean(true))));
        if is_cdata {
            self.settings.escapes.cdata(&text, self.sink.buffer()).map_err(|c| self.unmappable(c))?;
        } else {
            self.settings.escapes.text(&text, self.sink.buffer());
        }
        Ok(false)
    }

    fn base64(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let choice = self.prefixes.declare(&Namespace { prefix: "xsd".into(), uri: XSD_URI.into() });
        self.declare(&choice, XSD_URI);
        self.schema_attribute("type", "xsd:base64Binary")?;
        if !bytes.is_empty() {
            self.close_tag();
            self.put(&BASE64_STANDARD.encode(bytes));
        }
        Ok(())
    }
}

/// Whether a key stands for text between elements.
fn is_text(name: &QName) -> bool {
    name.local == "__text"
}

fn into_value(value: Held<'_>) -> Value {
    match value {
        Held::Own(value) => value,
        Held::Shared(value) => value.clone(),
    }
}

fn outside_root(value: &Value) -> Fault {
    let message = format!("a {} under `__text` cannot stand outside of the root element", value.type_name());
    Fault::new(Code::Write, message)
}

fn not_text(value: &Value) -> Fault {
    let fault = Fault::new(Code::Coercion, format!("cannot coerce {} to String", value.type_name()));
    match value {
        Value::Array(_) => fault.help("an array stands directly under a key; XML has no array inside of an array"),
        _ => fault,
    }
}

fn illegal(c: char) -> Fault {
    Fault::new(Code::Write, format!("the character U+{:04X} is not allowed in XML", u32::from(c)))
        .help("the writer property `onInvalidChar` can leave it out of text, or write the text as Base64")
}
