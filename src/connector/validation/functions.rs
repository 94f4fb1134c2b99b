//! The functions of `Validation` that expressions call: checks that give true or false.

use super::address::is_ip as is_ip_address;
use super::basic::matches;
use super::email::is_email as is_email_address;
use super::number::NumberType;
use super::time::{LANGUAGE, is_of_pattern};
use super::url::is_url as is_url_text;
use crate::diag::Fault;
use crate::flow::event::Event;
use crate::flow::spec::Function;
use crate::value::{Value, coerce};

/// All of them, as the library declares them.
pub const ALL: &[(&str, Function)] = &[
    ("Validation::isEmail", is_email),
    ("Validation::isIp", is_ip),
    ("Validation::isUrl", is_url),
    ("Validation::matchesRegex", matches_regex),
    ("Validation::isTime", is_time),
    ("Validation::isNumber", is_number),
];

/// The argument at an index as text; `None` for null and for one that is not given.
fn text(arguments: &[Value], index: usize) -> Result<Option<String>, Fault> {
    match arguments.get(index) {
        Some(argument) if !argument.is_null() => Ok(Some(coerce::to_text(argument)?.to_string())),
        _ => Ok(None),
    }
}

fn is_email(_: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    Ok(text(arguments, 0)?.is_some_and(|text| is_email_address(&text)).into())
}

fn is_ip(_: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    Ok(text(arguments, 0)?.is_some_and(|text| is_ip_address(&text)).into())
}

fn is_url(_: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    Ok(text(arguments, 0)?.is_some_and(|text| is_url_text(&text)).into())
}

fn matches_regex(_: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    let case_sensitive = arguments.get(2).map_or(Ok(true), coerce::to_boolean)?;
    let regex = text(arguments, 1)?.unwrap_or_default();
    Ok(matches(text(arguments, 0)?.as_deref(), &regex, case_sensitive)?.into())
}

fn is_time(_: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    let locale = text(arguments, 2)?.unwrap_or_else(|| LANGUAGE.to_string());
    let pattern = text(arguments, 1)?;
    let time = text(arguments, 0)?.unwrap_or_default();
    Ok(is_of_pattern(&time, pattern.as_deref(), &locale)?.into())
}

fn is_number(_: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    let kind = NumberType::named(&text(arguments, 1)?.unwrap_or_default())?;
    let number = text(arguments, 0)?.unwrap_or_default();
    Ok(kind.read(&number, None, LANGUAGE)?.is_some().into())
}
