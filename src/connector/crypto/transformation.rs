//! Transformations: `AES/CBC/PKCS5Padding` and what else Java calls a cipher.

use super::gcm;
use super::key::Key;
use super::problem::{decryption, encryption, parameters, unfit_key};
use super::rsa::{self, Padding, random};
use crate::connector::apart::Problem;
use crate::flow::cipher::{Cipher, Mode, Unfit};

/// What is done to a text with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transformation {
    /// A block cipher in a mode.
    Blocks { algorithm: String, mode: Mode, is_padded: bool },
    /// AES in Galois/counter mode.
    Gcm,
    /// RC4.
    Rc4,
    /// RSA in a padding.
    Rsa(Padding),
}

impl Transformation {
    /// The transformation of this name: an algorithm alone is used in mode ECB and padded.
    ///
    /// # Errors
    /// `CRYPTO:PARAMETERS` for what is not here.
    pub fn named(name: &str) -> Result<Self, Problem> {
        let unknown = || parameters(format!("the cipher '{name}' is not supported"));
        let mut parts = name.split('/').map(str::trim);
        let algorithm = parts.next().unwrap_or_default().to_ascii_uppercase();
        let (mode, padding) = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => ("ECB", None),
            (Some(mode), Some(padding), None) => (mode, Some(padding)),
            _ => return Err(unknown()),
        };
        if algorithm == "RSA" {
            let padding = Padding::named(padding.unwrap_or("PKCS1Padding")).ok_or_else(unknown)?;
            return Ok(Self::Rsa(padding));
        }
        let is_padded = match padding.unwrap_or("PKCS5Padding").to_ascii_uppercase().as_str() {
            "PKCS5PADDING" | "PKCS7PADDING" => true,
            "NOPADDING" => false,
            _ => return Err(unknown()),
        };
        match algorithm.as_str() {
            "ARCFOUR" | "RC4" => Ok(Self::Rc4),
            "AES" if mode.eq_ignore_ascii_case("GCM") && !is_padded => Ok(Self::Gcm),
            "AES" | "BLOWFISH" | "DES" | "DESEDE" | "RC2" => {
                let mode = Mode::named(mode).ok_or_else(unknown)?;
                // A counter needs no whole blocks; Java does not fill them up either.
                Ok(Self::Blocks { algorithm, mode, is_padded: is_padded && mode != Mode::Ctr })
            }
            _ => Err(unknown()),
        }
    }

    /// Refuses modes that give texts away where two of them have the same initialisation vector.
    fn check_vector(&self, random_iv: bool) -> Result<(), Problem> {
        let gives_away = matches!(self, Self::Gcm | Self::Blocks { mode: Mode::Ctr, .. });
        match gives_away && !random_iv {
            true => Err(parameters("the modes GCM and CTR are used with useRandomIVs=\"true\" only")),
            false => Ok(()),
        }
    }

    /// A text encrypted.
    ///
    /// # Errors
    /// `CRYPTO:PARAMETERS`, `CRYPTO:KEY`, `CRYPTO:ENCRYPTION`.
    pub fn encrypt(&self, key: &Key, random_iv: bool, plain: &[u8]) -> Result<Vec<u8>, Problem> {
        self.check_vector(random_iv)?;
        let prepared = match self {
            Self::Rsa(padding) => return rsa::encrypt(key, *padding, plain),
            Self::Rc4 => return rc4_with(key, plain),
            _ => self.prepare(key)?,
        };
        let made = random_iv && prepared.iv_size > 0;
        let iv = if made { random(prepared.iv_size).map_err(encryption)? } else { prepared.iv_of_key()? };
        let encrypted = match &prepared.cipher {
            Some((cipher, is_padded)) => cipher.encrypt(&iv, plain, *is_padded),
            None => gcm::encrypt(prepared.key, &iv, plain),
        };
        let encrypted = encrypted.ok_or_else(|| encryption("without padding, the text has to be whole blocks"))?;
        Ok(if made { [iv, encrypted].concat() } else { encrypted })
    }

    /// A text decrypted.
    ///
    /// # Errors
    /// `CRYPTO:PARAMETERS`, `CRYPTO:KEY`, `CRYPTO:DECRYPTION`.
    pub fn decrypt(&self, key: &Key, random_iv: bool, encrypted: &[u8]) -> Result<Vec<u8>, Problem> {
        self.check_vector(random_iv)?;
        let prepared = match self {
            Self::Rsa(padding) => return rsa::decrypt(key, *padding, encrypted),
            Self::Rc4 => return rc4_with(key, encrypted),
            _ => self.prepare(key)?,
        };
        let other = || decryption("the text was encrypted with another key, another cipher or another vector");
        let (iv, encrypted) = match random_iv {
            true => encrypted.split_at_checked(prepared.iv_size).ok_or_else(other)?,
            false => (&*prepared.iv_of_key()?, encrypted),
        };
        let plain = match &prepared.cipher {
            Some((cipher, is_padded)) => cipher.decrypt(iv, encrypted, *is_padded),
            None => gcm::decrypt(prepared.key, iv, encrypted),
        };
        plain.ok_or_else(other)
    }

    /// The transformation with a secret key that does for it.
    fn prepare<'k>(&self, key: &'k Key) -> Result<Prepared<'k>, Problem> {
        let key = key.secret()?;
        let Self::Blocks { algorithm, mode, is_padded } = self else {
            return match key.len() {
                16 | 24 | 32 => Ok(Prepared { key, cipher: None, iv_size: gcm::IV_SIZE }),
                other => Err(wrong_length("AES", "16, 24 or 32", other)),
            };
        };
        let cipher = Cipher::new(algorithm, *mode, key).map_err(|unfit| match unfit {
            Unfit::Algorithm => parameters(format!("the algorithm '{algorithm}' is not supported")),
            Unfit::KeyLength(wanted) => wrong_length(algorithm, wanted, key.len()),
        })?;
        let iv_size = if *mode == Mode::Ecb { 0 } else { cipher.block_size() };
        Ok(Prepared { key, cipher: Some((cipher, *is_padded)), iv_size })
    }
}

