//! URIs taken apart by the rules of java.net.URI: RFC 2396 with IPv6 hosts, and letters beyond ASCII allowed.

/// The parts of a URI, escapes not yet resolved.
#[derive(Debug, Default, PartialEq)]
pub struct Uri<'a> {
    /// Before the first colon.
    pub scheme: Option<&'a str>,
    /// Between `//` and the path.
    pub authority: Option<&'a str>,
    /// The authority taken apart, if it names a host.
    pub server: Option<Server<'a>>,
    /// The path, perhaps empty; `None` for an opaque URI such as `mailto:a@b`.
    pub path: Option<&'a str>,
    /// Behind `?`.
    pub query: Option<&'a str>,
    /// Behind `#`.
    pub fragment: Option<&'a str>,
}

/// An authority of the form `user@host:port`.
#[derive(Debug, Default, PartialEq)]
pub struct Server<'a> {
    /// Before `@`.
    pub user: Option<&'a str>,
    /// The host; IPv6 addresses keep their brackets.
    pub host: &'a str,
    /// The port.
    pub port: Option<u32>,
}

const MARKS: &str = "-_.!~*'()";
const IN_USER: &str = ";:&=+$,";
const IN_REGISTRY: &str = "$,;:@&=+";
const IN_PATH: &str = ":@&=+$,;/";
const ANYWHERE: &str = ";/?:@&=+$,[]";

/// `None` if the text is no URI.
pub fn parse(text: &str) -> Option<Uri<'_>> {
    let mut uri = Uri::default();
    let mut rest = text;
    if let Some(end) = text.find([':', '/', '?', '#'])
        && text[end..].starts_with(':')
    {
        uri.scheme = Some(&text[..end]).filter(|scheme| is_scheme(scheme));
        uri.scheme?;
        rest = &text[end + 1..];
    }
    if let Some((before, fragment)) = rest.split_once('#') {
        uri.fragment = Some(fragment).filter(|fragment| allowed(fragment, ANYWHERE));
        uri.fragment?;
        rest = before;
    }
    if uri.scheme.is_some() && !rest.starts_with('/') {
        return (!rest.is_empty() && allowed(rest, ANYWHERE)).then_some(uri);
    }
    if let Some((before, query)) = rest.split_once('?') {
        uri.query = Some(query).filter(|query| allowed(query, ANYWHERE));
        uri.query?;
        rest = before;
    }
    let (authority, path) = split_authority(rest, uri.query.is_some() || uri.fragment.is_some())?;
    if let Some(authority) = authority {
        uri.server = server(authority);
        if uri.server.is_none() && !allowed(authority, IN_REGISTRY) {
            return None;
        }
        uri.authority = Some(authority);
    }
    uri.path = Some(path).filter(|path| allowed(path, IN_PATH));
    uri.path.is_some().then_some(uri)
}

/// An authority may be empty only if something follows it, as in `file:///etc`.
fn split_authority(rest: &str, followed: bool) -> Option<(Option<&str>, &str)> {
    let Some(after) = rest.strip_prefix("//") else { return Some((None, rest)) };
    let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
    match (authority.is_empty(), path.is_empty() && !followed) {
        (true, true) => None,
        (true, false) => Some((None, path)),
        _ => Some((Some(authority), path)),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Whether all characters are letters, digits, marks, escapes or one of `more`.
fn allowed(text: &str, more: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let fine = match c {
            '%' => (0..2).all(|_| chars.next().is_some_and(|c| c.is_ascii_hexdigit())),
            c if c.is_ascii() => c.is_ascii_alphanumeric() || MARKS.contains(c) || more.contains(c),
            c => !c.is_control() && !c.is_whitespace(),
        };
        if !fine {
            return false;
        }
    }
    true
}

/// `None` if the authority names no host; it may still be a name of another registry.
fn server(authority: &str) -> Option<Server<'_>> {
    let mut server = Server::default();
    let mut rest = authority;
    if let Some((user, after)) = authority.split_once('@') {
        server.user = Some(user).filter(|user| allowed(user, IN_USER));
        server.user?;
        rest = after;
    }
    let host_end = match rest.starts_with('[') {
        true => rest.find(']')? + 1,
        false => rest.find(':').unwrap_or(rest.len()),
    };
    let (host, port) = rest.split_at(host_end);
    if !(is_ipv6(host) || is_ipv4(host) || is_host_name(host)) {
        return None;
    }
    server.host = host;
    if let Some(digits) = port.strip_prefix(':').filter(|digits| !digits.is_empty()) {
        server.port = Some(digits.parse().ok().filter(|port| *port <= i32::MAX as u32 && !digits.starts_with('+'))?);
    } else if !matches!(port, "" | ":") {
        return None;
    }
    Some(server)
}

fn is_ipv6(host: &str) -> bool {
    let Some(inner) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) else { return false };
    let (address, scope) = inner.split_once('%').unwrap_or((inner, "0"));
    let is_scope = !scope.is_empty() && scope.chars().all(|c| c.is_ascii_alphanumeric() || "_.:".contains(c));
    is_scope && address.parse::<std::net::Ipv6Addr>().is_ok()
}

fn is_ipv4(host: &str) -> bool {
    let is_byte = |part: &str| part.bytes().all(|b| b.is_ascii_digit()) && part.parse::<u8>().is_ok();
    host.split('.').count() == 4 && host.split('.').all(is_byte)
}

/// Labels of letters, digits and inner dashes; the last of several starts with a letter; a dot may end the name.
fn is_host_name(host: &str) -> bool {
    let labels = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        let inner = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        inner && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    let top_is_word = |top: &str| top.starts_with(|c: char| c.is_ascii_alphabetic());
    labels.split('.').all(is_label) && labels.rsplit_once('.').is_none_or(|(_, top)| top_is_word(top))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_uris_from_other_texts() {
        for text in ["", "a/b", "//h", "file:///etc", "urn:x", "?q", "#", "http://h?", "http://h/ø"] {
            assert!(parse(text).is_some(), "{text}");
        }
        for text in
            ["http://a b/", "://x", "http://h/%zz", "1ab://x", "http://", "urn:", "a|b", "http://[::1/", "http://h/[x]"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn tells_hosts_from_other_authorities() {
        let host = |text| parse(text).unwrap().server.map(|server| (server.host, server.port));
        assert_eq!(host("http://u:p@h.example.:80/"), Some(("h.example.", Some(80))));
        assert_eq!(host("//[2001:db8::7]"), Some(("[2001:db8::7]", None)));
        assert_eq!(host("//10.0.0.1:"), Some(("10.0.0.1", None)));
        for text in
            ["http://h:port/x", "http://under_score.example/", "//256.1.1.1", "//a..b", "//-a", "//h:99999999999"]
        {
            assert_eq!(host(text), None, "{text}");
        }
    }
}
