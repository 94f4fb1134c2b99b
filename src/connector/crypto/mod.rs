//! The `crypto` module: encryption, signatures and checksums, as Java's cryptography extension makes them.

mod checksum;
mod encrypt;
mod encrypt_pbe;
mod gcm;
mod hash;
mod key;
mod operation;
mod pbe;
pub mod pgp;
mod problem;
mod rsa;
mod sign;
mod sign_pbe;
mod signature;
mod store;
#[cfg(test)]
pub mod tests;
mod transformation;

use crate::flow::spec::Module;

/// The module.
pub static MODULE: Module = Module {
    name: "crypto",
    doc: "Encryption, signatures and checksums, as Java's cryptography extension (JCE) makes them, and PGP. XML is not there.",
    errors: &[
        ("PARAMETERS", "MULE:ANY"),
        ("MISSING_KEY", "MULE:ANY"),
        ("KEY", "MULE:ANY"),
        ("PASSPHRASE", "MULE:ANY"),
        ("ENCRYPTION", "MULE:ANY"),
        ("DECRYPTION", "MULE:ANY"),
        ("SIGNATURE", "MULE:ANY"),
        ("CHECKSUM", "MULE:ANY"),
        ("TRANSFORMATION", "MULE:ANY"),
        ("VALIDATION", "MULE:VALIDATION"),
    ],
    functions: &[],
    components: &[
        &store::CONFIG,
        &encrypt::ENCRYPT,
        &encrypt::DECRYPT,
        &encrypt_pbe::ENCRYPT,
        &encrypt_pbe::DECRYPT,
        &sign::SIGN,
        &sign::VALIDATE,
        &sign_pbe::SIGN,
        &sign_pbe::VALIDATE,
        &checksum::CALCULATE,
        &checksum::VALIDATE,
        &pgp::CONFIG,
        &pgp::ENCRYPT,
        &pgp::ENCRYPT_BINARY,
        &pgp::ENCRYPT_AND_SIGN,
        &pgp::DECRYPT,
        &pgp::SIGN,
        &pgp::SIGN_BINARY,
        &pgp::VALIDATE,
        &pgp::TO_ARMORED,
    ],
};
