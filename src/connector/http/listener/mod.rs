//! Serving HTTP: configurations with a socket each, and the sources that share it.

mod answer;
mod config;
mod cors;
mod patience;
mod response;
mod routes;
mod server;
mod source;

pub use config::CONFIG;
pub use source::LISTENER;
