//! Reads flat files: records of one kind as a sequence, records of several kinds as their structure has them.

use super::field::Fill;
use super::schema::{Content, Item, Layout, Part, PartContent, Segment, slice};
use crate::diag::Fault;
use crate::format::{Input, Options, Window};
use crate::value::{Array, ObjectBuilder, Producer, QName, Shape, Str, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// How records follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parsing {
    /// Each on a line of its own width.
    Strict,
    /// Each on a line.
    Lenient,
    /// Without anything between them.
    NoTerminator,
    /// There is only one.
    Single,
}

/// The value of the input by this layout.
pub fn read(input: Input, layout: Layout, options: &Options) -> Result<Value, Fault> {
    let parsing = match options.text("recordParsing") {
        "lenient" => Parsing::Lenient,
        "noTerminator" => Parsing::NoTerminator,
        "singleRecord" => Parsing::Single,
        _ => Parsing::Strict,
    };
    let reader = Reader {
        window: Window::new(input),
        parsing,
        rules: Rules {
            fill: super::property::fill(options),
            needs_required: options.flag("enforceRequires"),
            keeps_empty: options.flag("retainEmptyStringFieldsOnParsing"),
        },
        shapes: FxHashMap::default(),
    };
    match layout {
        Layout::Records(segment) => Ok(Value::Array(Array::lazy(Records { reader, segment, ended: false }))),
        Layout::Structure(parts) => reader.structure(&parts),
    }
}

/// What the properties say of values.
#[derive(Clone, Copy)]
struct Rules {
    fill: Fill,
    needs_required: bool,
    keeps_empty: bool,
}

struct Reader {
    window: Window,
    parsing: Parsing,
    rules: Rules,
    /// The shapes of the last records, by segment.
    shapes: FxHashMap<Str, Arc<Shape>>,
}

struct Records {
    reader: Reader,
    segment: Arc<Segment>,
    ended: bool,
}

impl Producer for Records {
    fn next(&mut self) -> Option<Result<Value, Fault>> {
        if self.ended {
            return None;
        }
        let item = match self.reader.ahead(self.segment.width) {
            Ok(Some(ahead)) => Some(self.reader.record(&self.segment, ahead)),
            Ok(None) => None,
            Err(fault) => Some(Err(fault)),
        };
        self.ended = !matches!(item, Some(Ok(_))) || self.reader.parsing == Parsing::Single;
        item
    }
}

/// The next record: the length of its text, and with what ends it.
#[derive(Clone, Copy)]
struct Ahead {
    text: usize,
    whole: usize,
}

impl Reader {
    /// The next record; without line ends, so many characters. `None` at the end of the input.
    fn ahead(&mut self, width: usize) -> Result<Option<Ahead>, Fault> {
        let by_line = matches!(self.parsing, Parsing::Strict | Parsing::Lenient);
        loop {
            let (rest, complete) = (self.window.rest(), self.window.is_complete());
            let found = if by_line { line(rest, complete) } else { characters(rest, width, complete) };
            match found {
                // Empty lines at the end are no records.
                Some(_) if complete && rest.trim_matches(['\r', '\n', '\u{1a}']).is_empty() => return Ok(None),
                Some(ahead) => return Ok(Some(ahead)),
                None if complete => return Ok(None),
                None => self.window.fill()?,
            }
        }
    }

    /// Reads the record that stands ahead as one of this kind.
    fn record(&mut self, segment: &Segment, ahead: Ahead) -> Result<Value, Fault> {
        let text = &self.window.rest()[..ahead.text];
        let length = if text.is_ascii() { text.len() } else { text.chars().count() };
        let is_short = length < segment.width && matches!(self.parsing, Parsing::Strict | Parsing::NoTerminator);
        if is_short || (length > segment.width && self.parsing == Parsing::Strict) {
            let message = format!("a record `{}` has {} characters, not {length}", segment.id, segment.width);
            let fault = self.window.fault(ahead.text.min(segment.width), message);
            return Err(fault.help("the reader property `recordParsing=\"lenient\"` takes shorter and longer lines"));
        }
        if !segment.is_tagged(text) {
            return Err(self.window.fault(0, format!("this record is not a `{}`", segment.id)));
        }
        let builder = self.shapes.remove(&segment.id).map_or_else(ObjectBuilder::default, ObjectBuilder::expecting);
        let start = segment.width - segment.items.iter().map(Item::width).sum::<usize>();
        let mut place = start;
        let record = items(&segment.items, text, &mut place, builder, self.rules);
        let record = record.map_err(|(at, what)| {
            let offset = text.char_indices().nth(at).map_or(text.len(), |(offset, _)| offset);
            self.window.fault(offset, what)
        })?;
        let record = record.build();
        self.shapes.insert(segment.id.clone(), record.shape().clone());
        self.window.advance(ahead.whole);
        Ok(Value::Object(record))
    }

