//! `validation:is-ip`, and IP addresses against lists of ranges.

use super::address::is_ip;
use super::messages::Text;
use super::validator::{Failure, Verdict, text_or_null, validator, verdict};
use super::{CONFIG_REF, MESSAGE};
use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::exec::Processor;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use std::net::IpAddr;
use std::sync::Arc;

/// `validation:is-ip`
pub static IS_IP: Spec = Spec {
    name: "validation:is-ip",
    doc: "Fails unless a text is an IP address, version 4 or 6.",
    attributes: &[Attribute::required("ip", Kind::Value, "The text."), MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:INVALID_IP"],
    example: r##"<validation:is-ip ip="#[payload.host]"/>"##,
    make: Make::Void(|node| {
        let ip = node.expression("ip");
        validator(node, move |event| {
            let text = text_or_null(&ip, event)?;
            Ok(verdict(is_ip(&text), || Failure::new("INVALID_IP", Text::Ip, [&text])))
        })
    }),
    ..Spec::NEW
};

const ADDRESS: Attribute = Attribute::required("ipAddress", Kind::Value, "The address, as text.");

/// `validation:is-allowed-ip`
pub static IS_ALLOWED: Spec = Spec {
    name: "validation:is-allowed-ip",
    doc: "Fails unless an IP address is in a list.",
    attributes: &[
        ADDRESS,
        Attribute::required("allowList", Kind::Reference, "The `validation:ip-filter-list`."),
        MESSAGE,
        CONFIG_REF,
    ],
    errors: &["VALIDATION:INVALID_IP", "VALIDATION:REJECTED_IP"],
    example: r##"<validation:is-allowed-ip ipAddress="#[attributes.remoteAddress]" allowList="office"/>"##,
    make: Make::Void(|node| filter(node, "allowList", true)),
    ..Spec::NEW
};

/// `validation:is-not-denied-ip`
pub static IS_NOT_DENIED: Spec = Spec {
    name: "validation:is-not-denied-ip",
    doc: "Fails if an IP address is in a list.",
    attributes: &[
        ADDRESS,
        Attribute::required("denyList", Kind::Reference, "The `validation:ip-filter-list`."),
        MESSAGE,
        CONFIG_REF,
    ],
    errors: &["VALIDATION:INVALID_IP", "VALIDATION:REJECTED_IP"],
    example: r##"<validation:is-not-denied-ip ipAddress="#[attributes.remoteAddress]" denyList="office"/>"##,
    make: Make::Void(|node| filter(node, "denyList", false)),
    ..Spec::NEW
};

/// `validation:ip-filter-list`
pub static FILTER_LIST: Spec = Spec {
    name: "validation:ip-filter-list",
    doc: "A list of IP addresses and ranges: `192.168.1.0/24`, `193.1` for all that begin so, `2001:db8::/48`.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    parts: &[Part { spec: &IPS, occurs: Occurs::Once }],
    example: r#"<validation:ip-filter-list name="office">
  <validation:ips><validation:ip value="192.168.1.0/24"/></validation:ips>
</validation:ip-filter-list>"#,
    make: Make::Global(|node| Arc::new(FilterList::of(node))),
    ..Spec::NEW
};

static IPS: Spec = Spec {
    name: "validation:ips",
    doc: "The addresses.",
    parts: &[Part { spec: &IP, occurs: Occurs::Any }],
    ..Spec::NEW
};

static IP: Spec = Spec {
    name: "validation:ip",
    doc: "An address or a range.",
    attributes: &[Attribute::required("value", Kind::Text, "The address or range.")],
    ..Spec::NEW
};

#[derive(Default)]
struct FilterList(Vec<Range>);

impl Global for FilterList {}

impl FilterList {
    fn of(node: &Node<'_>) -> Self {
        let ips = node.part("validation:ips").map(|ips| ips.parts("validation:ip")).unwrap_or_default();
        let range = |node: &Node<'_>| {
            let text = node.required("value");
            let range = Range::parse(&text);
            if range.is_none() {
                let fault = Fault::new(Code::Configuration, format!("'{text}' is not a valid IP address or range"));
                node.refuse("value", fault);
            }
            range
        };
        Self(ips.iter().filter_map(range).collect())
    }

    fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|range| range.has(address))
    }
}

