//! Writes forms.

use crate::diag::{Code, Fault};
use crate::format::{Sink, scalar};
use crate::value::{Charset, Value};
use std::io::Write;

/// Writes an object of simple values; an array repeats its key.
pub fn write(value: Value, out: &mut dyn Write, charset: Charset) -> Result<(), Fault> {
    let Value::Object(form) = value.bare() else { return Err(no_form("the value", value.bare())) };
    // What is written is ASCII, whatever the character set of the escaped bytes is.
    let mut form_out = Form { sink: Sink::new(out, Charset::UTF_8), charset, is_first: true };
    for pair in form.iter() {
        let name = &pair.name.local;
        match pair.value.elements() {
            None => form_out.pair(name, pair.value)?,
            Some(items) => {
                for item in items {
                    form_out.pair(name, &item?)?;
                }
            }
        }
    }
    form_out.sink.finish()
}

struct Form<'a> {
    sink: Sink<'a>,
    charset: Charset,
    is_first: bool,
}

impl Form<'_> {
    fn pair(&mut self, name: &str, value: &Value) -> Result<(), Fault> {
        if !std::mem::take(&mut self.is_first) {
            self.sink.char('&')?;
        }
        self.encoded(name)?;
        if value.is_null() {
            return Ok(());
        }
        let text = scalar::text(value).ok_or_else(|| no_form(&format!("`{name}`"), value.bare()))?;
        self.sink.char('=')?;
        self.encoded(&text)
    }

    fn encoded(&mut self, text: &str) -> Result<(), Fault> {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '*');
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if is_plain(c) || c == ' ' {
                self.sink.char(if c == ' ' { '+' } else { c })?;
                rest = &rest[1..];
                continue;
            }
            let end = rest.find(|c| is_plain(c) || c == ' ').unwrap_or(rest.len());
            for byte in self.charset.encode(&rest[..end]) {
                let digits = [b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
                self.sink.buffer().extend_from_slice(&digits);
            }
            rest = &rest[end..];
        }
        Ok(())
    }
}

fn no_form(what: &str, value: &Value) -> Fault {
    let message = format!("{what} cannot be written as a form: it is of type {}", value.type_name());
    Fault::new(Code::Write, message).help("a form is an object of simple values, or of arrays of them")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::ObjectBuilder;

    fn written(pairs: &[(&str, Value)], charset: Charset) -> String {
        let mut form = ObjectBuilder::default();
        for (name, value) in pairs {
            form.field(name, value.clone());
        }
        let mut out = Vec::new();
        match write(form.value(), &mut out, charset) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn writes_pairs() {
        let list = Value::array(vec!["x".into(), Value::Null, true.into()]);
        for (pairs, want) in [
            (&[("a b", "é&=~!'()".into()), ("-_.*", "1".into())][..], "a+b=%C3%A9%26%3D%7E%21%27%28%29&-_.*=1"),
            (&[("n", Value::Null), ("e", "".into())], "n&e="),
            (&[("l", list), ("z", Value::array(vec![]))], "l=x&l&l=true"),
            (&[], ""),
            (&[("o", Value::empty_object())], "`o` cannot be written as a form: it is of type Object"),
        ] {
            assert_eq!(written(pairs, Charset::UTF_8), want);
        }
        assert_eq!(written(&[("k", "é€".into())], Charset::LATIN_1), "k=%E9%3F");
    }
}
