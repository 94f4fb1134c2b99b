//! Encrypted properties: `![…]`, as the vendor's Secure Properties Tool writes them.

use crate::diag::{Code, Fault};
use crate::flow::cipher::{self, Mode, Unfit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A key with the way it is used.
pub(super) struct Cipher {
    algorithm: String,
    mode: Mode,
    vector: Vec<u8>,
    cipher: cipher::Cipher,
    random_ivs: bool,
}

impl Cipher {
    /// A cipher by its names.
    ///
    /// # Errors
    /// An algorithm or a mode that is not there; a key that does not fit.
    pub(super) fn new(algorithm: &str, mode: &str, key: &str) -> Result<Self, Fault> {
        let modes = Mode::named(mode).filter(|mode| *mode != Mode::Ctr);
        let mode = modes.ok_or_else(|| unsupported("mode", mode, "CBC, CFB, ECB and OFB"))?;
        let bytes = key.as_bytes();
        let cipher = cipher::Cipher::new(algorithm, mode, bytes).map_err(|unfit| match unfit {
            Unfit::Algorithm => unsupported("algorithm", algorithm, "AES, Blowfish, DES, DESede and RC2"),
            Unfit::KeyLength(wanted) => wrong_length(algorithm, wanted, bytes.len()),
        })?;
        let mut vector = bytes.to_vec();
        vector.resize(cipher.block_size(), 0);
        Ok(Self { algorithm: algorithm.to_string(), mode, vector, cipher, random_ivs: false })
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
        let size = self.cipher.block_size();
        let (iv, bytes) = match (self.mode, self.random_ivs) {
            (Mode::Ecb, _) => (&[][..], bytes),
            (_, true) => bytes.split_at_checked(size)?,
            (_, false) => (&self.vector[..], bytes),
        };
        self.cipher.decrypt(iv, bytes, true)
    }
}

fn unsupported(what: &str, name: &str, known: &str) -> Fault {
    let message = format!("the {what} `{name}` of secure properties is not supported");
    Fault::new(Code::Configuration, message).help(format!("{known} are"))
}

fn wrong_length(algorithm: &str, wanted: &str, length: usize) -> Fault {
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
        for (key, text) in [("123456", "yC/w6w02STk="), ("1234", "kN98Q2IGP9g="), ("12", "z+ze5P803T4=")] {
            assert_eq!(opened("Blowfish", "CBC", key, text).unwrap(), "hello", "{key}");
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
