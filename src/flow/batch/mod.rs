//! Batch jobs: input that is larger than the memory, record by record through steps, with everything that waits on disk.
//!
//! A job stands in a flow. Each event that reaches it is loaded as an [`store::Instance`]: its records are written into
//! the [`store::Store`] in blocks, and the flow goes on. A [`line`] decides which instance of a job gets the next free
//! worker; a [`run`] keeps the queue of one instance; [`work`] does the work on a block and commits what comes of it:
//! the block leaves the queue and its records come into it again one step further, in the same transaction.

mod aggregate;
mod codec;
mod engine;
mod figures;
mod functions;
mod job;
mod line;
mod load;
mod queue;
mod record;
mod result;
pub mod retry;
mod run;
mod sort;
mod step;
pub mod store;
mod work;

pub use engine::Engine;
pub use figures::Figures;
pub use job::Job;
pub use record::{Failure, Failures, Record};

use super::spec::Module;

/// The batch module.
pub static MODULE: Module = Module {
    name: "batch",
    doc: "Batch jobs: input of any size, record by record through steps; what waits is on disk and survives a crash.",
    errors: &[],
    functions: functions::ALL,
    components: &[&job::SPEC],
};
