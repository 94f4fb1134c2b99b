//! XML schemas: `xml-module:validate-schema`.

mod bundle;
mod check;
mod message;
mod references;
mod validate;

pub use validate::SPEC;
