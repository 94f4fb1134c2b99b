//! TLS contexts: the certificates that a side shows and those that it trusts, for listeners and requests.

mod context;
mod jks;
mod stores;
mod trust_all;

pub use context::{CONTEXT, TlsContext, context};
pub use stores::{key_store, resource};

use crate::flow::spec::Module;

/// The elements of the namespace `tls`.
pub static MODULE: Module = Module {
    name: "tls",
    doc: "Certificates of listeners and requests over TLS.",
    errors: &[],
    functions: &[],
    components: &[&CONTEXT],
};
