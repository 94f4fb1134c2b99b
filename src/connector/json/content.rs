//! Documents as the schemas' library takes them, refused where a key comes twice and that is not allowed.

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};
use std::fmt;

/// Reads the document that bytes begin with; what comes behind it is not looked at, as the vendor's reader does.
///
/// # Errors
/// What is no JSON; a key that comes twice in an object, where `duplicates` are not allowed.
pub fn read(bytes: &[u8], duplicates: bool) -> Result<Json, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut source = serde_json::Deserializer::from_slice(bytes);
    Document { duplicates }.deserialize(&mut source).map_err(|error| error.to_string())
}

#[derive(Clone, Copy)]
struct Document {
    duplicates: bool,
}

impl<'de> DeserializeSeed<'de> for Document {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Json, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = source.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Json, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = source.next_key::<String>()? {
            if !self.duplicates && fields.contains_key(&name) {
                return Err(A::Error::custom(format!("Duplicate field '{name}'")));
            }
            fields.insert(name, source.next_value_seed(self)?);
        }
        Ok(Json::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_keys_counts_unless_they_are_refused() {
        let text = br#"{"a": [1, -2, 2.5, null, true, "x"], "b": {"c": 1, "c": 2}} and more"#;
        assert_eq!(read(text, true).unwrap().to_string(), r#"{"a":[1,-2,2.5,null,true,"x"],"b":{"c":2}}"#);
        assert!(read(text, false).unwrap_err().starts_with("Duplicate field 'c' at line 1 column "));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        let deep = "[".repeat(100_000);
        for text in ["", "<a/>", "{\"a\": }", deep.as_str()] {
            assert!(read(text.as_bytes(), true).is_err());
        }
    }
}
