//! Signatures by the names that Java gives their algorithms.

use super::hash::{hash, keyed};
use super::key::Key;
use super::problem::{signature, validation};
use super::rsa::randomness;
use crate::connector::apart::Problem;
use ::rsa::Pkcs1v15Sign;
use dsa::Signature;
use dsa::signature::SignatureEncoding;
use dsa::signature::hazmat::PrehashVerifier;

/// The algorithms that an operation may name.
pub const ALGORITHMS: &[&str] = &[
    "MD2withRSA",
    "MD5withRSA",
    "SHA1withRSA",
    "SHA224withRSA",
    "SHA256withRSA",
    "SHA384withRSA",
    "SHA512withRSA",
    "NONEwithDSA",
    "SHA1withDSA",
    "SHA224withDSA",
    "SHA256withDSA",
    "HmacMD5",
    "HmacSHA1",
    "HmacSHA224",
    "HmacSHA256",
    "HmacSHA384",
    "HmacSHA512",
];

/// Of what NONEwithDSA makes a signature, in bytes: of a hash by SHA-1.
const RAW: usize = 20;

/// How a signature is made.
#[derive(Clone, Copy, Debug)]
pub enum Algorithm {
    /// A hash, encrypted by RSA.
    Rsa(&'static str),
    /// A hash, signed by DSA; without one, the message is a hash.
    Dsa(Option<&'static str>),
    /// A keyed hash.
    Keyed(&'static str),
}

impl Algorithm {
    /// The algorithm of one of [`ALGORITHMS`].
    pub fn named(name: &str) -> Option<Self> {
        let name = ALGORITHMS.iter().find(|known| known.eq_ignore_ascii_case(name))?;
        Some(match (name.strip_prefix("Hmac"), name.split_once("with")) {
            (Some(hash), _) => Self::Keyed(hash),
            (None, Some((hash, "RSA"))) => Self::Rsa(hash),
            (None, Some((hash, _))) => Self::Dsa(Some(hash).filter(|hash| *hash != "NONE")),
            (None, None) => return None,
        })
    }

    /// The signature of a message.
    ///
    /// # Errors
    /// `CRYPTO:KEY`, `CRYPTO:SIGNATURE`.
    pub fn sign(self, key: &Key, message: &[u8]) -> Result<Vec<u8>, Problem> {
        match self {
            Self::Keyed(name) => {
                let keyed = keyed(name, key.secret()?).ok_or_else(|| unknown(name))?;
                Ok(keyed.of(message))
            }
            Self::Rsa(name) => {
                let mut rng = randomness().map_err(signature)?;
                let hashed = hash(name, message).ok_or_else(|| unknown(name))?;
                let signed = key.rsa()?.sign_with_rng(&mut rng, padding(name), &hashed);
                signed.map_err(|e| signature(e.to_string()))
            }
            Self::Dsa(name) => {
                let key = key.dsa()?;
                let signed = key.sign_prehashed_rfc6979::<sha2::Sha256>(&of_dsa(name, message)?);
                signed.map(|signed| signed.to_vec()).map_err(|e| signature(e.to_string()))
            }
        }
    }

    /// Whether a signature is that of a message.
    ///
    /// # Errors
    /// `CRYPTO:KEY`; `CRYPTO:VALIDATION` where it is not.
    pub fn validate(self, key: &Key, message: &[u8], expected: &[u8]) -> Result<(), Problem> {
        let holds = match self {
            Self::Keyed(_) => is_same(&self.sign(key, message)?, expected),
            Self::Rsa(name) => {
                let hashed = hash(name, message).ok_or_else(|| unknown(name))?;
                key.rsa_public()?.verify(padding(name), &hashed, expected).is_ok()
            }
            Self::Dsa(name) => {
                let hashed = of_dsa(name, message)?;
                let key = key.dsa_public()?;
                Signature::try_from(expected).is_ok_and(|signed| key.verify_prehash(&hashed, &signed).is_ok())
            }
        };
        if holds { Ok(()) } else { Err(validation("the signature is not that of the content")) }
    }
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// What DSA signs of a message.
fn of_dsa(name: Option<&str>, message: &[u8]) -> Result<Vec<u8>, Problem> {
    match name {
        Some(name) => hash(name, message).ok_or_else(|| unknown(name)),
        None if message.len() == RAW => Ok(message.to_vec()),
        None => Err(signature(format!("NONEwithDSA signs {RAW} bytes, not {}", message.len()))),
    }
}

/// How a hash becomes what RSA encrypts.
fn padding(name: &str) -> Pkcs1v15Sign {
    match name {
        "MD2" => Pkcs1v15Sign::new::<md2::Md2>(),
        "MD5" => Pkcs1v15Sign::new::<md5::Md5>(),
        "SHA1" => Pkcs1v15Sign::new::<sha1::Sha1>(),
        "SHA224" => Pkcs1v15Sign::new::<sha2::Sha224>(),
        "SHA384" => Pkcs1v15Sign::new::<sha2::Sha384>(),
        "SHA512" => Pkcs1v15Sign::new::<sha2::Sha512>(),
        _ => Pkcs1v15Sign::new::<sha2::Sha256>(),
    }
}

fn unknown(name: &str) -> Problem {
    signature(format!("there is no hash `{name}`"))
}
