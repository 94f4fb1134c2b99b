//! The keys of a key ring, found by what an operation says of them.

use crate::connector::apart::Problem;
use crate::connector::crypto::problem::{decryption, missing_key, passphrase, unfit_key};
use pgp::composed::{Esk, PublicOrSecret, SignedKeyDetails, SignedPublicKey, SignedPublicSubKey, SignedSecretKey};
use pgp::crypto::public_key::PublicKeyAlgorithm;
use pgp::packet::{KeyFlags, PublicKeyEncryptedSessionKey, SecretKey, SecretSubkey, Signature, SignatureType};
use pgp::types::{KeyDetails, Password, SigningKey, VerifyingKey};

/// What is said of a key.
#[derive(Clone, Default)]
pub struct Named {
    /// What operations call it.
    pub id: String,
    /// The end of its fingerprint, in hexadecimal digits.
    pub fingerprint: Option<String>,
    /// Name and mail address of whom it belongs to.
    pub principal: Option<String>,
    /// What unlocks it.
    pub passphrase: Option<String>,
}

impl Named {
    /// What unlocks the key, an empty text for one that is not locked.
    pub fn password(&self) -> Password {
        self.passphrase.as_deref().unwrap_or_default().into()
    }

    fn is(&self, key: &impl KeyDetails) -> bool {
        let Some(wanted) = &self.fingerprint else { return false };
        let wanted: String = wanted.split_whitespace().collect();
        !wanted.is_empty() && format!("{:x}", key.fingerprint()).ends_with(&wanted.to_lowercase())
    }

    fn is_of(&self, key: &impl KeyDetails, details: &SignedKeyDetails) -> bool {
        let owner = |principal: &String| details.users.iter().any(|user| user.id.as_str() == Some(principal));
        self.is(key) || self.fingerprint.is_none() && self.principal.as_ref().is_some_and(owner)
    }

    fn cannot(&self, what: &str) -> Problem {
        unfit_key(format!("the key '{}' does not {what}", self.id))
    }

    fn missing(&self, ring: &str) -> Problem {
        missing_key(format!("the {ring} keyring has no key with the fingerprint or principal of '{}'", self.id))
    }
}

/// The keys of a file.
#[derive(Default)]
pub struct Ring {
    /// The public parts of all.
    public: Vec<SignedPublicKey>,
    secret: Vec<SignedSecretKey>,
}

