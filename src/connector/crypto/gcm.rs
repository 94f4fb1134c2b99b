//! AES in Galois/counter mode: the text is encrypted, and a tag after it tells whether it was changed.

use aes::cipher::consts::{U12, U16};
use aes_gcm::aead::{Aead, KeyInit, Nonce};
use aes_gcm::{Aes128Gcm, Aes256Gcm, AesGcm};

/// How many bytes an initialisation vector has.
pub const IV_SIZE: usize = 12;

/// The text encrypted, with its tag; `None` for a key of a wrong length.
pub fn encrypt(key: &[u8], iv: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    match key.len() {
        16 => encrypted::<Aes128Gcm>(key, iv, plain),
        24 => encrypted::<AesGcm<aes::Aes192, U12, U16>>(key, iv, plain),
        _ => encrypted::<Aes256Gcm>(key, iv, plain),
    }
}

/// The text decrypted; `None` for a key of a wrong length or a tag that does not fit.
pub fn decrypt(key: &[u8], iv: &[u8], encrypted: &[u8]) -> Option<Vec<u8>> {
    match key.len() {
        16 => decrypted::<Aes128Gcm>(key, iv, encrypted),
        24 => decrypted::<AesGcm<aes::Aes192, U12, U16>>(key, iv, encrypted),
        _ => decrypted::<Aes256Gcm>(key, iv, encrypted),
    }
}

fn encrypted<C: Aead + KeyInit>(key: &[u8], iv: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let nonce = <&Nonce<C>>::try_from(iv).ok()?;
    C::new_from_slice(key).ok()?.encrypt(nonce, plain).ok()
}

fn decrypted<C: Aead + KeyInit>(key: &[u8], iv: &[u8], encrypted: &[u8]) -> Option<Vec<u8>> {
    let nonce = <&Nonce<C>>::try_from(iv).ok()?;
    C::new_from_slice(key).ok()?.decrypt(nonce, encrypted).ok()
}
