//! `tls:context`: what a side of a TLS connection shows and trusts, as rustls takes it.

use super::stores::{Identity, identity, trusted};
use super::trust_all::TrustAll;
use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use rustls::crypto::{CryptoProvider, ring};
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore, ServerConfig, SupportedProtocolVersion};
use std::sync::{Arc, LazyLock};

static TRUST_STORE: Spec = Spec {
    name: "tls:trust-store",
    doc: "The certificates that are trusted. A listener with one asks its clients for theirs.",
    attributes: &[
        Attribute::new("path", Kind::Text, "A PKCS12, JKS or PEM file, among the app's resources or by its path."),
        Attribute::new("password", Kind::Text, "The file's password."),
        Attribute::new("type", Kind::Text, "Has no effect: the file shows what it is."),
        Attribute::new("algorithm", Kind::Text, "Has no effect here."),
        Attribute::default("insecure", Kind::Boolean, "false", "Whether every certificate is trusted: for tests only."),
    ],
    ..Spec::NEW
};

static KEY_STORE: Spec = Spec {
    name: "tls:key-store",
    doc: "The certificate that this side shows, with its key.",
    attributes: &[
        Attribute::required("path", Kind::Text, "A PKCS12, JKS or PEM file, among the app's resources or by its path."),
        Attribute::new("alias", Kind::Text, "The name of the key, where there are several."),
        Attribute::new("keyPassword", Kind::Text, "The key's password, if the file has none."),
        Attribute::new("password", Kind::Text, "The file's password."),
        Attribute::new("type", Kind::Text, "Has no effect: the file shows what it is."),
        Attribute::new("algorithm", Kind::Text, "Has no effect here."),
    ],
    ..Spec::NEW
};

/// `tls:context`
pub static CONTEXT: Spec = Spec {
    name: "tls:context",
    doc: "What a side of a TLS connection shows and trusts. Without a trust store, requests trust the system's authorities.",
    attributes: &[
        Attribute::new("name", Kind::Text, "Its name, for those who refer to it."),
        Attribute::new(
            "enabledProtocols",
            Kind::Text,
            "`TLSv1.2`, `TLSv1.3` or both, parted by commas; both without it.",
        ),
        Attribute::new("enabledCipherSuites", Kind::Text, "Has no effect: only suites that are safe are used."),
    ],
    parts: &[
        Part { spec: &TRUST_STORE, occurs: Occurs::Optional },
        Part { spec: &KEY_STORE, occurs: Occurs::Optional },
    ],
    example: r#"<tls:context name="bank-tls">
  <tls:trust-store insecure="true"/>
</tls:context>"#,
    make: Make::Global(|node| Arc::new(TlsContext::of(node))),
    ..Spec::NEW
};

/// What one side of TLS connections shows and trusts.
#[derive(Default)]
pub struct TlsContext {
    /// For requests; `None` where a mistake was noted.
    pub client: Option<Arc<ClientConfig>>,
    /// For listeners; `None` without a key store.
    pub server: Option<Arc<ServerConfig>>,
}

impl Global for TlsContext {}

/// The protocols that are spoken over TLS, the first one that the other side knows.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

impl TlsContext {
    /// The context that an element describes; mistakes are noted.
    pub fn of(node: &Node<'_>) -> Self {
        Self::read(node).unwrap_or_else(|fault| {
            node.builder.note(fault.at(|| node.element.start()));
            Self::default()
        })
    }

    /// The side of requests that name no context: the authorities of the system are trusted.
    ///
    /// # Errors
    /// None that a user could cause.
    pub fn of_system() -> Result<Arc<ClientConfig>, Fault> {
        client(&versions(""), None, None).map(Arc::new).map_err(|e| unusable(&e))
    }

    /// The same for connections that speak something else than HTTP, to a side that is trusted whatever it shows or has
    /// to be known to the system's authorities.
    ///
    /// # Errors
    /// None that a user could cause.
    pub fn for_sockets(is_trusted: bool) -> Result<Arc<ClientConfig>, Fault> {
        let trust = is_trusted.then_some(Trust::All);
        client(&versions(""), trust, None).map(|client| bare_client(Arc::new(client))).map_err(|e| unusable(&e))
    }

    /// The side that opens connections that speak something else than HTTP.
    pub fn bare_client(&self) -> Option<Arc<ClientConfig>> {
        self.client.clone().map(bare_client)
    }

    /// The side that takes connections that speak something else than HTTP.
    pub fn bare_server(&self) -> Option<Arc<ServerConfig>> {
        let mut server = ServerConfig::clone(self.server.as_ref()?);
        server.alpn_protocols.clear();
        Some(Arc::new(server))
    }

