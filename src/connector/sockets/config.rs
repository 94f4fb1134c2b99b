//! `sockets:request-config` and `sockets:listener-config`: addresses, and what the sockets are like.

use super::protocol::{self, Protocol};
use super::requester::{Pool, Requester};
use crate::connector::reconnection::{self, Reconnection};
use crate::connector::tls;
use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use rustls::{ClientConfig, ServerConfig};
use std::sync::Arc;
use std::time::Duration;

const HOST: Attribute = Attribute::required("host", Kind::Text, "The host.");
const PORT: Attribute = Attribute::required("port", Kind::Integer, "The port.");
const SEND_BUFFER: Attribute =
    Attribute::new("sendBufferSize", Kind::Integer, "How many bytes the system keeps that are to be sent.");
const RECEIVE_BUFFER: Attribute =
    Attribute::new("receiveBufferSize", Kind::Integer, "How many bytes the system keeps that came.");
const CLIENT_TIMEOUT: Attribute = Attribute::new(
    "clientTimeout",
    Kind::Integer,
    "How long the other side may be silent, in milliseconds; for ever without it, or with 0.",
);
const REUSE: Attribute =
    Attribute::default("reuseAddress", Kind::Boolean, "true", "Has no effect here: it is always so.");
const NO_DELAY: Attribute =
    Attribute::default("sendTcpNoDelay", Kind::Boolean, "true", "Whether small pieces are sent at once.");
const LINGER: Attribute = Attribute::new("linger", Kind::Integer, "Has no effect here.");
const KEEP_ALIVE: Attribute = Attribute::default(
    "keepAlive",
    Kind::Boolean,
    "false",
    "Has no effect here: connections that break are made anew.",
);
const FAIL_ON_UNRESOLVED: Attribute =
    Attribute::default("failOnUnresolvedHost", Kind::Boolean, "true", "Has no effect here: it is always so.");
const PROTOCOL: Attribute = Attribute::new(
    "protocol",
    Kind::Reference,
    "Where messages begin and end; may stand in the element as well. `sockets:safe-protocol` without it.",
);
const TLS: Attribute =
    Attribute::new("tlsContext", Kind::Reference, "The `tls:context`; may stand in the element as well.");

static POOLING: Spec = Spec {
    name: "pooling-profile",
    doc: "Accepted; as many connections are made as are needed at once, and kept.",
    attributes: &[
        Attribute::new("maxActive", Kind::Integer, "Has no effect here."),
        Attribute::new("maxIdle", Kind::Integer, "Has no effect here."),
        Attribute::new("maxWait", Kind::Integer, "Has no effect here."),
        Attribute::new("minEvictionMillis", Kind::Integer, "Has no effect here."),
        Attribute::new("evictionCheckIntervalMillis", Kind::Integer, "Has no effect here."),
        Attribute::new("exhaustedAction", Kind::Text, "Has no effect here."),
        Attribute::new("initialisationPolicy", Kind::Text, "Has no effect here."),
    ],
    ..Spec::NEW
};

static LOCAL: Spec = Spec {
    name: "sockets:local-address-settings",
    doc: "The address on this side; any free one without it.",
    attributes: &[
        Attribute::default("host", Kind::Text, "0.0.0.0", "The address."),
        Attribute::default("port", Kind::Integer, "0", "The port; 0 is any free one."),
    ],
    ..Spec::NEW
};

