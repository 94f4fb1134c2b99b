//! `validation:is-url`: what Java's `URL` takes.

use super::messages::Text;
use super::validator::{Failure, text_or_null, validator, verdict};
use super::{CONFIG_REF, MESSAGE};
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use std::net::Ipv6Addr;

/// `validation:is-url`
pub static SPEC: Spec = Spec {
    name: "validation:is-url",
    doc: "Fails unless a text is a URL of a known protocol: http, https, ftp, file, jar, mailto.",
    attributes: &[Attribute::required("url", Kind::Value, "The text."), MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:INVALID_URL"],
    example: r##"<validation:is-url url="#[payload.callback]"/>"##,
    make: Make::Void(|node| {
        let url = node.expression("url");
        validator(node, move |event| {
            let text = text_or_null(&url, event)?;
            Ok(verdict(is_url(&text), || Failure::new("INVALID_URL", Text::Url, [&text])))
        })
    }),
    ..Spec::NEW
};

/// Whether Java's `URL` takes a text.
pub fn is_url(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c <= ' ');
    let text = match text.get(..4) {
        Some(prefix) if prefix.eq_ignore_ascii_case("url:") => &text[4..],
        _ => text,
    };
    let Some((protocol, rest)) = text.split_once(':') else { return false };
    match protocol.to_ascii_lowercase().as_str() {
        "http" | "https" | "ftp" | "file" | "jrt" => rest.strip_prefix("//").is_none_or(is_authority),
        "mailto" => true,
        "jar" => rest.rsplit_once("!/").is_some_and(|(inner, _)| is_url(inner)),
        _ => false,
    }
}

/// Whether what stands behind `//` begins with a host, perhaps with a port.
fn is_authority(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match host.strip_prefix('[') {
        None => host.split_once(':').map_or((host, ""), |(host, port)| (host, port)),
        Some(rest) => {
            let Some((address, after)) = rest.split_once(']') else { return false };
            let address = address.split('%').next().unwrap_or_default();
            if address.parse::<Ipv6Addr>().is_err() || !(after.is_empty() || after.starts_with(':')) {
                return false;
            }
            ("", after.trim_start_matches(':'))
        }
    };
    !host.contains(']') && (port.is_empty() || port.parse::<i32>().is_ok_and(|port| port >= -1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_told_from_what_is_none() {
        for url in [
            "http://localhost:8080",
            "http://u:p@example.com:8042/over/there?a=b#c",
            "HTTPS://x",
            "ftp://f",
            "file:/tmp/x",
            "mailto:a@b.c",
            "http://[::1]:80/",
            "jar:file:/a.jar!/b",
            " http://x ",
        ] {
            assert!(is_url(url), "{url}");
        }
        for text in
            ["here", "", "foo://bar", "http//x", "http://x:port/", "http://[::1", "://x", "jar:file:/a.jar", "null"]
        {
            assert!(!is_url(text), "{text}");
        }
    }
}
