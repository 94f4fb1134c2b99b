//! Values as bytes and back. Stored data begins with the version of this format; damaged data is an error, whatever is in
//! it.

mod number;
mod object;
mod raw;
mod temporal;
#[cfg(test)]
mod tests;
mod types;
mod value;

pub use raw::{Decoder, Encoder};

use crate::diag::{Code, Fault};

/// The version of the format that this program writes, and the only one it reads.
const VERSION: u8 = 1;

/// The fault of data that cannot have been written by this program.
pub fn damaged(what: &str) -> Fault {
    Fault::new(Code::Read, format!("stored data is damaged: {what}"))
        .help("it was changed from outside, or the disk failed; restore it from a backup or remove it")
}
