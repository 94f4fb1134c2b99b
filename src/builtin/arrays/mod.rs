//! Natives of `dw::core::Arrays`.

pub mod cut;
pub mod find;
pub mod join;
