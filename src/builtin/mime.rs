//! Natives of `dw::module::Mime`.

use super::runtime::attempt::{failed, success};
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Object, ObjectBuilder, Value, coerce};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Mime::fromString", body: |_, args| Ok(parse(args.str(0)?)) },
    Native { key: "Mime::toString", body: write },
    Native { key: "Mime::isHandledBy", body: is_handled_by },
];

fn parse(text: &str) -> Value {
    let mut pieces = pieces(text).into_iter();
    let essence = pieces.next().unwrap_or_default();
    let Some((main, sub)) = essence.split_once('/') else {
        let mut error = ObjectBuilder::with_capacity(1);
        error.field("message", format!("Unable to find a sub type in `{text}`."));
        return failed(error.value());
    };
    let mut parameters: Vec<(String, String)> = Vec::new();
    for piece in pieces {
        let Some((name, value)) = piece.split_once('=').filter(|(_, value)| !value.is_empty()) else { continue };
        let (name, value) = (name.trim(), value.replace('"', ""));
        match parameters.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => parameters.push((name.to_string(), value)),
        }
    }
    let mut all = ObjectBuilder::with_capacity(parameters.len());
    for (name, value) in parameters {
        all.field(name, value);
    }
    let mut mime = ObjectBuilder::with_capacity(3);
    mime.field("type", main.trim().to_lowercase()).field("subtype", sub.trim().to_lowercase());
    mime.field("parameters", all.value());
    success(mime.value())
}

/// What stands between semicolons outside of quotes.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '"';
        match pieces.last_mut() {
            Some(piece) if c != ';' || quoted => piece.push(c),
            _ => pieces.push(String::new()),
        }
    }
    pieces
}

fn part<'a>(mime: &'a Object, name: &str) -> &'a str {
    mime.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// `type/subtype;name=value`; values that are no tokens are quoted.
fn write(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let mime = args.object(0)?;
    let mut text = format!("{}/{}", part(mime, "type"), part(mime, "subtype"));
    if let Some(Value::Object(parameters)) = mime.get("parameters").map(Value::bare) {
        for pair in parameters.iter() {
            let value = coerce::to_text(pair.value)?;
            text.push_str(&format!(";{}=", pair.name.local));
            if value.chars().all(is_token) {
                text.push_str(&value);
            } else {
                text.push_str(&format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")));
            }
        }
    }
    Ok(text.into())
}

/// The characters of a token by RFC 2045.
fn is_token(c: char) -> bool {
    c.is_ascii_graphic() && !"()<>@,;:\\\"/[]?=".contains(c)
}

/// Whether the first type, which may have wildcards, covers the second.
fn is_handled_by(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (base, other) = (args.object(0)?, args.object(1)?);
    let main = part(base, "type");
    let sub = (part(base, "subtype"), part(other, "subtype"));
    let sub_fits = match sub.0.strip_prefix("*+") {
        Some(suffix) => sub.1.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('+')),
        None => sub.0 == "*" || sub.0 == sub.1,
    };
    Ok((sub_fits && (main == "*" || main == part(other, "type"))).into())
}
