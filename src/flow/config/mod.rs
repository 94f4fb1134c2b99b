//! Mule configuration files: XML text to element trees with the place of everything.

mod element;
mod xml;

pub use element::{Attribute, Element, Name, Text};
pub use xml::read;
