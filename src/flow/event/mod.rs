//! Events: what travels through a flow, and the tree of error types.

mod error;
mod error_type;
mod file;
mod message;
mod octets;
mod stored;
mod travel;
mod typed;
mod view;

pub use error::Error;
pub use error_type::{ErrorType, ErrorTypes, Matcher};
pub use file::FileContent;
pub use message::Message;
pub use octets::Octets;
pub use stored::{Stored, decoder, encoder};
pub use travel::{Event, Item, Variables, new_correlation_id};
pub use typed::{Content, Typed, java, media, structured};
