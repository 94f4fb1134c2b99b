//! The errors of the module, a constructor for each.

use crate::connector::apart::Problem;

/// `CRYPTO:PARAMETERS`: what the operation is told does not fit together.
pub fn parameters(text: impl Into<String>) -> Problem {
    Problem::new("CRYPTO:PARAMETERS", text)
}

/// `CRYPTO:MISSING_KEY`: there is no such key.
pub fn missing_key(text: impl Into<String>) -> Problem {
    Problem::new("CRYPTO:MISSING_KEY", text)
}

/// `CRYPTO:KEY`: the key does not do for the algorithm.
pub fn unfit_key(text: impl Into<String>) -> Problem {
    Problem::new("CRYPTO:KEY", text)
}

/// `CRYPTO:PASSPHRASE`: the key is locked with another password.
pub fn passphrase(text: impl Into<String>) -> Problem {
    Problem::new("CRYPTO:PASSPHRASE", text)
}

/// `CRYPTO:ENCRYPTION`
pub fn encryption(text: impl Into<String>) -> Problem {
    Problem::new("CRYPTO:ENCRYPTION", text)
}

/// `CRYPTO:DECRYPTION`
pub fn decryption(text: impl Into<String>) -> Problem {
    Problem::new("CRYPTO:DECRYPTION", text)
}

/// `CRYPTO:SIGNATURE`
pub fn signature(text: impl Into<String>) -> Problem {
    Problem::new("CRYPTO:SIGNATURE", text)
}

/// `CRYPTO:VALIDATION`: the signature or the checksum is that of something else.
pub fn validation(text: impl Into<String>) -> Problem {
    Problem::new("CRYPTO:VALIDATION", text)
}
