//! `email:smtp-config`: the server that takes mails.

use super::line::Patience;
use crate::connector::reconnection::{self, Reconnection};
use crate::connector::tls::{self, TlsContext};
use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec, duration, time_unit};
use rustls::ClientConfig;
use std::collections::HashMap;
use std::sync::Arc;

static PROPERTY: Spec = Spec {
    name: "email:property",
    doc: "A property.",
    attributes: &[
        Attribute::required("key", Kind::Text, "Its name."),
        Attribute::required("value", Kind::Text, "Its value."),
    ],
    ..Spec::NEW
};

static PROPERTIES: Spec = Spec {
    name: "email:properties",
    doc: "Properties of JavaMail. Of them, `mail.smtp.starttls.enable`, `mail.smtp.starttls.required`, \
          `mail.smtp.ssl.trust` (hosts whose certificates are not checked, or `*`) and `mail.smtp.localhost` have an effect.",
    parts: &[Part { spec: &PROPERTY, occurs: Occurs::Any }],
    ..Spec::NEW
};

/// The attributes of a connection, with its usual port.
macro_rules! connection {
    ($port:literal $(, $more:expr)*) => {
        &[
            Attribute::required("host", Kind::Text, "The server."),
            Attribute::default("port", Kind::Integer, $port, "Its port."),
            Attribute::new("user", Kind::Text, "The user's name, where the server asks for one."),
            Attribute::new("password", Kind::Text, "The user's password."),
            Attribute::default("connectionTimeout", Kind::Integer, "5", "How long connecting may take; 0 is for ever."),
            Attribute::default("readTimeout", Kind::Integer, "5", "How long the server may take for an answer; 0 is for ever."),
            Attribute::default("writeTimeout", Kind::Integer, "5", "How long sending a part may take; 0 is for ever."),
            time_unit("timeoutUnit", "SECONDS"),
            $($more,)*
        ]
    };
}

