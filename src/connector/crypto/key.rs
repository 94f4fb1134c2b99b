//! Keys of a store, of the kinds that algorithms take.

use super::problem::unfit_key;
use crate::connector::apart::Problem;
use ::rsa::pkcs8::{DecodePrivateKey, DecodePublicKey};
use ::rsa::{RsaPrivateKey, RsaPublicKey};
use dsa::{SigningKey, VerifyingKey};
use std::fmt;
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};

/// A key of a store.
#[derive(Clone)]
pub enum Key {
    /// Of who encrypts and of who decrypts.
    Secret(Vec<u8>),
    /// Of who decrypts and signs, as PKCS8.
    Private(Vec<u8>),
    /// Of who encrypts and validates: a certificate.
    Public(Vec<u8>),
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Secret(_) => "a secret key",
            Self::Private(_) => "a private key",
            Self::Public(_) => "a certificate",
        })
    }
}

impl Key {
    /// The bytes of a secret key.
    ///
    /// # Errors
    /// `CRYPTO:KEY` for any other.
    pub fn secret(&self) -> Result<&[u8], Problem> {
        match self {
            Self::Secret(bytes) => Ok(bytes),
            other => Err(unfit_key(format!("the algorithm takes a secret key, not {other:?}"))),
        }
    }

    /// The private key of RSA.
    ///
    /// # Errors
    /// `CRYPTO:KEY` for any other.
    pub fn rsa(&self) -> Result<RsaPrivateKey, Problem> {
        match self {
            Self::Private(der) => RsaPrivateKey::from_pkcs8_der(der).map_err(|_| self.is_not("a private key of RSA")),
            _ => Err(self.is_not("a private key of RSA")),
        }
    }

    /// The public key of RSA.
    ///
    /// # Errors
    /// `CRYPTO:KEY` for any other.
    pub fn rsa_public(&self) -> Result<RsaPublicKey, Problem> {
        match self {
            Self::Public(certificate) => of_certificate(certificate)
                .and_then(|der| RsaPublicKey::from_public_key_der(&der).ok())
                .ok_or_else(|| self.is_not("a public key of RSA")),
            _ => self.rsa().map(|key| key.to_public_key()),
        }
    }

    /// The private key of DSA.
    ///
    /// # Errors
    /// `CRYPTO:KEY` for any other.
    pub fn dsa(&self) -> Result<SigningKey, Problem> {
        match self {
            Self::Private(der) => SigningKey::from_pkcs8_der(der).map_err(|_| self.is_not("a private key of DSA")),
            _ => Err(self.is_not("a private key of DSA")),
        }
    }

    /// The public key of DSA.
    ///
    /// # Errors
    /// `CRYPTO:KEY` for any other.
    pub fn dsa_public(&self) -> Result<VerifyingKey, Problem> {
        match self {
            Self::Public(certificate) => of_certificate(certificate)
                .and_then(|der| VerifyingKey::from_public_key_der(&der).ok())
                .ok_or_else(|| self.is_not("a public key of DSA")),
            _ => self.dsa().map(|key| key.verifying_key().clone()),
        }
    }

    fn is_not(&self, wanted: &str) -> Problem {
        unfit_key(format!("the algorithm takes {wanted}, which the key is not: it is {self:?}"))
    }
}

/// The public key in a certificate, with what says of which algorithm it is.
fn of_certificate(der: &[u8]) -> Option<Vec<u8>> {
    let certificate = Certificate::from_der(der).ok()?;
    certificate.tbs_certificate().subject_public_key_info().to_der().ok()
}
