//! The pools of connections that requests go through.

use super::proxy;
use crate::connector::tls::{self, TlsContext};
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Proxy};
use rustls::ClientConfig;
use std::time::Duration;

/// Two pools, since redirects are a matter of a whole pool.
pub struct Clients {
    /// For requests that follow redirects.
    pub following: Made,
    /// For those that do not.
    pub staying: Made,
}

/// A pool, or why there is none.
pub type Made = Result<Client, String>;

impl Default for Clients {
    fn default() -> Self {
        let tls = TlsContext::of_system().ok();
        let made = |policy: Policy| client(tls.as_deref(), None).redirect(policy).build().map_err(|e| e.to_string());
        Self { following: made(Policy::limited(MOST_REDIRECTS)), staying: made(Policy::none()) }
    }
}

impl Clients {
    /// The pools of a configuration, whose connection may be left out; mistakes are noted.
    pub fn of(node: &Node<'_>, connection: Option<&Node<'_>>) -> Self {
        let idle = connection.and_then(|connection| connection.limit("connectionIdleTimeout"));
        let is_persistent = connection.is_none_or(|connection| connection.boolean("usePersistentConnections"));
        // A context with a mistake in it has been noted; without any, the library would not make a client at all.
        let own = connection.and_then(tls::context).and_then(|own| own.client.clone());
        let tls = own.or_else(|| TlsContext::of_system().ok());
        let proxy = connection.and_then(proxy::of);
        let builder = |policy: Policy| {
            let mut builder = client(tls.as_deref(), proxy.clone())
                .redirect(policy)
                .pool_idle_timeout(idle.map(|ms| Duration::from_millis(ms as u64)));
            if !is_persistent {
                builder = builder.pool_max_idle_per_host(0);
            }
            if node.boolean("preserveHeadersCase") {
                builder = builder.http1_title_case_headers();
            }
            builder.build().map_err(|e| {
                let why = e.to_string();
                let fault = Fault::new(Code::Internal, format!("no HTTP client: {why}"));
                node.builder.note(fault.at(|| node.element.start()));
                why
            })
        };
        Self { following: builder(Policy::limited(MOST_REDIRECTS)), staying: builder(Policy::none()) }
    }
}

/// How often a request is redirected before it fails.
const MOST_REDIRECTS: usize = 10;

/// A client that goes where it is told to, whatever proxies the environment names.
fn client(tls: Option<&ClientConfig>, proxy: Option<Proxy>) -> ClientBuilder {
    let mut builder = Client::builder().no_proxy().tcp_nodelay(true);
    if let Some(tls) = tls {
        builder = builder.tls_backend_preconfigured(tls.clone());
    }
    match proxy {
        Some(proxy) => builder.proxy(proxy),
        None => builder,
    }
}
