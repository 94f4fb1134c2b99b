//! RSA: encryption in the paddings that Java knows, and the randomness that it takes.

use super::key::Key;
use super::problem::{decryption, encryption};
use crate::connector::apart::Problem;
use getrandom::SysRng;
use rsa::hazmat::rsa_decrypt_and_check;
use rsa::rand_core::UnwrapErr;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Oaep, Pkcs1v15Encrypt, RsaPrivateKey};

/// How a text is filled up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    /// As PKCS 1 says in version 1.5.
    Pkcs1,
    /// With SHA-1.
    OaepSha1,
    /// With SHA-256, and SHA-1 in the mask, as Java has it.
    OaepSha256,
}

impl Padding {
    /// The padding of this name in a transformation, in any case.
    pub fn named(name: &str) -> Option<Self> {
        match name.to_ascii_uppercase().as_str() {
            "PKCS1PADDING" => Some(Self::Pkcs1),
            "OAEPPADDING" | "OAEPWITHSHA-1ANDMGF1PADDING" | "OAEPWITHSHA1ANDMGF1PADDING" => Some(Self::OaepSha1),
            "OAEPWITHSHA-256ANDMGF1PADDING" | "OAEPWITHSHA256ANDMGF1PADDING" => Some(Self::OaepSha256),
            _ => None,
        }
    }
}

/// Bytes that nobody can foresee; `Err` says why the system gives none.
pub fn random(count: usize) -> Result<Vec<u8>, String> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).map_err(|e| e.to_string())?;
    Ok(bytes)
}

/// The system's randomness, after it was seen to give some.
pub fn randomness() -> Result<UnwrapErr<SysRng>, String> {
    random(1).map(|_| UnwrapErr(SysRng))
}

/// A text encrypted with a public key.
///
/// # Errors
/// `CRYPTO:KEY`; `CRYPTO:ENCRYPTION` for a text that is longer than the key allows.
pub fn encrypt(key: &Key, padding: Padding, plain: &[u8]) -> Result<Vec<u8>, Problem> {
    let key = key.rsa_public()?;
    let mut rng = randomness().map_err(encryption)?;
    let encrypted = match padding {
        Padding::Pkcs1 => key.encrypt(&mut rng, Pkcs1v15Encrypt, plain),
        Padding::OaepSha1 => key.encrypt(&mut rng, Oaep::<sha1::Sha1>::new(), plain),
        Padding::OaepSha256 => key.encrypt(&mut rng, Oaep::<sha2::Sha256, sha1::Sha1>::new_with_mgf_hash(), plain),
    };
    encrypted.map_err(|e| encryption(format!("{e}: {} bytes with a key of {} bits", plain.len(), key.n().bits())))
}

/// A text decrypted with a private key.
///
/// # Errors
/// `CRYPTO:KEY`; `CRYPTO:DECRYPTION` for what was encrypted with another key.
pub fn decrypt(key: &Key, padding: Padding, encrypted: &[u8]) -> Result<Vec<u8>, Problem> {
    let key = key.rsa()?;
    let mut rng = randomness().map_err(decryption)?;
    let plain = match padding {
        Padding::Pkcs1 => pkcs1(&key, &mut rng, encrypted),
        Padding::OaepSha1 => key.decrypt_blinded(&mut rng, Oaep::<sha1::Sha1>::new(), encrypted).ok(),
        Padding::OaepSha256 => {
            key.decrypt_blinded(&mut rng, Oaep::<sha2::Sha256, sha1::Sha1>::new_with_mgf_hash(), encrypted).ok()
        }
    };
    plain.ok_or_else(|| decryption("the text was encrypted with another key or padding"))
}

/// A text in PKCS 1 padding. The library gives random bytes where the padding is not right; flows have to be told, as Java
/// tells them.
fn pkcs1(key: &RsaPrivateKey, rng: &mut UnwrapErr<SysRng>, encrypted: &[u8]) -> Option<Vec<u8>> {
    let number = BoxedUint::from_be_slice(encrypted, key.n().bits_precision()).ok()?;
    let block = rsa_decrypt_and_check(key, Some(rng), &number).ok()?.to_be_bytes();
    let block = &block[block.len().checked_sub(key.size())?..];
    let filled = block.strip_prefix(&[0, 2])?;
    let end = filled.iter().position(|byte| *byte == 0).filter(|end| *end >= 8)?;
    Some(filled[end + 1..].to_vec())
}
