//! `crypto:calculate-checksum`, `crypto:validate-checksum`

use super::hash::hash;
use super::operation::{Change, TAKES_CONTENT, TAKES_VALUE, VALUE_ATTRIBUTE, Validate, Work};
use super::problem::validation;
use crate::connector::apart::Problem;
use crate::flow::event::{Event, Typed, media};
use crate::flow::spec::{Attribute, Kind, Make, Spec};

const ALGORITHM: Attribute = Attribute::default(
    "algorithm",
    Kind::Choice(&["CRC32", "MD2", "MD5", "SHA_1", "SHA_256", "SHA_512"]),
    "SHA_256",
    "How the checksum is made.",
);

const EXPECTED: Attribute = Attribute::required("expected", Kind::Value, "The checksum, in hexadecimal digits.");

/// `crypto:calculate-checksum`
pub static CALCULATE: Spec = Spec {
    name: "crypto:calculate-checksum",
    doc: "Makes the checksum of content, in hexadecimal digits.",
    attributes: &[ALGORITHM],
    parts: &[TAKES_CONTENT],
    errors: &["CRYPTO:CHECKSUM"],
    example: r#"<crypto:calculate-checksum algorithm="MD5" target="checksum"/>"#,
    make: Make::Operation(|node| {
        let algorithm = node.required(ALGORITHM.name);
        let prepare = move |_: &Event| {
            let algorithm = algorithm.clone();
            let label = |sum: String| Typed::labelled(sum.as_str().into(), media("text/plain"));
            Ok(Box::new(move |content: &[u8]| checksum(&algorithm, content).map(label)) as Work<Typed>)
        };
        Change::of(node, failed, Box::new(prepare))
    }),
    ..Spec::NEW
};

/// `crypto:validate-checksum`
pub static VALIDATE: Spec = Spec {
    name: "crypto:validate-checksum",
    doc: "Fails unless a checksum is that of the content.",
    attributes: &[ALGORITHM, VALUE_ATTRIBUTE, EXPECTED],
    parts: &[TAKES_VALUE],
    errors: &["CRYPTO:VALIDATION"],
    example: r##"<crypto:validate-checksum algorithm="MD5" expected="#[vars.checksum]"/>"##,
    make: Make::Void(|node| {
        let (algorithm, expected) = (node.required(ALGORITHM.name), node.expression(EXPECTED.name));
        let prepare = move |event: &Event| {
            let (algorithm, expected) = (algorithm.clone(), expected.text(event)?.unwrap_or_default());
            let work = move |value: &[u8]| {
                let found = checksum(&algorithm, value)?;
                match found.eq_ignore_ascii_case(expected.trim()) {
                    true => Ok(()),
                    false => Err(validation(format!("the checksum of the content is {found}, not {expected}"))),
                }
            };
            Ok(Box::new(work) as Work<()>)
        };
        Validate::of(node, Box::new(prepare))
    }),
    ..Spec::NEW
};

/// The checksum of a content.
///
/// # Errors
/// `CRYPTO:CHECKSUM` for an unknown algorithm.
fn checksum(algorithm: &str, content: &[u8]) -> Result<String, Problem> {
    if algorithm == "CRC32" {
        let mut sum = flate2::Crc::new();
        sum.update(content);
        return Ok(format!("{:08x}", sum.sum()));
    }
    let hash = hash(&algorithm.replace('_', ""), content);
    let hash = hash.ok_or_else(|| failed(format!("there is no algorithm `{algorithm}`")))?;
    Ok(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// `CRYPTO:CHECKSUM`
fn failed(text: String) -> Problem {
    Problem::new("CRYPTO:CHECKSUM", text)
}
