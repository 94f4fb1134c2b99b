//! `crypto:pgp-sign`, `crypto:pgp-sign-binary`: signatures that stand by themselves.

use super::armor::armored;
use super::config::{CONFIG_REF, Choice, Config, KEY_ID, OWN_KEY};
use super::ring::Named;
use crate::connector::apart::Problem;
use crate::connector::crypto::encrypt::octets;
use crate::connector::crypto::operation::{Change, TAKES_CONTENT, Work};
use crate::connector::crypto::problem::signature;
use crate::connector::output::{
    IN_FILE_STREAM, IN_MEMORY_STREAM, NON_REPEATABLE_STREAM, OUTPUT_ENCODING, OUTPUT_MIME_TYPE,
};
use crate::flow::build::Node;
use crate::flow::event::{Event, Typed};
use crate::flow::exec::Processor;
use crate::flow::spec::{Attribute, Kind, Make, Part, Spec};
use pgp::composed::{ArmorOptions, DetachedSignature};
use pgp::crypto::hash::HashAlgorithm;
use pgp::ser::Serialize;
use rand::rngs::OsRng;

const ALGORITHM: Attribute = Attribute::default(
    "algorithm",
    Kind::Choice(&["MD5", "RIPEMD160", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"]),
    "SHA256",
    "The hash that is signed. Nobody accepts MD5 any more.",
);
const PARTS: &[Part] = &[TAKES_CONTENT, OWN_KEY, NON_REPEATABLE_STREAM, IN_MEMORY_STREAM, IN_FILE_STREAM];
const ERRORS: &[&str] = &["CRYPTO:MISSING_KEY", "CRYPTO:KEY", "CRYPTO:PASSPHRASE", "CRYPTO:SIGNATURE"];

/// `crypto:pgp-sign`
pub static SIGN: Spec = Spec {
    name: "crypto:pgp-sign",
    doc: "Makes the signature of content, which stands by itself and is armored, that is, text.",
    attributes: &[CONFIG_REF, ALGORITHM, KEY_ID],
    parts: PARTS,
    errors: ERRORS,
    example: r#"<crypto:pgp-sign config-ref="rings" keyId="us" target="signature"/>"#,
    make: Make::Operation(|node| signing(node, true)),
    ..Spec::NEW
};

/// `crypto:pgp-sign-binary`
pub static SIGN_BINARY: Spec = Spec {
    name: "crypto:pgp-sign-binary",
    doc: "Makes the signature of content, which stands by itself and is bytes.",
    attributes: &[CONFIG_REF, ALGORITHM, KEY_ID, OUTPUT_MIME_TYPE, OUTPUT_ENCODING],
    parts: PARTS,
    errors: ERRORS,
    example: r#"<crypto:pgp-sign-binary config-ref="rings" keyId="us" algorithm="SHA512" target="signature"/>"#,
    make: Make::Operation(|node| signing(node, false)),
    ..Spec::NEW
};

fn signing(node: &Node<'_>, is_armored: bool) -> Box<dyn Processor> {
    let (config, choice) = (Config::used_by(node), Choice::of(node));
    let hash = hash(&node.required(ALGORITHM.name));
    let prepare = move |event: &Event| {
        let (config, named) = (config.clone(), choice.key(&config, event)?);
        let work = move |content: &[u8]| sign(&config, &named, hash, is_armored, content);
        Ok(Box::new(work) as Work<Typed>)
    };
    Change::of(node, signature, Box::new(prepare))
}

fn sign(
    config: &Config,
    named: &Named,
    hash: HashAlgorithm,
    is_armored: bool,
    content: &[u8],
) -> Result<Typed, Problem> {
    let key = Box::new(config.private.signer(named)?.key());
    let signed = DetachedSignature::sign_binary_data(OsRng, &key, &named.password(), hash, content);
    let shown = signed.and_then(|signed| match is_armored {
        true => signed.to_armored_string(ArmorOptions::default()).map(armored),
        false => signed.to_bytes().map(octets),
    });
    shown.map_err(|e| signature(format!("the content cannot be signed: {e}")))
}

fn hash(name: &str) -> HashAlgorithm {
    match name {
        "MD5" => HashAlgorithm::Md5,
        "RIPEMD160" => HashAlgorithm::Ripemd160,
        "SHA1" => HashAlgorithm::Sha1,
        "SHA224" => HashAlgorithm::Sha224,
        "SHA384" => HashAlgorithm::Sha384,
        "SHA512" => HashAlgorithm::Sha512,
        _ => HashAlgorithm::Sha256,
    }
}
