//! `crypto:pgp-config`: key rings, and the names under which operations use their keys.

use super::ring::{Named, Ring};
use crate::connector::crypto::problem::missing_key;
use crate::connector::tls::resource;
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use std::sync::Arc;

const PUBLIC: &str = "publicKeyring";
const PRIVATE: &str = "privateKeyring";

/// `crypto:pgp-config`
pub static CONFIG: Spec = Spec {
    name: "crypto:pgp-config",
    doc: "Key rings, as `gpg --export` and `gpg --export-secret-keys` write them (armored or not), and the names under \
          which operations use their keys. Whether keys have expired is not looked at.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::new(
            PUBLIC,
            Kind::Text,
            "The keys of others, a file among the app's resources or by its path: they encrypt and validate.",
        ),
        Attribute::new(PRIVATE, Kind::Text, "The keys of one's own, a file: they decrypt and sign."),
    ],
    parts: &[Part { spec: &KEY_INFOS, occurs: Occurs::Optional }],
    example: r#"<crypto:pgp-config name="rings">
  <crypto:pgp-key-infos>
    <crypto:pgp-asymmetric-key-info keyId="partner" fingerprint="DE3F10F1B6B7F221"/>
    <crypto:pgp-asymmetric-key-info keyId="us" principal="Us (orders) &lt;us@example.com&gt;" passphrase="changeit"/>
  </crypto:pgp-key-infos>
</crypto:pgp-config>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

static KEY_INFOS: Spec = Spec {
    name: "crypto:pgp-key-infos",
    doc: "The keys that operations use by their ids. Decryption tries the passphrases of all.",
    parts: &[Part { spec: &KEY, occurs: Occurs::Any }],
    ..Spec::NEW
};

static KEY_INFO: Spec = Spec {
    name: "crypto:pgp-key-info",
    doc: "The key, instead of `keyId`.",
    parts: &[Part { spec: &KEY, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static KEY: Spec = Spec {
    name: "crypto:pgp-asymmetric-key-info",
    doc: "A key of a ring. Where the key itself does not do what is asked for, the newest of its subkeys does that can.",
    attributes: &[
        Attribute::required("keyId", Kind::Text, "The name that operations use."),
        Attribute::new("fingerprint", Kind::Text, "The fingerprint of the key or of a subkey, or its last digits."),
        Attribute::new("principal", Kind::Text, "The name and the mail address in the key, without `fingerprint`."),
        Attribute::new("passphrase", Kind::Text, "What unlocks the private part."),
    ],
    ..Spec::NEW
};

/// The configuration of an operation.
pub const CONFIG_REF: Attribute =
    Attribute::required("config-ref", Kind::Reference, "The `crypto:pgp-config` with the keys.");
/// The key of an operation.
pub const KEY_ID: Attribute = Attribute::new("keyId", Kind::Value, "The key, by its id in the configuration.");
/// The key of an operation, written out.
pub const OWN_KEY: Part = Part { spec: &KEY_INFO, occurs: Occurs::Optional };

/// Key rings.
#[derive(Default)]
pub struct Config {
    /// The keys that encrypt and validate.
    pub public: Ring,
    /// The keys that decrypt and sign.
    pub private: Ring,
    /// The keys that have names.
    pub keys: Vec<Named>,
}

impl Global for Config {}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        let keys = node.part(KEY_INFOS.name).map(|infos| named(&infos)).unwrap_or_default();
        Self { public: ring(node, PUBLIC), private: ring(node, PRIVATE), keys }
    }

    /// That of an operation.
    pub fn used_by(node: &Node<'_>) -> Arc<Self> {
        node.global::<Self>(CONFIG_REF.name).unwrap_or_default()
    }
}

fn ring(node: &Node<'_>, attribute: &str) -> Ring {
    if !node.has(attribute) {
        return Ring::default();
    }
    let ring = resource(node, attribute, Ring::read);
    ring.unwrap_or_else(|fault| {
        node.refuse(attribute, fault.help("it has to be what `gpg --export` or `gpg --export-secret-keys` writes"));
        Ring::default()
    })
}

/// The keys that stand in an element.
fn named(infos: &Node<'_>) -> Vec<Named> {
    let named = |info: Node<'_>| Named {
        id: info.required("keyId"),
        fingerprint: info.text("fingerprint"),
        principal: info.text("principal"),
        passphrase: info.text("passphrase"),
    };
    infos.parts(KEY.name).into_iter().map(named).collect()
}

/// Which key an operation uses.
pub struct Choice {
    own: Option<Named>,
    id: Option<Expression>,
}

impl Choice {
    /// What an element says.
    pub fn of(node: &Node<'_>) -> Self {
        let own = node.part(KEY_INFO.name).and_then(|info| named(&info).into_iter().next());
        Self { own, id: node.value(KEY_ID.name) }
    }

    /// What is said of the key for an event.
    ///
    /// # Errors
    /// `CRYPTO:MISSING_KEY`
    pub fn key(&self, config: &Config, event: &Event) -> Result<Named, Error> {
        if let Some(own) = &self.own {
            return Ok(own.clone());
        }
        let id = self.id.as_ref().map(|id| id.text(event)).transpose()?.flatten();
        let id = id.ok_or_else(|| missing_key("the operation names no key").error(event))?;
        let known = config.keys.iter().find(|key| key.id == id).cloned();
        known.ok_or_else(|| missing_key(format!("the configuration has no key with the id '{id}'")).error(event))
    }
}
