//! `sockets:request-config` and `sockets:listener-config`: addresses, and what the sockets are like.

mod spec;

pub use spec::{LISTEN, REQUEST};

use super::protocol::Protocol;
use super::requester::{Pool, Requester};
use crate::connector::reconnection::Reconnection;
use crate::connector::tls;
use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::spec::Spec;
use rustls::{ClientConfig, ServerConfig};
use spec::{LOCAL, TCP_LISTENER, TCP_REQUESTER, UDP_LISTENER, UDP_REQUESTER};
use std::sync::Arc;
use std::time::Duration;

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
