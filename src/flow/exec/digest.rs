//! Digests of content: what tells whether two messages are the same.

use crate::diag::Fault;
use crate::flow::event::Typed;
use sha1::Sha1;
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

/// A digest, as Java names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// `MD5`
    Md5,
    /// `SHA-1`
    Sha1,
    /// `SHA-224`
    Sha224,
    /// `SHA-256`
    Sha256,
    /// `SHA-384`
    Sha384,
    /// `SHA-512`
    Sha512,
}

impl Digest {
    /// The digest of this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "MD5" => Self::Md5,
            "SHA" | "SHA1" | "SHA-1" => Self::Sha1,
            "SHA-224" => Self::Sha224,
            "SHA-256" => Self::Sha256,
            "SHA-384" => Self::Sha384,
            "SHA-512" => Self::Sha512,
            _ => return None,
        })
    }

    /// The digest of content in hexadecimal digits: of its bytes, or of what they would be.
    ///
    /// # Errors
    /// A value that has no bytes.
    pub fn of(self, content: &Typed) -> Result<String, Fault> {
        let bytes = content.to_bytes()?;
        Ok(match self {
            Self::Md5 => hex(&md5::Md5::digest(&bytes)),
            Self::Sha1 => hex(&Sha1::digest(&bytes)),
            Self::Sha224 => hex(&Sha224::digest(&bytes)),
            Self::Sha256 => hex(&Sha256::digest(&bytes)),
            Self::Sha384 => hex(&Sha384::digest(&bytes)),
            Self::Sha512 => hex(&Sha512::digest(&bytes)),
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_of_content() {
        let of = |name, text| Digest::named(name).unwrap().of(&Typed::literal(text)).unwrap();
        assert_eq!(of("md5", "a"), "0cc175b9c0f1b6a831c399e269772661");
        assert!(of("SHA-256", "").starts_with("e3b0c44298fc1c14"));
        assert_eq!(Digest::named("SHA-3"), None);
    }
}
