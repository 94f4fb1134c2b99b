//! Writes XML.

use crate::diag::{Code, Fault};
use crate::format::{Options, Property};
use crate::value::Value;
use std::io::Write;

pub const PROPERTIES: &[Property] = &[];

pub fn write(_value: Value, _out: &mut dyn Write, _options: &Options) -> Result<(), Fault> {
    Err(Fault::new(Code::Write, "later"))
}
