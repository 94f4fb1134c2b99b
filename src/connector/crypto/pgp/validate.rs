//! `crypto:pgp-validate`: whether a signature is that of a content.

use super::config::{CONFIG_REF, Config};
use crate::connector::apart::Problem;
use crate::connector::crypto::operation::{TAKES_VALUE, VALUE_ATTRIBUTE, Validate, Work};
use crate::connector::crypto::problem::{missing_key, validation};
use crate::flow::event::Event;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use pgp::composed::{Deserializable, DetachedSignature};
use pgp::packet::SignatureType;

const EXPECTED: Attribute = Attribute::required("expected", Kind::Value, "The signature, armored or not.");

/// `crypto:pgp-validate`
pub static VALIDATE: Spec = Spec {
    name: "crypto:pgp-validate",
    doc: "Fails unless a signature is that of the content, by a key of the public keyring.",
    attributes: &[CONFIG_REF, VALUE_ATTRIBUTE, EXPECTED],
    parts: &[TAKES_VALUE],
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:VALIDATION"],
    example: r##"<crypto:pgp-validate config-ref="rings" expected="#[vars.signature]"/>"##,
    make: Make::Void(|node| {
        let (config, expected) = (Config::used_by(node), node.expression(EXPECTED.name));
        let prepare = move |event: &Event| {
            let (config, expected) = (config.clone(), expected.typed(event)?);
            let work = move |content: &[u8]| {
                let signature = expected.to_bytes().map_err(|fault| validation(fault.to_string()))?;
                validate(&config, &signature, content)
            };
            Ok(Box::new(work) as Work<()>)
        };
        Validate::of(node, Box::new(prepare))
    }),
    ..Spec::NEW
};

fn validate(config: &Config, signature: &[u8], content: &[u8]) -> Result<(), Problem> {
    let read = match signature.trim_ascii_start().starts_with(b"-----BEGIN ") {
        true => DetachedSignature::from_armor_single(signature).map(|(read, _)| read),
        false => DetachedSignature::from_bytes(signature),
    };
    let read = read.map_err(|e| validation(format!("the expected signature cannot be read: {e}")))?.signature;
    if !matches!(read.typ(), Some(SignatureType::Binary | SignatureType::Text)) {
        return Err(validation("the expected signature is not that of a content"));
    }
    match config.public.validates(&read, content) {
        Some(true) => Ok(()),
        Some(false) => Err(validation("the signature is not that of the content")),
        None => Err(missing_key("the public keyring has no key of who signed")),
    }
}
