//! Key stores and trust stores: PKCS12, JKS and PEM files.

use super::jks;
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy, PrivateKeyChain};
use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// A certificate with those that lead to its authority, and its key.
pub struct Identity {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
}

/// What the first bytes of a file say that it is.
enum Kind {
    Pem,
    Pkcs12,
    Jks,
    Jceks,
}

/// How the store of Java's cryptography extension begins.
const JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];

/// A file that a store names.
struct File {
    path: String,
    bytes: Vec<u8>,
    kind: Kind,
}

impl File {
    /// The file that an attribute of an element names.
    fn read(store: &Node<'_>, attribute: &str) -> Result<Self, Fault> {
        let path = store.required(attribute);
        let found = store.builder.folders().resource(&path);
        let bytes = found.ok_or_else(|| "there is no such file".to_string());
        let bytes = bytes.and_then(|found| std::fs::read(found).map_err(|e| e.to_string()));
        let bytes = bytes.map_err(|why| {
            let fault = Fault::new(Code::Configuration, format!("cannot read the store {path}: {why}"));
            fault.help("it is looked for in src/main/resources, and by its path")
        })?;
        let kind = match bytes.get(..4) {
            Some(start) if start == jks::MAGIC => Kind::Jks,
            Some(start) if start == JCEKS => Kind::Jceks,
            _ if bytes.windows(11).any(|part| part == b"-----BEGIN ") => Kind::Pem,
            _ => Kind::Pkcs12,
        };
        Ok(Self { path, bytes, kind })
    }

    fn fault(&self, why: &str) -> Fault {
        Fault::new(Code::Configuration, format!("cannot use the store {}: {why}", self.path))
    }

    fn is_jceks(&self) -> Fault {
        self.fault("it is a store of Java's cryptography extension (JCEKS), which dwrun does not read").help(format!(
            "convert it: keytool -importkeystore -srckeystore {0} -destkeystore {0}.p12 -deststoretype PKCS12",
            self.path
        ))
    }

    /// The store with the passwords that an element has: one serves for both where the other is not there.
    fn store(&self, store: &Node<'_>) -> Result<KeyStore, Fault> {
        let (file, key) = (store.text("password"), store.text("keyPassword"));
        let password = file.clone().or_else(|| key.clone()).unwrap_or_default();
        self.opened(&password, &key.unwrap_or_else(|| password.clone()))
    }

    fn opened(&self, password: &str, key_password: &str) -> Result<KeyStore, Fault> {
        match self.kind {
            Kind::Jceks => return Err(self.is_jceks()),
            Kind::Jks => {
                return jks::open(&self.bytes, password, key_password)
                    .map_err(|why| self.fault(why).help("check its `password` and its `keyPassword`"));
            }
            _ => {}
        }
        KeyStore::from_pkcs12(&self.bytes, password, Pkcs12ImportPolicy::Relaxed)
            .map_err(|e| self.fault(&e.to_string()).help("it has to be a PKCS12, JKS or PEM file; check its password"))
    }

    fn certificates(&self) -> Result<Vec<CertificateDer<'static>>, Fault> {
        let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&self.bytes).collect();
        all.map_err(|e| self.fault(&e.to_string()))
    }
}

/// The certificates that a trust store holds.
///
/// # Errors
/// A file that is not there, or not what it should be.
pub fn trusted(store: &Node<'_>) -> Result<RootCertStore, Fault> {
    let file = File::read(store, "path")?;
    let certificates = match file.kind {
        Kind::Pem => file.certificates()?,
        _ => certificates(&file.store(store)?),
    };
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(certificates);
    if added == 0 {
        return Err(file.fault("it holds no certificate").help("import the certificates that are to be trusted"));
    }
    Ok(roots)
}

fn certificates(store: &KeyStore) -> Vec<CertificateDer<'static>> {
    let of_entry = |entry: &KeyStoreEntry| match entry {
        KeyStoreEntry::Certificate(certificate) => vec![der(certificate.as_der())],
        KeyStoreEntry::PrivateKeyChain(chain) => chain.certs().iter().map(|c| der(c.as_der())).collect(),
        _ => Vec::new(),
    };
    store.entries().flat_map(|(_, entry)| of_entry(entry)).collect()
}

fn der(bytes: &[u8]) -> CertificateDer<'static> {
    CertificateDer::from(bytes.to_vec())
}

/// All that the PKCS12 or JKS file holds which an attribute of an element names.
///
/// # Errors
/// A file that is not there, of another kind, or locked with another password.
pub fn key_store(node: &Node<'_>, attribute: &str, password: &str) -> Result<KeyStore, Fault> {
    let file = File::read(node, attribute)?;
    file.opened(password, password)
}

/// What is read of the file that an attribute of an element names.
///
/// # Errors
/// A file that is not there, or of which nothing can be read.
pub fn resource<T>(
    node: &Node<'_>,
    attribute: &str,
    read: impl FnOnce(&[u8]) -> Result<T, String>,
) -> Result<T, Fault> {
    let file = File::read(node, attribute)?;
    read(&file.bytes).map_err(|why| file.fault(&why))
}

/// The certificate and the key that a key store holds.
///
/// # Errors
/// A file that is not there, or not what it should be.
pub fn identity(store: &Node<'_>) -> Result<Identity, Fault> {
    let file = File::read(store, "path")?;
    match file.kind {
        Kind::Pem => {
            let key = PrivateKeyDer::from_pem_slice(&file.bytes);
            Ok(Identity { chain: file.certificates()?, key: key.map_err(|e| file.fault(&e.to_string()))? })
        }
        _ => {
            let all = file.store(store)?;
            let alias = store.text("alias").filter(|alias| !alias.is_empty());
            let chain = match &alias {
                Some(alias) => named(&all, alias),
                None => all.private_key_chain().map(|(_, chain)| chain),
            };
            let chain = chain.ok_or_else(|| match &alias {
                Some(alias) => file.fault(&format!("it holds no key `{alias}`")).help("check the `alias`"),
                None => file.fault("it holds no key").help("import the key together with its certificate"),
            })?;
            let key = PrivatePkcs8KeyDer::from(chain.key().as_der().to_vec());
            Ok(Identity { chain: chain.certs().iter().map(|c| der(c.as_der())).collect(), key: key.into() })
        }
    }
}

/// The key of this name; Java does not tell upper from lower case.
fn named<'s>(store: &'s KeyStore, alias: &str) -> Option<&'s PrivateKeyChain> {
    store.entries().find_map(|(name, entry)| match entry {
        KeyStoreEntry::PrivateKeyChain(chain) if name.eq_ignore_ascii_case(alias) => Some(chain),
        _ => None,
    })
}
