//! `crypto:pgp-encrypt`, `crypto:pgp-encrypt-binary`, `crypto:pgp-encrypt-and-sign`.

use super::armor::armored;
use super::config::{CONFIG_REF, Choice, Config, KEY_ID, OWN_KEY};
use super::ring::{Named, Recipient};
use crate::connector::apart::Problem;
use crate::connector::crypto::encrypt::octets;
use crate::connector::crypto::operation::{Change, TAKES_CONTENT, Work};
use crate::connector::crypto::problem::{encryption, missing_key};
use crate::connector::output::{
    IN_FILE_STREAM, IN_MEMORY_STREAM, NON_REPEATABLE_STREAM, OUTPUT_ENCODING, OUTPUT_MIME_TYPE,
};
use crate::flow::build::Node;
use crate::flow::event::{Event, Typed};
use crate::flow::exec::Processor;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use pgp::composed::{ArmorOptions, MessageBuilder};
use pgp::crypto::hash::HashAlgorithm;
use pgp::crypto::sym::SymmetricKeyAlgorithm;
use pgp::types::CompressionAlgorithm;
use rand::rngs::OsRng;

/// The algorithms that encrypt content.
pub const ALGORITHMS: &[&str] = &[
    "IDEA",
    "TRIPLE_DES",
    "CAST5",
    "BLOWFISH",
    "AES_128",
    "AES_192",
    "AES_256",
    "TWOFISH",
    "CAMELLIA_128",
    "CAMELLIA_192",
    "CAMELLIA_256",
];
const ALGORITHM: Attribute =
    Attribute::default("algorithm", Kind::Choice(ALGORITHMS), "AES_256", "How the content is encrypted.");
const FILE_NAME: Attribute =
    Attribute::new("fileName", Kind::Value, "Has no effect: the message holds no name of a file.");

const PARTS: &[Part] = &[TAKES_CONTENT, OWN_KEY, NON_REPEATABLE_STREAM, IN_MEMORY_STREAM, IN_FILE_STREAM];
const ERRORS: &[&str] = &["CRYPTO:MISSING_KEY", "CRYPTO:ENCRYPTION", "CRYPTO:KEY"];

/// `crypto:pgp-encrypt`
pub static ENCRYPT: Spec = Spec {
    name: "crypto:pgp-encrypt",
    doc: "Compresses content and encrypts it with a public key; the message is armored, that is, text.",
    attributes: &[CONFIG_REF, ALGORITHM, FILE_NAME, KEY_ID],
    parts: PARTS,
    errors: ERRORS,
    example: r#"<crypto:pgp-encrypt config-ref="rings" keyId="partner"/>"#,
    make: Make::Operation(|node| encrypting(node, true)),
    ..Spec::NEW
};

/// `crypto:pgp-encrypt-binary`
pub static ENCRYPT_BINARY: Spec = Spec {
    name: "crypto:pgp-encrypt-binary",
    doc: "Compresses content and encrypts it with a public key; the message is bytes.",
    attributes: &[CONFIG_REF, ALGORITHM, FILE_NAME, KEY_ID, OUTPUT_MIME_TYPE, OUTPUT_ENCODING],
    parts: PARTS,
    errors: ERRORS,
    example: r#"<crypto:pgp-encrypt-binary config-ref="rings" keyId="partner" algorithm="AES_128"/>"#,
    make: Make::Operation(|node| encrypting(node, false)),
    ..Spec::NEW
};

