//! Natives of `dw::util::Tree`: walks over a value that tell each place's path.

pub mod filter;
pub mod leaves;
mod path;
