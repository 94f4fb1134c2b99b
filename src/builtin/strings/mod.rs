//! Natives of `dw::core::Strings`.

pub mod chars;
pub mod distance;
mod inflect;
pub mod kinds;
pub mod naming;
pub mod parts;
pub mod shape;
