//! `crypto:jce-config`: a key store, and the names under which operations use its keys.

use super::key::Key;
use super::problem::{missing_key, passphrase, unfit_key};
use crate::connector::apart::Problem;
use crate::connector::tls::key_store;
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use p12_keystore::{KeyStore, KeyStoreEntry};
use std::sync::Arc;

/// `crypto:jce-config`
pub static CONFIG: Spec = Spec {
    name: "crypto:jce-config",
    doc: "A key store, and the names under which operations use its keys.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::new("keystore", Kind::Text, "A PKCS12 or JKS file, among the app's resources or by its path."),
        Attribute::new("type", Kind::Text, "Has no effect: the file shows what it is."),
        Attribute::new("password", Kind::Text, "The file's password."),
        Attribute::default(
            "useRandomIVs",
            Kind::Boolean,
            "false",
            "Whether each text is encrypted with an initialisation vector of its own, which then stands before it. Without \
             it, the vector is the first bytes of the key.",
        ),
    ],
    parts: &[Part { spec: &KEY_INFOS, occurs: Occurs::Optional }],
    example: r#"<crypto:jce-config name="keys">
  <crypto:jce-key-infos>
    <crypto:jce-symmetric-key-info keyId="orders" alias="aes128" password="changeit"/>
    <crypto:jce-asymmetric-key-info keyId="bank" alias="rsa" password="changeit"/>
  </crypto:jce-key-infos>
</crypto:jce-config>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

static KEY_INFOS: Spec = Spec {
    name: "crypto:jce-key-infos",
    doc: "The keys that operations use by their ids.",
    parts: &[Part { spec: &SYMMETRIC, occurs: Occurs::Any }, Part { spec: &ASYMMETRIC, occurs: Occurs::Any }],
    ..Spec::NEW
};

/// A key that only one operation uses.
static KEY_INFO: Spec = Spec {
    name: "crypto:jce-key-info",
    doc: "The key, instead of `keyId`.",
    parts: &[Part { spec: &SYMMETRIC, occurs: Occurs::Optional }, Part { spec: &ASYMMETRIC, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static SYMMETRIC: Spec = Spec {
    name: "crypto:jce-symmetric-key-info",
    doc: "A secret key of the store.",
    attributes: &[
        Attribute::required("keyId", Kind::Text, "The name that operations use."),
        Attribute::required("alias", Kind::Text, "The name that it has in the store."),
        Attribute::required("password", Kind::Text, "The password of the key: that of the store."),
    ],
    ..Spec::NEW
};

static ASYMMETRIC: Spec = Spec {
    name: "crypto:jce-asymmetric-key-info",
    doc: "A private key of the store, or a certificate for those who encrypt or validate.",
    attributes: &[
        Attribute::required("keyId", Kind::Text, "The name that operations use."),
        Attribute::required("alias", Kind::Text, "The name that it has in the store."),
        Attribute::new("password", Kind::Text, "The password of the key: that of the store."),
    ],
    ..Spec::NEW
};

/// The configuration of an operation.
pub const CONFIG_REF: Attribute =
    Attribute::required("config-ref", Kind::Reference, "The `crypto:jce-config` with the key.");
/// The key of an operation.
pub const KEY_ID: Attribute = Attribute::new("keyId", Kind::Value, "The key, by its id in the configuration.");
/// The key of an operation, written out.
pub const OWN_KEY: Part = Part { spec: &KEY_INFO, occurs: Occurs::Optional };

/// Where the keys are.
#[derive(Default)]
pub struct Config {
    store: KeyStore,
    password: String,
    keys: Vec<Named>,
    /// Whether an initialisation vector is made for each text.
    pub random_ivs: bool,
}

/// A key by the names it has.
#[derive(Clone)]
struct Named {
    id: String,
    alias: String,
    password: Option<String>,
    is_secret: bool,
}

impl Global for Config {}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        let password = node.text("password").unwrap_or_default();
        let store = match node.has("keystore") {
            true => key_store(node, "keystore", &password).unwrap_or_else(|fault| {
                node.refuse("keystore", fault);
                KeyStore::default()
            }),
            false => KeyStore::default(),
        };
        let keys = node.part(KEY_INFOS.name).map(|infos| named(&infos)).unwrap_or_default();
        Self { store, password, keys, random_ivs: node.boolean("useRandomIVs") }
    }

    fn key(&self, named: &Named) -> Result<Key, Problem> {
        let Named { alias, password, is_secret, .. } = named;
        let entry = self.store.entries().find(|(name, _)| name.eq_ignore_ascii_case(alias));
        let (_, entry) = entry.ok_or_else(|| missing_key(format!("the key store has no key '{alias}'")))?;
        let is_public = matches!(entry, KeyStoreEntry::Certificate(_));
        if !is_public && password.as_ref().is_some_and(|password| *password != self.password) {
            return Err(passphrase(format!("the password does not open the key '{alias}'")));
        }
        match (entry, is_secret) {
            (KeyStoreEntry::Secret(secret), true) => Ok(Key::Secret(secret.key().to_vec())),
            (KeyStoreEntry::PrivateKeyChain(chain), false) => Ok(Key::Private(chain.key().as_der().to_vec())),
            (KeyStoreEntry::Certificate(certificate), false) => Ok(Key::Public(certificate.as_der().to_vec())),
            (_, true) => Err(unfit_key(format!("the key '{alias}' is no secret key"))),
            (_, false) => Err(unfit_key(format!("the key '{alias}' is a secret key"))),
        }
    }
}

/// The keys that stand in an element.
fn named(infos: &Node<'_>) -> Vec<Named> {
    let of = |name: &str, is_secret| {
        let named = move |info: Node<'_>| Named {
            id: info.required("keyId"),
            alias: info.required("alias"),
            password: info.text("password"),
            is_secret,
        };
        infos.parts(name).into_iter().map(named)
    };
    of(SYMMETRIC.name, true).chain(of(ASYMMETRIC.name, false)).collect()
}

/// Which key an operation uses.
pub struct Choice {
    /// The configuration.
    pub config: Arc<Config>,
    own: Option<Named>,
    id: Option<Expression>,
}

impl Choice {
    /// What an operation says.
    pub fn of(node: &Node<'_>) -> Self {
        let own = node.part(KEY_INFO.name).and_then(|info| named(&info).into_iter().next());
        let config = node.global::<Config>(CONFIG_REF.name).unwrap_or_default();
        Self { config, own, id: node.value(KEY_ID.name) }
    }

    /// The key for an event.
    ///
    /// # Errors
    /// `CRYPTO:MISSING_KEY`, `CRYPTO:PASSPHRASE`, `CRYPTO:KEY`.
    pub fn key(&self, event: &Event) -> Result<Key, Error> {
        let id = self.id.as_ref().map(|id| id.text(event)).transpose()?.flatten();
        let named = match (&self.own, id) {
            (Some(own), _) => Ok(own),
            (None, Some(id)) => {
                let known = self.config.keys.iter().find(|key| key.id == id);
                known.ok_or_else(|| missing_key(format!("the configuration has no key with the id '{id}'")))
            }
            (None, None) => Err(missing_key("the operation names no key")),
        };
        named.and_then(|named| self.config.key(named)).map_err(|problem| problem.error(event))
    }
}
