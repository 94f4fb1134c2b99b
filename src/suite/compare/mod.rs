//! Compares a result with what is expected: by structure where the format has one, else by line or byte.

mod lines;
mod structure;

use super::{Line, Mark};
use crate::format::{Format, Input, registry};
use crate::script::Engine;
use crate::value::Value;

/// Bytes with their type.
#[derive(Clone, Copy, Debug)]
pub struct Content<'a> {
    /// A MIME type or a format's id.
    pub mime: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// Formats whose documents are compared as values: how they are written does not count.
const STRUCTURED: [&str; 7] = ["json", "ndjson", "xml", "yaml", "dw", "urlencoded", "excel"];

/// What differs, as lines of detail; none where both mean the same.
pub fn compare(engine: &Engine, expected: Content<'_>, actual: Content<'_>) -> Vec<Line> {
    let (Ok(wanted), Ok(given)) = (registry::by_name(expected.mime), registry::by_name(actual.mime)) else {
        return texts(expected.bytes, actual.bytes);
    };
    if wanted.id() != given.id() {
        let what = format!("the result is {}, not {}", given.mime_type(), wanted.mime_type());
        return vec![Line::new(Mark::Plain, what)];
    }
    match expected.bytes == actual.bytes {
        true => Vec::new(),
        false if STRUCTURED.contains(&wanted.id()) => structures(engine, expected, actual, wanted),
        false if wanted.is_text() => texts(expected.bytes, actual.bytes),
        false => binaries(expected.bytes, actual.bytes),
    }
}

/// What differs between two values, as lines of detail.
pub fn values(expected: &Value, actual: &Value) -> Vec<Line> {
    structure::differences(expected, actual).unwrap_or_else(|fault| vec![Line::new(Mark::Plain, fault.to_string())])
}

/// A document that cannot be read is compared as text.
fn structures(engine: &Engine, expected: Content<'_>, actual: Content<'_>, format: &dyn Format) -> Vec<Line> {
    let read = |name: &str, content: Content<'_>| engine.read(Input::memory(name, content.bytes), content.mime, &[]);
    let both = read("expected", expected).and_then(|e| Ok((e, read("result", actual)?)));
    let differences = both.and_then(|(expected, actual)| Ok(structure::differences(&expected, &actual)?));
    differences.unwrap_or_else(|unreadable| {
        let why = unreadable.faults().first().map(ToString::to_string).unwrap_or_default();
        let mut all = vec![Line::new(Mark::Plain, format!("compared as text: {why}"))];
        all.extend(if format.is_text() { texts(expected.bytes, actual.bytes) } else { Vec::new() });
        all
    })
}

fn texts(expected: &[u8], actual: &[u8]) -> Vec<Line> {
    match (std::str::from_utf8(expected), std::str::from_utf8(actual)) {
        (Ok(expected), Ok(actual)) => lines::differences(expected, actual),
        _ => binaries(expected, actual),
    }
}

fn binaries(expected: &[u8], actual: &[u8]) -> Vec<Line> {
    if expected == actual {
        return Vec::new();
    }
    let same = expected.iter().zip(actual).take_while(|(a, b)| a == b).count();
    let tell = |mark, bytes: &[u8]| {
        let next: Vec<String> = bytes.iter().skip(same).take(16).map(|b| format!("{b:02x}")).collect();
        Line::new(mark, format!("{} bytes, there: {}", bytes.len(), next.join(" ")))
    };
    let place = Line::new(Mark::Path, format!("at byte {same}"));
    vec![place, tell(Mark::Expected, expected), tell(Mark::Actual, actual)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differences(mime: &str, expected: &str, actual: &str) -> String {
        let expected = Content { mime, bytes: expected.as_bytes() };
        let actual = Content { mime, bytes: actual.as_bytes() };
        let lines = compare(&Engine::new(), expected, actual);
        lines.iter().map(Line::marked).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn how_it_is_written_does_not_count() {
        for (mime, a, b) in [
            ("application/json", "{\"a\": [1, 2.0]}", "{\n  \"a\": [\n    1,\n    2\n  ]\n}"),
            ("application/xml", "<a><b x='1'/></a>", "<?xml version='1.0'?>\n<a>\n  <b x=\"1\"></b>\n</a>"),
            ("application/yaml", "a: 1\nb: [x]", "a: 1\nb:\n- x\n"),
            ("application/csv", "a,b\r\n1,2\r\n", "a,b\n1,2"),
            ("text/x-own", "a \n", "a"),
        ] {
            assert_eq!(differences(mime, a, b), "", "{mime}");
        }
    }

    #[test]
    fn tells_what_differs() {
        assert_eq!(differences("application/json", "{\"a\": 1}", "{\"a\": \"1\"}"), ".a|- 1|+ \"1\"");
        assert_eq!(differences("application/csv", "a\n1", "a\n2"), "@ line 1|  a|- 1|+ 2");
        assert_eq!(
            differences("application/octet-stream", "ab", "ac"),
            "at byte 1|- 2 bytes, there: 62|+ 2 bytes, there: 63"
        );
        assert!(differences("application/json", "{\"a\": ", "{}").contains("compared as text"));
    }
}
