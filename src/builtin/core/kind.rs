//! What kind of value a value is, and what is told about it: typeOf, `<~`.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Schema, Type, Value};
use std::sync::Arc;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::typeOf", body: |_, args| Ok(Value::Type(Arc::new(Type::of(args.bare(0))))) },
    Native { key: "core::withMetadata", body: with_metadata },
];

/// The value with the pairs of an object as its metadata.
fn with_metadata(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let value = args.take(0);
    let entries = args.object(1)?.iter().map(|pair| (pair.name.local.clone(), pair.value.clone()));
    let schema = Schema(entries.collect());
    Ok(value.with_schema(schema))
}
