//! What is wrong with a document, in the words of the vendor's library for drafts from 6 on (networknt
//! json-schema-validator 1.0): `[$.name: is missing but it is required]`.

use super::report::{names, type_name, types};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;

/// All mistakes in one text.
pub fn of(errors: &[ValidationError<'_>]) -> String {
    let lines: Vec<_> = errors.iter().flat_map(lines_of).collect();
    format!("[{}]", lines.join(", "))
}

fn lines_of(error: &ValidationError<'_>) -> Vec<String> {
    let path = path(error.instance_path().as_str());
    match error.kind() {
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            context.iter().flatten().flat_map(lines_of).collect()
        }
        Kind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|name| {
                format!(
                    "{path}.{name}: is not defined in the schema and the schema does not allow additional properties"
                )
            })
            .collect(),
        Kind::Required { property } => {
            vec![format!("{path}.{}: is missing but it is required", property.as_str().unwrap_or_default())]
        }
        kind => vec![format!("{path}: {}", text(kind, error))],
    }
}

fn text(kind: &Kind, error: &ValidationError<'_>) -> String {
    match kind {
        Kind::Type { kind } => {
            format!("{} found, {} expected", type_name(error.instance()), types(kind).join(" or "))
        }
        Kind::Enum { options } => format!("does not have a value in the enumeration {}", names(options)),
        Kind::Constant { expected_value } => format!("must be a constant value {expected_value}"),
        Kind::Contains => "does not contain an element that passes these validations".to_string(),
        Kind::ExclusiveMaximum { limit } => format!("must have an exclusive maximum value of {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("must have an exclusive minimum value of {limit}"),
        Kind::Maximum { limit } => format!("must have a maximum value of {limit}"),
        Kind::Minimum { limit } => format!("must have a minimum value of {limit}"),
        Kind::MaxItems { limit } => format!("there must be a maximum of {limit} items in the array"),
        Kind::MinItems { limit } => format!("there must be a minimum of {limit} items in the array"),
        Kind::MaxLength { limit } => format!("may only be {limit} characters long"),
        Kind::MinLength { limit } => format!("must be at least {limit} characters long"),
        Kind::MaxProperties { limit } => format!("may only have a maximum of {limit} properties"),
        Kind::MinProperties { limit } => format!("should have a minimum of {limit} properties"),
        Kind::MultipleOf { multiple_of } => format!("must be multiple of {multiple_of:.1}"),
        Kind::Pattern { pattern } => format!("does not match the regex pattern {pattern}"),
        Kind::UniqueItems => "the items in the array must be unique".to_string(),
        Kind::Not { schema } => format!("should not be valid to the schema {schema}"),
        Kind::OneOfMultipleValid { .. } => "should be valid to one and only one of the schemas".to_string(),
        _ => error.to_string(),
    }
}

/// A JSON pointer as a path: `$.lines[0].name`; a digit that is a key looks like an index.
fn path(pointer: &str) -> String {
    pointer.split('/').skip(1).fold("$".to_string(), |path, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        let is_index = !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit());
        if is_index { format!("{path}[{step}]") } else { format!("{path}.{step}") }
    })
}
