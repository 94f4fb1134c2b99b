//! Internet addresses and names of hosts.

use std::net::{IpAddr, Ipv6Addr};

/// Whether a text is an IP address, version 4 or 6, perhaps with a zone (`fe80::1%eth0`).
pub fn is_ip(text: &str) -> bool {
    match text.split_once('%') {
        Some((address, zone)) => !zone.is_empty() && address.parse::<Ipv6Addr>().is_ok(),
        None => text.parse::<IpAddr>().is_ok(),
    }
}

/// Whether a text is the full name of a host: labels with dots between them, the last one a top-level domain.
pub fn is_domain(text: &str) -> bool {
    let mut labels = text.split('.').rev();
    let top = labels.next().unwrap_or_default();
    let is_top = top.chars().count() >= 2 && (top.starts_with("xn--") || top.chars().all(char::is_alphabetic));
    let rest: Vec<_> = labels.collect();
    text.len() <= 253 && is_top && !rest.is_empty() && rest.into_iter().all(is_label)
}

fn is_label(label: &str) -> bool {
    let edge = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    label.len() <= 63
        && edge(label.chars().next())
        && edge(label.chars().next_back())
        && label.chars().all(|c| c.is_alphanumeric() || c == '-')
}
