//! From the events of the YAML parser to a tree with places.

use super::{Content, Entry, Node};
use crate::diag::{Code, Fault};
use crate::text::{Place, Source, Span};
use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use std::borrow::Cow;
use std::sync::Arc;

/// How deep lists and mappings may stand in each other.
pub const MAX_DEPTH: usize = 100;

/// How many parts of a document aliases may repeat.
const MAX_REPEATED: usize = 100_000;

/// How many lines may have too little indentation.
const MAX_JOINED: usize = 200;

/// The first document of a file; nothing where there is none.
///
/// # Errors
/// What is no YAML; nesting and aliases beyond all measure.
pub fn read(source: &Arc<Source>) -> Result<Node, Fault> {
    let mut reader = Reader::new(source);
    let text = indented(source.text());
    for event in Parser::new_from_str(&text) {
        let (event, span) = event.map_err(|error| {
            let place = reader.place(error.marker(), error.marker());
            Fault::new(Code::Configuration, format!("this is no YAML: {}", error.info())).at(|| place)
        })?;
        let place = reader.place(&span.start, &span.end);
        reader.event(event, place)?;
        if reader.document.is_some() {
            break;
        }
    }
    let start = Place { source: source.clone(), span: Span::new(0, 0) };
    Ok(reader.document.unwrap_or_else(|| Node::null(start)))
}

/// The text without the line breaks inside of brackets that are followed by too little indentation, which other parsers
/// do not mind: JSON examples are often written so.
fn indented(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..MAX_JOINED {
        let failed = Parser::new_from_str(&text).find_map(Result::err);
        let Some(error) = failed.filter(|error| error.info().starts_with("invalid indentation")) else { break };
        let at = text.char_indices().nth(error.marker().index()).map_or(text.len(), |(at, _)| at);
        let Some(line_break) = text[..at].rfind('\n') else { break };
        text.to_mut().replace_range(line_break..=line_break, " ");
    }
    text
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    /// The byte at which each character begins; empty where that is the same.
    offsets: Vec<u32>,
    open: Vec<Open>,
    /// What names stand for, with how many parts it has.
    anchors: FxHashMap<usize, (Node, usize)>,
    parts: usize,
    repeated: usize,
    document: Option<Node>,
}

/// A list or a mapping that is not closed yet.
struct Open {
    place: Place,
    anchor: usize,
    /// How many parts there were before it.
    parts: usize,
    content: OpenContent,
}

enum OpenContent {
    List(Vec<Node>),
    Map(Vec<Entry>, Option<Node>),
}

impl<'a> Reader<'a> {
    fn new(source: &'a Arc<Source>) -> Self {
        let text = source.text();
        let offsets = match text.is_ascii() {
            true => Vec::new(),
            false => text.char_indices().map(|(at, _)| at as u32).collect(),
        };
        let (open, anchors) = (Vec::new(), FxHashMap::default());
        Self { source, offsets, open, anchors, parts: 0, repeated: 0, document: None }
    }

    fn place(&self, start: &Marker, end: &Marker) -> Place {
        let length = self.source.text().len();
        let offset = |marker: &Marker| match self.offsets.is_empty() {
            true => marker.index().min(length),
            false => self.offsets.get(marker.index()).map_or(length, |at| *at as usize),
        };
        let start = offset(start);
        Place { source: self.source.clone(), span: Span::new(start, offset(end).max(start)) }
    }

