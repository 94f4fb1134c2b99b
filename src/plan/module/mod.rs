//! Modules: what a text declares and imports, and the standard library's texts.

mod library;
mod scan;
mod unit;

pub use library::Library;
pub(super) use unit::{Declared, Import, Imported, TypeDeclaration, Unit, Variable, declared_name};
