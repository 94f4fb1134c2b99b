//! Writes multipart bodies: each part by its Content-Type, or its original bytes where it comes unchanged from another
//! body.

use super::transfer;
use crate::diag::{Code, Fault};
use crate::format::sink::write_failed;
use crate::format::{MediaType, Options, registry, scalar};
use crate::value::coerce::to_text;
use crate::value::{Object, Str, Value};
use indexmap::IndexMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write;

/// Writes `{preamble?, parts}`; the parts may be an object, whose keys name them, or an array.
pub fn write(value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
    let Value::Object(body) = value.bare() else { return Err(no_body(value.type_name())) };
    let boundary = match options.text("boundary") {
        "" => random_boundary(),
        given => given.to_string(),
    };
    let is_named_by_id = !options.mime().contains('/');
    let adds_names = is_named_by_id || options.mime().eq_ignore_ascii_case("multipart/form-data");
    let mut body_out = Body { out, boundary, adds_names, has_parts: false };
    if let Some(preamble) = body.get("preamble") {
        body_out.put(to_text(preamble)?.as_bytes())?;
        body_out.put(b"\r\n")?;
    }
    match body.get("parts").map(Value::bare) {
        Some(Value::Object(parts)) => {
            for pair in parts.iter() {
                body_out.part(&pair.name.local, pair.value)?;
            }
        }
        Some(Value::Array(parts)) => {
            for (index, part) in parts.iter().enumerate() {
                body_out.part(&format!("part{index}"), &part?)?;
            }
        }
        _ => return Err(no_body("an Object without `parts`")),
    }
    body_out.finish()
}

fn no_body(what: &str) -> Fault {
    Fault::new(Code::Write, format!("a multipart body cannot be written from {what}"))
        .help("it is an object like `{parts: {name: {headers: {…}, content: …}}}`")
}

fn random_boundary() -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz012345";
    let state = RandomState::new();
    let letters = (0u64..4).flat_map(|n| {
        let mut hasher = state.build_hasher();
        hasher.write_u64(n);
        let bits = hasher.finish();
        (0..10).map(move |i| char::from(DIGITS[(bits >> (5 * i)) as usize & 31]))
    });
    letters.collect()
}

struct Body<'a> {
    out: &'a mut dyn Write,
    boundary: String,
    /// Whether parts without a Content-Disposition get one.
    adds_names: bool,
    has_parts: bool,
}

impl Body<'_> {
    fn part(&mut self, name: &str, part: &Value) -> Result<(), Fault> {
        let Value::Object(part) = part.bare() else {
            return Err(no_body(&format!("a part `{name}` of type {}", part.type_name())));
        };
        let Some(content) = part.get("content") else { return Ok(()) };
        let mut headers = match part.get("headers").map(Value::bare) {
            Some(Value::Object(headers)) => headers_of(name, headers)?,
            None | Some(Value::Null) => IndexMap::new(),
            Some(other) => return Err(no_body(&format!("headers of type {} at `{name}`", other.type_name()))),
        };
        if self.adds_names && !headers.contains_key("Content-Disposition") {
            let name = quoted(&header_text(name, "Content-Disposition", &Value::from(name))?);
            headers.insert("Content-Disposition".into(), format!("form-data; name={name}"));
        }
        self.put(format!("--{}\r\n", self.boundary).as_bytes())?;
        let media = headers.shift_remove("Content-Type");
        let first = media.iter().map(|media| ("Content-Type", media));
        for (name, value) in first.chain(headers.iter().map(|(name, value)| (name.as_str(), value))) {
            self.put(format!("{name}: {value}\r\n").as_bytes())?;
        }
        self.put(b"\r\n")?;
        let encoding = headers.get("Content-Transfer-Encoding").map_or("", String::as_str);
        self.content(media.as_deref(), encoding, content)?;
        self.put(b"\r\n")?;
        self.has_parts = true;
        Ok(())
    }

    /// Content that came unchanged out of a body goes back as its bytes, in the transfer encoding that its headers still
    /// name. Any other content is taken to be encoded already.
    fn content(&mut self, media: Option<&str>, encoding: &str, content: &Value) -> Result<(), Fault> {
        if let Some(Value::Binary(raw)) = content.schema().and_then(|s| s.get("raw")).map(Value::bare) {
            return self.put(&transfer::encode(encoding, raw));
        }
        let media = media.and_then(|text| MediaType::parse(text).ok());
        let known = media.and_then(|media| Some((registry::by_media_type(&media).ok()?, media)));
        let Some((format, media)) = known else {
            return registry::by_id("binary")?.write(content.clone(), self.out, &Options::default());
        };
        let mut given = media.properties();
        given.extend(media.parameter("charset").map(|charset| ("encoding".into(), charset.into())));
        given.push(("writeDeclaration".into(), false.into()));
        given.retain(|(name, _)| format.writer_properties().iter().any(|p| p.name == name));
        let options = Options::lenient(format.writer_properties(), &given)?.with_mime(media.essence());
        format.write(content.clone(), self.out, &options)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.out.write_all(bytes).map_err(write_failed)
    }

    fn finish(mut self) -> Result<(), Fault> {
        if !self.has_parts {
            return Err(no_body("an Object whose `parts` have no `content`"));
        }
        self.put(format!("--{}--\r\n", self.boundary).as_bytes())?;
        self.out.flush().map_err(write_failed)
    }
}

