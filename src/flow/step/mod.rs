//! Components that work on the event themselves: a file for each.

pub mod flow_ref;
mod label;
pub mod logger;
pub mod raise_error;
pub mod set_payload;
pub mod set_variable;
pub mod transform;
