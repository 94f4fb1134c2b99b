//! Reads forms.

use crate::diag::Fault;
use crate::format::{Input, Window};
use crate::value::{Charset, ObjectBuilder, QName, Value};
use std::borrow::Cow;

/// The pairs of a form, in order, as texts; a name without `=` is null.
pub fn read(input: Input) -> Result<Value, Fault> {
    let charset = input.charset.unwrap_or(Charset::UTF_8);
    let mut window = Window::keeping_mark(input);
    window.fill_all()?;
    let text = window.rest();
    let mut form = ObjectBuilder::default();
    let mut at = 0;
    while at < text.len() {
        let end = memchr::memchr(b'&', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
        let (name, value) = match text[at..end].split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (&text[at..end], None),
        };
        let decoded = |part: &str, start: usize| {
            decode(part, charset).map(Cow::into_owned).map_err(|offset| {
                window.fault(start + offset, "`%` must be followed by two hexadecimal digits; `%` itself is `%25`")
            })
        };
        let value = match value {
            Some(value) => Value::from(decoded(value, at + name.len() + 1)?),
            None => Value::Null,
        };
        form.pair(QName::local(decoded(name, at)?), None, value);
        at = end + 1;
    }
    Ok(form.value())
}

/// `+` is a blank, `%XX` a byte in the character set. `Err` has the place of a bad `%`.
fn decode(text: &str, charset: Charset) -> Result<Cow<'_, str>, usize> {
    if !text.bytes().any(|b| matches!(b, b'+' | b'%')) {
        return Ok(Cow::Borrowed(text));
    }
    let mut decoded = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(n) = text[at..].find(['+', '%']) {
        decoded.push_str(&text[at..at + n]);
        at += n;
        if text[at..].starts_with('+') {
            decoded.push(' ');
            at += 1;
            continue;
        }
        let mut bytes = Vec::new();
        while text[at..].starts_with('%') {
            let digits = text.get(at + 1..at + 3).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit())).ok_or(at)?;
            bytes.push(u8::from_str_radix(digits, 16).map_err(|_| at)?);
            at += 3;
        }
        decoded.push_str(&charset.decode_lossy(&bytes));
    }
    decoded.push_str(&text[at..]);
    Ok(Cow::Owned(decoded))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match read(Input::memory("in", text.as_bytes())) {
            Ok(Value::Object(form)) => {
                let pair =
                    |p: crate::value::Pair<'_>| format!("{}:{}", p.name.local, p.value.as_str().unwrap_or("null"));
                form.iter().map(pair).collect::<Vec<_>>().join(" ")
            }
            Ok(other) => panic!("{other:?}"),
            Err(fault) => fault.message().lines().next().unwrap().to_string(),
        }
    }

    #[test]
    fn reads_pairs() {
        for (text, want) in [
            ("c=1&b=2&c=3", "c:1 b:2 c:3"),
            ("flag&x=&=y&a=b=c", "flag:null x: :y a:b=c"),
            ("&a=1&&b=2&", ":null a:1 :null b:2"),
            ("a%5B0%5D=1+2%2B3", "a[0]:1 2+3"),
            ("k=%C3%a9é;%FFx", "k:éé;\u{fffd}x"),
            ("", ""),
            ("\u{feff}a=1", "\u{feff}a:1"),
            ("a=1&b=%G1", "in:1:7: `%` must be followed by two hexadecimal digits; `%` itself is `%25`"),
            ("%2", "in:1:1: `%` must be followed by two hexadecimal digits; `%` itself is `%25`"),
            ("%é", "in:1:1: `%` must be followed by two hexadecimal digits; `%` itself is `%25`"),
        ] {
            assert_eq!(shown(text), want);
        }
    }
}
