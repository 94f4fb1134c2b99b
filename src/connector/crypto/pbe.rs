//! Encryption and signatures with a password: the key is made of it, by the schemes of PKCS 5 and PKCS 12.

use super::hash::{Keyed, hash, keyed};
use super::problem::{decryption, encryption, signature};
use super::rsa::random;
use super::transformation::rc4;
use crate::connector::apart::Problem;
use crate::flow::cipher::{Cipher, Mode};
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};

/// The algorithms of encryption that an operation may name.
pub const ENCRYPTIONS: &[&str] = &[
    "PBEWithMD5AndDES",
    "PBEWithMD5AndTripleDES",
    "PBEWithSHA1AndDESede",
    "PBEWithSHA1AndRC2_40",
    "PBEWithSHA1AndRC2_128",
    "PBEWithSHA1AndRC4_40",
    "PBEWithSHA1AndRC4_128",
    "PBEWithHmacSHA1AndAES_128",
    "PBEWithHmacSHA224AndAES_128",
    "PBEWithHmacSHA256AndAES_128",
    "PBEWithHmacSHA384AndAES_128",
    "PBEWithHmacSHA512AndAES_128",
    "PBEWithHmacSHA1AndAES_256",
    "PBEWithHmacSHA224AndAES_256",
    "PBEWithHmacSHA256AndAES_256",
    "PBEWithHmacSHA384AndAES_256",
    "PBEWithHmacSHA512AndAES_256",
];

/// The algorithms of signatures that an operation may name.
pub const SIGNATURES: &[&str] = &[
    "HmacPBESHA1",
    "PBEWithHmacSHA1",
    "PBEWithHmacSHA224",
    "PBEWithHmacSHA256",
    "PBEWithHmacSHA384",
    "PBEWithHmacSHA512",
];

/// What signatures take with the password. They have to be the same on both sides, and stand nowhere in the signature.
const SIGNATURE_SALT: &[u8] = b"crypto:jce-sign-pbe";
const SIGNATURE_ROUNDS: u32 = 20;

/// How a key is made of a password, and for which cipher.
#[derive(Clone, Copy, Debug)]
enum Scheme {
    /// PKCS 5, version 1.5: MD5 and DES.
    Des,
    /// The same for triple DES, as Java does it.
    TripleDes,
    /// PKCS 12 with SHA-1.
    Pkcs12(Old),
    /// PKCS 5, version 2: a keyed hash, and AES with a key of so many bytes.
    Aes(&'static str, usize),
}

/// The ciphers of PKCS 12.
#[derive(Clone, Copy, Debug)]
enum Old {
    DesEde,
    /// With a key of so many bytes.
    Rc2(usize),
    Rc4(usize),
}

/// A cipher whose key was made of a password.
enum Made {
    /// A block cipher with its vector.
    Blocks(Cipher, Vec<u8>),
    /// RC4 with this key.
    Rc4(Vec<u8>),
}

impl Scheme {
    fn named(name: &str) -> Option<Self> {
        let name = ENCRYPTIONS.iter().find(|known| known.eq_ignore_ascii_case(name))?;
        Some(match *name {
            "PBEWithMD5AndDES" => Self::Des,
            "PBEWithMD5AndTripleDES" => Self::TripleDes,
            "PBEWithSHA1AndDESede" => Self::Pkcs12(Old::DesEde),
            "PBEWithSHA1AndRC2_40" => Self::Pkcs12(Old::Rc2(5)),
            "PBEWithSHA1AndRC2_128" => Self::Pkcs12(Old::Rc2(16)),
            "PBEWithSHA1AndRC4_40" => Self::Pkcs12(Old::Rc4(5)),
            "PBEWithSHA1AndRC4_128" => Self::Pkcs12(Old::Rc4(16)),
            other => {
                let (hash, cipher) = other.strip_prefix("PBEWithHmac")?.split_once("And")?;
                Self::Aes(hash, if cipher == "AES_128" { 16 } else { 32 })
            }
        })
    }

    /// How many bytes of salt and of initialisation vector stand before the text, and how often the password is hashed:
    /// what Java does where nothing is said.
    fn layout(self) -> (usize, usize, u32) {
        match self {
            Self::Des | Self::TripleDes => (8, 0, 10),
            Self::Pkcs12(_) => (20, 0, 1024),
            Self::Aes(..) => (20, 16, 4096),
        }
    }

