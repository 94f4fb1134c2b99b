//! `parseURI`.

use super::escape;
use super::parse::{self, Uri};
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{ObjectBuilder, Value};

/// Natives of this file.
pub const NATIVES: &[Native] = &[Native { key: "URL::parseURI", body: parse_uri }];

/// The parts that are there, with their escapes resolved.
fn parse_uri(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let text = args.str(0)?;
    let mut parts = ObjectBuilder::default();
    let uri = parse::parse(text);
    parts.field("isValid", uri.is_some()).field("raw", args.bare(0).clone());
    if let Some(uri) = uri {
        describe(&uri, &mut parts);
    }
    Ok(parts.value())
}

fn describe(uri: &Uri<'_>, parts: &mut ObjectBuilder) {
    let server = uri.server.as_ref();
    let text = |text: Option<&str>| text.map(|text| Value::from(decoded(text)));
    let all = [
        ("host", text(server.map(|server| server.host))),
        ("authority", text(uri.authority)),
        ("fragment", text(uri.fragment)),
        ("path", text(uri.path)),
        ("port", server.and_then(|server| server.port).map(|port| Value::Int(port.into()))),
        ("query", text(uri.query)),
        ("scheme", text(uri.scheme)),
        ("user", text(server.and_then(|server| server.user))),
        ("isAbsolute", Some(uri.scheme.is_some().into())),
        ("isOpaque", Some(uri.path.is_none().into())),
    ];
    for (name, part) in all {
        if let Some(part) = part {
            parts.field(name, part);
        }
    }
}

/// A `%` inside of an IPv6 host marks its scope and is no escape.
fn decoded(text: &str) -> String {
    match escape::resolve(text, |byte| byte) {
        Some(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        None => text.to_string(),
    }
}
