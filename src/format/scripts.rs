//! What the DataWeave format needs from above: its documents are scripts.

use crate::diag::Fault;
use crate::text::Source;
use crate::value::Value;
use std::sync::Arc;

/// Runs documents that are scripts.
pub trait Scripts {
    /// Evaluates a document; with `only_data`, anything but literals is refused.
    fn evaluate(&self, source: Arc<Source>, only_data: bool) -> Result<Value, Fault>;
}

/// For tests of formats that never run a script.
#[cfg(test)]
pub struct NoScripts;

#[cfg(test)]
impl Scripts for NoScripts {
    fn evaluate(&self, _: Arc<Source>, _: bool) -> Result<Value, Fault> {
        Err(Fault::internal("a document was run"))
    }
}