static SMTP: Spec = Spec {
    name: "email:smtp-connection",
    doc: "The server, over a connection that is secured where the property `mail.smtp.starttls.enable` says so.",
    attributes: connection!("25"),
    parts: &[reconnection::PART, Part { spec: &PROPERTIES, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static SMTPS: Spec = Spec {
    name: "email:smtps-connection",
    doc: "The server, over a connection that is secure from the beginning.",
    attributes: connection!(
        "465",
        Attribute::new("tlsContext", Kind::Reference, "The `tls:context`, which may stand in the element as well.")
    ),
    parts: &[
        reconnection::PART,
        Part { spec: &PROPERTIES, occurs: Occurs::Optional },
        Part { spec: &tls::CONTEXT, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

/// `email:smtp-config`
pub static SPEC: Spec = Spec {
    name: "email:smtp-config",
    doc: "A server that takes mails. Every mail has a connection of its own.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::new("from", Kind::Text, "Who sends mails that do not say so themselves."),
        Attribute::default("defaultEncoding", Kind::Text, "UTF-8", "The character set of bodies that do not name one."),
        Attribute::new("defaultContentTransferEncoding", Kind::Text, "Has no effect here."),
    ],
    parts: &[Part { spec: &SMTP, occurs: Occurs::Optional }, Part { spec: &SMTPS, occurs: Occurs::Optional }],
    example: r#"<email:smtp-config name="post-office" from="shop@corner.example">
  <email:smtp-connection host="mail.example" port="587" user="shop" password="secret">
    <reconnection><reconnect count="3" frequency="1000"/></reconnection>
    <email:properties><email:property key="mail.smtp.starttls.enable" value="true"/></email:properties>
  </email:smtp-connection>
</email:smtp-config>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

/// A server that takes mails.
pub struct Config {
    /// Who sends mails that do not say so themselves.
    pub from: Option<String>,
    /// The character set of bodies that do not name one.
    pub encoding: String,
    /// When a lost connection is tried again.
    pub reconnection: Reconnection,
    /// The server; gone where a mistake was noted.
    pub connection: Option<Connection>,
}

/// The way to a server.
pub struct Connection {
    pub host: String,
    pub port: u16,
    pub user: Option<String>,
    pub password: Option<String>,
    pub patience: Patience,
    pub security: Security,
    /// What this side calls itself, if not by the name of the machine.
    pub hello: Option<String>,
}

/// How a connection is secured.
pub enum Security {
    None,
    /// From the beginning.
    Tls(Arc<ClientConfig>),
    /// Once the server has said that it can; `must` says whether mails are sent where it cannot.
    StartTls {
        tls: Arc<ClientConfig>,
        must: bool,
    },
}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        let connection = node.part(SMTP.name).or_else(|| node.part(SMTPS.name));
        if connection.is_none() || (node.part(SMTP.name).is_some() && node.part(SMTPS.name).is_some()) {
            let fault = Fault::new(Code::Configuration, "the configuration takes one connection");
            node.refuse("name", fault.help("put `email:smtp-connection` or `email:smtps-connection` into it"));
        }
        Self {
            from: node.text("from").filter(|from| !from.trim().is_empty()),
            encoding: node.required("defaultEncoding"),
            reconnection: connection.as_ref().map_or(Reconnection::NONE, Reconnection::of_connection),
            connection: connection.and_then(|connection| Connection::of(&connection)),
        }
    }
}

impl Global for Config {}

impl Connection {
    fn of(node: &Node<'_>) -> Option<Self> {
        let port = node.integer("port").and_then(|port| u16::try_from(port).ok());
        if port.is_none() {
            let text = node.required("port");
            node.refuse("port", Fault::new(Code::Configuration, format!("`{text}` is no port")));
        }
        let unit = node.required("timeoutUnit");
        let time = |name: &str| duration(node.integer(name).unwrap_or_default(), &unit);
        let all = node.part(PROPERTIES.name).map(|part| part.parts(PROPERTY.name)).unwrap_or_default();
        let properties: HashMap<_, _> = all.iter().map(|one| (one.required("key"), one.required("value"))).collect();
        Some(Self {
            host: node.required("host"),
            port: port?,
            user: node.text("user"),
            password: node.text("password"),
            patience: Patience {
                connecting: time("connectionTimeout"),
                reading: time("readTimeout"),
                writing: time("writeTimeout"),
            },
            security: if node.spec.name == SMTPS.name { tls_of(node)? } else { start_tls_of(node, &properties)? },
            hello: properties.get("mail.smtp.localhost").cloned(),
        })
    }
}

/// How a connection is secured that is so from the beginning.
fn tls_of(node: &Node<'_>) -> Option<Security> {
    let context = tls::context(node);
    if context.is_none() && !node.has("tlsContext") {
        let fault =
            Fault::new(Code::Configuration, "TLS context wasn't configured and it is mandatory for secure protocols");
        node.refuse("tlsContext", fault.help("name a `tls:context`, or put one into the element"));
    }
    context?.bare_client().map(Security::Tls)
}

/// How a connection is secured that begins plain.
fn start_tls_of(node: &Node<'_>, properties: &HashMap<String, String>) -> Option<Security> {
    let is_true = |name: &str| properties.get(name).is_some_and(|value| value.trim().eq_ignore_ascii_case("true"));
    let must = is_true("mail.smtp.starttls.required");
    if !must && !is_true("mail.smtp.starttls.enable") {
        return Some(Security::None);
    }
    let (host, trusted) = (node.required("host"), properties.get("mail.smtp.ssl.trust"));
    let is_trusted = trusted.is_some_and(|hosts| hosts.split_whitespace().any(|known| known == "*" || known == host));
    match TlsContext::for_sockets(is_trusted) {
        Ok(tls) => Some(Security::StartTls { tls, must }),
        Err(fault) => {
            node.refuse("host", fault);
            None
        }
    }
}
