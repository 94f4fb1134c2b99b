//! Running events: processors, chains, error handlers, flows, and the work that outlives its scope.

mod context;
mod flow;
mod handler;
mod location;
mod processor;
mod work;

pub use context::Context;
pub use flow::Flow;
pub use handler::{ErrorHandler, OnError, log};
pub use location::{Component, Location, Place};
pub use processor::{Chain, Observer, Processor, Step};
pub use work::{Busy, Tied, Work};
