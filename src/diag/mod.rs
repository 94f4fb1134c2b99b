//! What went wrong: error codes, faults, and near-name suggestions. Rendering is in `report` and `render`.

mod code;
mod fault;
mod suggest;

pub use code::Code;
pub use fault::{Call, Fault};
pub use suggest::nearest;