/// Whom a message is for.
pub enum Recipient<'a> {
    /// The owner of a key, by the key itself.
    Primary(&'a SignedPublicKey),
    /// By one that belongs to it.
    Sub(&'a SignedPublicSubKey),
}

/// Who signs.
pub enum Signer<'a> {
    /// With the key itself.
    Primary(&'a SecretKey),
    /// With one that belongs to it.
    Sub(&'a SecretSubkey),
}

impl<'a> Signer<'a> {
    /// The key that signs.
    pub fn key(&self) -> &'a dyn SigningKey {
        match self {
            Self::Primary(key) => *key,
            Self::Sub(key) => *key,
        }
    }

    fn opens(&self, password: &Password) -> bool {
        match self {
            Self::Primary(key) => key.unlock(password, |_, _| Ok(())).is_ok(),
            Self::Sub(key) => key.unlock(password, |_, _| Ok(())).is_ok(),
        }
    }
}

impl Ring {
    /// The keys of a file, armored or not.
    ///
    /// # Errors
    /// What is no key ring.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let (keys, _) = PublicOrSecret::from_reader_many(bytes).map_err(|e| e.to_string())?;
        let mut ring = Self::default();
        for key in keys {
            match key.map_err(|e| e.to_string())? {
                PublicOrSecret::Public(key) => ring.public.push(key),
                PublicOrSecret::Secret(key) => {
                    ring.public.push(key.to_public_key());
                    ring.secret.push(key);
                }
            }
        }
        if ring.public.is_empty() { Err("it holds no key".to_string()) } else { Ok(ring) }
    }

    /// The key that a message is encrypted to.
    ///
    /// # Errors
    /// `CRYPTO:MISSING_KEY`, `CRYPTO:KEY`
    pub fn recipient(&self, named: &Named) -> Result<Recipient<'_>, Problem> {
        let fits = |sub: &&SignedPublicSubKey| encrypts(&sub.key, sub.signatures.iter());
        for key in &self.public {
            if named.is_of(&key.primary_key, &key.details) {
                if encrypts(&key.primary_key, of_primary(&key.details)) {
                    return Ok(Recipient::Primary(key));
                }
                let newest = key.public_subkeys.iter().rev().find(fits);
                return newest.map(Recipient::Sub).ok_or_else(|| named.cannot("encrypt"));
            }
            if let Some(sub) = key.public_subkeys.iter().find(|sub| named.is(&sub.key)) {
                return Some(sub).filter(fits).map(Recipient::Sub).ok_or_else(|| named.cannot("encrypt"));
            }
        }
        Err(named.missing("public"))
    }

    /// The key that signs, which its password opens.
    ///
    /// # Errors
    /// `CRYPTO:MISSING_KEY`, `CRYPTO:KEY`, `CRYPTO:PASSPHRASE`
    pub fn signer(&self, named: &Named) -> Result<Signer<'_>, Problem> {
        let signer = self.secret.iter().find_map(|key| signer_of(key, named)).unwrap_or_else(|| {
            let is_public = self.public.iter().any(|key| named.is_of(&key.primary_key, &key.details));
            Err(if is_public { named.cannot("sign: its private part is not there") } else { named.missing("private") })
        })?;
        if signer.opens(&named.password()) {
            return Ok(signer);
        }
        Err(passphrase(format!("the passphrase does not open the key '{}'", named.id)))
    }

    /// The key that opens a message, with one of these passwords.
    ///
    /// # Errors
    /// `CRYPTO:MISSING_KEY`, `CRYPTO:KEY`, `CRYPTO:PASSPHRASE`, `CRYPTO:DECRYPTION`
    pub fn opener(&self, recipients: &[Esk], passwords: &[Password]) -> Result<&SignedSecretKey, Problem> {
        let recipients: Vec<_> = recipients.iter().filter_map(of_key).collect();
        if recipients.is_empty() {
            return Err(decryption("the message is not encrypted with a key"));
        }
        let mut is_locked = false;
        for key in &self.secret {
            match opened_by(key, &recipients, passwords) {
                Some(true) => return Ok(key),
                Some(false) => is_locked = true,
                None => {}
            }
        }
        if is_locked {
            return Err(passphrase("no passphrase of the configuration opens the key of the message"));
        }
        let is_known = |key: &SignedPublicKey| {
            let mut subs = key.public_subkeys.iter();
            is_to(&key.primary_key, &recipients) || subs.any(|sub| is_to(&sub.key, &recipients))
        };
        match self.public.iter().any(is_known) {
            true => Err(unfit_key("the private keyring has only the public part of the key of the message")),
            false => Err(missing_key("the private keyring has no key that the message is encrypted to")),
        }
    }

    /// All keys that may have signed.
    pub fn verifying(&self) -> Vec<&dyn VerifyingKey> {
        let primary = self.public.iter().map(|key| key as &dyn VerifyingKey);
        let subs = self.public.iter().flat_map(|key| &key.public_subkeys).map(|sub| sub as &dyn VerifyingKey);
        primary.chain(subs).collect()
    }

    /// Whether a signature over a content is of a key of the ring; `None` if it is of none of them.
    pub fn validates(&self, signature: &Signature, content: &[u8]) -> Option<bool> {
        let mut found = None;
        for key in &self.public {
            let subs = key.public_subkeys.iter().filter_map(|sub| validates(sub, signature, content));
            for valid in validates(key, signature, content).into_iter().chain(subs) {
                found = Some(valid || found == Some(true));
            }
        }
        found
    }
}

