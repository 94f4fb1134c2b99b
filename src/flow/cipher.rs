//! Block ciphers in their modes, under the names that Java's cryptography extension gives them.

use aes::cipher::{Block, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use std::sync::Arc;

/// A block cipher with its key, in a mode.
pub struct Cipher {
    blocks: Blocks,
    mode: Mode,
}

/// How the blocks of a text hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Each is mixed with the encrypted one before it.
    Cbc,
    /// Each is mixed with the encrypted form of the encrypted one before it.
    Cfb,
    /// Each is mixed with an encrypted counter.
    Ctr,
    /// Not at all.
    Ecb,
    /// Each is mixed with what a repeated encryption gives.
    Ofb,
}

/// Why there is no cipher.
#[derive(Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The algorithm is none of those that are here.
    Algorithm,
    /// A key of this algorithm has so many bytes.
    KeyLength(&'static str),
}

/// Changes one block in place.
type OneBlock = Box<dyn Fn(&mut [u8]) + Send + Sync>;

/// What encrypts and decrypts a block.
struct Blocks {
    size: usize,
    encrypt: OneBlock,
    decrypt: OneBlock,
}

/// The largest block, in bytes.
const LARGEST: usize = 16;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Encrypt,
    Decrypt,
}

impl Mode {
    /// The mode of this name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        match name.to_ascii_uppercase().as_str() {
            "CBC" => Some(Self::Cbc),
            "CFB" => Some(Self::Cfb),
            "CTR" => Some(Self::Ctr),
            "ECB" => Some(Self::Ecb),
            "OFB" => Some(Self::Ofb),
            _ => None,
        }
    }

    /// Whether it makes of a block cipher one that takes any number of bytes.
    pub fn is_stream(self) -> bool {
        matches!(self, Self::Cfb | Self::Ctr | Self::Ofb)
    }
}

impl Cipher {
    /// The cipher of an algorithm.
    ///
    /// # Errors
    /// An algorithm that is not here, a key of another length than it takes.
    pub fn new(algorithm: &str, mode: Mode, key: &[u8]) -> Result<Self, Unfit> {
        let algorithm = algorithm.to_ascii_uppercase();
        let blocks = match (algorithm.as_str(), key.len()) {
            ("AES" | "RIJNDAEL", 16) => blocks::<aes::Aes128>(key),
            ("AES" | "RIJNDAEL", 24) => blocks::<aes::Aes192>(key),
            ("AES" | "RIJNDAEL", _) => blocks::<aes::Aes256>(key),
            ("BLOWFISH", _) => blocks::<blowfish::Blowfish>(&repeated(key)),
            ("DES", _) => blocks::<des::Des>(key),
            ("DESEDE", _) => blocks::<des::TdesEde3>(key),
            ("RC2", _) => blocks::<rc2::Rc2>(key),
            _ => return Err(Unfit::Algorithm),
        };
        let wanted = match algorithm.as_str() {
            "AES" | "RIJNDAEL" => "16, 24 or 32",
            "DES" => "8",
            "DESEDE" => "24",
            "BLOWFISH" => "1 to 56",
            _ => "1 to 128",
        };
        Ok(Self { blocks: blocks.ok_or(Unfit::KeyLength(wanted))?, mode })
    }

    /// RC2 with a key of which only so many bits count.
    pub fn rc2(key: &[u8], bits: usize) -> Self {
        Self { blocks: of_cipher(rc2::Rc2::new_with_eff_key_len(key, bits)), mode: Mode::Cbc }
    }

    /// How many bytes a block has, and an initialisation vector in modes that take one.
    pub fn block_size(&self) -> usize {
        self.blocks.size
    }

    /// The text, encrypted. Padding makes it a whole number of blocks.
    pub fn encrypt(&self, iv: &[u8], plain: &[u8], is_padded: bool) -> Option<Vec<u8>> {
        let mut bytes = plain.to_vec();
        if is_padded {
            let size = self.block_size();
            let count = size - plain.len() % size;
            bytes.resize(plain.len() + count, u8::try_from(count).ok()?);
        }
        self.run(Direction::Encrypt, iv, bytes)
    }

    /// The text, decrypted; `None` where its length or its padding is not right: the key is another one.
    pub fn decrypt(&self, iv: &[u8], encrypted: &[u8], is_padded: bool) -> Option<Vec<u8>> {
        let size = self.block_size();
        if is_padded && (encrypted.is_empty() || !encrypted.len().is_multiple_of(size)) {
            return None;
        }
        let plain = self.run(Direction::Decrypt, iv, encrypted.to_vec())?;
        if is_padded { unpadded(plain, size) } else { Some(plain) }
    }

    /// `None` for an initialisation vector of another length than a block's, and for a part of a block where the mode takes
    /// whole ones.
    fn run(&self, direction: Direction, iv: &[u8], mut bytes: Vec<u8>) -> Option<Vec<u8>> {
        let size = self.block_size();
        let mut state = [0; LARGEST];
        let state = state.get_mut(..size)?;
        if self.mode != Mode::Ecb {
            (iv.len() == size).then(|| state.copy_from_slice(iv))?;
        }
        if !self.mode.is_stream() && !bytes.len().is_multiple_of(size) {
            return None;
        }
        bytes.chunks_mut(size).for_each(|block| self.step(direction, state, block));
        Some(bytes)
    }

