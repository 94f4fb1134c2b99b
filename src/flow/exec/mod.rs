//! Running events: processors, chains, error handlers, flows, and the work that outlives its scope.

mod context;
mod digest;
mod flow;
mod handler;
mod location;
mod locks;
mod processor;
mod redelivery;
mod work;

pub use context::Context;
pub use digest::Digest;
pub use flow::Flow;
pub use handler::{ErrorHandler, OnError, log};
pub use location::{Component, Location, Place};
pub use locks::Locks;
pub use processor::{Chain, Observer, Processor, Step};
pub use redelivery::{Identity, Redelivery};
pub use work::{Busy, Tied, Work};
