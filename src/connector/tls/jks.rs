//! Java key stores (JKS): certificates, and keys that are hidden behind a stream of SHA-1 digests.

use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, PrivateKey, PrivateKeyChain};
use sha1::{Digest, Sha1};

/// How such a file begins.
pub const MAGIC: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];

const DIGEST: usize = 20;
/// What its digest begins with, after the password.
const WHITENER: &[u8] = b"Mighty Aphrodite";

/// The certificates and keys of a file. Keys with another password than this one are left out, unless none is left.
///
/// # Errors
/// What is wrong with the file, or with its passwords.
pub fn open(bytes: &[u8], password: &str, key_password: &str) -> Result<KeyStore, &'static str> {
    const CUT: &str = "it is cut off";
    let at = bytes.len().checked_sub(DIGEST).ok_or(CUT)?;
    let (content, digest) = bytes.split_at(at);
    if digest_of(&[&wide(password), WHITENER, content])[..] != *digest {
        return Err("its password is another one, or it is damaged");
    }
    let mut rest = Rest(content);
    rest.take(MAGIC.len()).ok_or(CUT)?;
    let version = rest.number().ok_or(CUT)?;
    let (mut store, mut keys, mut hidden) = (KeyStore::new(), 0, 0);
    for _ in 0..rest.number().ok_or(CUT)? {
        let (alias, entry) = rest.entry(version, key_password).ok_or(CUT)?;
        match entry {
            Some(entry @ KeyStoreEntry::PrivateKeyChain(_)) => {
                keys += 1;
                store.add_entry(&alias, entry);
            }
            Some(entry) => store.add_entry(&alias, entry),
            None => hidden += 1,
        }
    }
    if keys == 0 && hidden > 0 { Err("its keys have another password") } else { Ok(store) }
}

/// What has not been read yet.
struct Rest<'b>(&'b [u8]);

impl<'b> Rest<'b> {
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_be_bytes)
    }

    fn text(&mut self) -> Option<String> {
        let length = u16::from_be_bytes(self.take(2)?.try_into().ok()?);
        Some(String::from_utf8_lossy(self.take(length.into())?).into_owned())
    }

    fn block(&mut self) -> Option<&'b [u8]> {
        let length = self.number()?;
        self.take(usize::try_from(length).ok()?)
    }

    /// A name, and what has it: nothing where a key does not open.
    fn entry(&mut self, version: u32, password: &str) -> Option<(String, Option<KeyStoreEntry>)> {
        const KEY: u32 = 1;
        let kind = self.number()?;
        let alias = self.text()?;
        let _date = self.take(8)?;
        if kind != KEY {
            return Some((alias, Some(KeyStoreEntry::Certificate(self.certificate(version)?))));
        }
        let key = revealed(self.block()?, password).and_then(|der| PrivateKey::from_der(&der).ok());
        let count = self.number()?;
        let chain = (0..count).map(|_| self.certificate(version)).collect::<Option<Vec<_>>>()?;
        let entry = key.map(|key| KeyStoreEntry::PrivateKeyChain(PrivateKeyChain::new(alias.as_str(), key, chain)));
        Some((alias, entry))
    }

    fn certificate(&mut self, version: u32) -> Option<Certificate> {
        if version > 1 {
            let _kind = self.text()?;
        }
        Certificate::from_der(self.block()?).ok()
    }
}

/// The key behind the stream that a password makes: what is hidden stands between the stream's start and a digest of it.
fn revealed(info: &[u8], password: &str) -> Option<Vec<u8>> {
    let (start, rest) = octets(info)?.split_at_checked(DIGEST)?;
    let (hidden, check) = rest.split_at_checked(rest.len().checked_sub(DIGEST)?)?;
    let password = wide(password);
    let mut stream = start.to_vec();
    let mut plain = Vec::with_capacity(hidden.len());
    for part in hidden.chunks(DIGEST) {
        stream = digest_of(&[&password, &stream]);
        plain.extend(part.iter().zip(&stream).map(|(byte, mask)| byte ^ mask));
    }
    (digest_of(&[&password, &plain])[..] == *check).then_some(plain)
}

/// The second part of a DER sequence, behind the name of the method.
fn octets(info: &[u8]) -> Option<&[u8]> {
    let (sequence, _) = element(info)?;
    let (_method, rest) = element(sequence)?;
    element(rest).map(|(octets, _)| octets)
}

/// The content of the DER element that begins here, and what follows it.
fn element(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&length, rest) = bytes.get(1..)?.split_first()?;
    let (length, rest) = match length.checked_sub(0x80) {
        None => (usize::from(length), rest),
        Some(count) => {
            let (digits, rest) = rest.split_at_checked(count.into())?;
            (digits.iter().try_fold(0_usize, |n, digit| n.checked_mul(256)?.checked_add((*digit).into()))?, rest)
        }
    };
    rest.split_at_checked(length)
}

/// A password as Java's digests take it: two bytes a character.
fn wide(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn digest_of(parts: &[&[u8]]) -> Vec<u8> {
    let mut sha = Sha1::new();
    parts.iter().for_each(|part| sha.update(part));
    sha.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by `keytool -genkeypair -alias Desk -storetype JKS -storepass changeit -keypass secret1`.
    const STORE: &[u8] = include_bytes!("../../../tests/tls/server.jks");

    #[test]
    fn keys_open_with_their_passwords() {
        let store = open(STORE, "changeit", "secret1").unwrap();
        let (alias, chain) = store.private_key_chain().unwrap();
        assert_eq!((alias, chain.certs()[0].subject()), ("desk", "CN=localhost"));
        for (password, key, why) in [
            ("changeme", "secret1", "its password is another one, or it is damaged"),
            ("changeit", "changeit", "its keys have another password"),
        ] {
            assert_eq!(open(STORE, password, key).err(), Some(why));
        }
    }

    #[test]
    fn what_is_cut_off_is_no_store() {
        for length in 0..STORE.len() {
            assert!(open(&STORE[..length], "changeit", "secret1").is_err());
        }
    }
}
