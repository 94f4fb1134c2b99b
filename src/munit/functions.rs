//! The functions of `MunitTools` and `Munit` that need the running test.

use super::session::Session;
use crate::diag::{Code, Fault};
use crate::flow::event::{Event, Message, Typed, media};
use crate::flow::spec::Function;
use crate::value::Value;
use std::cmp::Ordering;

/// What the expressions of tests may call.
pub const ALL: &[(&str, Function)] = &[
    ("MunitTools::queueSize", queue_size),
    ("MunitTools::createMessage", create_message),
    ("Munit::osEqualTo", |_, arguments| Ok(is_os(std::env::consts::OS, text(arguments)).into())),
    ("Munit::muleVersionEqualTo", |event, arguments| Ok((compare(event, arguments)? == Ordering::Equal).into())),
    ("Munit::muleVersionPriorTo", |event, arguments| Ok((compare(event, arguments)? == Ordering::Less).into())),
    ("Munit::muleVersionNewerThan", |event, arguments| Ok((compare(event, arguments)? == Ordering::Greater).into())),
];

/// The only argument.
fn text(arguments: &[Value]) -> &str {
    arguments.first().and_then(Value::as_str).unwrap_or_default()
}

/// Whether an operating system has this name in Java.
fn is_os(os: &str, name: &str) -> bool {
    match os {
        "macos" => name.eq_ignore_ascii_case("Mac OS X"),
        "windows" => name.to_ascii_lowercase().starts_with("windows"),
        other => name.eq_ignore_ascii_case(other),
    }
}

/// The Mule version whose behaviour is followed, compared with another one.
fn compare(event: &Event, arguments: &[Value]) -> Result<Ordering, Fault> {
    let mule = event.context.app.facts("mule");
    let ours = match mule.bare() {
        Value::Object(mule) => version(mule.get("version").and_then(Value::as_str).unwrap_or_default()),
        _ => None,
    };
    let wrong = || Fault::new(Code::Argument, format!("`{}` is no version", text(arguments)));
    Ok(ours.cmp(&Some(version(text(arguments)).ok_or_else(|| wrong().help("write it as in `4.4.0`"))?)))
}

/// `4.4.0` as numbers; what follows a hyphen does not count.
fn version(text: &str) -> Option<[u32; 3]> {
    let mut numbers = [0; 3];
    for (at, part) in text.split('-').next()?.split('.').take(3).enumerate() {
        numbers[at] = part.trim().parse().ok()?;
    }
    Some(numbers)
}

fn queue_size(event: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    let session = Session::of(event).map_err(|error| Fault::new(Code::Privilege, error.description().to_string()))?;
    let queue = arguments.first().and_then(Value::as_str).unwrap_or_default();
    Ok(Value::count(session.shelf.queue_size(queue)))
}

fn create_message(_event: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    let part = |at: usize| {
        let value = arguments.get(at).cloned().unwrap_or_default();
        match arguments.get(at + 1).and_then(Value::as_str) {
            Some(mime) => Typed::labelled(value, media(mime)),
            None => Typed::value(value),
        }
    };
    Message { payload: part(0), attributes: part(2) }.to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_systems_have_names() {
        assert_eq!(version("4.4"), Some([4, 4, 0]));
        assert!(version("4.10.0-rc1") > version("4.9.2"));
        assert_eq!(version("newest"), None);
        assert!(is_os("macos", "Mac OS X") && is_os("linux", "Linux") && !is_os("linux", "Windows 10"));
    }
}
