//! Reads multipart bodies: an object of parts, whose contents are read by their types.

use super::{disposition, scan, transfer};
use crate::diag::{Code, Fault};
use crate::format::{Input, MediaType, Options, Scripts, registry};
use crate::value::{Array, ObjectBuilder, QName, Schema, Str, Value};
use std::sync::Arc;

/// How deep bodies may stand in bodies: each level holds all bytes of those in it.
const DEEPEST: usize = 32;

/// `{preamble?, parts: {NAME: {headers, content}}}`
pub fn read(input: Input, options: &Options, scripts: &dyn Scripts) -> Result<Value, Fault> {
    Reader { scripts, default_type: options.text("defaultContentType"), level: 0 }.body(input, options.text("boundary"))
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    scripts: &'a dyn Scripts,
    /// The type of parts that name none; empty if there is none.
    default_type: &'a str,
    /// How many bodies this one stands in.
    level: usize,
}

impl Reader<'_> {
    fn body(self, input: Input, boundary: &str) -> Result<Value, Fault> {
        if self.level > DEEPEST {
            return Err(Fault::new(
                Code::Limit,
                format!("multipart bodies are nested more than {DEEPEST} levels deep"),
            ));
        }
        let (name, may_guess) = (input.name.clone(), input.may_guess);
        let bytes = input.into_memory()?;
        let given = Some(boundary).filter(|boundary| !boundary.is_empty());
        let body = given.and_then(|boundary| scan::split(&bytes, boundary));
        let guessed = || scan::split(&bytes, scan::guess(&bytes)?);
        let Some(body) = body.or_else(|| may_guess.then(guessed).flatten()) else {
            return Err(match given {
                Some(given) => Fault::new(Code::Read, format!("{name}: there is no boundary line `--{given}`")),
                None => Fault::new(Code::Read, format!("{name}: the property `boundary` is missing"))
                    .help("give the reader the text that the lines between parts have behind their two dashes"),
            });
        };
        let mut parts = ObjectBuilder::with_capacity(body.parts.len());
        for (index, (at, part)) in body.parts.into_iter().enumerate().filter(|(_, (_, part))| !part.is_empty()) {
            let line = || memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
            let (name, part) = self
                .part(index, part)
                .map_err(|what| Fault::new(Code::Read, format!("{name}:{}:1: {what}", line())))?;
            parts.pair(QName::local(name), None, part);
        }
        let mut object = ObjectBuilder::default();
        let preamble = String::from_utf8_lossy(body.preamble).replace("\r\n", "\n");
        if !preamble.trim().is_empty() {
            object.field("preamble", preamble);
        }
        object.field("parts", parts.value());
        Ok(object.value())
    }

    /// Name and value of a part; `Err` says what is wrong with its headers.
    fn part(self, index: usize, part: &[u8]) -> Result<(String, Value), String> {
        let (lines, content) = scan::headers(part);
        let mut headers = ObjectBuilder::with_capacity(lines.len());
        let (mut name, mut media, mut encoding) = (None, None, "");
        for line in &lines {
            let (header, value) = line.split_once(':').ok_or_else(|| {
                format!("`{}` is no header of a part: it has no colon", line.chars().take(40).collect::<String>())
            })?;
            let (header, value) = (header.trim_end(), value.trim_start_matches([' ', '\t']));
            let shown = match header.to_ascii_lowercase().as_str() {
                "content-disposition" => {
                    let (kind, parameters) = disposition::parse(value);
                    name = name.or_else(|| parameters.iter().find(|(n, _)| *n == "name").map(|(_, v)| v.clone()));
                    // The reference shows the parameters only under the usual spelling.
                    (header == "Content-Disposition").then(|| described(kind, &parameters))
                }
                "content-type" => {
                    media = Some(value);
                    None
                }
                "content-transfer-encoding" => {
                    encoding = value;
                    None
                }
                _ => None,
            };
            headers.field(header, shown.unwrap_or_else(|| Value::from(value)));
        }
        let name = name.unwrap_or_else(|| format!("part{index}"));
        let media = media.or((!self.default_type.is_empty()).then_some(self.default_type));
        // What cannot be read is a fault for those who use it only: a list that fails stands for it.
        let content = self
            .content(&name, media, encoding, content)
            .unwrap_or_else(|fault| Value::Array(Array::lazy(std::iter::once(Err(fault)))));
        let mut part = ObjectBuilder::with_capacity(2);
        part.field("headers", headers.value()).field("content", content);
        Ok((name, part.value()))
    }

    fn content(self, name: &str, media: Option<&str>, encoding: &str, content: &[u8]) -> Result<Value, Fault> {
        let bytes =
            transfer::decode(encoding, content).map_err(|what| Fault::new(Code::Read, format!("{name}: {what}")))?;
        let raw = Arc::new(bytes);
        let mut schema = vec![(Str::from("raw"), Value::Binary(raw.clone()))];
        let text = media.unwrap_or("application/octet-stream");
        let media = MediaType::parse(text)?;
        let charset = media.charset()?;
        if let Some(charset) = charset {
            schema.push(("encoding".into(), charset.name().into()));
        }
        schema.push(("mediaType".into(), text.into()));
        schema.push(("mimeType".into(), media.essence().into()));
        let value = match registry::by_media_type(&media) {
            Ok(format) if format.id() != "binary" => {
                let input = Input::memory(name, raw.as_slice()).with_charset(charset).without_guessing();
                if format.id() == "multipart" {
                    let boundary = media.parameter("boundary").unwrap_or_default();
                    let inner = Reader { level: self.level + 1, ..self };
                    inner.body(input, boundary)?
                } else {
                    let known = |(n, _): &(Str, Value)| format.reader_properties().iter().any(|p| p.name == n);
                    let given: Vec<_> = media.properties().into_iter().filter(known).collect();
                    format.read(input, &Options::lenient(format.reader_properties(), &given)?, self.scripts)?
                }
            }
            _ => Value::Binary(raw),
        };
        schema.extend(value.schema().map(|own| own.0.clone()).unwrap_or_default());
        Ok(value.with_schema(Schema(schema)))
    }
}

