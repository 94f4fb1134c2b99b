//! Natives of `dw::Core`, by topic.

pub mod aggregate;
pub mod date;
pub mod distinct;
pub mod group;
pub mod kind;
pub mod number;
pub mod object;
pub mod order;
pub mod outside;
pub mod pattern;
pub mod random;
pub mod reduce;
pub mod remove;
pub mod replace;
pub mod search;
pub mod sequence;
pub mod size;
pub mod text;
