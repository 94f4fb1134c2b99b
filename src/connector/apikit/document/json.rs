//! Trees as JSON: what schemas, defaults and enumerations are made of.

use super::{Content, Node};
use serde_json::{Map, Number, Value as Json};

/// A tree as JSON, by the rules of YAML's core schema.
pub fn to_json(node: &Node) -> Json {
    match &node.content {
        Content::Null => Json::Null,
        Content::Scalar { text, plain: true } => plain(text),
        Content::Scalar { text, .. } | Content::Include(text) => Json::String(text.to_string()),
        Content::List(items) => Json::Array(items.iter().map(to_json).collect()),
        Content::Map(entries) => {
            let pairs = entries.iter().map(|entry| (entry.name.to_string(), to_json(&entry.value)));
            Json::Object(pairs.collect::<Map<_, _>>())
        }
    }
}

/// What a plain scalar stands for: a number, a truth value, nothing, or itself.
pub fn plain(text: &str) -> Json {
    match text {
        "true" => return Json::Bool(true),
        "false" => return Json::Bool(false),
        "null" | "~" => return Json::Null,
        _ => {}
    }
    // Words such as `inf` and `nan` are numbers for Rust and none for JSON.
    let may_be_number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    let number = may_be_number.then(|| {
        let whole = text.parse::<i64>().map(Number::from).ok();
        whole.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
    });
    number.flatten().map_or_else(|| Json::String(text.to_string()), Json::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::apikit::document::read;
    use crate::text::Source;

    #[test]
    fn plain_scalars_have_types_and_quoted_ones_do_not() {
        let text = "{a: [1, -2.5, true, x, ~, '1', 1.0.0, inf, -inf], b: {c: }}";
        let found = to_json(&read(&Source::new("f", text)).unwrap());
        let want = r#"{"a":[1,-2.5,true,"x",null,"1","1.0.0","inf","-inf"],"b":{"c":null}}"#;
        assert_eq!(found.to_string(), want);
    }
}
