//! What a flat file schema (`.ffd`) says: elements of fixed width make segments, segments make structures.

use crate::value::Str;
use std::sync::Arc;

/// What the input or output is.
pub enum Layout {
    /// Records of one kind.
    Records(Arc<Segment>),
    /// Records of several kinds in a fixed order.
    Structure(Vec<Part>),
}

/// A kind of record.
pub struct Segment {
    /// Its identifier; the key of its records in a structure.
    pub id: Str,
    /// What its records hold, from left to right.
    pub items: Vec<Item>,
    /// What tells its records from others: places in characters and the texts that stand there.
    pub tags: Vec<(usize, String)>,
    /// The width of a record, in characters.
    pub width: usize,
}

/// A piece of a record.
pub struct Item {
    /// The key in the record's object.
    pub name: Str,
    /// How many times it stands there; more than one make an array.
    pub count: usize,
    /// What it is.
    pub content: Content,
}

/// What a piece of a record is.
pub enum Content {
    /// A value.
    Element(Element),
    /// Pieces under a name of their own.
    Composite(Vec<Item>),
}

/// A value of fixed width.
pub struct Element {
    /// Its width in characters.
    pub width: usize,
    /// Its type.
    pub kind: Kind,
    /// How its text is put into the field.
    pub justify: Justify,
    /// How the sign of a number is written.
    pub sign: Sign,
    /// The digits behind a point that is not written.
    pub implicit: Option<i64>,
    /// The pattern of its text.
    pub pattern: Option<Str>,
    /// The text it always has.
    pub tag: Option<String>,
    /// Whether it must be there.
    pub required: bool,
}

/// The type of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    String,
    Integer,
    Decimal,
    Boolean,
    Date,
    Time,
    DateTime,
}

/// On which side of its field a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Justify {
    Left,
    Right,
    /// The text fills the field as it is.
    None,
    /// On the right, behind zeros.
    Zeroes,
}

/// How the sign of a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Unsigned,
    /// A minus in front of negative numbers only.
    Optional,
    /// In front, plus too.
    AlwaysLeft,
    /// Behind, plus too.
    AlwaysRight,
}

/// A member of a structure or group.
pub struct Part {
    /// Its key: the segment's or the group's identifier.
    pub id: Str,
    /// Whether it may be missing.
    pub optional: bool,
    /// How often it may stand there; `None` for any number of times.
    pub most: Option<usize>,
    /// What it is.
    pub content: PartContent,
}

/// What a member of a structure is.
pub enum PartContent {
    /// A record.
    Segment(Arc<Segment>),
    /// Records that belong together.
    Group(Vec<Part>),
}

impl Part {
    /// Whether it makes an array.
    pub fn repeats(&self) -> bool {
        self.most != Some(1)
    }

    /// Whether this record can begin it.
    pub fn starts_with(&self, record: &str) -> bool {
        match &self.content {
            PartContent::Segment(segment) => segment.is_tagged(record),
            PartContent::Group(parts) => {
                let first = parts.iter().position(|part| !part.optional).map_or(parts.len(), |n| n + 1);
                parts[..first].iter().any(|part| part.starts_with(record))
            }
        }
    }
}

impl Segment {
    /// Whether a record has the tags of this kind.
    pub fn is_tagged(&self, record: &str) -> bool {
        self.tags.iter().all(|(at, tag)| slice(record, *at, tag.chars().count()) == tag)
    }
}

impl Item {
    /// Its width in characters, all repetitions counted.
    pub fn width(&self) -> usize {
        let one = match &self.content {
            Content::Element(element) => element.width,
            Content::Composite(items) => items.iter().map(Item::width).sum(),
        };
        one.saturating_mul(self.count)
    }
}

/// So many characters of a text from a place on, or what there is of them.
pub fn slice(text: &str, at: usize, width: usize) -> &str {
    if text.is_ascii() {
        let start = at.min(text.len());
        return &text[start..start.saturating_add(width).min(text.len())];
    }
    let place = |text: &str, n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let rest = &text[place(text, at)..];
    &rest[..place(rest, width)]
}
