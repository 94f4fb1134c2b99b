//! Mule 4 flows: configuration, events, components, and the app that runs them.

pub mod config;
pub mod event;
