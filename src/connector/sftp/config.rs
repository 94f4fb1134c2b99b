//! `sftp:config`: the server, and who logs in.

use super::connection::{Method, Server};
use super::remote::Remote;
use crate::connector::file::Folder;
use crate::connector::reconnection::{self, Reconnection};
use crate::diag::{Code, Fault};
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec, duration, time_unit};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

/// `sftp:config`
pub static SPEC: Spec = Spec {
    name: "sftp:config",
    doc: "A server with files.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::new("timeBetweenSizeCheck", Kind::Integer, "Has no effect here; listeners have their own."),
        Attribute::new("timeBetweenSizeCheckUnit", Kind::Text, "Has no effect here."),
    ],
    parts: &[Part { spec: &CONNECTION, occurs: Occurs::Once }],
    example: r#"<sftp:config name="depot">
  <sftp:connection host="files.example.com" username="ann" identityFile="keys/ann" knownHostsFile="keys/known_hosts" workingDir="/srv/depot">
    <reconnection><reconnect count="3" frequency="2000"/></reconnection>
  </sftp:connection>
</sftp:config>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

static CONNECTION: Spec = Spec {
    name: "sftp:connection",
    doc: "The server, and who logs in.",
    attributes: &[
        Attribute::required("host", Kind::Text, "The server."),
        Attribute::default("port", Kind::Integer, "22", "Its port."),
        Attribute::new("username", Kind::Text, "The user."),
        Attribute::new("password", Kind::Text, "The user's password."),
        Attribute::new("identityFile", Kind::Text, "The file of the user's private key."),
        Attribute::new("passphrase", Kind::Text, "The passphrase that the private key is encrypted with."),
        Attribute::new(
            "knownHostsFile",
            Kind::Text,
            "The file of the keys that servers are known by, as OpenSSH has it. The server has to show a key that stands in \
             it; without the file every server is trusted.",
        ),
        Attribute::new(
            "workingDir",
            Kind::Text,
            "The folder of the server that paths begin in; no path may lead out of it. Without one, paths begin where the \
             server does and may lead anywhere.",
        ),
        Attribute::default("connectionTimeout", Kind::Integer, "10", "How long connecting may take; 0 is for ever."),
        time_unit("connectionTimeoutUnit", "SECONDS"),
        Attribute::default(
            "responseTimeout",
            Kind::Integer,
            "10",
            "How long the server may take for an answer, in whole seconds at least; 0 is for ever.",
        ),
        time_unit("responseTimeoutUnit", "SECONDS"),
        Attribute::new("prngAlgorithm", Kind::Text, "Has no effect here: the system's random numbers are used."),
        Attribute::new(
            "kexHeader",
            Kind::Boolean,
            "Has no effect here: a strict key exchange is used where the server can.",
        ),
        Attribute::new("sshConfigOverride", Kind::Text, "Has no effect here."),
    ],
    parts: &[
        reconnection::PART,
        Part { spec: &METHODS, occurs: Occurs::Optional },
        Part { spec: &PROXY, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

static METHODS: Spec = Spec {
    name: "sftp:preferred-authentication-methods",
    doc: "How the user logs in, in the order in which it is tried. Without it, the key is tried, then the password.",
    parts: &[Part { spec: &METHOD, occurs: Occurs::Any }],
    ..Spec::NEW
};

static METHOD: Spec = Spec {
    name: "sftp:preferred-authentication-method",
    doc: "A way to log in. Kerberos (`GSSAPI_WITH_MIC`) is passed over.",
    attributes: &[Attribute::required(
        "value",
        Kind::Choice(&["PUBLIC_KEY", "PASSWORD", "GSSAPI_WITH_MIC"]),
        "The way.",
    )],
    ..Spec::NEW
};

static PROXY: Spec = Spec {
    name: "sftp:sftp-proxy-config",
    doc: "Not supported: an app that has it does not start.",
    attributes: &[
        Attribute::new("host", Kind::Text, "The proxy."),
        Attribute::new("port", Kind::Integer, "Its port."),
        Attribute::new("username", Kind::Text, "The user."),
        Attribute::new("password", Kind::Text, "The user's password."),
        Attribute::new("protocol", Kind::Text, "What the proxy speaks."),
    ],
    ..Spec::NEW
};

/// A server with files.
pub struct Config {
    remote: Remote,
}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        let Some(connection) = node.part(CONNECTION.name) else { return Self { remote: Remote::default() } };
        if let Some(proxy) = connection.part(PROXY.name) {
            let fault = Fault::new(Code::Configuration, "proxies of SFTP are not supported");
            proxy.refuse("host", fault.help("connect directly, or through a tunnel of `ssh -L`"));
        }
        let reconnection = Reconnection::of_connection(&connection);
        let working = connection.text("workingDir").filter(|folder| !folder.is_empty());
        Self { remote: Remote::new(server(&connection), working, reconnection) }
    }
}

fn server(node: &Node<'_>) -> Server {
    let text = |name: &str| node.text(name).filter(|text| !text.is_empty());
    let file = |name: &str| text(name).map(|file| node.builder.folders().folder(&file));
    let time = |name: &str| {
        let time = duration(node.integer(name).unwrap_or_default(), &node.required(&format!("{name}Unit")));
        Some(time).filter(|time| !time.is_zero())
    };
    let port = node.integer("port").unwrap_or_default();
    Server {
        host: node.required("host"),
        port: u16::try_from(port).unwrap_or_else(|_| {
            node.refuse("port", Fault::new(Code::Configuration, format!("{port} is no port")));
            0
        }),
        user: text("username").unwrap_or_default(),
        password: text("password"),
        identity: file("identityFile"),
        passphrase: text("passphrase"),
        known_hosts: file("knownHostsFile"),
        methods: methods(node),
        patience: time("connectionTimeout"),
        answer: time("responseTimeout").map_or(FOR_EVER, |time: Duration| time.as_millis().div_ceil(1000) as u64),
    }
}

/// Some thirty years, in seconds: what timers can count.
const FOR_EVER: u64 = 1_000_000_000;

fn methods(node: &Node<'_>) -> Vec<Method> {
    let Some(preferred) = node.part(METHODS.name) else { return vec![Method::PublicKey, Method::Password] };
    let named = preferred.parts(METHOD.name);
    let method = |method: &Node<'_>| match method.required("value").as_str() {
        "PUBLIC_KEY" => Some(Method::PublicKey),
        "PASSWORD" => Some(Method::Password),
        _ => None,
    };
    named.iter().filter_map(method).collect()
}

impl Global for Config {
    fn start<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            if !self.remote.reconnection.fails_deployment {
                return Ok(());
            }
            let connected = self.remote.reconnection.attempts(|| self.remote.session()).await;
            connected.map(drop).map_err(|problem| Fault::new(Code::Io, problem.to_string()))
        })
    }

    fn stop<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, ()> {
        Box::pin(self.remote.close())
    }
}

/// The files that the `config-ref` of an element names, with the reconnection that the element says.
pub fn folder(node: &Node<'_>) -> Folder {
    let config = node.global::<Config>("config-ref");
    let mut remote = config.map(|config| config.remote.clone()).unwrap_or_default();
    remote.reconnection = Reconnection::of(node).unwrap_or(remote.reconnection);
    Folder::new(Arc::new(remote))
}