    /// The cipher; `None` for a password that the scheme does not take.
    fn made(self, password: &str, salt: &[u8], iv: &[u8], rounds: u32) -> Option<Made> {
        let of_pkcs12 = |kind, length| {
            let rounds = i32::try_from(rounds).ok()?;
            derive_key_utf8::<sha1::Sha1>(password, salt, kind, rounds, length).ok()
        };
        let blocks = |algorithm, key: &[u8], iv: &[u8]| {
            let cipher = Cipher::new(algorithm, Mode::Cbc, key).ok()?;
            Some(Made::Blocks(cipher, iv.to_vec()))
        };
        match self {
            Self::Des => {
                let made = repeated(password, salt, rounds, false)?;
                blocks("DES", made.get(..8)?, made.get(8..16)?)
            }
            Self::TripleDes => {
                let (first, second) = salt.split_at_checked(4)?;
                let made =
                    [repeated(password, first, rounds, true)?, repeated(password, second, rounds, true)?].concat();
                blocks("DESede", made.get(..24)?, made.get(24..32)?)
            }
            Self::Pkcs12(Old::DesEde) => {
                let key = of_pkcs12(Pkcs12KeyType::EncryptionKey, 24)?;
                blocks("DESede", &key, &of_pkcs12(Pkcs12KeyType::Iv, 8)?)
            }
            Self::Pkcs12(Old::Rc2(length)) => {
                let key = of_pkcs12(Pkcs12KeyType::EncryptionKey, length)?;
                Some(Made::Blocks(Cipher::rc2(&key, length * 8), of_pkcs12(Pkcs12KeyType::Iv, 8)?))
            }
            Self::Pkcs12(Old::Rc4(length)) => Some(Made::Rc4(of_pkcs12(Pkcs12KeyType::EncryptionKey, length)?)),
            Self::Aes(hash, length) => blocks("AES", &pbkdf2(hash, password, salt, rounds, length)?, iv),
        }
    }
}

/// The password and the salt, hashed again and again with MD5; with the password each time, as Java does it for triple DES.
fn repeated(password: &str, salt: &[u8], rounds: u32, with_password: bool) -> Option<Vec<u8>> {
    let salted = |salt: &[u8]| match with_password {
        true => [salt, password.as_bytes()].concat(),
        false => salt.to_vec(),
    };
    let start = if with_password { salt.to_vec() } else { [password.as_bytes(), salt].concat() };
    (0..rounds).try_fold(start, |made, _| hash("MD5", &salted(&made)))
}

/// A key of so many bytes by PBKDF2.
fn pbkdf2(hash: &str, password: &str, salt: &[u8], rounds: u32, length: usize) -> Option<Vec<u8>> {
    let mac = keyed(hash, password.as_bytes())?;
    let mut key = Vec::with_capacity(length);
    for number in 1_u32.. {
        if key.len() >= length {
            break;
        }
        key.extend(pbkdf2_block(&*mac, salt, number, rounds));
    }
    key.truncate(length);
    Some(key)
}

fn pbkdf2_block(mac: &dyn Keyed, salt: &[u8], number: u32, rounds: u32) -> Vec<u8> {
    let mut last = mac.of(&[salt, &number.to_be_bytes()].concat());
    let mut block = last.clone();
    for _ in 1..rounds {
        last = mac.of(&last);
        block.iter_mut().zip(&last).for_each(|(a, b)| *a ^= b);
    }
    block
}

/// A text encrypted: the salt, the initialisation vector where the scheme does not make one, and the text.
///
/// # Errors
/// `CRYPTO:ENCRYPTION` for an unknown algorithm or a password that it does not take.
pub fn encrypt(algorithm: &str, password: &str, plain: &[u8]) -> Result<Vec<u8>, Problem> {
    let scheme = Scheme::named(algorithm).ok_or_else(|| encryption(unknown(algorithm)))?;
    let (salt, iv, rounds) = scheme.layout();
    let (salt, iv) = (random(salt).map_err(encryption)?, random(iv).map_err(encryption)?);
    let encrypted = scheme.made(password, &salt, &iv, rounds).and_then(|made| match made {
        Made::Blocks(cipher, iv) => cipher.encrypt(&iv, plain, true),
        Made::Rc4(key) => rc4(&key, plain),
    });
    Ok([salt, iv, encrypted.ok_or_else(|| encryption(unfit(algorithm)))?].concat())
}

/// A text decrypted that [`encrypt`] made.
///
/// # Errors
/// `CRYPTO:DECRYPTION` for another password, algorithm or layout.
pub fn decrypt(algorithm: &str, password: &str, encrypted: &[u8]) -> Result<Vec<u8>, Problem> {
    let scheme = Scheme::named(algorithm).ok_or_else(|| decryption(unknown(algorithm)))?;
    let (salt, iv, rounds) = scheme.layout();
    let plain = || {
        let (salt, rest) = encrypted.split_at_checked(salt)?;
        let (iv, text) = rest.split_at_checked(iv)?;
        match scheme.made(password, salt, iv, rounds)? {
            Made::Blocks(cipher, iv) => cipher.decrypt(&iv, text, true),
            Made::Rc4(key) => rc4(&key, text),
        }
    };
    plain().ok_or_else(|| decryption("the text was encrypted with another password or algorithm"))
}

/// The signature of a message.
///
/// # Errors
/// `CRYPTO:SIGNATURE` for an unknown algorithm or a password that it does not take.
pub fn sign(algorithm: &str, password: &str, message: &[u8]) -> Result<Vec<u8>, Problem> {
    signed(algorithm, password, SIGNATURE_SALT, message).ok_or_else(|| signature(unfit(algorithm)))
}

fn signed(algorithm: &str, password: &str, salt: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let (name, key) = match algorithm.strip_prefix("PBEWithHmac") {
        Some(name) => (name, pbkdf2(name, password, salt, SIGNATURE_ROUNDS, hash(name, &[])?.len())?),
        None => {
            let rounds = i32::try_from(SIGNATURE_ROUNDS).ok()?;
            ("SHA1", derive_key_utf8::<sha1::Sha1>(password, salt, Pkcs12KeyType::Mac, rounds, 20).ok()?)
        }
    };
    Some(keyed(name, &key)?.of(message))
}

fn unknown(algorithm: &str) -> String {
    format!("the algorithm '{algorithm}' is not supported")
}

fn unfit(algorithm: &str) -> String {
    format!("the password does not do for {algorithm}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    const TEXT: &[u8] = b"hello, world";

    /// Texts of `openssl kdf` and `openssl enc`, with fixed salts.
    #[test]
    fn texts_of_openssl_are_opened() {
        for (algorithm, text) in [
            ("PBEWithHmacSHA1AndAES_128", "MDEyMzQ1Njc4OWFiY2RlZmdoaWoAAQIDBAUGBwgJCgsMDQ4PuscKQLhr6kOHRohSPeMpdg=="),
            ("PBEWithHmacSHA224AndAES_128", "MDEyMzQ1Njc4OWFiY2RlZmdoaWoAAQIDBAUGBwgJCgsMDQ4PnmgBIQKzMEHWicbY1cv0TA=="),
            ("PBEWithHmacSHA256AndAES_128", "MDEyMzQ1Njc4OWFiY2RlZmdoaWoAAQIDBAUGBwgJCgsMDQ4PpekqH3Ib8qMNM8rTPrb8DA=="),
            ("PBEWithHmacSHA384AndAES_256", "MDEyMzQ1Njc4OWFiY2RlZmdoaWoAAQIDBAUGBwgJCgsMDQ4PXF4F5+cLoVMvB3XNA9k9QA=="),
            ("PBEWithHmacSHA512AndAES_256", "MDEyMzQ1Njc4OWFiY2RlZmdoaWoAAQIDBAUGBwgJCgsMDQ4PP4pXSqcfqdC9ugGoew5imA=="),
            ("PBEWithSHA1AndDESede", "MDEyMzQ1Njc4OWFiY2RlZmdoaWqH/EyEfmhfI00hIIDK7YyI"),
            ("PBEWithSHA1AndRC2_128", "MDEyMzQ1Njc4OWFiY2RlZmdoaWqPuSdMMdDlSznvEeJ0BEzb"),
            ("PBEWithSHA1AndRC2_40", "MDEyMzQ1Njc4OWFiY2RlZmdoaWpflpRVhXokA3wO+3+aAWua"),
            ("PBEWithSHA1AndRC4_128", "MDEyMzQ1Njc4OWFiY2RlZmdoaWrBWZxBn4TAp/+tVuA="),
            ("PBEWithSHA1AndRC4_40", "MDEyMzQ1Njc4OWFiY2RlZmdoaWo2AQt/Ebj5tU3rJzs="),
            ("PBEWithMD5AndDES", "MDEyMzQ1NjfPwoJhicfjZVOv/3e8OXAz"),
        ] {
            let locked = STANDARD.decode(text).unwrap();
            assert_eq!(decrypt(algorithm, "secret", &locked).unwrap(), TEXT, "{algorithm}");
        }
    }

    /// Signatures of `openssl kdf` and `openssl dgst`.
    #[test]
    fn signatures_are_those_of_openssl() {
        for (algorithm, want) in [
            ("PBEWithHmacSHA1", "u1kwsuIW/+e6P+W95bxWmMvgBwo="),
            ("PBEWithHmacSHA256", "BIa31FEc+SHbhnltegmZrFdps/GOr7GpjFvm9lC7+9E="),
            (
                "PBEWithHmacSHA512",
                "aHlxvKDdndxlEA4pdMnjtL+BasiSjRl6SLwPNVQoUfTFy16cPBu/y6uNVfcloDzh+3Xfjd1lWjzMP7gI/I9F2g==",
            ),
            ("HmacPBESHA1", "BKs+8BggiEtpiNYK1AqeQDj4L78="),
        ] {
            assert_eq!(STANDARD.encode(sign(algorithm, "secret", TEXT).unwrap()), want, "{algorithm}");
        }
    }

    #[test]
    fn every_algorithm_opens_what_it_locked() {
        for algorithm in ENCRYPTIONS {
            let locked = encrypt(algorithm, "secret", TEXT).unwrap();
            assert_eq!(decrypt(algorithm, "secret", &locked).unwrap(), TEXT, "{algorithm}");
            assert_ne!(decrypt(algorithm, "other", &locked).unwrap_or_default(), TEXT, "{algorithm}");
            assert_eq!(decrypt(algorithm, "secret", b"short").unwrap_err().error_type, "CRYPTO:DECRYPTION");
        }
        for algorithm in SIGNATURES {
            let one = sign(algorithm, "secret", TEXT).unwrap();
            assert_eq!(sign(algorithm, "secret", TEXT).unwrap(), one, "{algorithm}");
            assert_ne!(sign(algorithm, "other", TEXT).unwrap(), one, "{algorithm}");
        }
    }
}
