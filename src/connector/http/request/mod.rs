//! Calling HTTP services: configurations with a pool of connections each, and the operation.

mod build;
mod config;
mod cookies;
mod failure;
mod operation;
mod validator;

pub use config::CONFIG;
pub use operation::REQUEST;
