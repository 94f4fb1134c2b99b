//! Components that work on the event themselves: a file for each.

pub mod dynamic_evaluate;
pub mod flow_ref;
pub mod idempotent;
mod label;
pub mod logger;
pub mod parse_template;
pub mod raise_error;
pub mod set_payload;
pub mod set_variable;
pub mod transform;
