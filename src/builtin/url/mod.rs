//! Natives of `dw::core::URL`.

pub mod escape;
mod parse;
pub mod parts;
