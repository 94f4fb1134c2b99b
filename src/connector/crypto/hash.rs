//! Hashes and keyed hashes by the names that Java gives them.

use hmac::digest::Digest;
use hmac::{KeyInit, Mac, SimpleHmac};

/// The hash of a message; `None` for an unknown one.
pub fn hash(name: &str, message: &[u8]) -> Option<Vec<u8>> {
    Some(match name {
        "MD2" => md2::Md2::digest(message).to_vec(),
        "MD5" => md5::Md5::digest(message).to_vec(),
        "SHA1" => sha1::Sha1::digest(message).to_vec(),
        "SHA224" => sha2::Sha224::digest(message).to_vec(),
        "SHA256" => sha2::Sha256::digest(message).to_vec(),
        "SHA384" => sha2::Sha384::digest(message).to_vec(),
        "SHA512" => sha2::Sha512::digest(message).to_vec(),
        _ => return None,
    })
}

/// A keyed hash that can be made again and again.
pub trait Keyed {
    /// That of a message.
    fn of(&self, message: &[u8]) -> Vec<u8>;
}

impl<M: Mac + Clone> Keyed for M {
    fn of(&self, message: &[u8]) -> Vec<u8> {
        self.clone().chain_update(message).finalize().into_bytes().to_vec()
    }
}

/// The keyed hash over a hash of this name, with a key; `None` for an unknown one.
pub fn keyed(name: &str, key: &[u8]) -> Option<Box<dyn Keyed>> {
    fn made<M: Mac + KeyInit + Clone + 'static>(key: &[u8]) -> Option<Box<dyn Keyed>> {
        <M as KeyInit>::new_from_slice(key).ok().map(|mac| Box::new(mac) as Box<dyn Keyed>)
    }
    match name {
        "MD5" => made::<SimpleHmac<md5::Md5>>(key),
        "SHA1" => made::<SimpleHmac<sha1::Sha1>>(key),
        "SHA224" => made::<SimpleHmac<sha2::Sha224>>(key),
        "SHA256" => made::<SimpleHmac<sha2::Sha256>>(key),
        "SHA384" => made::<SimpleHmac<sha2::Sha384>>(key),
        "SHA512" => made::<SimpleHmac<sha2::Sha512>>(key),
        _ => None,
    }
}