/// A transformation with its key.
struct Prepared<'k> {
    key: &'k [u8],
    /// The block cipher, and whether blocks are filled up; `None` for Galois/counter mode.
    cipher: Option<(Cipher, bool)>,
    iv_size: usize,
}

impl Prepared<'_> {
    /// The initialisation vector where none is made for each text: the first bytes of the key.
    fn iv_of_key(&self) -> Result<Vec<u8>, Problem> {
        let start = self.key.get(..self.iv_size).map(<[u8]>::to_vec);
        start.ok_or_else(|| unfit_key(format!("the key is shorter than a vector of {} bytes", self.iv_size)))
    }
}

fn wrong_length(algorithm: &str, wanted: &str, length: usize) -> Problem {
    unfit_key(format!("a key of {algorithm} has {wanted} bytes, not {length}"))
}

fn rc4_with(key: &Key, text: &[u8]) -> Result<Vec<u8>, Problem> {
    let key = key.secret()?;
    rc4(key, text).ok_or_else(|| wrong_length("RC4", "5 to 128", key.len()))
}

/// RC4, which encrypts and decrypts alike; `None` for a key of a wrong length.
pub fn rc4(key: &[u8], text: &[u8]) -> Option<Vec<u8>> {
    if !(5..=128).contains(&key.len()) {
        return None;
    }
    let mut state: [u8; 256] = std::array::from_fn(|at| at.to_le_bytes()[0]);
    let mut other = 0_u8;
    for at in 0..256 {
        other = other.wrapping_add(state[at]).wrapping_add(key[at % key.len()]);
        state.swap(at, usize::from(other));
    }
    let (mut at, mut other) = (0_u8, 0_u8);
    let next = |byte: &u8| {
        at = at.wrapping_add(1);
        other = other.wrapping_add(state[usize::from(at)]);
        state.swap(usize::from(at), usize::from(other));
        let sum = state[usize::from(at)].wrapping_add(state[usize::from(other)]);
        byte ^ state[usize::from(sum)]
    };
    Some(text.iter().map(next).collect())
}
