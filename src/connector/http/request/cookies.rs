//! Cookies of responses, which go back with the requests they are meant for (RFC 6265, without public suffixes: a cookie
//! stays with the host that set it, or with the hosts below the domain that it names and belongs to).

use crate::connector::http::multi;
use hyper::HeaderMap;
use hyper::header::{HeaderValue, SET_COOKIE};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::Url;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How many cookies are kept; the oldest ones go first.
const MOST: usize = 1000;

/// The cookies of a configuration.
#[derive(Default)]
pub struct Cookies(RwLock<Vec<Cookie>>);

struct Cookie {
    name: String,
    value: String,
    domain: String,
    /// Whether hosts below the domain get it too.
    has_domain: bool,
    path: String,
    /// Whether only secure connections carry it.
    is_secure: bool,
    expires: Option<Instant>,
}

impl Cookies {
    /// Keeps the cookies of a response to a request to this address.
    pub fn keep(&self, url: &Url, headers: &HeaderMap) {
        if !headers.contains_key(SET_COOKIE) {
            return;
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for cookie in headers.get_all(SET_COOKIE).iter().filter_map(|value| Cookie::parse(&multi::text(value), url)) {
            known.retain(|old| (&old.name, &old.domain, &old.path) != (&cookie.name, &cookie.domain, &cookie.path));
            if !cookie.is_over() {
                known.push(cookie);
            }
        }
        let surplus = known.len().saturating_sub(MOST);
        known.drain(..surplus);
    }

    /// The `Cookie` header of a request to this address.
    pub fn header(&self, url: &Url) -> Option<HeaderValue> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut fitting: Vec<_> = known.iter().filter(|cookie| !cookie.is_over() && cookie.fits(url)).collect();
        fitting.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let pairs: Vec<_> = fitting.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        if pairs.is_empty() { None } else { HeaderValue::from_bytes(pairs.join("; ").as_bytes()).ok() }
    }
}

impl Cookie {
    /// Reads `name=value; Path=/; Domain=example.com; Max-Age=60`; `None` where it is none, or not the host's to set.
    fn parse(text: &str, url: &Url) -> Option<Self> {
        let host = url.host_str()?.to_ascii_lowercase();
        let mut parts = text.split(';').map(str::trim);
        let (name, value) = parts.next()?.split_once('=')?;
        let folder = url.path().rfind('/').filter(|at| *at > 0).map_or("/", |at| &url.path()[..at]);
        let (name, value) = (name.trim().to_string(), value.trim().to_string());
        let (domain, path) = (host.clone(), folder.to_string());
        let mut cookie = Self { name, value, domain, has_domain: false, path, is_secure: false, expires: None };
        let mut has_age = false;
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match key.trim().to_ascii_lowercase().as_str() {
                "path" if value.starts_with('/') => cookie.path = value.to_string(),
                "domain" => {
                    cookie.domain = value.trim_start_matches('.').to_ascii_lowercase();
                    cookie.has_domain = true;
                }
                "secure" => cookie.is_secure = true,
                "max-age" => {
                    if let Ok(seconds) = value.trim().parse::<i64>() {
                        cookie.expires = Some(after(seconds));
                        has_age = true;
                    }
                }
                "expires" if !has_age => cookie.expires = seconds_until(value).map(after).or(cookie.expires),
                _ => {}
            }
        }
        (!cookie.name.is_empty() && cookie.is_of(&host)).then_some(cookie)
    }

    fn is_over(&self) -> bool {
        self.expires.is_some_and(|at| at <= Instant::now())
    }

    fn is_of(&self, host: &str) -> bool {
        let is_below = || host.strip_suffix(self.domain.as_str()).is_some_and(|rest| rest.ends_with('.'));
        host == self.domain || (self.has_domain && !self.domain.is_empty() && is_below())
    }

    fn fits(&self, url: &Url) -> bool {
        let rest = url.path().strip_prefix(self.path.as_str());
        let is_below = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || self.path.ends_with('/'));
        let may_go = !self.is_secure || url.scheme() == "https";
        may_go && is_below && url.host_str().is_some_and(|host| self.is_of(&host.to_ascii_lowercase()))
    }
}

/// A year: how long a cookie is kept at most.
const MOST_SECONDS: i64 = 365 * 24 * 3600;

/// The time so many seconds from now; one that has gone by is now.
fn after(seconds: i64) -> Instant {
    Instant::now() + Duration::from_secs(seconds.clamp(0, MOST_SECONDS).unsigned_abs())
}

/// How far away a date is that `Expires` has: `Wed, 21 Oct 2015 07:28:00 GMT`, or with dashes, or with two digits of the
/// year; `None` where it is none.
fn seconds_until(date: &str) -> Option<i64> {
    let date = date.split_once(',').map_or(date, |(_, date)| date).trim().replace('-', " ");
    let at = DateTimeParser::new().parse_timestamp(&date).ok()?;
    Some(at.as_second().saturating_sub(Timestamp::now().as_second()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_go_back_to_where_they_belong() {
        let cookies = Cookies::default();
        let url = |text: &str| Url::parse(text).unwrap();
        let mut headers = HeaderMap::new();
        for cookie in [
            "a=1; Path=/",
            "b=2; Path=/x",
            "c=3; Domain=other.org",
            "d=4; Max-Age=0",
            "f=6; Path=/; Secure",
            "g=7; Path=/; Expires=Wed, 21 Oct 2015 07:28:00 GMT",
            "h=8; Path=/; Expires=Wednesday, 21-Oct-15 07:28:00 GMT; Max-Age=60",
            "i=9; Path=/; Expires=Wed, 21-Oct-2099 07:28:00 GMT; Max-Age=soon",
            "e=5; Domain=example.org; Path=/",
        ] {
            headers.append(SET_COOKIE, HeaderValue::from_str(cookie).unwrap());
        }
        cookies.keep(&url("http://www.example.org/x/y"), &headers);
        for (to, want) in [
            ("http://www.example.org/x/z", Some("b=2; a=1; h=8; i=9; e=5")),
            ("http://www.example.org/xy", Some("a=1; h=8; i=9; e=5")),
            ("https://www.example.org/", Some("a=1; f=6; h=8; i=9; e=5")),
            ("http://example.org/", Some("e=5")),
            ("http://other.org/", None),
        ] {
            assert_eq!(cookies.header(&url(to)).as_ref().map(|v| v.to_str().unwrap()), want, "{to}");
        }
    }
}