/// `crypto:pgp-encrypt-and-sign`
pub static ENCRYPT_AND_SIGN: Spec = Spec {
    name: "crypto:pgp-encrypt-and-sign",
    doc: "Signs content with a private key and encrypts both with a public key; the message is armored, that is, text.",
    attributes: &[CONFIG_REF, ALGORITHM, FILE_NAME],
    parts: &[
        TAKES_CONTENT,
        Part { spec: &RECIPIENT, occurs: Occurs::Optional },
        Part { spec: &SIGNER, occurs: Occurs::Optional },
        NON_REPEATABLE_STREAM,
        IN_MEMORY_STREAM,
        IN_FILE_STREAM,
    ],
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:ENCRYPTION", "CRYPTO:KEY", "CRYPTO:PASSPHRASE"],
    example: r#"<crypto:pgp-encrypt-and-sign config-ref="rings">
  <crypto:encryption-key-selection keyId="partner"/>
  <crypto:sign-key-selection keyId="us"/>
</crypto:pgp-encrypt-and-sign>"#,
    make: Make::Operation(|node| {
        let (config, algorithm) = (Config::used_by(node), symmetric(&node.required(ALGORITHM.name)));
        let recipient = node.part(RECIPIENT.name).map(|part| Choice::of(&part));
        let signer = node.part(SIGNER.name).map(|part| Choice::of(&part));
        let prepare = move |event: &Event| {
            let named = |choice: &Option<Choice>| match choice {
                Some(choice) => choice.key(&config, event),
                None => Err(missing_key("the operation does not name both keys").error(event)),
            };
            let (config, recipient, signer) = (config.clone(), named(&recipient)?, named(&signer)?);
            let work = move |plain: &[u8]| encrypt(&config, algorithm, &recipient, Some(&signer), true, plain);
            Ok(Box::new(work) as Work<Typed>)
        };
        Change::of(node, encryption, Box::new(prepare))
    }),
    ..Spec::NEW
};

static RECIPIENT: Spec = Spec {
    name: "crypto:encryption-key-selection",
    doc: "The public key that encrypts.",
    attributes: &[KEY_ID],
    parts: &[OWN_KEY],
    ..Spec::NEW
};

static SIGNER: Spec = Spec {
    name: "crypto:sign-key-selection",
    doc: "The private key that signs.",
    attributes: &[KEY_ID],
    parts: &[OWN_KEY],
    ..Spec::NEW
};

fn encrypting(node: &Node<'_>, is_armored: bool) -> Box<dyn Processor> {
    let (config, choice) = (Config::used_by(node), Choice::of(node));
    let algorithm = symmetric(&node.required(ALGORITHM.name));
    let prepare = move |event: &Event| {
        let (config, recipient) = (config.clone(), choice.key(&config, event)?);
        let work = move |plain: &[u8]| encrypt(&config, algorithm, &recipient, None, is_armored, plain);
        Ok(Box::new(work) as Work<Typed>)
    };
    Change::of(node, encryption, Box::new(prepare))
}

fn encrypt(
    config: &Config,
    algorithm: SymmetricKeyAlgorithm,
    recipient: &Named,
    signer: Option<&Named>,
    is_armored: bool,
    plain: &[u8],
) -> Result<Typed, Problem> {
    let failed = |e: pgp::errors::Error| encryption(format!("the content cannot be encrypted: {e}"));
    let mut message = MessageBuilder::from_bytes("", plain.to_vec()).seipd_v1(OsRng, algorithm);
    message.compression(CompressionAlgorithm::ZIP);
    match config.public.recipient(recipient)? {
        Recipient::Primary(key) => message.encrypt_to_key(OsRng, &key),
        Recipient::Sub(key) => message.encrypt_to_key(OsRng, &key),
    }
    .map_err(failed)?;
    if let Some(signer) = signer {
        message.sign(config.private.signer(signer)?.key(), signer.password(), HashAlgorithm::Sha256);
    }
    match is_armored {
        true => message.to_armored_string(OsRng, ArmorOptions::default()).map(armored),
        false => message.to_vec(OsRng).map(octets),
    }
    .map_err(failed)
}

fn symmetric(name: &str) -> SymmetricKeyAlgorithm {
    match name {
        "IDEA" => SymmetricKeyAlgorithm::IDEA,
        "TRIPLE_DES" => SymmetricKeyAlgorithm::TripleDES,
        "CAST5" => SymmetricKeyAlgorithm::CAST5,
        "BLOWFISH" => SymmetricKeyAlgorithm::Blowfish,
        "AES_128" => SymmetricKeyAlgorithm::AES128,
        "AES_192" => SymmetricKeyAlgorithm::AES192,
        "TWOFISH" => SymmetricKeyAlgorithm::Twofish,
        "CAMELLIA_128" => SymmetricKeyAlgorithm::Camellia128,
        "CAMELLIA_192" => SymmetricKeyAlgorithm::Camellia192,
        "CAMELLIA_256" => SymmetricKeyAlgorithm::Camellia256,
        _ => SymmetricKeyAlgorithm::AES256,
    }
}
