//! Names of keys and attributes: bare where the grammar allows it, else quoted.

use crate::format::json::escape::write_quoted;

/// Words that cannot be a bare key.
const RESERVED: &[&str] = &[
    "null", "true", "false", "if", "else", "unless", "using", "as", "is", "and", "or", "fun", "var", "type", "ns",
    "import", "input", "output", "case", "default", "do", "async", "yield", "enum", "private", "throw", "for",
];

/// A local name as it stands in front of a value or behind a selector's dot.
pub fn quoted_name(name: &str) -> String {
    let mut out = Vec::new();
    write_name(name, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Adds a local name.
pub fn write_name(name: &str, out: &mut Vec<u8>) {
    let mut bytes = name.bytes();
    let starts_well = bytes.next().is_some_and(|b| b.is_ascii_alphabetic());
    if starts_well && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_') && !RESERVED.contains(&name) {
        out.extend_from_slice(name.as_bytes());
    } else {
        write_quoted(name, true, out);
    }
}
