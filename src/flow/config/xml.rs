//! XML text to element trees. Hostile input is refused: no document types, no deep nesting, no huge files.

use super::{Attribute, Element, Name, Text};
use crate::diag::{Code, Fault};
use crate::text::{Place, Source, Span};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use std::path::Path;
use std::sync::Arc;

/// How deep elements may nest.
const MAX_DEPTH: usize = 200;
/// How large a configuration file may be, in bytes.
const MAX_SIZE: usize = 16 << 20;

/// The root element of the configuration file at a path.
///
/// # Errors
/// A file that cannot be read, that is not UTF-8 or no XML.
pub fn read(path: &Path) -> Result<Element, Fault> {
    let unreadable = |e| Fault::new(Code::Io, format!("cannot read {}: {e}", path.display()));
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let not_utf8 = |_| Fault::new(Code::Configuration, format!("{} is not UTF-8", path.display()));
    let text = String::from_utf8(bytes).map_err(not_utf8)?;
    parse(&Source::new(path.display().to_string(), text.strip_prefix('\u{feff}').unwrap_or(&text)))
}

/// The root element of a configuration file.
pub fn parse(source: &Arc<Source>) -> Result<Element, Fault> {
    if source.text().len() > MAX_SIZE {
        let message = format!("a configuration file may have {} MiB at most", MAX_SIZE >> 20);
        return Err(Fault::new(Code::Limit, message).at(|| place(source, Span::default())));
    }
    Parser { source, reader: NsReader::from_str(source.text()), open: Vec::new(), root: None }.run()
}

struct Parser<'a> {
    source: &'a Arc<Source>,
    reader: NsReader<&'a [u8]>,
    /// The elements that are not closed yet, outermost first.
    open: Vec<Element>,
    root: Option<Element>,
}

