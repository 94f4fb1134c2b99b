//! `validation:is-email`, by the rules of Apache Commons' `EmailValidator`.

use super::address::{is_domain, is_ip};
use super::messages::Text;
use super::validator::{Failure, text_or_null, validator, verdict};
use super::{CONFIG_REF, MESSAGE};
use crate::flow::spec::{Attribute, Kind, Make, Spec};

/// `validation:is-email`
pub static SPEC: Spec = Spec {
    name: "validation:is-email",
    doc: "Fails unless a text is an email address.",
    attributes: &[Attribute::required("email", Kind::Value, "The text."), MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:INVALID_EMAIL"],
    example: r##"<validation:is-email email="#[payload.email]"/>"##,
    make: Make::Void(|node| {
        let email = node.expression("email");
        validator(node, move |event| {
            let text = text_or_null(&email, event)?;
            Ok(verdict(is_email(&text), || Failure::new("INVALID_EMAIL", Text::Email, [&text])))
        })
    }),
    ..Spec::NEW
};

/// How many characters may stand before the `@`.
const LONGEST_USER: usize = 64;

/// Whether a text is an email address.
pub fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.rsplit_once('@') else { return false };
    let is_host = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => is_ip(address.strip_prefix("IPv6:").unwrap_or(address)),
        None => is_domain(host),
    };
    is_host && user.chars().count() <= LONGEST_USER && is_user(user)
}

/// Words with dots between them; a word may stand in quotes.
fn is_user(user: &str) -> bool {
    if let Some(quoted) = user.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return !quoted.replace("\\\"", "").contains('"');
    }
    user.split('.').all(|word| !word.is_empty() && word.chars().all(is_user_character))
}

fn is_user_character(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !"()<>@,;:\\\"[]".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for address in
            ["bo@example.org", "b.o+x@sub.example.co.uk", "o'neil@example.org", "\"b o\"@example.org", "a@[10.0.0.1]"]
        {
            assert!(is_email(address), "{address}");
        }
        for text in [
            "",
            "nobody",
            "@example.org",
            "bo@",
            "bo@localhost",
            "b o@example.org",
            "bo@example.org ",
            "b..o@example.org",
            ".bo@example.org",
            "bo@exa mple.org",
            "bo@-example.org",
            "bo@example.1",
            "a@b@example.org",
        ] {
            assert!(!is_email(text), "{text}");
        }
        assert!(!is_email(&format!("{}@example.org", "x".repeat(65))));
    }
}
