//! Start and end tags, attributes, declarations of namespaces.

use super::{Elements, Tag, illegal, not_text};
use crate::diag::{Code, Fault};
use crate::format::scalar;
use crate::format::xml::grammar::{XSI_URI, find_illegal};
use crate::format::xml::prefix::Choice;
use crate::value::{Namespace, Object, QName, Value};
use std::borrow::Cow;

impl Elements<'_> {
    /// Writes a start tag up to its `>`.
    pub(super) fn start<'n>(
        &mut self,
        name: &'n QName,
        attributes: Option<&Object>,
        level: usize,
    ) -> Result<Tag<'n>, Fault> {
        self.close_tag();
        if level > 0 {
            self.new_line(level);
        }
        let default = self.settings.default_namespace.clone();
        let ns = name.ns.as_deref().or(default.as_ref());
        let choice = self.prefixes.for_element(ns);
        self.put("<");
        let tag = Tag { prefix: choice.prefix.clone(), local: &name.local };
        self.name(&tag.prefix, tag.local)?;
        self.tag_open = true;
        self.declare(&choice, ns.map_or("", |ns| &ns.uri));
        if level == 0 {
            for ns in std::mem::take(&mut self.settings.declared) {
                let choice = self.prefixes.declare(&ns);
                self.declare(&choice, &ns.uri);
            }
        }
        for attribute in attributes.iter().flat_map(|attributes| attributes.iter()) {
            self.attribute(attribute.name, attribute.value)?;
        }
        Ok(tag)
    }

    pub(super) fn attribute(&mut self, name: &QName, value: &Value) -> Result<(), Fault> {
        if value.is_null() && self.settings.skip_null_attributes {
            return Ok(());
        }
        let text = match value.bare() {
            Value::Null => Cow::Borrowed("null"),
            bare => scalar::text(bare).ok_or_else(|| not_text(bare))?,
        };
        if let Some((_, c)) = find_illegal(&text) {
            return Err(illegal(c));
        }
        // The text may hold a prefix of its own, as the value of `xsi:type` does.
        if let Some(schema) = value.schema()
            && let (Some(prefix), Some(uri)) = (schema.text("nsPrefix"), schema.text("nsUri"))
        {
            let choice = self.prefixes.declare(&Namespace { prefix: prefix.into(), uri: uri.into() });
            self.declare(&choice, uri);
        }
        match &name.ns {
            None => self.put_attribute("", &name.local, &text),
            Some(ns) => {
                let choice = self.prefixes.for_attribute(ns);
                self.declare(&choice, &ns.uri);
                self.put_attribute(&choice.prefix, &name.local, &text)
            }
        }
    }

    /// An attribute of the namespace of XML Schema instances.
    pub(super) fn schema_attribute(&mut self, local: &str, text: &str) -> Result<(), Fault> {
        let choice = self.prefixes.for_attribute(&Namespace { prefix: "xsi".into(), uri: XSI_URI.into() });
        self.declare(&choice, XSI_URI);
        self.put_attribute(&choice.prefix, local, text)
    }

    pub(super) fn declare(&mut self, choice: &Choice, uri: &str) {
        if choice.is_new {
            let name = if choice.prefix.is_empty() { " xmlns" } else { " xmlns:" };
            self.put(name);
            self.put(&choice.prefix);
            self.put("=\"");
            self.settings.escapes.attribute(uri, self.sink.buffer());
            self.put("\"");
        }
    }

    pub(super) fn put_attribute(&mut self, prefix: &str, local: &str, text: &str) -> Result<(), Fault> {
        self.put(" ");
        self.name(prefix, local)?;
        self.put("=\"");
        self.settings.escapes.attribute(text, self.sink.buffer());
        self.put("\"");
        Ok(())
    }

    /// Writes what ends the element: `/>` if nothing was written in it, unless the empty text must show.
    pub(super) fn end(&mut self, tag: &Tag<'_>, never_inline: bool) -> Result<(), Fault> {
        if self.tag_open && self.settings.close_inline && !never_inline {
            self.put("/>");
            self.tag_open = false;
            return Ok(());
        }
        self.close_tag();
        self.put("</");
        self.name(&tag.prefix, tag.local)?;
        self.put(">");
        Ok(())
    }

    pub(super) fn close_tag(&mut self) {
        if std::mem::take(&mut self.tag_open) {
            self.put(">");
        }
    }

    pub(super) fn name(&mut self, prefix: &str, local: &str) -> Result<(), Fault> {
        if !prefix.is_empty() {
            self.put(prefix);
            self.put(":");
        }
        self.settings.escapes.check(local).map_err(|c| self.unmappable(c))?;
        self.put(local);
        Ok(())
    }

    pub(super) fn put(&mut self, text: &str) {
        self.sink.buffer().extend_from_slice(text.as_bytes());
    }

    pub(super) fn new_line(&mut self, level: usize) {
        if self.settings.indent {
            let buffer = self.sink.buffer();
            buffer.push(b'\n');
            buffer.resize(buffer.len() + 2 * level, b' ');
        }
    }

    pub(super) fn unmappable(&self, c: char) -> Fault {
        let charset = self.settings.escapes.charset.name();
        let message = format!("`{c}` is not in {charset}, and cannot be escaped in a name or a CDATA section");
        Fault::new(Code::Write, message)
    }
}