    fn structure(mut self, parts: &[Part]) -> Result<Value, Fault> {
        let value = self.group(parts)?;
        match self.ahead(widest(parts))? {
            None => Ok(value),
            Some(_) => Err(self.window.fault(0, "the structure ends before this record")),
        }
    }

    fn group(&mut self, parts: &[Part]) -> Result<Value, Fault> {
        let width = widest(parts);
        let mut group = ObjectBuilder::default();
        for part in parts {
            let mut members = Vec::new();
            while part.most.is_none_or(|most| members.len() < most) {
                let Some(ahead) = self.ahead(width)? else { break };
                if !part.starts_with(&self.window.rest()[..ahead.text]) {
                    break;
                }
                members.push(match &part.content {
                    PartContent::Segment(segment) => {
                        let own = self.ahead(segment.width)?.unwrap_or(ahead);
                        self.record(segment, own)?
                    }
                    PartContent::Group(parts) => self.group(parts)?,
                });
            }
            if members.is_empty() && !part.optional {
                return Err(self.window.fault(0, format!("a `{}` is missing here", part.id)));
            }
            let value = match part.repeats() {
                true if members.is_empty() => continue,
                true => Value::array(members),
                false => match members.pop() {
                    Some(only) => only,
                    None => continue,
                },
            };
            group.pair(QName::from(part.id.clone()), None, value);
        }
        Ok(group.value())
    }
}

fn widest(parts: &[Part]) -> usize {
    let width = |part: &Part| match &part.content {
        PartContent::Segment(segment) => segment.width,
        PartContent::Group(parts) => widest(parts),
    };
    parts.iter().map(width).max().unwrap_or(0)
}

/// A line without its end.
fn line(rest: &str, complete: bool) -> Option<Ahead> {
    let bytes = rest.as_bytes();
    match memchr::memchr2(b'\n', b'\r', bytes) {
        Some(at) if bytes[at] == b'\n' => Some(Ahead { text: at, whole: at + 1 }),
        Some(at) if at + 1 == bytes.len() && !complete => None,
        Some(at) => Some(Ahead { text: at, whole: at + 1 + usize::from(bytes.get(at + 1) == Some(&b'\n')) }),
        None if complete && !rest.is_empty() => Some(Ahead { text: rest.len(), whole: rest.len() }),
        None => None,
    }
}

/// So many characters, or all that are left.
fn characters(rest: &str, width: usize, complete: bool) -> Option<Ahead> {
    let end = rest.char_indices().nth(width).map(|(at, _)| at);
    match end {
        Some(end) => Some(Ahead { text: end, whole: end }),
        None if complete && !rest.is_empty() => {
            let text = rest.trim_end_matches(['\r', '\n', '\u{1a}']).len();
            Some(Ahead { text, whole: rest.len() })
        }
        None => None,
    }
}

/// What is wrong with a record, and at which of its characters.
type Wrong = (usize, String);

fn items(
    items: &[Item],
    text: &str,
    place: &mut usize,
    mut object: ObjectBuilder,
    rules: Rules,
) -> Result<ObjectBuilder, Wrong> {
    for item in items {
        let mut values = Vec::new();
        for _ in 0..item.count {
            values.extend(piece(item, text, place, rules)?);
        }
        let value = match (item.count, values.len()) {
            (1, _) => values.pop(),
            (_, 0) => None,
            _ => Some(Value::array(values)),
        };
        if let Some(value) = value {
            object.pair(QName::from(item.name.clone()), None, value);
        }
    }
    Ok(object)
}

/// One occurrence of a piece; `None` if it is missing.
fn piece(item: &Item, text: &str, place: &mut usize, rules: Rules) -> Result<Option<Value>, Wrong> {
    let element = match &item.content {
        Content::Element(element) => element,
        Content::Composite(inner) => {
            let object = items(inner, text, place, ObjectBuilder::default(), rules)?;
            return Ok((!object.is_empty()).then(|| object.value()));
        }
    };
    let at = *place;
    *place += element.width;
    let value = element.read(slice(text, at, element.width), rules.fill);
    match value.map_err(|what| (at, format!("in `{}`, {what}", item.name)))? {
        Some(value) => Ok(Some(value)),
        None if rules.needs_required && element.required => Err((at, format!("`{}` has no value", item.name))),
        None if rules.keeps_empty && element.kind == super::schema::Kind::String => Ok(Some(Value::from(""))),
        None => Ok(None),
    }
}
