//! `crypto:pgp-decrypt`

use super::config::{CONFIG_REF, Config};
use super::ring::{Named, Ring};
use crate::connector::apart::Problem;
use crate::connector::crypto::encrypt::octets;
use crate::connector::crypto::operation::{Change, TAKES_CONTENT, Work};
use crate::connector::crypto::problem::decryption;
use crate::connector::output::{
    IN_FILE_STREAM, IN_MEMORY_STREAM, NON_REPEATABLE_STREAM, OUTPUT_ENCODING, OUTPUT_MIME_TYPE,
};
use crate::flow::event::{Event, Typed};
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use pgp::composed::{DecryptionOptions, Message, TheRing, VerificationResult};
use std::io::Read;

/// How long a message may get that is not compressed any more, in bytes.
const LONGEST: u64 = 1 << 30;

const FILE_NAME: Attribute = Attribute::new(
    "fileName",
    Kind::Value,
    "The name of the file that the message has to be, where a name stands in the message.",
);
const VALIDATES: Attribute = Attribute::default(
    "validateSignatureIfFound",
    Kind::Boolean,
    "false",
    "Whether a signature in the message has to be that of its content, by a key of the public keyring.",
);

/// `crypto:pgp-decrypt`
pub static DECRYPT: Spec = Spec {
    name: "crypto:pgp-decrypt",
    doc: "Decrypts a message, armored or not, with the key of the private keyring that it is for. What BZip2 compressed \
          is not read.",
    attributes: &[CONFIG_REF, FILE_NAME, VALIDATES, OUTPUT_MIME_TYPE, OUTPUT_ENCODING],
    parts: &[TAKES_CONTENT, NON_REPEATABLE_STREAM, IN_MEMORY_STREAM, IN_FILE_STREAM],
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:KEY", "CRYPTO:PASSPHRASE", "CRYPTO:DECRYPTION"],
    example: r#"<crypto:pgp-decrypt config-ref="rings" outputMimeType="application/json"/>"#,
    make: Make::Operation(|node| {
        let (config, file) = (Config::used_by(node), node.value(FILE_NAME.name));
        let validates = node.boolean(VALIDATES.name);
        let prepare = move |event: &Event| {
            let file = file.as_ref().map(|file| file.text(event)).transpose()?.flatten();
            let config = config.clone();
            let work = move |content: &[u8]| decrypt(&config, file.as_deref(), validates, content).map(octets);
            Ok(Box::new(work) as Work<Typed>)
        };
        Change::of(node, decryption, Box::new(prepare))
    }),
    ..Spec::NEW
};

fn failed(error: &dyn std::fmt::Display) -> Problem {
    decryption(format!("the content cannot be decrypted: {error}"))
}

fn decrypt(config: &Config, file: Option<&str>, validates: bool, content: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut message = opened(config, content)?;
    if message.is_compressed() {
        message = message.decompress().map_err(|e| failed(&e))?;
    }
    if message.is_compressed() || message.is_encrypted() {
        return Err(decryption("the message is compressed or encrypted twice"));
    }
    let named = message.literal_data_header().map(|header| String::from_utf8_lossy(header.file_name()).into_owned());
    if let (Some(file), Some(named)) = (file, named.filter(|name| !name.is_empty()))
        && file != named
    {
        return Err(decryption(format!("the message is the file '{named}', not '{file}'")));
    }
    let mut plain = Vec::new();
    let read = message.by_ref().take(LONGEST + 1).read_to_end(&mut plain).map_err(|e| failed(&e))?;
    if read as u64 > LONGEST {
        return Err(decryption(format!("the message has more than {LONGEST} bytes")));
    }
    if validates && message.is_signed() {
        validate(&message, &config.public)?;
    }
    Ok(plain)
}

fn opened<'a>(config: &Config, content: &'a [u8]) -> Result<Message<'a>, Problem> {
    let (message, _) = Message::from_reader(content).map_err(|e| failed(&e))?;
    let Message::Encrypted { esk, .. } = &message else {
        return Err(decryption("the content is no encrypted message"));
    };
    let passwords: Vec<_> = config.keys.iter().map(Named::password).collect();
    let key = config.private.opener(esk, &passwords)?;
    let ring = TheRing {
        secret_keys: vec![key],
        key_passwords: passwords.iter().collect(),
        decrypt_options: DecryptionOptions::new().enable_gnupg_aead(),
        ..TheRing::default()
    };
    message.decrypt_the_ring(ring, true).map(|(message, _)| message).map_err(|e| failed(&e))
}

fn validate(message: &Message<'_>, ring: &Ring) -> Result<(), Problem> {
    let results = message.verify_nested(&ring.verifying()).map_err(|e| failed(&e))?;
    match results.iter().any(|result| matches!(result, VerificationResult::Valid(_))) {
        true => Ok(()),
        false => {
            Err(decryption("the signature in the message is of another content, or of no key of the public keyring"))
        }
    }
}
