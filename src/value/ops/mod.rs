//! Operators on values.
//!
//! - [`equal`] `==`, [`similar`] `~=`; [`compare`] `<` and its kin with their conversions; [`order`] without any, for sorting
//! - [`add`] `+`, [`subtract`] `-`, [`multiply`] `*`, [`divide`] `/`, [`negate`] unary `-`
//! - [`append`] `<<`, [`prepend`] `>>` (which also shifts zones); [`truth`] of a condition

mod arithmetic;
mod compare;
mod equal;
mod fault;
mod list;

pub use super::coerce::to_boolean as truth;
pub use arithmetic::{add, divide, multiply, negate, subtract};
pub use compare::{compare, order, text_order};
pub use equal::{equal, similar};
pub use fault::no_operator;
pub use list::{append, prepend};
