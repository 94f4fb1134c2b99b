//! Bodies (mule-apikit-module `BodyValidator`): the media type, JSON against its schema, XML for being well-formed, the
//! fields of forms.

use super::values;
use crate::connector::apikit::api::{Action, Body};
use crate::connector::apikit::failure::{Failure, bad_request, unsupported};
use crate::connector::http::multi;
use crate::diag::Fault;
use crate::flow::event::{Typed, media};
use crate::format::{Input, MediaType};
use crate::script;
use serde_json::Value as Json;

/// Checks a body; gives it with the defaults of a form filled in, where there are any to fill in.
///
/// # Errors
/// `APIKIT:UNSUPPORTED_MEDIA_TYPE`, `APIKIT:BAD_REQUEST`
pub fn body(action: &Action, media_type: Option<&str>, payload: &Typed) -> Result<Option<Typed>, Failure> {
    if action.bodies.is_empty() || (action.body_is_optional && media_type.is_none()) {
        return Ok(None);
    }
    let media_type = media_type.ok_or_else(unsupported)?;
    let body = action.bodies.iter().find(|body| takes(&body.media, media_type)).ok_or_else(unsupported)?;
    if media_type.contains("json") {
        json(body, payload)?;
    } else if media_type.contains("xml") {
        xml(payload)?;
    } else if media_type.contains("x-www-form-urlencoded") {
        return form(body, payload);
    }
    Ok(None)
}

/// Whether a media type of an API, which may be a range, is this one.
fn takes(known: &str, found: &str) -> bool {
    let known = known.split(';').next().unwrap_or_default().trim();
    match known.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => found.starts_with(start),
        None => known.eq_ignore_ascii_case(found),
    }
}

fn json(body: &Body, payload: &Typed) -> Result<(), Failure> {
    let Some(check) = &body.check else { return Ok(()) };
    let bytes = payload.to_bytes().map_err(unreadable)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let value: Json = match bytes.trim_ascii().is_empty() {
        true => Json::Null,
        false => serde_json::from_slice(bytes).map_err(|error| bad_request(error.to_string()))?,
    };
    let mistakes = check.mistakes(&value);
    if mistakes.is_empty() { Ok(()) } else { Err(bad_request(mistakes.join("\n"))) }
}

/// XML is not checked against its schema.
fn xml(payload: &Typed) -> Result<(), Failure> {
    let bytes = payload.to_bytes().map_err(unreadable)?;
    script::read(Input::memory("payload", &*bytes), &media("application/xml")).map(drop).map_err(unreadable)
}

fn form(body: &Body, payload: &Typed) -> Result<Option<Typed>, Failure> {
    if body.fields.is_empty() {
        return Ok(None);
    }
    let bytes = payload.to_bytes().map_err(unreadable)?;
    let label: MediaType = media("application/x-www-form-urlencoded");
    let value = script::read(Input::memory("payload", &*bytes), &label).map_err(unreadable)?;
    let mut found = multi::pairs(&value).map_err(unreadable)?;
    let before = found.len();
    for field in &body.fields {
        let name = &field.name;
        let values = values(&found, name, false);
        if values.is_empty() {
            match &field.default {
                Some(default) => found.push((name.clone(), default.clone())),
                None if field.is_required => {
                    return Err(bad_request(format!("Required parameter {name} not specified")));
                }
                None => {}
            }
        } else if values.len() > 1 && !field.may_repeat() {
            return Err(bad_request(format!("Parameter '{name}' is not repeatable")));
        } else if let Err((value, _)) = field.check_values(&values) {
            return Err(bad_request(format!("Invalid value '{value}' for parameter {name}")));
        }
    }
    let is_filled = found.len() > before;
    Ok(is_filled.then(|| Typed::labelled(multi::object(found), label)))
}

fn unreadable(fault: Fault) -> Failure {
    bad_request(fault.to_string())
}