/// The addresses whose first bits are those of this one.
#[derive(Clone, Copy, Debug)]
struct Range {
    address: u128,
    bits: u32,
    is_v4: bool,
}

impl Range {
    /// `192.168.1.0/24`, `10.0.0.1`, `193.1`, `2001:db8::/48`
    fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.trim().parse::<u32>().ok()?)),
            None => (text, None),
        };
        let missing = 4usize.saturating_sub(address.trim_end_matches('.').split('.').count());
        let is_partial = !address.contains(':') && bits.is_none() && missing > 0;
        let (address, bits) = match is_partial {
            true => (address.trim_end_matches('.').to_string() + &".0".repeat(missing), Some(32 - 8 * missing as u32)),
            false => (address.trim().to_string(), bits),
        };
        let address: IpAddr = address.parse().ok()?;
        let width = width_of(address);
        let bits = bits.unwrap_or(width);
        (bits <= width).then(|| Self { address: number_of(address), bits, is_v4: address.is_ipv4() })
    }

    fn has(&self, address: IpAddr) -> bool {
        let ignored = width_of(address).saturating_sub(self.bits);
        let shift = |address: u128| address.checked_shr(ignored).unwrap_or(0);
        address.is_ipv4() == self.is_v4 && shift(number_of(address)) == shift(self.address)
    }
}

fn width_of(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn number_of(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u32::from(address).into(),
        IpAddr::V6(address) => address.into(),
    }
}

fn filter(node: &Node<'_>, list: &str, inside: bool) -> Box<dyn Processor> {
    let (address, list) = (node.expression("ipAddress"), node.global::<FilterList>(list).unwrap_or_default());
    validator(node, move |event| {
        let text = text_or_null(&address, event)?;
        Ok(check(&text, &list, inside))
    })
}

fn check(text: &str, list: &FilterList, inside: bool) -> Verdict {
    let Some(address) = address_of(text) else { return Err(Failure::new("INVALID_IP", Text::Ip, [text])) };
    verdict(list.has(address) == inside, || Failure::new("REJECTED_IP", Text::RejectedIp, [text]))
}

/// The address in a text, also in what sockets call themselves: `/127.0.0.1:8081`, `host/10.0.0.1:80`.
fn address_of(text: &str) -> Option<IpAddr> {
    let bare = text.split_once('/').and_then(|(_, rest)| rest.rsplit_once(':')).map_or(text, |(address, _)| address);
    bare.split('%').next().unwrap_or_default().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_ranges() {
        let list = |ranges: &[&str]| FilterList(ranges.iter().map(|range| Range::parse(range).unwrap()).collect());
        let v4 = list(&["192.168.1.0/24", "127.0.0.1", "193.1"]);
        let v6 = list(&["2001:db8::/48", "::/0"]);
        for (list, address, inside) in [
            (&v4, "192.168.1.1", true),
            (&v4, "192.168.2.1", false),
            (&v4, "/127.0.0.1:53211", true),
            (&v4, "193.1.0.1", true),
            (&v4, "193.100.0.1", false),
            (&v4, "::1", false),
            (&v6, "2002:db8:0:ffff:ffff:ffff:ffff:ffff", true),
        ] {
            assert_eq!(check(address, list, true).is_ok(), inside, "{address}");
        }
        assert_eq!(check("400.24.1.1900", &v4, true).unwrap_err().identifier, "INVALID_IP");
        assert_eq!(check("10.1.1.1", &v4, true).unwrap_err().identifier, "REJECTED_IP");
        assert!(Range::parse("here").is_none() && Range::parse("10.0.0.0/33").is_none());
    }
}