fn described(kind: &str, parameters: &[(&str, String)]) -> Value {
    let mut object = ObjectBuilder::with_capacity(parameters.len() + 1);
    for (name, value) in parameters {
        object.field(name, value.as_str());
    }
    object.field("subtype", kind);
    object.value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::format::multipart::Multipart;
    use crate::format::scripts::NoScripts;
    use crate::format::testing;
    use proptest::prelude::*;

    fn parse(text: &str, given: &[(&str, &str)]) -> Result<Value, Fault> {
        let given: Vec<_> = given.iter().map(|(k, v)| (Str::from(*k), Value::from(*v))).collect();
        let options = Options::lenient(Multipart.reader_properties(), &given)?;
        let input = Input::memory("in", text.replace('|', "\r\n").as_bytes());
        read(input.without_guessing(), &options, &NoScripts)
    }

    fn shown(text: &str) -> String {
        testing::shown(parse(text, &[("boundary", "b")]))
    }

    #[test]
    fn reads_parts_by_their_types() {
        for (text, want) in [
            (
                "--b|Content-Disposition: form-data; name=\"n\"||v|--b--|",
                r#"{"parts": {"n": {"headers": {"Content-Disposition": {"name": "n","subtype": "form-data"}},"content": "v"}}}"#,
            ),
            (
                "one|two|--b|Content-Type: application/json||[1]|--b||x|--b--",
                r#"{"preamble": "one\ntwo\n","parts": {"part0": {"headers": {"Content-Type": "application/json"},"content": [1]},"part1": {"headers": {},"content": "x"}}}"#,
            ),
            (
                "--b|content-type: text/csv; header=false; x=1|content-disposition: x; name=n||a|--b--",
                r#"{"parts": {"n": {"headers": {"content-type": "text/csv; header=false; x=1","content-disposition": "x; name=n"},"content": [{"column_0": "a"}]}}}"#,
            ),
            (
                "--b|Content-Type: multipart/mixed; boundary=in||--in|Content-Type: text/plain||x|--in--|--b--",
                r#"{"parts": {"part0": {"headers": {"Content-Type": "multipart/mixed; boundary=in"},"content": {"parts": {"part0": {"headers": {"Content-Type": "text/plain"},"content": "x"}}}}}}"#,
            ),
            ("--b|--b--", r#"{"parts": {}}"#),
            ("--b|Content-Type: application/json||{\"a\":|--b--", "part0:1:6: the text ends before a value"),
            ("--b|Content-Type: text/plain; charset=klingon||x|--b--", "unknown character set `klingon`"),
            ("--b|Content-Transfer-Encoding: x-uu||x|--b--", "part0: the transfer encoding `x-uu` is not known"),
            ("--b||x|--b|bad||y|--b--", "in:5:1: `bad` is no header of a part: it has no colon"),
            ("--c||x|--c--", "in: there is no boundary line `--b`"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn broken_parts_fail_only_when_used() {
        let body = parse(
            "--b|Content-Type: application/json||{|--b|Content-Type: application/json||1|--b--",
            &[("boundary", "b")],
        );
        let Ok(Value::Object(body)) = body else { panic!("{body:?}") };
        let Some(Value::Object(parts)) = body.get("parts") else { panic!("no parts") };
        assert_eq!(parts.len(), 2);
    }

    #[test]
    fn guesses_only_where_it_may() {
        let options = Options::lenient(Multipart.reader_properties(), &[]).unwrap();
        assert!(read(Input::memory("in", &b"--b\n\nx\n--b--"[..]), &options, &NoScripts).is_ok());
        assert!(parse("--b||x|--b--", &[]).unwrap_err().message().contains("`boundary` is missing"));
    }

    #[test]
    fn stops_at_bodies_nested_too_deep() {
        let mut text = String::new();
        for level in 0..DEEPEST + 2 {
            text.push_str(&format!("--b{level}|Content-Type: multipart/mixed; boundary=b{}||", level + 1));
        }
        let mut value = parse(&text, &[("boundary", "b0")]).unwrap();
        let fault = loop {
            let next = match &value {
                Value::Object(object) => object.values().last().cloned().unwrap(),
                Value::Array(failed) => break failed.force().unwrap_err(),
                other => panic!("{other:?}"),
            };
            value = next.into_bare();
        };
        assert_eq!(fault.message(), "multipart bodies are nested more than 32 levels deep");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(--b(--)?|[a-zA-Z: ;=\"\\\\]{0,8}|Content-(Type|Disposition): [a-z/;= ]{0,12}|\\|){0,12}") {
            let _ = shown(&text);
        }
    }
}
