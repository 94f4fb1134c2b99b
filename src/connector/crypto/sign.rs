//! `crypto:jce-sign`, `crypto:jce-validate`: with a key of the store.

use super::operation::{Change, TAKES_CONTENT, TAKES_VALUE, VALUE_ATTRIBUTE, Validate, Work, expected, shown};
use super::problem::{parameters, signature};
use super::signature::{ALGORITHMS, Algorithm};
use super::store::{CONFIG_REF, Choice, KEY_ID, OWN_KEY};
use crate::connector::output::OUTPUT_MIME_TYPE;
use crate::flow::event::{Error, Event, Typed};
use crate::flow::spec::{Attribute, Kind, Make, Spec};

const ALGORITHM: Attribute =
    Attribute::default("algorithm", Kind::Choice(ALGORITHMS), "HmacSHA256", "How the signature is made.");

/// The signature that is validated.
pub const EXPECTED: Attribute = Attribute::required("expected", Kind::Value, "The signature, in Base64.");

/// `crypto:jce-sign`
pub static SIGN: Spec = Spec {
    name: "crypto:jce-sign",
    doc: "Makes the signature of content, in Base64: with a secret key, or with a private key of RSA or DSA.",
    attributes: &[CONFIG_REF, ALGORITHM, KEY_ID, OUTPUT_MIME_TYPE],
    parts: &[TAKES_CONTENT, OWN_KEY],
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:KEY", "CRYPTO:PASSPHRASE", "CRYPTO:SIGNATURE"],
    example: r#"<crypto:jce-sign config-ref="keys" keyId="bank" algorithm="SHA256withRSA" target="signature"/>"#,
    make: Make::Operation(|node| {
        let (name, choice) = (node.required(ALGORITHM.name), Choice::of(node));
        let prepare = move |event: &Event| {
            let (algorithm, key) = (named(&name, event)?, choice.key(event)?);
            let work = move |message: &[u8]| algorithm.sign(&key, message).map(|signed| shown(&signed));
            Ok(Box::new(work) as Work<Typed>)
        };
        Change::of(node, signature, Box::new(prepare))
    }),
    ..Spec::NEW
};

/// `crypto:jce-validate`
pub static VALIDATE: Spec = Spec {
    name: "crypto:jce-validate",
    doc: "Fails unless a signature is that of the content.",
    attributes: &[CONFIG_REF, VALUE_ATTRIBUTE, EXPECTED, ALGORITHM, KEY_ID],
    parts: &[TAKES_VALUE, OWN_KEY],
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:KEY", "CRYPTO:PASSPHRASE", "CRYPTO:VALIDATION"],
    example: r##"<crypto:jce-validate config-ref="keys" keyId="bank" algorithm="SHA256withRSA" expected="#[vars.signature]"/>"##,
    make: Make::Void(|node| {
        let (name, choice, signed) = (node.required(ALGORITHM.name), Choice::of(node), node.expression(EXPECTED.name));
        let prepare = move |event: &Event| {
            let (algorithm, key, signed) = (named(&name, event)?, choice.key(event)?, expected(&signed, event)?);
            let work = move |message: &[u8]| algorithm.validate(&key, message, &signed);
            Ok(Box::new(work) as Work<()>)
        };
        Validate::of(node, Box::new(prepare))
    }),
    ..Spec::NEW
};

fn named(name: &str, event: &Event) -> Result<Algorithm, Error> {
    Algorithm::named(name).ok_or_else(|| parameters(format!("the algorithm '{name}' is not supported")).error(event))
}
