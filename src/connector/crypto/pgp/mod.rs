//! PGP: messages and detached signatures, with the keys of key rings.

mod armor;
mod config;
mod decrypt;
mod encrypt;
mod ring;
mod sign;
#[cfg(test)]
pub mod tests;
mod validate;

pub use armor::TO_ARMORED;
pub use config::CONFIG;
pub use decrypt::DECRYPT;
pub use encrypt::{ENCRYPT, ENCRYPT_AND_SIGN, ENCRYPT_BINARY};
pub use sign::{SIGN, SIGN_BINARY};
pub use validate::VALIDATE;
