//! Texts and places in them: sources, spans, lines and columns.

mod source;
mod span;

pub use source::{Place, Position, Source};
pub use span::Span;