    fn event(&mut self, event: Event<'_>, place: Place) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let node = Node { content: scalar(&text, style, tag.as_deref()), place };
                self.closed(node, anchor, 1)
            }
            Event::SequenceStart(anchor, _) => self.start(place, anchor, OpenContent::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.start(place, anchor, OpenContent::Map(Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(()) };
                let content = match open.content {
                    OpenContent::List(items) => Content::List(Arc::new(items)),
                    OpenContent::Map(entries, _) => Content::Map(Arc::new(entries)),
                };
                let parts = self.parts - open.parts + 1;
                self.closed(Node { content, place: open.place }, open.anchor, parts)
            }
            Event::Alias(anchor) => self.alias(anchor, &place),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                Ok(())
            }
        }
    }

    fn start(&mut self, place: Place, anchor: usize, content: OpenContent) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(refused(&place, format!("this is nested more than {MAX_DEPTH} levels deep")));
        }
        if let Some(Open { content: OpenContent::Map(_, None), .. }) = self.open.last() {
            return Err(refused(&place, "a name has to be a text".to_string()));
        }
        self.open.push(Open { place, anchor, parts: self.parts, content });
        Ok(())
    }

    fn alias(&mut self, anchor: usize, place: &Place) -> Result<(), Fault> {
        let known = self.anchors.get(&anchor).cloned();
        let (node, parts) =
            known.ok_or_else(|| refused(place, "this alias stands within what it stands for".to_string()))?;
        self.repeated += parts;
        if self.repeated > MAX_REPEATED {
            return Err(refused(place, format!("aliases repeat more than {MAX_REPEATED} parts")));
        }
        self.closed(node, 0, parts)
    }

    /// Takes a part that is complete.
    fn closed(&mut self, node: Node, anchor: usize, parts: usize) -> Result<(), Fault> {
        self.parts += parts;
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), parts));
        }
        let Some(open) = self.open.last_mut() else {
            self.document = Some(node);
            return Ok(());
        };
        match &mut open.content {
            OpenContent::List(items) => items.push(node),
            OpenContent::Map(entries, name) => match name.take() {
                None => *name = Some(node),
                Some(key) => pair(entries, key, node)?,
            },
        }
        Ok(())
    }
}

/// Adds a pair; a plain `<<` brings in the pairs of another mapping.
fn pair(entries: &mut Vec<Entry>, key: Node, value: Node) -> Result<(), Fault> {
    let name: Arc<str> = match &key.content {
        Content::Scalar { text, .. } => text.clone(),
        _ => "".into(),
    };
    if &*name == "<<" && value.is_map() {
        let new = value.entries().iter().filter(|entry| !entries.iter().any(|known| known.name == entry.name));
        let new: Vec<_> = new.cloned().collect();
        entries.extend(new);
        return Ok(());
    }
    if entries.iter().any(|known| known.name == name) {
        return Err(key.fault(format!("`{name}` is there twice")));
    }
    entries.push(Entry { name, place: key.place, value });
    Ok(())
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Content {
    let plain = style == ScalarStyle::Plain;
    match tag {
        Some(tag) if tag.suffix == "include" => Content::Include(text.trim().into()),
        None if plain && matches!(text, "" | "~" | "null") => Content::Null,
        _ => Content::Scalar { text: text.into(), plain: plain && tag.is_none() },
    }
}

fn refused(place: &Place, message: String) -> Fault {
    Fault::new(Code::Configuration, message).at(|| place.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Result<Node, Fault> {
        read(&Source::new("api.raml", text))
    }

    #[test]
    fn keeps_order_includes_and_places() {
        let root = node("#%RAML 1.0\nürl: \"1\"\n/a:\n  get: !include x.raml\n").unwrap();
        assert_eq!(root.entries().iter().map(|e| &*e.name).collect::<Vec<_>>(), ["ürl", "/a"]);
        let get = root.get("/a").unwrap().get("get").unwrap();
        assert!(matches!(&get.content, Content::Include(path) if &**path == "x.raml"));
        assert_eq!(get.place.to_string(), "api.raml:4:8");
        assert!(matches!(root.get("ürl").unwrap().content, Content::Scalar { plain: false, .. }));
    }

    #[test]
    fn brackets_may_end_anywhere() {
        let root = node("/a:\n    example:\n      {\n  \"ü\": [1,\n2],\n  \"name\": \"tea\"\n  }\n    is: x").unwrap();
        let a = root.get("/a").unwrap();
        assert_eq!(a.get("example").unwrap().text_of("name"), Some("tea"));
        assert_eq!(a.get("is").unwrap().place.to_string(), "api.raml:8:9");
        assert!(node("a: {\nb: [}").is_err());
    }

    #[test]
    fn aliases_and_merges() {
        let root = node("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  z: 3\nc: *a").unwrap();
        assert_eq!(root.get("b").unwrap().entries().len(), 3);
        assert_eq!(root.get("c").unwrap().text_of("y"), Some("2"));
    }

    #[test]
    fn mistakes_have_places() {
        let bomb: String = (1..25).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)).collect();
        for (text, want) in [
            ("a: [1", "this is no YAML"),
            ("a: 1\na: 2", "`a` is there twice"),
            ("? [a]\n: 1", "a name has to be a text"),
            (&"[".repeat(200), "nested more than 100"),
            (&format!("a0: &a0 x\n{bomb}"), "aliases repeat more than"),
        ] {
            let fault = node(text).unwrap_err();
            assert!(fault.message().contains(want), "{text}: {fault}");
            assert!(fault.place().is_some());
        }
    }
}
