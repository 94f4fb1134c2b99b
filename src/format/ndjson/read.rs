//! Reads NDJSON: lines as a sequence that is parsed while it is pulled.

use crate::diag::Fault;
use crate::format::json::{Memory, Parser, fault};
use crate::format::{Input, Options, Window};
use crate::value::{Array, Producer, Value};

/// The values of the input.
pub fn read(input: Input, options: &Options) -> Result<Value, Fault> {
    Ok(Value::Array(Array::lazy(Lines {
        window: Window::new(input),
        memory: Memory::new(false),
        skip_empty: options.flag("ignoreEmptyLine"),
        skip_invalid: options.flag("skipInvalid"),
        ended: false,
    })))
}

struct Lines {
    window: Window,
    memory: Memory,
    skip_empty: bool,
    skip_invalid: bool,
    ended: bool,
}

impl Producer for Lines {
    fn next(&mut self) -> Option<Result<Value, Fault>> {
        if self.ended {
            return None;
        }
        let item = self.line().transpose();
        self.ended = !matches!(item, Some(Ok(_)));
        item
    }
}

impl Lines {
    fn line(&mut self) -> Result<Option<Value>, Fault> {
        loop {
            let rest = self.window.rest();
            let end = memchr::memchr(b'\n', rest.as_bytes());
            if end.is_none() && !self.window.is_complete() {
                self.window.fill()?;
                continue;
            }
            if rest.is_empty() {
                return Ok(None);
            }
            let line = &rest[..end.unwrap_or(rest.len())];
            let length = end.map_or(line.len(), |end| end + 1);
            if !(self.skip_empty && line.trim().is_empty()) {
                match Parser::new(line, true, &mut self.memory).document() {
                    Ok(value) => {
                        self.window.advance(length);
                        return Ok(Some(value));
                    }
                    Err(trouble) if !self.skip_invalid => return Err(fault(&self.window, *trouble)),
                    Err(_) => {}
                }
            }
            self.window.advance(length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::format::ndjson::NdJson;

    fn shown(text: &str, given: &[(&str, &str)]) -> String {
        let given: Vec<_> = given.iter().map(|(k, v)| ((*k).into(), Value::from(*v))).collect();
        let options = Options::lenient(NdJson.reader_properties(), &given).unwrap();
        match read(Input::memory("in", text.as_bytes()), &options).unwrap() {
            Value::Array(items) => match items.into_vec() {
                Ok(items) => format!("{items:?}"),
                Err(fault) => fault.message().lines().next().unwrap().to_string(),
            },
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn reads_lines() {
        for (text, given, want) in [
            ("1\r\n\n \n[true]\nnull", &[][..], "[Int(1), Array([Boolean(true)]), Null]"),
            ("", &[], "[]"),
            ("{\"a\": 1\n2\n{\"b\"\n3", &[("skipInvalid", "true")], "[Int(2), Int(3)]"),
            ("1\n\n2", &[("skipInvalid", "true"), ("ignoreEmptyLine", "false")], "[Int(1), Int(2)]"),
            ("1\n\n2", &[("ignoreEmptyLine", "false")], "in:2:1: the text is empty"),
            ("1\n[2, x]", &[], "in:2:5: expected a value but found `x`"),
            ("1 2", &[], "in:1:3: expected the end of the text but found `2`"),
        ] {
            assert_eq!(shown(text, given), want, "{text}");
        }
    }

    #[test]
    fn lines_share_a_shape_and_may_be_longer_than_a_piece() {
        let long = "x".repeat(300_000);
        let text = format!("{{\"a\": 1}}\n{{\"a\": \"{long}\"}}\n");
        let options = Options::lenient(NdJson.reader_properties(), &[]).unwrap();
        let Value::Array(items) = read(Input::stream("s", std::io::Cursor::new(text)), &options).unwrap() else {
            panic!("no array");
        };
        match &items.into_vec().unwrap()[..] {
            [Value::Object(one), Value::Object(two)] => assert_eq!(one.shape().id(), two.shape().id()),
            other => panic!("{other:?}"),
        }
    }
}