/// The headers as text; of two with the same name the last value, at the first place.
fn headers_of(part: &str, headers: &Object) -> Result<IndexMap<Str, String>, Fault> {
    let mut texts = IndexMap::new();
    for pair in headers.iter() {
        let name = &pair.name.local;
        let text = match pair.value.bare() {
            Value::Object(fields) if name == "Content-Disposition" => disposition(part, fields)?,
            value => header_text(part, name, value)?,
        };
        texts.insert(name.clone(), text);
    }
    Ok(texts)
}

fn disposition(part: &str, fields: &Object) -> Result<String, Fault> {
    let mut text = "form-data".to_string();
    for pair in fields.iter().filter(|pair| pair.name.local != "subtype") {
        let name = &pair.name.local;
        text.push_str(&format!("; {name}={}", quoted(&header_text(part, name, pair.value)?)));
    }
    Ok(text)
}

/// A parameter's value in quotes. (The reference leaves quotes in it as they are, so that the value ends there.)
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A header's text. A line break in it would let data forge headers and parts, so only folded lines may hold one.
fn header_text(part: &str, name: &str, value: &Value) -> Result<String, Fault> {
    let text = scalar::text(value)
        .ok_or_else(|| no_body(&format!("a header `{name}` of type {} at `{part}`", value.type_name())))?;
    let folded = text.replace("\r\n ", "").replace("\r\n\t", "");
    if folded.contains(['\r', '\n']) {
        return Err(Fault::new(Code::Write, format!("the header `{name}` of part `{part}` has a line break in it")));
    }
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::format::Input;
    use crate::format::multipart::Multipart;
    use crate::format::scripts::NoScripts;
    use crate::format::testing::{object, options};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn written(value: Value, mime: &str) -> String {
        let given = [("boundary".into(), "e".into())];
        let options = Options::lenient(Multipart.writer_properties(), &given).unwrap().with_mime(mime);
        let mut out = Vec::new();
        match write(value, &mut out, &options) {
            Ok(()) => String::from_utf8(out).unwrap().replace("\r\n", "|"),
            Err(fault) => fault.to_string(),
        }
    }

    /// A body of one part `k` with these headers and this content.
    fn part(headers: &[(&str, Value)], content: Value) -> Value {
        object(&[("parts", object(&[("k", object(&[("headers", object(headers)), ("content", content)]))]))])
    }

    const NAMED: &str = "Content-Disposition: form-data; name=\"k\"|";

    #[test]
    fn writes_headers_and_content() {
        let json = ("Content-Type", "application/json; indent=false; x=1".into());
        for (headers, content, want) in [
            (&[][..], "hello".into(), format!("{NAMED}|hello")),
            (
                &[json],
                Value::array(vec![1.into()]),
                format!("Content-Type: application/json; indent=false; x=1|{NAMED}|[1]"),
            ),
            (
                &[("X-A", 1.into()), ("Content-Type", "image/x".into()), ("X-A", 2.into())],
                "x".into(),
                format!("Content-Type: image/x|X-A: 2|{NAMED}|x"),
            ),
            (
                &[("Content-Disposition", object(&[("subtype", "a".into()), ("name", "q\"q".into())]))],
                "x".into(),
                "Content-Disposition: form-data; name=\"q\\\"q\"||x".into(),
            ),
            (&[("Content-Disposition", "own".into())], 75.into(), "Content-Disposition: own||K".into()),
            (
                &[("content-type", "application/json".into())],
                "x".into(),
                format!("content-type: application/json|{NAMED}|x"),
            ),
        ] {
            assert_eq!(written(part(headers, content), ""), format!("--e|{want}|--e--|"));
        }
        let unnamed =
            object(&[("preamble", "p".into()), ("parts", Value::array(vec![object(&[("content", "x".into())])]))]);
        assert_eq!(written(unnamed, "multipart/mixed"), "p|--e||x|--e--|");
    }

    #[test]
    fn refuses_what_is_no_body() {
        for (value, want) in [
            (Value::Null, "a multipart body cannot be written from Null"),
            (object(&[("a", 1.into())]), "a multipart body cannot be written from an Object without `parts`"),
            (
                object(&[("parts", object(&[]))]),
                "a multipart body cannot be written from an Object whose `parts` have no `content`",
            ),
            (
                part(&[("X", Value::Null)], "x".into()),
                "a multipart body cannot be written from a header `X` of type Null at `k`",
            ),
            (
                part(&[("X", "a\r\nInjected: 1".into())], "x".into()),
                "the header `X` of part `k` has a line break in it",
            ),
            (part(&[], object(&[])), "a value of type Object cannot be written as bytes"),
        ] {
            assert_eq!(written(value, ""), want);
        }
    }

    #[test]
    fn copies_parts_byte_by_byte() {
        let text = "--e|Content-Type: application/json|Content-Transfer-Encoding: base64|Content-Disposition: form-data; name=\"j\"||eyJhIjogICAxfQ==|--e--|";
        let options = Options::lenient(Multipart.reader_properties(), &[]).unwrap();
        let input = Input::memory("in", text.replace('|', "\r\n").as_bytes());
        let body = Multipart.read(input, &options, &NoScripts).unwrap();
        assert_eq!(written(body, ""), text);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(parts in prop::collection::vec(("[ -~é]{1,9}", prop::collection::vec(any::<u8>(), 0..40)), 1..5)) {
            let content = |bytes: &Vec<u8>| object(&[("content", Value::Binary(Arc::new(bytes.clone())))]);
            let named: Vec<_> = parts.iter().map(|(name, bytes)| (name.as_str(), content(bytes))).collect();
            let given = [("boundary", "b4f1c2d7e9a85306")];
            let mut out = Vec::new();
            let options_of = |side| options(side, &given).unwrap().with_mime("multipart/form-data");
            write(object(&[("parts", object(&named))]), &mut out, &options_of(Multipart.writer_properties())).unwrap();
            let back = Multipart.read(Input::memory("in", out), &options_of(Multipart.reader_properties()), &NoScripts);
            let Ok(Value::Object(back)) = back else { panic!("{back:?}") };
            let Some(Value::Object(back)) = back.get("parts") else { panic!("no parts") };
            let back = back.iter().map(|part| match part.value {
                Value::Object(part_read) => (part.name.local.to_string(), part_read.get("content").cloned()),
                other => panic!("{other:?}"),
            });
            for ((name, bytes), (name_read, content)) in parts.iter().zip(back) {
                prop_assert_eq!(name, &name_read);
                let content = content.map(Value::into_bare);
                prop_assert!(matches!(&content, Some(Value::Binary(b)) if **b == *bytes), "{:?}", content);
            }
        }
    }
}
