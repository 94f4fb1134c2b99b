//! Parts of URIs: escapes, query strings, parameters in paths.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// What stays as it is in a query parameter (RFC 3986, unreserved).
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text with its escapes resolved; `None` where they are no UTF-8 or not two hexadecimal digits.
pub fn decode(text: &str) -> Option<Cow<'_, str>> {
    let is_escape =
        |at: usize| text.as_bytes().get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    if text.match_indices('%').any(|(at, _)| !is_escape(at)) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok()
}

/// The parameters of a query string. Escapes that are none stay as they are.
pub fn query(text: &str) -> Vec<(String, String)> {
    let part = |text: &str| {
        let text = text.replace('+', " ");
        decode(&text).map(Cow::into_owned).unwrap_or(text)
    };
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (part(name), part(value)))
        .collect()
}

/// A URI with these parameters behind those that it has.
pub fn with_query(mut uri: String, parameters: &[(String, String)]) -> String {
    for (name, value) in parameters {
        uri.push(if uri.contains('?') { '&' } else { '?' });
        uri.extend(utf8_percent_encode(name, &PLAIN));
        uri.push('=');
        uri.extend(utf8_percent_encode(value, &PLAIN));
    }
    uri
}

/// A path with `{name}` replaced by the parameters of that name. As in the reference, values are put in as they are.
pub fn with_parameters(mut path: String, parameters: &[(String, String)]) -> String {
    for (name, value) in parameters {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    path
}

/// A path below another one, with one slash between them (mule-http-connector `UriUtils.buildPath`).
pub fn below(base: &str, path: &str) -> String {
    let slash = if base.starts_with('/') { "" } else { "/" };
    match (base.ends_with('/'), path.starts_with('/')) {
        (true, true) => format!("{slash}{}{path}", &base[..base.len() - 1]),
        (false, false) if !path.is_empty() => format!("{slash}{base}/{path}"),
        _ => format!("{slash}{base}{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_or_refused() {
        for (text, want) in [("a%20b", Some("a b")), ("%C3%A9", Some("é")), ("%FF", None), ("100%", None), ("%4", None)]
        {
            assert_eq!(decode(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn queries_keep_order_and_repeats() {
        let found: Vec<_> = query("b=1&a=x+y&b=%26&c&&d=").into_iter().map(|(n, v)| format!("{n}:{v}")).collect();
        assert_eq!(found, ["b:1", "a:x y", "b:&", "c:", "d:"]);
        let back = with_query("/p?z=1".into(), &[("a b".into(), "ü&".into())]);
        assert_eq!(back, "/p?z=1&a%20b=%C3%BC%26");
    }

    #[test]
    fn paths_join_with_one_slash() {
        for (base, path, want) in
            [("/", "/a", "/a"), ("/b", "a", "/b/a"), ("b/", "/a", "/b/a"), ("/b", "", "/b"), ("/b/", "a", "/b/a")]
        {
            assert_eq!(below(base, path), want);
        }
        assert_eq!(with_parameters("/a/{id}/{id}/{x}".into(), &[("id".into(), "7".into())]), "/a/7/7/{x}");
    }
}