impl<'a> Parser<'a> {
    fn run(mut self) -> Result<Element, Fault> {
        loop {
            let start = self.reader.buffer_position() as usize;
            let event = self.reader.read_event().map_err(|e| self.malformed(&e.to_string()))?;
            match event {
                Event::Start(tag) => self.open(&tag, start)?,
                Event::Empty(tag) => {
                    self.open(&tag, start)?;
                    self.close();
                }
                Event::End(_) => self.close(),
                Event::Text(text) => self.text(&text, start),
                Event::CData(text) => self.text(&text, start + "<![CDATA[".len()),
                Event::GeneralRef(name) => {
                    let text = self.entity(&name, start)?;
                    self.text(&text, start);
                }
                Event::DocType(_) => {
                    let fault = Fault::new(Code::Configuration, "a configuration file may not have a document type");
                    return Err(fault.help("remove the `<!DOCTYPE …>` line").at(|| self.place(start, start + 9)));
                }
                Event::Eof => break,
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
        if let Some(open) = self.open.last() {
            let fault = Fault::new(Code::Configuration, format!("element `{}` is not closed", open.name));
            return Err(fault.at(|| open.start()));
        }
        let empty = || Fault::new(Code::Configuration, "the file has no root element");
        self.root.ok_or_else(|| empty().at(|| place(self.source, Span::default())))
    }

    /// Begins an element; its attributes are read, its children follow.
    fn open(&mut self, tag: &BytesStart<'a>, start: usize) -> Result<(), Fault> {
        let end = self.reader.buffer_position() as usize;
        if self.open.len() >= MAX_DEPTH {
            let fault = Fault::new(Code::Limit, format!("elements are nested more than {MAX_DEPTH} levels deep"));
            return Err(fault.at(|| self.place(start, end)));
        }
        let (namespace, local) = self.reader.resolver().resolve_element(tag.name());
        let name = Name { module: self.module(namespace, start, end)?, local: local.as_ref().to_string() };
        let attributes = self.attributes(tag, start, end)?;
        let span = Span::new(start, end);
        let source = self.source.clone();
        self.open.push(Element { name, attributes, children: Vec::new(), text: None, source, span });
        Ok(())
    }

    fn close(&mut self) {
        let Some(mut element) = self.open.pop() else { return };
        element.text = element.text.filter(|t| !t.text.trim().is_empty());
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn attributes(&self, tag: &BytesStart<'a>, start: usize, end: usize) -> Result<Vec<Attribute>, Fault> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| self.malformed(&e.to_string()))?;
            let (namespace, local) = self.reader.resolver().resolve_attribute(attribute.key);
            if attribute.key.as_namespace_binding().is_some() || is_schema_location(&namespace) {
                continue;
            }
            let key = self.offset(attribute.key.as_ref()).unwrap_or(start);
            let value = self.offset(&attribute.value).unwrap_or(start);
            let name = Name { module: self.module(namespace, start, end)?, local: local.as_ref().to_string() };
            let text = attribute.normalized_value(XmlVersion::Implicit1_0);
            let text = text.map_err(|e| self.malformed(&e.to_string()))?.into_owned();
            let value = Text { text, span: Span::new(value, value + attribute.value.len()) };
            attributes.push(Attribute { name, value, span: Span::new(key, key + attribute.key.as_ref().len()) });
        }
        Ok(attributes)
    }

    /// Adds text to the innermost open element.
    fn text(&mut self, text: &str, start: usize) {
        let Some(element) = self.open.last_mut() else { return };
        let span = Span::new(start, start + text.len());
        match &mut element.text {
            Some(known) if known.text.trim().is_empty() => *known = Text { text: text.to_string(), span },
            Some(known) if text.trim().is_empty() && known.span.end as usize != start => {}
            Some(known) => {
                known.text.push_str(text);
                known.span = known.span.to(span);
            }
            None => element.text = Some(Text { text: text.to_string(), span }),
        }
    }

    /// The text of `&name;`: a character or one of XML's own five entities.
    fn entity(&self, name: &BytesRef<'a>, start: usize) -> Result<String, Fault> {
        if let Ok(Some(c)) = name.resolve_char_ref() {
            return Ok(c.to_string());
        }
        let known = resolve_predefined_entity(name).map(str::to_string);
        known.ok_or_else(|| {
            let fault = Fault::new(Code::Configuration, format!("unknown entity `&{};`", &**name));
            fault.at(|| self.place(start, start + name.len() + 2))
        })
    }

    /// The module that a namespace stands for.
    fn module(&self, namespace: ResolveResult<'_>, start: usize, end: usize) -> Result<String, Fault> {
        match namespace {
            ResolveResult::Unbound => Ok(String::new()),
            ResolveResult::Bound(namespace) => Ok(module_of(namespace.0)),
            ResolveResult::Unknown(prefix) => {
                let fault = Fault::new(Code::Configuration, format!("the prefix `{prefix}` is not declared"));
                let help =
                    format!("add xmlns:{prefix}=\"http://www.mulesoft.org/schema/mule/{prefix}\" to the root element");
                Err(fault.help(help).at(|| self.place(start, end)))
            }
        }
    }

    /// Where a borrowed part of the file stands in it.
    fn offset(&self, part: &str) -> Option<usize> {
        let text = self.source.text();
        let at = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        (at <= text.len()).then_some(at)
    }

    fn malformed(&self, why: &str) -> Fault {
        let at = self.reader.error_position() as usize;
        Fault::new(Code::Configuration, format!("the XML is malformed: {why}")).at(|| self.place(at, at + 1))
    }

    fn place(&self, start: usize, end: usize) -> Place {
        place(self.source, Span::new(start, end))
    }
}

fn place(source: &Arc<Source>, span: Span) -> Place {
    Place { source: source.clone(), span }
}

/// `xsi:schemaLocation` says where an editor finds the schemas; it has no meaning here.
fn is_schema_location(namespace: &ResolveResult<'_>) -> bool {
    matches!(namespace, ResolveResult::Bound(n) if n.0 == "http://www.w3.org/2001/XMLSchema-instance")
}

/// The short name in a schema's URI: `…/schema/mule/http` is `http`, `…/mule/ee/core` is `ee`, `…/mule/core` is core,
/// and some modules have another name in their URI than the one they are called by.
fn module_of(uri: &str) -> String {
    match uri.strip_prefix("http://www.mulesoft.org/schema/mule/") {
        Some("core") => String::new(),
        Some("ee/core") => "ee".into(),
        Some("documentation") => "doc".into(),
        Some("mule-apikit") => "apikit".into(),
        Some("ee/tracking") => "tracking".into(),
        Some(module) => module.into(),
        None => uri.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:ee="http://www.mulesoft.org/schema/mule/ee/core" xmlns:doc="http://www.mulesoft.org/schema/mule/documentation">"#;

    fn tree(body: &str) -> Result<Element, Fault> {
        parse(&Source::new("app.xml", format!("{HEAD}{body}</mule>")))
    }

    #[test]
    fn keeps_names_values_and_places() {
        let root = tree(
            "\n<flow name='a &amp; b' doc:name=\"Main\">\n <ee:set-payload><![CDATA[1 < 2]]></ee:set-payload></flow>",
        )
        .unwrap();
        let flow = root.child("", "flow").unwrap();
        assert_eq!(flow.attribute("name").unwrap().text, "a & b");
        assert_eq!(flow.source.slice(flow.attribute("name").unwrap().span), "a &amp; b");
        assert_eq!((flow.label(), flow.start().start().line), (Some("Main"), 2));
        let script = flow.child("ee", "set-payload").unwrap().text.as_ref().unwrap();
        assert_eq!((script.text.as_str(), flow.source.slice(script.span)), ("1 < 2", "1 < 2"));
    }

    #[test]
    fn refuses_bad_files_with_a_place() {
        for (body, message) in [
            ("<flow>", "malformed"),
            ("<db:select/>", "prefix `db` is not declared"),
            ("<flow name='a' name='b'/>", "malformed"),
            ("<flow>&bomb;</flow>", "unknown entity `&bomb;`"),
            (&"<try>".repeat(300), "nested more than 200"),
        ] {
            let fault = tree(body).unwrap_err();
            assert!(fault.message().contains(message), "{body}: {fault}");
            assert!(fault.place().is_some(), "{body}");
        }
        let bomb = "<!DOCTYPE mule [<!ENTITY a 'aaaa'>]><mule>&a;</mule>";
        assert!(parse(&Source::new("bomb.xml", bomb)).unwrap_err().message().contains("document type"));
        assert!(parse(&Source::new("empty.xml", "")).unwrap_err().message().contains("no root"));
    }
}
