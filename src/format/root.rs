//! The metadata of a whole input: `payload.^mediaType`, `payload.^encoding`.

use crate::value::{Str, Value};

/// Puts `encoding` and `mediaType` (as given, without parameters) on a value that was read from an input. Metadata it
/// has already stays in front. Nothing lazy is computed.
pub fn tag_root(value: Value, encoding: &str, media_type: &str) -> Value {
    let mut schema = value.schema().cloned().unwrap_or_default();
    schema.0.retain(|(name, _)| name != "encoding" && name != "mediaType");
    let entries = [("encoding", encoding), ("mediaType", media_type)];
    schema.0.extend(entries.map(|(name, text)| (Str::from(name), Value::string(text))));
    value.with_schema(schema)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Array, Schema};

    #[test]
    fn does_not_compute_sequences() {
        let lazy =
            Array::lazy(std::iter::from_fn(|| -> Option<Result<Value, crate::diag::Fault>> { panic!("pulled") }));
        let tagged = tag_root(Value::Array(lazy), "UTF-8", "application/json");
        let schema: &Schema = tagged.schema().unwrap();
        assert_eq!((schema.text("encoding"), schema.text("mediaType")), (Some("UTF-8"), Some("application/json")));
    }
}
