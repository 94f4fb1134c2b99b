//! Faults as values: kind, message, place and calls.

use crate::diag::{Code, Fault};
use crate::value::{ObjectBuilder, Value};

/// The `error` of a `try` that failed.
pub fn of_try(fault: &Fault) -> Value {
    let mut error = described(fault);
    error.field(
        "location",
        fault.place().map_or_else(String::new, |place| marked(&Lines::of(place.source.text(), place.span.range()))),
    );
    error.field("stack", stack(fault));
    error.value()
}

/// The `error` of a script that failed.
pub fn of_script(fault: &Fault, logs: Value) -> Value {
    let mut error = described(fault);
    error.field("location", location(fault));
    if fault.code().kind() != Code::Syntax.kind() {
        error.field("stack", stack(fault));
    }
    error.field("logs", logs);
    error.value()
}

fn described(fault: &Fault) -> ObjectBuilder {
    let mut error = ObjectBuilder::with_capacity(5);
    error.field("kind", fault.code().kind()).field("message", fault.message());
    error
}

/// A `Location`.
fn location(fault: &Fault) -> Value {
    let mut location = ObjectBuilder::with_capacity(5);
    let Some(place) = fault.place() else {
        location.field("locationString", "");
        return location.value();
    };
    let lines = Lines::of(place.source.text(), place.span.range());
    let position = |offset: u32| {
        let at = place.source.position(offset);
        let mut position = ObjectBuilder::with_capacity(3);
        let (index, line, column) = (Value::count(at.index), Value::count(at.line), Value::count(at.column));
        position.field("index", index).field("line", line).field("column", column);
        position.value()
    };
    location.field("start", position(place.span.start)).field("end", position(place.span.end));
    location.field("locationString", marked(&lines)).field("text", lines.text);
    location.field("sourceIdentifier", place.source.name());
    location.value()
}

/// The line in which a span begins.
struct Lines<'a> {
    number: usize,
    text: &'a str,
    /// The span within the line, in characters.
    from: usize,
    until: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str, span: std::ops::Range<usize>) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |feed| feed + 1);
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        let line = &text[start..end];
        let column = |offset: usize| line.get(..offset.min(end) - start).map_or(0, |part| part.chars().count());
        let from = column(before.len());
        Self { number: before.matches('\n').count() + 1, text: line, from, until: column(span.end).max(from + 1) }
    }
}

/// The line with its number and, below it, a mark under the span.
fn marked(line: &Lines<'_>) -> String {
    let number = format!("{}| ", line.number);
    let mark = "^".repeat(line.until - line.from);
    format!("\n{number}{}\n{}{mark}", line.text, " ".repeat(number.len() + line.from))
}

/// The calls that led to the fault, the innermost first, each with the place it had come to.
fn stack(fault: &Fault) -> Value {
    let mut places = fault.place().into_iter().chain(fault.trace().iter().map(|call| &call.place));
    let functions = fault.trace().iter().map(|call| call.function.as_str()).chain(["main"]);
    let frames = functions.map_while(|function| Some(Value::from(format!("{function} ({})", places.next()?))));
    Value::array(frames.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_span_in_its_line() {
        let text = "var ü = 1\n---\nü + x\n  * 2";
        let marked = |part: &str| {
            let start = text.find(part).unwrap();
            marked(&Lines::of(text, start..start + part.len()))
        };
        assert_eq!(marked("ü = 1"), "\n1| var ü = 1\n       ^^^^^");
        assert_eq!(marked("x\n  * 2"), "\n3| ü + x\n       ^");
    }
}