    /// Changes a block; the state is what comes to it from the blocks before.
    fn step(&self, direction: Direction, state: &mut [u8], block: &mut [u8]) {
        let Blocks { encrypt, decrypt, .. } = &self.blocks;
        match (self.mode, direction) {
            (Mode::Ecb, Direction::Encrypt) => encrypt(block),
            (Mode::Ecb, Direction::Decrypt) => decrypt(block),
            (Mode::Cbc, Direction::Encrypt) => {
                mix(block, state);
                encrypt(block);
                state.copy_from_slice(block);
            }
            (Mode::Cbc, Direction::Decrypt) => {
                let mut encrypted = [0; LARGEST];
                encrypted[..block.len()].copy_from_slice(block);
                decrypt(block);
                mix(block, state);
                state.copy_from_slice(&encrypted[..block.len()]);
            }
            (Mode::Cfb, _) => {
                encrypt(state);
                for (known, byte) in state.iter_mut().zip(block) {
                    let before = *byte;
                    *byte ^= *known;
                    *known = if direction == Direction::Encrypt { *byte } else { before };
                }
            }
            (Mode::Ofb, _) => {
                encrypt(state);
                mix(block, state);
            }
            (Mode::Ctr, _) => {
                let mut stream = [0; LARGEST];
                stream[..state.len()].copy_from_slice(state);
                encrypt(&mut stream[..state.len()]);
                mix(block, &stream);
                count_up(state);
            }
        }
    }
}

fn mix(block: &mut [u8], other: &[u8]) {
    block.iter_mut().zip(other).for_each(|(a, b)| *a ^= b);
}

/// Adds one to a number of bytes, the last of which counts least.
fn count_up(counter: &mut [u8]) {
    for byte in counter.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            return;
        }
    }
}

/// Without the padding at the end: as many bytes as each of them says.
fn unpadded(mut plain: Vec<u8>, size: usize) -> Option<Vec<u8>> {
    let count = usize::from(*plain.last()?);
    let kept = plain.len().checked_sub(count)?;
    let fits = (1..=size).contains(&count) && plain[kept..].iter().all(|b| usize::from(*b) == count);
    plain.truncate(kept);
    fits.then_some(plain)
}

/// A key of Blowfish, which goes through its bytes again and again: one that is shorter than the crate takes, repeated.
fn repeated(key: &[u8]) -> Vec<u8> {
    const LEAST: usize = 4;
    if key.len() < LEAST { key.repeat(LEAST) } else { key.to_vec() }
}

fn blocks<C>(key: &[u8]) -> Option<Blocks>
where
    C: KeyInit + BlockCipherEncrypt + BlockCipherDecrypt + Send + Sync + 'static,
{
    C::new_from_slice(key).ok().map(of_cipher)
}

fn of_cipher<C>(cipher: C) -> Blocks
where
    C: BlockCipherEncrypt + BlockCipherDecrypt + Send + Sync + 'static,
{
    let cipher = Arc::new(cipher);
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
    Blocks { size: C::block_size(), encrypt: Box::new(encrypt), decrypt: Box::new(decrypt) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"0123456789abcdef01234567";
    const IV: &[u8] = b"abcdefghijklmnop";

    /// What `openssl enc -K … -iv …` makes of the text.
    #[test]
    fn texts_are_encrypted_as_openssl_does() {
        for (algorithm, mode, length, is_padded, want) in [
            ("AES", Mode::Cbc, 16, true, "a26fc646f0c0550f6d8d8c1cf1600b6d17dcb8b1bef5e2ba6df1b16c758bb261"),
            ("AES", Mode::Cfb, 16, false, "e44209953d6a572f8d0666728391dc10eb3313d792d5e9d7393f6134f4"),
            ("AES", Mode::Ctr, 24, false, "590afa41214b9b4bf547ebe079dcbb48f3e997a4dd1f10d72534e0ef0c"),
            ("AES", Mode::Ecb, 16, true, "da68f772f8e1076d5684d82ee486a94b78548bc25c661c7753141b7d4c92157a"),
            ("AES", Mode::Ofb, 16, false, "e44209953d6a572f8d0666728391dc1091b925be700c59158de5b14915"),
            ("Blowfish", Mode::Cbc, 16, true, "fa481b94b270eeaa5d40c91fdfc6311dbeb802f3215457dcd46eac4800e15d3e"),
            ("DES", Mode::Cbc, 8, true, "4b01b22da71d63675e0f010eef952cb631e570e3fd500d3f502d7aa7294e8288"),
            ("DESede", Mode::Cbc, 24, true, "2d6e56f0f956d71082fbb579b48556dc527c88ae4f235d0c1fd5e708f4c030b4"),
            ("RC2", Mode::Cbc, 16, true, "00631f086c0c46c7f4a0b06e8fdfafff4cffdb2431143de9510566f7edbaba6c"),
        ] {
            let cipher = Cipher::new(algorithm, mode, &KEY[..length]).unwrap();
            let iv = &IV[..cipher.block_size()];
            let found = cipher.encrypt(iv, b"a text of more than one block", is_padded).unwrap();
            let hexadecimal: String = found.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hexadecimal, want, "{algorithm} {mode:?}");
            assert_eq!(cipher.decrypt(iv, &found, is_padded).unwrap(), b"a text of more than one block");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(Cipher::new("AES", Mode::Cbc, b"short").err(), Some(Unfit::KeyLength("16, 24 or 32")));
        assert_eq!(Cipher::new("Camellia", Mode::Cbc, KEY).err(), Some(Unfit::Algorithm));
        let cipher = Cipher::new("AES", Mode::Cbc, &KEY[..16]).unwrap();
        assert_eq!(cipher.encrypt(b"short", b"text", true), None);
        assert_eq!(cipher.encrypt(IV, b"part of a block", false), None);
        assert_eq!(cipher.decrypt(IV, b"", true), None);
        assert_eq!(cipher.decrypt(IV, IV, true), None);
    }
}
