//! What went wrong: error codes, faults, reports of faults, and near-name suggestions.

mod code;
mod excerpt;
mod fault;
mod report;
mod suggest;

pub use code::Code;
pub use fault::{Call, Fault};
pub use report::{Report, Style};
pub use suggest::nearest;
