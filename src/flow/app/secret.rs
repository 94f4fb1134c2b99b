//! Encrypted properties: `![…]`, as the vendor's Secure Properties Tool writes them.

use crate::diag::{Code, Fault};
use aes::cipher::{Block, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;

/// A key with the way it is used.
pub(super) struct Cipher {
    algorithm: String,
    mode: Mode,
    key: Vec<u8>,
    blocks: Blocks,
    random_ivs: bool,
}

/// How the blocks of a text hang together.
#[derive(Clone, Copy, Debug)]
enum Mode {
    Cbc,
    Cfb,
    Ecb,
    Ofb,
}

/// Changes one block in place.
type OneBlock = Box<dyn Fn(&mut [u8])>;

/// A block cipher with its key.
struct Blocks {
    size: usize,
    encrypt: OneBlock,
    decrypt: OneBlock,
}

impl Cipher {
    /// A cipher by its names.
    ///
    /// # Errors
    /// An algorithm or a mode that is not there; a key that does not fit.
    pub(super) fn new(algorithm: &str, mode: &str, key: &str) -> Result<Self, Fault> {
        let mode = match mode.to_ascii_uppercase().as_str() {
            "CBC" => Mode::Cbc,
            "CFB" => Mode::Cfb,
            "ECB" => Mode::Ecb,
            "OFB" => Mode::Ofb,
            other => return Err(unsupported("mode", other, "CBC, CFB, ECB and OFB")),
        };
        let bytes = key.as_bytes();
        let blocks = match (algorithm.to_ascii_uppercase().as_str(), bytes.len()) {
            ("AES" | "RIJNDAEL", 16) => blocks::<aes::Aes128>(bytes),
            ("AES" | "RIJNDAEL", 24) => blocks::<aes::Aes192>(bytes),
            ("AES" | "RIJNDAEL", _) => blocks::<aes::Aes256>(bytes),
            ("BLOWFISH", _) => blocks::<blowfish::Blowfish>(bytes),
            ("DES", _) => blocks::<des::Des>(bytes),
            ("DESEDE", _) => blocks::<des::TdesEde3>(bytes),
            ("RC2", _) => blocks::<rc2::Rc2>(bytes),
            _ => return Err(unsupported("algorithm", algorithm, "AES, Blowfish, DES, DESede and RC2")),
        };
        let blocks = blocks.filter(|blocks| bytes.len() >= blocks.size || matches!(mode, Mode::Ecb));
        let blocks = blocks.ok_or_else(|| wrong_length(algorithm, bytes.len()))?;
        Ok(Self { algorithm: algorithm.to_string(), mode, key: bytes.to_vec(), blocks, random_ivs: false })
    }

    /// Says whether each text has an initialisation vector of its own, which stands before it.
    pub(super) fn with_random_ivs(mut self, random_ivs: bool) -> Self {
        self.random_ivs = random_ivs;
        self
    }

    /// The value of a property: decrypted where it stands in `![…]`.
    ///
    /// # Errors
    /// A text that this key does not open.
    pub(super) fn property(&self, name: &str, value: String) -> Result<String, Fault> {
        let inner = value.trim().strip_prefix("![").and_then(|rest| rest.strip_suffix(']'));
        let Some(inner) = inner else { return Ok(value) };
        let bytes = STANDARD.decode(inner.trim()).ok();
        let text = bytes.and_then(|bytes| self.decrypt(&bytes)).and_then(|bytes| String::from_utf8(bytes).ok());
        text.ok_or_else(|| self.locked(&format!("the property `{name}`")))
    }

    /// The content of a file that is encrypted as a whole.
    ///
    /// # Errors
    /// A file that this key does not open.
    pub(super) fn file(&self, name: &str, content: &[u8]) -> Result<Vec<u8>, Fault> {
        let decoded = STANDARD.decode(content.trim_ascii()).ok();
        let plain = self.decrypt(decoded.as_deref().unwrap_or(content));
        plain.ok_or_else(|| self.locked(&format!("the file `{name}`")))
    }

    fn locked(&self, what: &str) -> Fault {
        let message = format!("{what} cannot be decrypted with {}/{:?}", self.algorithm, self.mode);
        Fault::new(Code::Configuration, message)
            .help("`key`, `algorithm` and `mode` have to be those it was encrypted with")
    }

    /// `None` where the padding is not right: the key is another one.
    fn decrypt(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let size = self.blocks.size;
        let (iv, bytes) = match (self.mode, self.random_ivs) {
            (Mode::Ecb, _) => (&[][..], bytes),
            (_, true) => bytes.split_at_checked(size)?,
            (_, false) => (self.key.get(..size)?, bytes),
        };
        if bytes.is_empty() || !bytes.len().is_multiple_of(size) {
            return None;
        }
        let mut plain = Vec::with_capacity(bytes.len());
        let mut before = iv.to_vec();
        for block in bytes.chunks(size) {
            let mut out = block.to_vec();
            match self.mode {
                Mode::Ecb => (self.blocks.decrypt)(&mut out),
                Mode::Cbc => {
                    (self.blocks.decrypt)(&mut out);
                    mix(&mut out, &before);
                    before = block.to_vec();
                }
                Mode::Cfb => {
                    (self.blocks.encrypt)(&mut before);
                    mix(&mut out, &before);
                    before = block.to_vec();
                }
                Mode::Ofb => {
                    (self.blocks.encrypt)(&mut before);
                    mix(&mut out, &before);
                }
            }
            plain.extend(out);
        }
        unpadded(plain, size)
    }
}

fn mix(block: &mut [u8], other: &[u8]) {
    block.iter_mut().zip(other).for_each(|(a, b)| *a ^= b);
}

/// Without the padding at the end: as many bytes as each of them says.
fn unpadded(mut plain: Vec<u8>, size: usize) -> Option<Vec<u8>> {
    let count = usize::from(*plain.last()?);
    let kept = plain.len().checked_sub(count)?;
    let fits = (1..=size).contains(&count) && plain[kept..].iter().all(|b| usize::from(*b) == count);
    plain.truncate(kept);
    fits.then_some(plain)
}

fn blocks<C>(key: &[u8]) -> Option<Blocks>
where
    C: KeyInit + BlockCipherEncrypt + BlockCipherDecrypt + 'static,
{
    let cipher = Arc::new(C::new_from_slice(key).ok()?);
    let other = cipher.clone();
    let encrypt = move |bytes: &mut [u8]| {
        if let Ok(block) = <&mut Block<C>>::try_from(bytes) {
            cipher.encrypt_block(block);
        }
    };
    let decrypt = move |bytes: &mut [u8]| {
        if let Ok(block) = <&mut Block<C>>::try_from(bytes) {
            other.decrypt_block(block);
        }
    };
    Some(Blocks { size: C::block_size(), encrypt: Box::new(encrypt), decrypt: Box::new(decrypt) })
}

fn unsupported(what: &str, name: &str, known: &str) -> Fault {
    let message = format!("the {what} `{name}` of secure properties is not supported");
    Fault::new(Code::Configuration, message).help(format!("{known} are"))
}

fn wrong_length(algorithm: &str, length: usize) -> Fault {
    let wanted = match algorithm.to_ascii_uppercase().as_str() {
        "AES" | "RIJNDAEL" => "16, 24 or 32",
        "DES" => "8",
        "DESEDE" => "24",
        "BLOWFISH" => "8 to 56",
        _ => "8 to 128",
    };
    let message = format!("a key for {algorithm} has {wanted} characters, not {length}");
    Fault::new(Code::Configuration, message).help("is the property set that `key` names?")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(algorithm: &str, mode: &str, key: &str, text: &str) -> Result<String, Fault> {
        Cipher::new(algorithm, mode, key)?.property("p", format!("![{text}]"))
    }

    /// Values that the vendor's pages print.
    #[test]
    fn the_vendors_tool_is_understood() {
        for (text, want) in [
            ("8q5e1+jy0cND2iV2WPThahmz6XsDwB6Z", "some value to encrypt"),
            ("qCReIPK3jcqD7WR84ISSIQ==", "Muleman is here"),
            ("En8lII21ZHrdIaINw0+mSA==", "Max the mule"),
        ] {
            assert_eq!(opened("Blowfish", "CBC", "mulesoft", text).unwrap(), want);
        }
        assert_eq!(
            Cipher::new("AES", "CBC", "0123456789abcdef").unwrap().property("p", "open".into()).unwrap(),
            "open"
        );
    }

    /// Values encrypted by `openssl enc`, the vector being the first bytes of the key.
    #[test]
    fn other_algorithms_and_modes() {
        let key = "0123456789abcdef0123456789abcdef";
        for (algorithm, mode, length, text) in [
            ("AES", "CBC", 16, "RojwPWZgAYkQ+OfKKXtgs7qcTydFX2nLlQ5tSkZTr3E="),
            ("AES", "CBC", 24, "QmLb4wYBOiiKyZw9Do3OpqGbGMofJUSkjDCEwOBMf+U="),
            ("AES", "CBC", 32, "8e81trf9H4VB1qTILhuN/DNrarBF8lAbpNUmeZqVt9M="),
            ("AES", "ECB", 16, "9prJBDPgnbql2wjb9mRDxZX6ccxVE2qRvQyGiA4c9rg="),
            ("AES", "CFB", 16, "BhobqG25nnNl0zgeGGXAAKON8nX1j+dwDQmtMNSj658="),
            ("AES", "OFB", 16, "BhobqG25nnNl0zgeGGXAAEQatGXctoSax2HrE1SCsN4="),
            ("DES", "CBC", 8, "5c9zx4SUJf0mnXtdNauyFpiPr7dddzycOXf+xNIlfus="),
            ("DESede", "CBC", 24, "a+1Pvbh2HVjI8vYjDeOb9OnHVYiGzRQWiDbycCWMtB4="),
            ("RC2", "CBC", 16, "LNTzGnSPj//BNAAnfVHw9yhVTjjiRo1pcPTe+lrtGfc="),
        ] {
            assert_eq!(opened(algorithm, mode, &key[..length], text).unwrap(), "the secret value of a property");
        }
        let random = Cipher::new("AES", "CBC", &key[..16]).unwrap().with_random_ivs(true);
        let text = "![QUJDREVGR0hJSktMTU5PUC5sk02JAkG0KHnwrBQJQHQkJ67+DdKJHwrgizIIAGYB]";
        assert_eq!(random.property("p", text.into()).unwrap(), "the secret value of a property");
        let file = random.file("f", text.trim_matches(['!', '[', ']']).as_bytes()).unwrap();
        assert_eq!(file, b"the secret value of a property");
    }

    #[test]
    fn what_does_not_fit_is_told() {
        for (algorithm, mode, key, want) in [
            ("Blowfish", "CBC", "mulesofa", "the property `p` cannot be decrypted with Blowfish/Cbc"),
            ("AES", "CBC", "short", "a key for AES has 16, 24 or 32 characters, not 5"),
            ("AES", "XTS", "0123456789abcdef", "the mode `XTS` of secure properties is not supported"),
            ("Camellia", "CBC", "0123456789abcdef", "the algorithm `Camellia` of secure properties is not supported"),
        ] {
            let fault = opened(algorithm, mode, key, "8q5e1+jy0cND2iV2WPThahmz6XsDwB6Z").unwrap_err();
            assert_eq!(fault.message(), want);
        }
    }
}
