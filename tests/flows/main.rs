//! Flows: small apps as a developer writes them, and what comes out.
#![allow(clippy::unwrap_used)]

mod app;
mod components;
mod errors;
mod load;
mod mistakes;
mod scopes;
mod secure;
mod steps;
mod stubs;
