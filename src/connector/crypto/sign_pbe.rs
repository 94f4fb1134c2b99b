//! `crypto:jce-sign-pbe`, `crypto:jce-validate-pbe`: with a password.

use super::encrypt_pbe::{PASSWORD, password_of};
use super::operation::{Change, TAKES_CONTENT, TAKES_VALUE, VALUE_ATTRIBUTE, Validate, Work, compare, expected, shown};
use super::pbe;
use super::problem::signature;
use super::sign::EXPECTED;
use crate::connector::output::OUTPUT_MIME_TYPE;
use crate::flow::event::{Event, Typed};
use crate::flow::spec::{Attribute, Kind, Make, Spec};

const ALGORITHM: Attribute = Attribute::default(
    "algorithm",
    Kind::Choice(pbe::SIGNATURES),
    "PBEWithHmacSHA256",
    "How the key is made of the password, and the signature with it.",
);

/// `crypto:jce-sign-pbe`
pub static SIGN: Spec = Spec {
    name: "crypto:jce-sign-pbe",
    doc: "Makes the signature of content with a password, in Base64. The salt is dwrun's own: other programs make other \
          signatures with the same password.",
    attributes: &[ALGORITHM, PASSWORD, OUTPUT_MIME_TYPE],
    parts: &[TAKES_CONTENT],
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:SIGNATURE"],
    example: r#"<crypto:jce-sign-pbe password="a long one" target="signature"/>"#,
    make: Make::Operation(|node| {
        let (algorithm, password) = (node.required(ALGORITHM.name), node.expression(PASSWORD.name));
        let prepare = move |event: &Event| {
            let (algorithm, password) = (algorithm.clone(), password_of(&password, event)?);
            let work = move |message: &[u8]| pbe::sign(&algorithm, &password, message).map(|signed| shown(&signed));
            Ok(Box::new(work) as Work<Typed>)
        };
        Change::of(node, signature, Box::new(prepare))
    }),
    ..Spec::NEW
};

/// `crypto:jce-validate-pbe`
pub static VALIDATE: Spec = Spec {
    name: "crypto:jce-validate-pbe",
    doc: "Fails unless a signature that `crypto:jce-sign-pbe` made is that of the content.",
    attributes: &[VALUE_ATTRIBUTE, EXPECTED, ALGORITHM, PASSWORD],
    parts: &[TAKES_VALUE],
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:VALIDATION"],
    example: r##"<crypto:jce-validate-pbe password="a long one" expected="#[vars.signature]"/>"##,
    make: Make::Void(|node| {
        let (algorithm, password) = (node.required(ALGORITHM.name), node.expression(PASSWORD.name));
        let signed = node.expression(EXPECTED.name);
        let prepare = move |event: &Event| {
            let (algorithm, password) = (algorithm.clone(), password_of(&password, event)?);
            let signed = expected(&signed, event)?;
            let work = move |message: &[u8]| compare(&pbe::sign(&algorithm, &password, message)?, &signed);
            Ok(Box::new(work) as Work<()>)
        };
        Validate::of(node, Box::new(prepare))
    }),
    ..Spec::NEW
};
