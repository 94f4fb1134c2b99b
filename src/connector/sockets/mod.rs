//! The sockets connector: messages over TCP and UDP, without a protocol of higher kind.

mod attributes;
mod config;
mod listener;
mod operations;
mod problem;
mod protocol;
mod requester;
#[cfg(test)]
mod tests;
mod wire;

use crate::flow::spec::Module;

/// The connector with its error types (mule-sockets-connector `SocketError`).
pub static MODULE: Module = Module {
    name: "sockets",
    doc: "Sends messages over TCP and UDP, and takes them.",
    errors: &[
        ("CONNECTIVITY", "MULE:CONNECTIVITY"),
        ("RETRY_EXHAUSTED", "MULE:RETRY_EXHAUSTED"),
        ("UNKNOWN_HOST", "SOCKETS:CONNECTIVITY"),
        ("CONNECTION_TIMEOUT", "SOCKETS:CONNECTIVITY"),
        ("LENGTH_EXCEEDED", "MULE:ANY"),
    ],
    functions: &[],
    components: &[
        &config::REQUEST,
        &config::LISTEN,
        &protocol::DIRECT,
        &protocol::EOF,
        &protocol::STREAMING,
        &protocol::LENGTH,
        &protocol::SAFE,
        &protocol::XML,
        &protocol::XML_EOF,
        &operations::SEND,
        &operations::SEND_AND_RECEIVE,
        &listener::SPEC,
    ],
};
