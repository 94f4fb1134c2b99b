//! What kind of value a value is: typeOf.

use crate::eval::Native;
use crate::value::{Type, Value};
use std::sync::Arc;

/// Natives of this file.
pub const NATIVES: &[Native] =
    &[Native { key: "core::typeOf", body: |_, args| Ok(Value::Type(Arc::new(Type::of(args.bare(0))))) }];
