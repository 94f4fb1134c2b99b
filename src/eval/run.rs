//! What all evaluation of one script run shares: the outer world, the natives, the limits.

use super::{Host, NativeTable};
use crate::value::Watch;
use std::sync::Arc;

/// How deep calls may nest unless the run says otherwise.
const MAX_STACK: usize = 10_000;

/// What all evaluation of one script run shares.
pub struct Run {
    /// The outer world.
    pub host: Arc<dyn Host>,
    /// The native bodies, in the order the library was made with.
    pub natives: Arc<NativeTable>,
    /// How deep calls may nest.
    pub max_stack: usize,
    /// When the run has to end.
    pub watch: Arc<Watch>,
}

impl Run {
    /// A run without limits on time.
    pub fn new(host: Arc<dyn Host>, natives: Arc<NativeTable>) -> Self {
        Self { host, natives, max_stack: MAX_STACK, watch: Arc::default() }
    }
}
