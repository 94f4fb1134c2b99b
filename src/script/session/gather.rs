//! `:gather`: the payload that a scatter-gather hands on, route by route.

use super::supply::{Given, Origin, mime_of};
use super::{Reply, Session};
use crate::diag::{Code, Fault, Report};
use crate::value::{ObjectBuilder, Value};

impl Session {
    /// `0=accounts.json 1=holdings.json 2=!insurance-unavailable 3=null`: sets the payload.
    pub(super) fn gather(&mut self, routes: &str) -> Result<Reply, Report> {
        let payload = self.gathered(routes)?;
        self.supply("payload", Origin::Routes(routes.to_string()), payload);
        let value = self.supplied("payload").map(|s| s.value.clone()).unwrap_or_default();
        Ok(Reply::Text(format!("payload = {}", self.one_line(&value, "payload = ".len()))))
    }

    /// The messages by route.
    pub(super) fn gathered(&mut self, text: &str) -> Result<Value, Report> {
        let mut payload = ObjectBuilder::default();
        for (key, given) in routes(text)? {
            payload.field(key, self.route(given)?);
        }
        Ok(payload.value())
    }

    fn route(&mut self, given: &str) -> Result<Value, Report> {
        if let Some(failure) = given.strip_prefix('!') {
            return Ok(error(failure.trim_matches('"')));
        }
        if given == "null" {
            return Ok(Value::Null);
        }
        let value = match self.file_or_value(given)? {
            Given::File(path) => self.read("payload", &path, &mime_of(&path))?,
            Given::Value(value) => value,
        };
        let mut message = ObjectBuilder::default();
        message.field("payload", value).field("attributes", Value::Null);
        Ok(message.value())
    }
}

/// The routes with what each answered.
fn routes(text: &str) -> Result<Vec<(&str, &str)>, Fault> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && word[digits..].starts_with('=') && !word[digits..].starts_with("==") {
            starts.push(at);
        }
        at += word.len();
    }
    if starts.first() != Some(&0) {
        let fault = Fault::new(Code::Argument, "routes are missing");
        return Err(
            fault.help("as in `:gather 0=accounts.json 1=!HTTP:TIMEOUT 2=null`: number, `=`, a file or a value")
        );
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let routes = starts.iter().zip(ends).filter_map(|(start, end)| text[*start..end].trim().split_once('='));
    Ok(routes.collect())
}

/// The error of a failed route. Its text may begin with a type: `HTTP:TIMEOUT it took too long`.
fn error(text: &str) -> Value {
    let (head, rest) = text.split_once(' ').unwrap_or((text, ""));
    let is_word =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b == b'-');
    let typed = head.split_once(':').filter(|(namespace, name)| is_word(namespace) && is_word(name));
    let (namespace, identifier) = typed.unwrap_or(("MULE", "UNKNOWN"));
    let description = if typed.is_some() && !rest.is_empty() { rest } else { text };
    let mut kind = ObjectBuilder::default();
    kind.field("namespace", namespace).field("identifier", identifier);
    let mut error = ObjectBuilder::default();
    error.field("description", description).field("detailedDescription", description).field("errorType", kind.value());
    error.value()
}
