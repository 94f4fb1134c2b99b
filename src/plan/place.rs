//! Places in scripts as values: what `dw::Runtime` tells of them.

use crate::text::Place;
use crate::value::{ObjectBuilder, Value};

/// A `Location` as `dw::Runtime` declares it.
pub fn location(place: &Place) -> Value {
    let position = |offset: u32| {
        let at = place.source.position(offset);
        let mut position = ObjectBuilder::with_capacity(3);
        let (index, line, column) = (Value::count(at.index), Value::count(at.line), Value::count(at.column));
        position.field("index", index).field("line", line).field("column", column);
        position.value()
    };
    let mut location = ObjectBuilder::with_capacity(5);
    location.field("start", position(place.span.start)).field("end", position(place.span.end));
    location.field("locationString", marked_line(place)).field("text", Line::of(place).text.trim());
    location.field("sourceIdentifier", place.source.name());
    location.value()
}

/// The line in which the place begins, with its number and a mark under the place.
pub fn marked_line(place: &Place) -> String {
    let line = Line::of(place);
    let number = format!("{}| ", line.number);
    let mark = "^".repeat(line.until - line.from);
    format!("\n{number}{}\n{}{mark}", line.text, " ".repeat(number.len() + line.from))
}

/// The line in which a place begins.
struct Line<'a> {
    number: usize,
    text: &'a str,
    /// The place within the line, in characters.
    from: usize,
    until: usize,
}

impl<'a> Line<'a> {
    fn of(place: &'a Place) -> Self {
        let (text, span) = (place.source.text(), place.span.range());
        let before = text.get(..span.start).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |feed| feed + 1);
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        let line = &text[start..end];
        let column = |offset: usize| line.get(..offset.min(end) - start).map_or(0, |part| part.chars().count());
        let from = column(before.len());
        Self { number: before.matches('\n').count() + 1, text: line, from, until: column(span.end).max(from + 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Source, Span};

    #[test]
    fn marks_the_place_in_its_line() {
        let text = "var ü = 1\n---\nü + x\n  * 2";
        let marked = |part: &str| {
            let start = text.find(part).unwrap();
            marked_line(&Place { source: Source::new("a", text), span: Span::new(start, start + part.len()) })
        };
        assert_eq!(marked("ü = 1"), "\n1| var ü = 1\n       ^^^^^");
        assert_eq!(marked("x\n  * 2"), "\n3| ü + x\n       ^");
    }
}
