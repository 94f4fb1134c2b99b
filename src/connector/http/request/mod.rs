//! Calling HTTP services: configurations with a pool of connections each, and the operation.

mod authentication;
mod build;
mod clients;
mod config;
mod cookies;
mod failure;
mod operation;
mod proxy;
#[cfg(test)]
mod tests;
mod token;
mod validator;

pub use config::CONFIG;
pub use operation::REQUEST;
pub use proxy::SPEC as PROXY;
