//! Mistakes in the words of the validator that the reference uses (everit-org/json-schema, by way of AMF):
//! `/age expected type: Integer, found: String`.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value as Json;

/// The mistakes that an error stands for.
pub fn all(error: &ValidationError<'_>) -> Vec<String> {
    let path = error.instance_path().as_str();
    let texts = match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().map(|name| format!("extraneous key [{name}] is not permitted")).collect()
        }
        kind => vec![text(kind, error)],
    };
    texts.into_iter().map(|text| format!("{path} {text}").trim_start().to_string()).collect()
}

fn text(kind: &ValidationErrorKind, error: &ValidationError<'_>) -> String {
    use ValidationErrorKind as Kind;
    let found = error.instance();
    match kind {
        Kind::Required { property } => format!("required key [{}] not found", word(property)),
        Kind::Type { kind } => format!("expected type: {}, found: {}", wanted(kind), name_of(found)),
        Kind::Minimum { limit } => format!("{found} is not greater or equal to {limit}"),
        Kind::Maximum { limit } => format!("{found} is not less or equal to {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("{found} is not greater than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("{found} is not less than {limit}"),
        Kind::MinLength { limit } => format!("expected minLength: {limit}, actual: {}", length(found)),
        Kind::MaxLength { limit } => format!("expected maxLength: {limit}, actual: {}", length(found)),
        Kind::Pattern { pattern } => format!("string [{}] does not match pattern {pattern}", word(found)),
        Kind::Enum { .. } | Kind::Constant { .. } => format!("{} is not a valid enum value", word(found)),
        Kind::MinItems { limit } => format!("expected minimum item count: {limit}, found: {}", size(found)),
        Kind::MaxItems { limit } => format!("expected maximum item count: {limit}, found: {}", size(found)),
        Kind::MinProperties { limit } => format!("minimum size: [{limit}], found: [{}]", size(found)),
        Kind::MaxProperties { limit } => format!("maximum size: [{limit}], found: [{}]", size(found)),
        Kind::UniqueItems => "array items are not unique".to_string(),
        Kind::MultipleOf { multiple_of } => format!("{found} is not a multiple of {multiple_of}"),
        Kind::Format { format } => format!("[{}] is not a valid {format}", word(found)),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            format!("#: no subschema matched out of the total {} subschemas", context.len())
        }
        Kind::OneOfMultipleValid { context } => {
            let valid = context.iter().filter(|errors| errors.is_empty()).count();
            format!("#: {valid} subschemas matched instead of one")
        }
        _ => error.to_string(),
    }
}

fn wanted(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => type_name(*one).to_string(),
        TypeKind::Multiple(all) => all.iter().map(type_name).collect::<Vec<_>>().join(" or "),
    }
}

fn type_name(wanted: JsonType) -> &'static str {
    match wanted {
        JsonType::Array => "JSONArray",
        JsonType::Boolean => "Boolean",
        JsonType::Integer => "Integer",
        JsonType::Null => "Null",
        JsonType::Number => "Number",
        JsonType::Object => "JSONObject",
        JsonType::String => "String",
    }
}

fn name_of(found: &Json) -> &'static str {
    match found {
        Json::Null => "Null",
        Json::Bool(_) => "Boolean",
        Json::Number(number) if number.is_f64() => "Double",
        Json::Number(_) => "Integer",
        Json::String(_) => "String",
        Json::Array(_) => "JSONArray",
        Json::Object(_) => "JSONObject",
    }
}

/// A value as a word: texts without their quotes.
fn word(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

fn length(value: &Json) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

fn size(value: &Json) -> usize {
    value.as_array().map(Vec::len).or_else(|| value.as_object().map(serde_json::Map::len)).unwrap_or_default()
}
