//! What `attributes` is of a message over a socket: the other side (mule-sockets-connector `ImmutableSocketAttributes`).

use crate::flow::event::Typed;
use crate::value::{ObjectBuilder, Value};
use std::net::SocketAddr;

/// The attributes of a message from this side. A host's name is not looked up.
pub fn of(peer: SocketAddr) -> Typed {
    let address = peer.ip().to_string();
    let name = if peer.ip().is_loopback() { "localhost" } else { &address };
    let mut object = ObjectBuilder::with_capacity(5);
    object.field("port", i64::from(peer.port())).field("hostAddress", address.as_str()).field("hostName", name);
    object.field("localCertificates", Value::Null).field("peerCertificates", Value::Null);
    Typed::value(object.value())
}