    fn read(node: &Node<'_>) -> Result<Self, Fault> {
        let protocols = node.text("enabledProtocols").unwrap_or_default();
        let versions = versions(&protocols);
        if versions.is_empty() {
            let fault = Fault::new(Code::Configuration, format!("none of the protocols `{protocols}` is spoken here"));
            return Err(fault.help("TLSv1.2 and TLSv1.3 are; older ones are not safe"));
        }
        let store = node.part(TRUST_STORE.name);
        let trust = match &store {
            None => None,
            Some(store) if store.boolean("insecure") => Some(Trust::All),
            Some(store) => Some(Trust::Only(trusted(store)?)),
        };
        let identity = node.part(KEY_STORE.name).map(|store| identity(&store)).transpose()?;
        let server = identity.as_ref().map(|identity| server(&versions, trust.as_ref(), identity)).transpose()?;
        let client = client(&versions, trust, identity).map_err(|e| unusable(&e))?;
        Ok(Self { client: Some(Arc::new(client)), server: server.map(Arc::new) })
    }
}

/// The context that a connection names or holds.
pub fn context(connection: &Node<'_>) -> Option<Arc<TlsContext>> {
    match connection.part(CONTEXT.name) {
        Some(own) => Some(Arc::new(TlsContext::of(&own))),
        None => connection.has("tlsContext").then(|| connection.global("tlsContext")).flatten(),
    }
}

fn bare_client(client: Arc<ClientConfig>) -> Arc<ClientConfig> {
    let mut client = Arc::unwrap_or_clone(client);
    client.alpn_protocols.clear();
    Arc::new(client)
}

/// Whom a side trusts.
enum Trust {
    All,
    Only(RootCertStore),
}

/// The cryptography of all connections. It is also made that of the process, for libraries that ask for it.
fn provider() -> Arc<CryptoProvider> {
    static INSTALLED: LazyLock<()> = LazyLock::new(|| drop(ring::default_provider().install_default()));
    LazyLock::force(&INSTALLED);
    Arc::new(ring::default_provider())
}

fn versions(text: &str) -> Vec<&'static SupportedProtocolVersion> {
    let names: Vec<_> = text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    let is_wanted = |name: &str| names.is_empty() || names.contains(&name);
    [("TLSv1.3", &TLS13), ("TLSv1.2", &TLS12)].iter().filter(|(name, _)| is_wanted(name)).map(|(_, v)| *v).collect()
}

/// The authorities that the system trusts; reading them takes some milliseconds, so it is done once.
fn system() -> RootCertStore {
    static SYSTEM: LazyLock<RootCertStore> = LazyLock::new(|| {
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::warn!("certificates that the system trusts cannot be read: {error}");
        }
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(found.certs);
        roots
    });
    SYSTEM.clone()
}

/// The side of requests.
fn client(
    versions: &[&'static SupportedProtocolVersion],
    trust: Option<Trust>,
    identity: Option<Identity>,
) -> Result<ClientConfig, rustls::Error> {
    let builder = ClientConfig::builder_with_provider(provider()).with_protocol_versions(versions)?;
    let builder = match trust {
        Some(Trust::Only(roots)) => builder.with_root_certificates(roots),
        Some(Trust::All) => builder.dangerous().with_custom_certificate_verifier(Arc::new(TrustAll(provider()))),
        None => builder.with_root_certificates(system()),
    };
    let mut config = match identity {
        None => builder.with_no_client_auth(),
        Some(identity) => builder.with_client_auth_cert(identity.chain, identity.key)?,
    };
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    Ok(config)
}

/// The side of listeners.
fn server(
    versions: &[&'static SupportedProtocolVersion],
    trust: Option<&Trust>,
    identity: &Identity,
) -> Result<ServerConfig, Fault> {
    let builder = ServerConfig::builder_with_provider(provider()).with_protocol_versions(versions);
    let builder = builder.map_err(|e| unusable(&e))?;
    let builder = match trust {
        Some(Trust::Only(roots)) => {
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots.clone()), provider()).build();
            builder.with_client_cert_verifier(verifier.map_err(|e| {
                Fault::new(Code::Configuration, format!("the trust store cannot be used: {e}"))
                    .help("put the certificates of the clients, or of whom signed them, into it")
            })?)
        }
        Some(Trust::All) | None => builder.with_no_client_auth(),
    };
    let config = builder.with_single_cert(identity.chain.clone(), identity.key.clone_key());
    let mut config = config.map_err(|e| unusable(&e))?;
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    Ok(config)
}

fn unusable(error: &rustls::Error) -> Fault {
    let fault = Fault::new(Code::Configuration, format!("the certificate cannot be used: {error}"));
    fault.help("the key store has to hold a key and the certificate that belongs to it")
}