static TCP_REQUESTER: Spec = Spec {
    name: "sockets:tcp-requester-connection",
    doc: "A service over TCP. Connections are kept for the next message.",
    attributes: &[
        HOST,
        PORT,
        Attribute::default(
            "connectionTimeout",
            Kind::Integer,
            "30000",
            "How long connecting may take, in milliseconds.",
        ),
        CLIENT_TIMEOUT,
        SEND_BUFFER,
        RECEIVE_BUFFER,
        REUSE,
        NO_DELAY,
        LINGER,
        KEEP_ALIVE,
        FAIL_ON_UNRESOLVED,
        PROTOCOL,
        TLS,
    ],
    parts: &[
        reconnection::PART,
        Part { spec: &POOLING, occurs: Occurs::Optional },
        Part { spec: &LOCAL, occurs: Occurs::Optional },
        Part { spec: &protocol::HOLDER, occurs: Occurs::Optional },
        Part { spec: &tls::CONTEXT, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

static UDP_REQUESTER: Spec = Spec {
    name: "sockets:udp-requester-connection",
    doc: "A service over UDP. A message that is longer than `receiveBufferSize` is sent in pieces of that size.",
    attributes: &[
        HOST,
        PORT,
        CLIENT_TIMEOUT,
        SEND_BUFFER,
        Attribute::default("receiveBufferSize", Kind::Count, "16384", "How many bytes a packet may have."),
        REUSE,
        Attribute::default("broadcast", Kind::Boolean, "false", "Whether messages may go to all hosts of a network."),
    ],
    parts: &[
        reconnection::PART,
        Part { spec: &POOLING, occurs: Occurs::Optional },
        Part { spec: &LOCAL, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

/// `sockets:request-config`
pub static REQUEST: Spec = Spec {
    name: "sockets:request-config",
    doc: "A service that messages are sent to.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    parts: &[
        Part { spec: &TCP_REQUESTER, occurs: Occurs::Optional },
        Part { spec: &UDP_REQUESTER, occurs: Occurs::Optional },
    ],
    example: r#"<sockets:request-config name="printer">
  <sockets:tcp-requester-connection host="printer.example" port="9100" clientTimeout="5000">
    <reconnection><reconnect count="3" frequency="1000"/></reconnection>
    <sockets:protocol><sockets:direct-protocol/></sockets:protocol>
  </sockets:tcp-requester-connection>
</sockets:request-config>"#,
    make: Make::Global(|node| Arc::new(RequestConfig::of(node))),
    ..Spec::NEW
};

static TCP_LISTENER: Spec = Spec {
    name: "sockets:tcp-listener-connection",
    doc: "A socket that takes TCP connections.",
    attributes: &[
        HOST,
        PORT,
        CLIENT_TIMEOUT,
        Attribute::new("serverTimeout", Kind::Integer, "Has no effect here: connections are awaited for ever."),
        Attribute::default("receiveBacklog", Kind::Count, "50", "How many connections may wait to be taken."),
        SEND_BUFFER,
        RECEIVE_BUFFER,
        REUSE,
        NO_DELAY,
        LINGER,
        KEEP_ALIVE,
        FAIL_ON_UNRESOLVED,
        PROTOCOL,
        TLS,
    ],
    parts: &[
        reconnection::PART,
        Part { spec: &protocol::HOLDER, occurs: Occurs::Optional },
        Part { spec: &tls::CONTEXT, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

static UDP_LISTENER: Spec = Spec {
    name: "sockets:udp-listener-connection",
    doc: "A socket that takes UDP packets.",
    attributes: &[
        HOST,
        PORT,
        Attribute::new("clientTimeout", Kind::Integer, "Has no effect here: packets are awaited for ever."),
        SEND_BUFFER,
        Attribute::default("receiveBufferSize", Kind::Count, "16384", "How many bytes a packet may have."),
        REUSE,
        Attribute::default("broadcast", Kind::Boolean, "false", "Whether answers may go to all hosts of a network."),
    ],
    parts: &[reconnection::PART],
    ..Spec::NEW
};

/// `sockets:listener-config`
pub static LISTEN: Spec = Spec {
    name: "sockets:listener-config",
    doc: "A socket that messages come to.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    parts: &[
        Part { spec: &TCP_LISTENER, occurs: Occurs::Optional },
        Part { spec: &UDP_LISTENER, occurs: Occurs::Optional },
    ],
    example: r#"<sockets:listener-config name="scales">
  <sockets:tcp-listener-connection host="0.0.0.0" port="7000">
    <sockets:protocol><sockets:length-protocol/></sockets:protocol>
  </sockets:tcp-listener-connection>
</sockets:listener-config>"#,
    make: Make::Global(|node| Arc::new(ListenerConfig::of(node))),
    ..Spec::NEW
};

/// A host and a port.
#[derive(Clone, Debug, Default)]
pub struct Address {
    pub host: String,
    pub port: u16,
}

impl Address {
    fn of(node: &Node<'_>) -> Self {
        let port = node.integer("port").unwrap_or_default();
        let port = u16::try_from(port).unwrap_or_else(|_| {
            node.refuse("port", Fault::new(Code::Configuration, format!("{port} is no port")));
            0
        });
        Self { host: node.text("host").unwrap_or_default(), port }
    }
}

/// What TCP sockets are like.
#[derive(Clone, Debug)]
pub struct Options {
    pub send_buffer: Option<u32>,
    pub receive_buffer: Option<u32>,
    pub no_delay: bool,
    /// How long the other side may be silent.
    pub patience: Option<Duration>,
}

impl Options {
    fn of(node: &Node<'_>) -> Self {
        let size = |name: &str| node.limit(name).map(|size| u32::try_from(size).unwrap_or(u32::MAX));
        Self {
            send_buffer: size("sendBufferSize"),
            receive_buffer: size("receiveBufferSize"),
            no_delay: node.boolean("sendTcpNoDelay"),
            patience: millis(node, "clientTimeout"),
        }
    }
}

fn millis(node: &Node<'_>, name: &str) -> Option<Duration> {
    node.limit(name).map(|millis| Duration::from_millis(millis as u64))
}

/// The one connection that a configuration holds.
fn connection<'n>(node: &Node<'n>, tcp: &Spec, udp: &Spec) -> Option<Node<'n>> {
    let (tcp_part, udp_part) = (node.part(tcp.name), node.part(udp.name));
    if tcp_part.is_some() == udp_part.is_some() {
        let fault = Fault::new(Code::Configuration, "the configuration takes one connection");
        node.refuse("name", fault.help(format!("put `{}` or `{}` into it", tcp.name, udp.name)));
        return None;
    }
    tcp_part.or(udp_part)
}

/// A service that messages are sent to.
pub struct RequestConfig {
    /// The way to it; gone where a mistake was noted.
    pub requester: Option<Requester>,
    /// When a lost connection is tried again.
    pub reconnection: Reconnection,
}

impl Global for RequestConfig {}

impl RequestConfig {
    fn of(node: &Node<'_>) -> Self {
        let connection = connection(node, &TCP_REQUESTER, &UDP_REQUESTER);
        let reconnection = connection.as_ref().map_or(Reconnection::NONE, Reconnection::of_connection);
        Self { requester: connection.map(|connection| requester(&connection)), reconnection }
    }
}

fn requester(node: &Node<'_>) -> Requester {
    let address = Address::of(node);
    let local = node.part(LOCAL.name).map(|local| Address::of(&local));
    if node.spec.name == UDP_REQUESTER.name {
        return Requester::Udp {
            address,
            local,
            packet: node.limit("receiveBufferSize").unwrap_or_default(),
            patience: millis(node, "clientTimeout"),
            broadcasts: node.boolean("broadcast"),
        };
    }
    Requester::Tcp(Pool::new(
        address,
        local,
        Options::of(node),
        millis(node, "connectionTimeout"),
        Protocol::of_connection(node),
        client_tls(node),
    ))
}

fn client_tls(node: &Node<'_>) -> Option<Arc<ClientConfig>> {
    tls::context(node)?.bare_client()
}

/// How connections that come are secured.
fn server_tls(node: &Node<'_>) -> Option<Arc<ServerConfig>> {
    let server = tls::context(node)?.bare_server();
    if server.is_none() {
        let fault = Fault::new(Code::Configuration, "KeyStore must be configured for server side SSL");
        node.refuse("tlsContext", fault.help("give the `tls:context` a `tls:key-store`"));
    }
    server
}

/// A socket that messages come to.
pub struct ListenerConfig {
    /// Where it listens.
    pub address: Address,
    /// When opening it is tried again.
    pub reconnection: Reconnection,
    /// What kind of socket it is; gone where a mistake was noted.
    pub kind: Option<ListenerKind>,
}

/// What kind of socket messages come to.
#[derive(Clone)]
pub enum ListenerKind {
    Tcp {
        options: Options,
        backlog: u32,
        protocol: Protocol,
        /// Set where connections are secured.
        tls: Option<Arc<ServerConfig>>,
    },
    Udp {
        /// How many bytes a packet may have.
        packet: usize,
        broadcasts: bool,
    },
}

impl Global for ListenerConfig {}

impl ListenerConfig {
    fn of(node: &Node<'_>) -> Self {
        let connection = connection(node, &TCP_LISTENER, &UDP_LISTENER);
        let kind = |node: &Node<'_>| match node.spec.name == UDP_LISTENER.name {
            true => ListenerKind::Udp {
                packet: node.limit("receiveBufferSize").unwrap_or_default(),
                broadcasts: node.boolean("broadcast"),
            },
            false => ListenerKind::Tcp {
                options: Options::of(node),
                backlog: node.limit("receiveBacklog").and_then(|n| u32::try_from(n).ok()).unwrap_or(50),
                protocol: Protocol::of_connection(node),
                tls: server_tls(node),
            },
        };
        Self {
            address: connection.as_ref().map(Address::of).unwrap_or_default(),
            reconnection: connection.as_ref().map_or(Reconnection::NONE, Reconnection::of_connection),
            kind: connection.as_ref().map(kind),
        }
    }
}
