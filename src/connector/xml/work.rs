//! Where work on documents runs: off the threads of flows, with a stack that suits trees of any allowed depth.

use super::document::Failure;
use crate::connector::apart::apart;
use crate::flow::event::{Error, Event};

/// Stack for what recurses over [`super::document::MAX_DEPTH`] levels; only what is used of it becomes memory.
const STACK: usize = 64 << 20;

/// Does work that computes for long.
///
/// # Errors
/// What the work fails with.
pub async fn run<T: Send + 'static>(
    event: &Event,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Error> {
    apart(event, move || Ok(here(work))).await?.map_err(|failure| failure.error(event))
}

/// Does it on this thread.
pub fn here<T>(work: impl FnOnce() -> T) -> T {
    stacker::grow(STACK, work)
}
