//! State that outlives the process: values as bytes and back, exactly; a database file that loses nothing it confirmed.

mod codec;
mod database;

pub use codec::{Decoder, Encoder, damaged};
pub use database::Database;
