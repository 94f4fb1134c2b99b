//! The `crypto` module: encryption, signatures and checksums, as Java's cryptography extension makes them.

mod checksum;
mod encrypt;
mod encrypt_pbe;
mod gcm;
mod hash;
mod key;
mod operation;
mod pbe;
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
    doc: "Encryption, signatures and checksums, as Java's cryptography extension (JCE) makes them. PGP and XML are not \
          there.",
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
    ],
};