fn validates(key: &impl VerifyingKey, signature: &Signature, content: &[u8]) -> Option<bool> {
    let by_id = signature.issuer_key_id().iter().any(|id| **id == key.legacy_key_id());
    let is_issuer = by_id || signature.issuer_fingerprint().iter().any(|print| **print == key.fingerprint());
    is_issuer.then(|| signature.verify(key, content).is_ok())
}

fn signer_of<'a>(key: &'a SignedSecretKey, named: &Named) -> Option<Result<Signer<'a>, Problem>> {
    let subs = || key.secret_subkeys.iter().rev().filter(|sub| signs(&sub.key, sub.signatures.iter()));
    if named.is_of(&key.primary_key, &key.details) {
        let primary = signs(&key.primary_key, of_primary(&key.details)).then_some(Signer::Primary(&key.primary_key));
        let signer = primary.or_else(|| subs().next().map(|sub| Signer::Sub(&sub.key)));
        return Some(signer.ok_or_else(|| named.cannot("sign")));
    }
    key.secret_subkeys.iter().find(|sub| named.is(&sub.key))?;
    let signer = subs().find(|sub| named.is(&sub.key)).map(|sub| Signer::Sub(&sub.key));
    Some(signer.ok_or_else(|| named.cannot("sign")))
}

/// Whether a password opens a key that a message is for; `None` if it is not for the key.
fn opened_by(
    key: &SignedSecretKey,
    recipients: &[&PublicKeyEncryptedSessionKey],
    passwords: &[Password],
) -> Option<bool> {
    let primary = is_to(&key.primary_key, recipients).then_some(Signer::Primary(&key.primary_key));
    let subs = key.secret_subkeys.iter().filter(|sub| is_to(&sub.key, recipients)).map(|sub| Signer::Sub(&sub.key));
    let mut opened = None;
    for part in primary.into_iter().chain(subs) {
        let is_open = part.opens(&Password::empty()) || passwords.iter().any(|password| part.opens(password));
        opened = Some(is_open || opened == Some(true));
    }
    opened
}

fn is_to(key: &impl KeyDetails, recipients: &[&PublicKeyEncryptedSessionKey]) -> bool {
    recipients.iter().any(|recipient| recipient.match_identity(key))
}

fn of_key(recipient: &Esk) -> Option<&PublicKeyEncryptedSessionKey> {
    match recipient {
        Esk::PublicKeyEncryptedSessionKey(key) => Some(key),
        Esk::SymKeyEncryptedSessionKey(_) => None,
    }
}

fn of_primary(details: &SignedKeyDetails) -> impl Iterator<Item = &Signature> {
    details.users.iter().flat_map(|user| &user.signatures).chain(&details.direct_signatures)
}

fn encrypts<'a>(key: &impl KeyDetails, signatures: impl Iterator<Item = &'a Signature>) -> bool {
    let is_meant = |flags: &KeyFlags| flags.encrypt_comms() || flags.encrypt_storage();
    key.algorithm().can_encrypt() && is_for(signatures, is_meant)
}

fn signs<'a>(key: &impl KeyDetails, signatures: impl Iterator<Item = &'a Signature>) -> bool {
    let algorithm = key.algorithm();
    let signs = algorithm.can_sign() && algorithm != PublicKeyAlgorithm::Elgamal;
    signs && is_for(signatures, KeyFlags::sign)
}

/// Whether the signatures of a key say that it is for a use, or nothing of uses, and do not revoke it.
fn is_for<'a>(signatures: impl Iterator<Item = &'a Signature>, is_meant: impl Fn(&KeyFlags) -> bool) -> bool {
    let (mut is_told, mut is_any) = (false, false);
    for signature in signatures {
        if signature.typ() == Some(SignatureType::SubkeyRevocation) {
            return false;
        }
        let flags = signature.key_flags();
        is_any |= flags != KeyFlags::default();
        is_told |= is_meant(&flags);
    }
    is_told || !is_any
}
