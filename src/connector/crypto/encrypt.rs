//! `crypto:jce-encrypt`, `crypto:jce-decrypt`: with a key of the store.

use super::operation::{Change, TAKES_CONTENT, Work};
use super::problem::{decryption, encryption, parameters};
use super::store::{CONFIG_REF, Choice, KEY_ID, OWN_KEY};
use super::transformation::Transformation;
use crate::connector::output::{
    IN_FILE_STREAM, IN_MEMORY_STREAM, NON_REPEATABLE_STREAM, OUTPUT_ENCODING, OUTPUT_MIME_TYPE,
};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Typed, media};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Part, Spec};

const CIPHER: Attribute = Attribute::new(
    "cipher",
    Kind::Value,
    "Algorithm, mode and padding: AES, Blowfish, DES, DESede or RC2 in CBC, CFB, CTR, ECB or OFB with PKCS5Padding or \
     NoPadding; AES/GCM/NoPadding; RSA/ECB with PKCS1Padding, OAEPWithSHA-1AndMGF1Padding or \
     OAEPWithSHA-256AndMGF1Padding.",
);
const ALGORITHM: Attribute = Attribute::new(
    "algorithm",
    Kind::Choice(&["AES", "ARCFOUR", "Blowfish", "DES", "DESede", "RC2", "RSA"]),
    "The algorithm, in the mode that Java takes where nothing is said: ECB with PKCS5Padding, for RSA PKCS1Padding.",
);

const ATTRIBUTES: &[Attribute] = &[CONFIG_REF, CIPHER, ALGORITHM, KEY_ID, OUTPUT_MIME_TYPE, OUTPUT_ENCODING];
const PARTS: &[Part] = &[TAKES_CONTENT, OWN_KEY, NON_REPEATABLE_STREAM, IN_MEMORY_STREAM, IN_FILE_STREAM];

/// `crypto:jce-encrypt`
pub static ENCRYPT: Spec = Spec {
    name: "crypto:jce-encrypt",
    doc: "Encrypts content: with a secret key, or with the public key of RSA.",
    attributes: ATTRIBUTES,
    parts: PARTS,
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:ENCRYPTION", "CRYPTO:KEY", "CRYPTO:PASSPHRASE", "CRYPTO:PARAMETERS"],
    example: r#"<crypto:jce-encrypt config-ref="keys" keyId="orders" cipher="AES/CBC/PKCS5Padding"/>"#,
    make: Make::Operation(|node| {
        let (setting, choice) = (Setting::of(node), Choice::of(node));
        let prepare = move |event: &Event| {
            let (transformation, key) = (setting.transformation(event)?, choice.key(event)?);
            let random_iv = choice.config.random_ivs;
            let work = move |plain: &[u8]| transformation.encrypt(&key, random_iv, plain).map(octets);
            Ok(Box::new(work) as Work<Typed>)
        };
        Change::of(node, encryption, Box::new(prepare))
    }),
    ..Spec::NEW
};

/// `crypto:jce-decrypt`
pub static DECRYPT: Spec = Spec {
    name: "crypto:jce-decrypt",
    doc: "Decrypts content: with a secret key, or with the private key of RSA.",
    attributes: ATTRIBUTES,
    parts: PARTS,
    errors: &["CRYPTO:MISSING_KEY", "CRYPTO:DECRYPTION", "CRYPTO:KEY", "CRYPTO:PASSPHRASE", "CRYPTO:PARAMETERS"],
    example: r#"<crypto:jce-decrypt config-ref="keys" keyId="bank" algorithm="RSA" outputMimeType="text/plain"/>"#,
    make: Make::Operation(|node| {
        let (setting, choice) = (Setting::of(node), Choice::of(node));
        let prepare = move |event: &Event| {
            let (transformation, key) = (setting.transformation(event)?, choice.key(event)?);
            let random_iv = choice.config.random_ivs;
            let work = move |encrypted: &[u8]| transformation.decrypt(&key, random_iv, encrypted).map(octets);
            Ok(Box::new(work) as Work<Typed>)
        };
        Change::of(node, decryption, Box::new(prepare))
    }),
    ..Spec::NEW
};

/// Bytes whose type nobody knows.
pub fn octets(bytes: Vec<u8>) -> Typed {
    Typed::bytes(bytes, media("*/*"))
}

/// Which cipher an operation names.
struct Setting {
    cipher: Option<Expression>,
    algorithm: Option<String>,
}

impl Setting {
    fn of(node: &Node<'_>) -> Self {
        Self { cipher: node.value(CIPHER.name), algorithm: node.text(ALGORITHM.name) }
    }

    fn transformation(&self, event: &Event) -> Result<Transformation, Error> {
        let cipher = self.cipher.as_ref().map(|cipher| cipher.text(event)).transpose()?.flatten();
        let named = cipher.as_ref().or(self.algorithm.as_ref());
        let named = named.ok_or_else(|| parameters("the operation names neither `cipher` nor `algorithm`"));
        named.and_then(|name| Transformation::named(name)).map_err(|problem| problem.error(event))
    }
}
