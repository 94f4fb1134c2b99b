//! Headers, and what the client accepts (mule-apikit-module `HeadersValidator`, `MimeTypeParser`).

use super::{Filled, values};
use crate::connector::apikit::api::{Action, Parameter};
use crate::connector::apikit::failure::{Failure, bad_request, not_acceptable};

/// Headers that every request may have.
const STANDARD: &[&str] = &[
    "accept",
    "accept-charset",
    "accept-datetime",
    "accept-encoding",
    "accept-language",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "access-control-request-headers",
    "access-control-request-method",
    "age",
    "allow",
    "authorization",
    "cache-control",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-md5",
    "content-range",
    "content-security-policy",
    "content-type",
    "cookie",
    "date",
    "dnt",
    "etag",
    "expect",
    "expires",
    "forwarded",
    "from",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "keep-alive",
    "last-modified",
    "link",
    "location",
    "max-forwards",
    "origin",
    "pragma",
    "proxy-authenticate",
    "proxy-authorization",
    "range",
    "referer",
    "retry-after",
    "server",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "vary",
    "via",
    "warning",
    "www-authenticate",
    "x-correlation-id",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "x-requested-with",
];

/// Checks headers; gives them with defaults filled in.
///
/// # Errors
/// `APIKIT:BAD_REQUEST` for the first one that is wrong.
pub fn headers(action: &Action, found: &[(String, String)], strict: bool) -> Filled {
    if strict {
        refuse_unknown(action, found)?;
    }
    let mut filled = found.to_vec();
    for parameter in &action.headers {
        let name = &parameter.name;
        if name.contains("{?}") {
            let matching = found.iter().filter(|(known, _)| takes(name, known));
            for (_, value) in matching {
                check(parameter, &[value])?;
            }
            continue;
        }
        let values = values(found, name, true);
        if values.is_empty() {
            if parameter.is_required {
                return Err(bad_request(format!("Required header {name} not specified")));
            }
            filled.extend(parameter.default.iter().map(|default| (name.to_ascii_lowercase(), default.clone())));
            continue;
        }
        if values.len() > 1 && !parameter.may_repeat() {
            return Err(bad_request(format!("Header {name} is not repeatable")));
        }
        check(parameter, &values)?;
    }
    Ok(filled)
}

fn check(parameter: &Parameter, values: &[&str]) -> Result<(), Failure> {
    parameter
        .check_values(values)
        .map_err(|(value, why)| bad_request(format!("Invalid value '{value}' for header {}. {why}", parameter.name)))
}

/// Whether a name of the form `x-{?}` stands for another one.
fn takes(pattern: &str, name: &str) -> bool {
    let (before, behind) = pattern.split_once("{?}").unwrap_or((pattern, ""));
    let name = name.to_ascii_lowercase();
    let (before, behind) = (before.to_ascii_lowercase(), behind.to_ascii_lowercase());
    name.len() >= before.len() + behind.len() && name.starts_with(&before) && name.ends_with(&behind)
}

fn refuse_unknown(action: &Action, found: &[(String, String)]) -> Result<(), Failure> {
    let is_known = |name: &str| {
        STANDARD.iter().any(|known| known.eq_ignore_ascii_case(name))
            || action.headers.iter().any(|header| match header.name.contains("{?}") {
                true => takes(&header.name, name),
                false => header.name.eq_ignore_ascii_case(name),
            })
    };
    let mut unknown: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).filter(|name| !is_known(name)).collect();
    unknown.dedup();
    match unknown.is_empty() {
        true => Ok(()),
        false => Err(bad_request(format!(
            "{} headers are not defined in RAML and strict headers validation property is true.",
            unknown.join(", ")
        ))),
    }
}

/// Whether the client accepts one of the media types of the response.
///
/// # Errors
/// `APIKIT:NOT_ACCEPTABLE`
pub fn accept(action: &Action, found: &[(String, String)]) -> Result<(), Failure> {
    let accepted = values(found, "accept", true).join(",");
    if action.produces.is_empty() || accepted.trim().is_empty() {
        return Ok(());
    }
    let is_accepted = action.produces.iter().any(|media| accepted.split(',').any(|range| accepts(range, media)));
    if is_accepted { Ok(()) } else { Err(not_acceptable()) }
}

/// Whether a range such as `text/*;q=0.5` has a media type in it.
fn accepts(range: &str, media: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let is_refused = parts.filter_map(|part| part.strip_prefix("q=")).any(|q| q.parse::<f32>() == Ok(0.0));
    let name = if name == "*" { "*/*" } else { name };
    let ((kind, sub), (media_kind, media_sub)) = (halves(name), halves(media));
    let fits = |one: &str, two: &str| one == "*" || two == "*" || one.eq_ignore_ascii_case(two);
    !is_refused && fits(kind, media_kind) && fits(sub, media_sub)
}

fn halves(media: &str) -> (&str, &str) {
    media.split_once('/').unwrap_or((media, "*"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_accept_media_types() {
        for (range, media, want) in [
            ("*/*", "application/json", true),
            ("*", "application/json", true),
            ("application/*;q=0.5", "application/json", true),
            ("application/json;q=0", "application/json", false),
            ("text/plain", "application/json", false),
            ("Application/JSON", "application/json", true),
        ] {
            assert_eq!(accepts(range, media), want, "{range}");
        }
        assert!(takes("x-{?}", "X-Custom") && !takes("x-{?}", "y-custom"));
    }
}
