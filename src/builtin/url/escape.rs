//! Percent escapes.

use crate::diag::{Code, Fault};
use crate::eval::{Args, Native};
use crate::value::Value;
use std::fmt::Write;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "URL::encodeURI", body: |_, args| encoded(&args, ";,/?:@&=$#") },
    Native { key: "URL::encodeURIComponent", body: |_, args| encoded(&args, "") },
    Native { key: "URL::decode", body: |_, args| decode(args.str(0)?).map(Value::from) },
];

/// Escapes the UTF-8 bytes of everything but ASCII letters, digits, `-_.!~*'()` and the characters in `kept`.
fn encoded(args: &Args<'_>, kept: &str) -> Result<Value, Fault> {
    let text = args.str(0)?;
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || c.is_ascii() && ("-_.!~*'()".contains(c) || kept.contains(c)) {
            escaped.push(c);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    Ok(escaped.into())
}

/// Resolves all escapes; `+` is a blank, and bytes that are not UTF-8 become U+FFFD.
fn decode(text: &str) -> Result<String, Fault> {
    match resolve(text, |byte| if byte == b'+' { b' ' } else { byte }) {
        Some(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        None => Err(Fault::new(Code::Argument, format!("`{text}` has a `%` without two hexadecimal digits behind it"))
            .help("a percent sign itself is written `%25`")),
    }
}

/// The bytes of a text with its escapes resolved and its plain bytes passed through `plain`; `None` for a bad escape.
pub fn resolve(text: &str, plain: impl Fn(u8) -> u8) -> Option<Vec<u8>> {
    let mut resolved = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        resolved.push(match byte {
            b'%' => hexadecimal(bytes.next()?)? << 4 | hexadecimal(bytes.next()?)?,
            byte => plain(byte),
        });
    }
    Some(resolved)
}

fn hexadecimal(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|d| d as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_escapes() {
        for (text, plain) in [("a%20b+c", "a b c"), ("%C3%28", "\u{fffd}("), ("%f0%9f%9a%9a", "🚚"), ("ø", "ø")] {
            assert_eq!(decode(text).unwrap(), plain);
        }
        for text in ["100%", "%2", "%2g"] {
            assert!(decode(text).is_err(), "{text}");
        }
    }
}
