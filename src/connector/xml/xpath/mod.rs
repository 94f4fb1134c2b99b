//! XPath: `xml-module:xpath-extract` and the function `XmlModule::xpath`.

mod evaluate;
mod expression;
mod extract;
mod function;
mod write;

pub use extract::{CONTENT, SPEC};
pub use function::function;
