//! `crypto:jce-encrypt-pbe`, `crypto:jce-decrypt-pbe`: with a password.

use super::encrypt::octets;
use super::operation::{Change, TAKES_CONTENT, Work};
use super::pbe;
use super::problem::{decryption, encryption, missing_key};
use crate::connector::output::{
    IN_FILE_STREAM, IN_MEMORY_STREAM, NON_REPEATABLE_STREAM, OUTPUT_ENCODING, OUTPUT_MIME_TYPE,
};
use crate::flow::event::{Error, Event, Typed};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Part, Spec};

/// The password.
pub const PASSWORD: Attribute = Attribute::required("password", Kind::Value, "The password.");
const ALGORITHM: Attribute = Attribute::default(
    "algorithm",
    Kind::Choice(pbe::ENCRYPTIONS),
    "PBEWithHmacSHA256AndAES_128",
    "How the key is made of the password, and the cipher.",
);

const ATTRIBUTES: &[Attribute] = &[ALGORITHM, PASSWORD, OUTPUT_MIME_TYPE, OUTPUT_ENCODING];
const PARTS: &[Part] = &[TAKES_CONTENT, NON_REPEATABLE_STREAM, IN_MEMORY_STREAM, IN_FILE_STREAM];

/// `crypto:jce-encrypt-pbe`
pub static ENCRYPT: Spec = Spec {
    name: "crypto:jce-encrypt-pbe",
    doc: "Encrypts content with a password. The salt and, for AES, the initialisation vector stand before the text; the key is \
          made with as many iterations as Java takes where nothing is said (4096 for AES, 1024 for those with SHA1, 10 for \
          those with MD5).",
    attributes: ATTRIBUTES,
    parts: PARTS,
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:ENCRYPTION"],
    example: r#"<crypto:jce-encrypt-pbe password="a long one"/>"#,
    make: Make::Operation(|node| {
        let (algorithm, password) = (node.required(ALGORITHM.name), node.expression(PASSWORD.name));
        let prepare = move |event: &Event| {
            let (algorithm, password) = (algorithm.clone(), password_of(&password, event)?);
            let work = move |plain: &[u8]| pbe::encrypt(&algorithm, &password, plain).map(octets);
            Ok(Box::new(work) as Work<Typed>)
        };
        Change::of(node, encryption, Box::new(prepare))
    }),
    ..Spec::NEW
};

/// `crypto:jce-decrypt-pbe`
pub static DECRYPT: Spec = Spec {
    name: "crypto:jce-decrypt-pbe",
    doc: "Decrypts content that `crypto:jce-encrypt-pbe` made.",
    attributes: ATTRIBUTES,
    parts: PARTS,
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:DECRYPTION"],
    example: r#"<crypto:jce-decrypt-pbe password="a long one" outputMimeType="application/json"/>"#,
    make: Make::Operation(|node| {
        let (algorithm, password) = (node.required(ALGORITHM.name), node.expression(PASSWORD.name));
        let prepare = move |event: &Event| {
            let (algorithm, password) = (algorithm.clone(), password_of(&password, event)?);
            let work = move |encrypted: &[u8]| pbe::decrypt(&algorithm, &password, encrypted).map(octets);
            Ok(Box::new(work) as Work<Typed>)
        };
        Change::of(node, decryption, Box::new(prepare))
    }),
    ..Spec::NEW
};

/// The password for an event.
///
/// # Errors
/// `CRYPTO:MISSING_KEY` for null and for an empty one.
pub fn password_of(password: &Expression, event: &Event) -> Result<String, Error> {
    let text = password.text(event)?.filter(|text| !text.is_empty());
    text.ok_or_else(|| missing_key("the password is empty").error(event))
}
