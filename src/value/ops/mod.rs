//! Operators as plain functions of values. Schemas and key tags of operands do not count.
//!
//! | operator | function | operator | function |
//! |---|---|---|---|
//! | `+` | [`add`] | `==` | [`equal()`] |
//! | `-` | [`subtract`] | `~=` | [`similar()`] |
//! | `*` | [`multiply`] | `<` `<=` `>` `>=` | [`compare()`] |
//! | `/` | [`divide`] | the order of `orderBy` | [`order`] |
//! | `-x` | [`negate`] | `<<`, `>>` | [`append`], [`prepend`] |
//!
//! `++`, `--`, `mod`, `to` are functions that the library declares. Operands convert: text to Number where it parses,
//! text to dates and back. Where no conversion helps, the fault names operator and types; it is rescuable exactly when
//! an operand is null.

mod arithmetic;
mod compare;
mod equal;
mod fault;
mod list;
mod remove;
mod similar;

pub use arithmetic::{add, divide, multiply, negate, subtract};
pub use compare::{compare, order};
pub use equal::equal;
pub use list::{append, prepend};
pub use similar::similar;
