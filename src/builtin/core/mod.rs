//! Natives of `dw::Core`, by topic.

pub mod date;
pub mod kind;
pub mod number;
pub mod object;
pub mod outside;
pub mod random;
pub mod reduce;
pub mod sequence;
pub mod size;
pub mod text;
