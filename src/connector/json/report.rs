//! What is wrong with a document, as the report of the vendor's library for drafts 3 and 4 (java-json-tools
//! json-schema-validator): a list of objects, each with a message and what it is about.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

/// The report, as JSON.
pub fn of(errors: &[ValidationError<'_>], address: &str) -> String {
    let mut out = String::new();
    entries(&mut out, &entries_of(errors, address), 0);
    out
}

/// An object of the report; its fields are in the vendor's order.
struct Entry(Vec<(String, Field)>);

enum Field {
    Json(Json),
    /// What the schemas that a keyword combines say.
    Reports(Vec<(String, Vec<Entry>)>),
}

impl Entry {
    fn of(error: &ValidationError<'_>, address: &str) -> Self {
        let place = error.absolute_keyword_location().map(|place| place.as_str());
        let (address, path) = match place.and_then(|place| place.split_once('#')) {
            Some((file, path)) => (format!("{file}#"), path),
            None => (address.to_string(), error.schema_path().as_str()),
        };
        let pointer = path.rsplit_once('/').map_or("", |(schema, _)| schema);
        let mut entry = Self(Vec::new());
        entry
            .add("level", json!("error"))
            .add("schema", json!({"loadingURI": address, "pointer": pointer}))
            .add("instance", json!({"pointer": error.instance_path().as_str()}))
            .add("domain", json!("validation"))
            .add("keyword", json!(error.kind().keyword()));
        entry
    }

    fn add(&mut self, name: &str, value: impl Into<Json>) -> &mut Self {
        self.0.push((name.to_string(), Field::Json(value.into())));
        self
    }

    /// The message, with the values that it names.
    fn say(&mut self, message: String, named: &[(&str, Json)]) {
        self.add("message", message);
        for (name, value) in named {
            self.add(name, value.clone());
        }
    }
}

/// The objects for errors: properties that an object lacks share one.
fn entries_of(errors: &[ValidationError<'_>], address: &str) -> Vec<Entry> {
    let mut rest = errors;
    let mut all = Vec::new();
    while let Some(error) = rest.first() {
        let same = |other: &&ValidationError<'_>| {
            let place = |error: &ValidationError<'_>| (error.instance_path().clone(), required_path(error));
            matches!((error.kind(), other.kind()), (Kind::Required { .. }, Kind::Required { .. }))
                && place(error) == place(other)
        };
        let count = rest.iter().take_while(same).count().max(1);
        let mut entry = Entry::of(error, address);
        match error.kind() {
            Kind::Required { .. } => missing(&mut entry, &rest[..count]),
            kind => describe(&mut entry, kind, error, address),
        }
        all.push(entry);
        rest = &rest[count..];
    }
    all
}

/// The schema whose `required` an error is about.
fn required_path(error: &ValidationError<'_>) -> String {
    let path = error.schema_path().as_str();
    path.split_once("/required").map_or(path, |(schema, _)| schema).to_string()
}

fn missing(entry: &mut Entry, errors: &[ValidationError<'_>]) {
    let names = errors.iter().filter_map(|error| match error.kind() {
        Kind::Required { property } => Some(property.clone()),
        _ => None,
    });
    let names = Json::Array(names.collect());
    entry.say(format!("object has missing required properties ({names})"), &[("missing", names)]);
}

fn describe(entry: &mut Entry, kind: &Kind, error: &ValidationError<'_>, address: &str) {
    let found = error.instance().as_ref();
    match kind {
        Kind::AnyOf { context } => {
            entry.say(
                format!("instance failed to match at least one required schema among {}", context.len()),
                &[("nrSchemas", json!(context.len()))],
            );
            reports(entry, "anyOf", context, address);
        }
        Kind::OneOfNotValid { context } | Kind::OneOfMultipleValid { context } => {
            let matched = context.iter().filter(|errors| errors.is_empty()).count();
            entry.say(
                format!("instance failed to match exactly one schema (matched {matched} out of {})", context.len()),
                &[("matched", json!(matched)), ("nrSchemas", json!(context.len()))],
            );
            reports(entry, "oneOf", context, address);
        }
        _ => {
            let (message, named) = plain(kind, found).unwrap_or_else(|| (error.to_string(), Vec::new()));
            entry.say(message, &named);
        }
    }
}

fn reports(entry: &mut Entry, keyword: &str, context: &[Vec<ValidationError<'static>>], address: &str) {
    let each = context.iter().enumerate();
    let each = each.map(|(index, errors)| (format!("/{keyword}/{index}"), entries_of(errors, address)));
    entry.0.push(("reports".to_string(), Field::Reports(each.collect())));
}

type Message = (String, Vec<(&'static str, Json)>);

/// The message of a keyword that combines no schemas.
fn plain(kind: &Kind, found: &Json) -> Option<Message> {
    let text = || found.as_str().unwrap_or_default();
    Some(match kind {
        Kind::Type { kind } => {
            let (name, wanted) = (type_name(found), json!(types(kind)));
            let message =
                format!("instance type ({name}) does not match any allowed primitive type (allowed: {wanted})");
            (message, vec![("found", json!(name)), ("expected", wanted)])
        }
        Kind::AdditionalProperties { unexpected } => {
            let unwanted = json!(unexpected);
            let message = format!("object instance has properties which are not allowed by the schema: {unwanted}");
            (message, vec![("unwanted", unwanted)])
        }
        Kind::Enum { options } => (
            format!("instance value ({found}) not found in enum (possible values: {options})"),
            vec![("value", found.clone()), ("enum", options.as_ref().clone())],
        ),
        Kind::Pattern { pattern } => (
            format!("ECMA 262 regex \"{pattern}\" does not match input string \"{}\"", text()),
            vec![("regex", json!(pattern)), ("string", found.clone())],
        ),
        Kind::MultipleOf { multiple_of } => (
            format!("remainder of division is not zero ({found} / {multiple_of})"),
            vec![("value", found.clone()), ("divisor", json!(multiple_of))],
        ),
        Kind::UniqueItems => ("array must not contain duplicate elements".to_string(), Vec::new()),
        Kind::Not { .. } => ("instance matched a schema which it should not have".to_string(), Vec::new()),
        Kind::Format { format } => {
            (format!("string \"{}\" is not a valid {format}", text()), vec![("value", found.clone())])
        }
        _ => return bounds(kind, found),
    })
}

/// The message of a keyword that sets a bound.
fn bounds(kind: &Kind, found: &Json) -> Option<Message> {
    let keyword: &'static str = match kind {
        Kind::Minimum { .. } | Kind::ExclusiveMinimum { .. } => "minimum",
        Kind::Maximum { .. } | Kind::ExclusiveMaximum { .. } => "maximum",
        Kind::MinLength { .. } => "minLength",
        Kind::MaxLength { .. } => "maxLength",
        Kind::MinItems { .. } => "minItems",
        Kind::MaxItems { .. } => "maxItems",
        Kind::MinProperties { .. } => "minProperties",
        Kind::MaxProperties { .. } => "maxProperties",
        _ => return None,
    };
    let size = size(found);
    let counted = |limit: &u64, message: String| (message, vec![("found", json!(size)), (keyword, json!(limit))]);
    let numeric = |limit: &Json, message: String| (message, vec![(keyword, limit.clone()), ("found", found.clone())]);
    let text = found.as_str().unwrap_or_default();
    Some(match kind {
        Kind::Minimum { limit } => numeric(
            limit,
            format!("numeric instance is lower than the required minimum (minimum: {limit}, found: {found})"),
        ),
        Kind::Maximum { limit } => numeric(
            limit,
            format!("numeric instance is greater than the required maximum (maximum: {limit}, found: {found})"),
        ),
        Kind::ExclusiveMinimum { limit } => {
            numeric(limit, format!("numeric instance is not strictly greater than the required minimum {limit}"))
        }
        Kind::ExclusiveMaximum { limit } => {
            numeric(limit, format!("numeric instance is not strictly lower than the required maximum {limit}"))
        }
        Kind::MinLength { limit } => {
            counted(limit, format!("string \"{text}\" is too short (length: {size}, required minimum: {limit})"))
        }
        Kind::MaxLength { limit } => {
            counted(limit, format!("string \"{text}\" is too long (length: {size}, maximum allowed: {limit})"))
        }
        Kind::MinItems { limit } => counted(
            limit,
            format!("array is too short: must have at least {limit} elements but instance has {size} elements"),
        ),
        Kind::MaxItems { limit } => counted(
            limit,
            format!("array is too long: must have at most {limit} elements but instance has {size} elements"),
        ),
        Kind::MinProperties { limit } => {
            counted(limit, format!("object has too few properties (found {size} but schema requires at least {limit})"))
        }
        Kind::MaxProperties { limit } => {
            counted(limit, format!("object has too many properties (found {size} but schema requires at most {limit})"))
        }
        _ => return None,
    })
}

fn size(found: &Json) -> usize {
    match found {
        Json::String(text) => text.chars().count(),
        Json::Array(items) => items.len(),
        Json::Object(fields) => fields.len(),
        _ => 0,
    }
}

/// The types that a schema allows.
pub fn types(kind: &TypeKind) -> Vec<String> {
    match kind {
        TypeKind::Single(one) => vec![one.to_string()],
        TypeKind::Multiple(all) => all.iter().map(|one| one.to_string()).collect(),
    }
}

/// The type of a value, as schemas name types.
pub fn type_name(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(number) if number.is_f64() => "number",
        Json::Number(_) => "integer",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

/// The values of an enumeration: `[red, blue]`.
pub fn names(options: &Json) -> String {
    let word = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_string);
    let all: Vec<_> = options.as_array().into_iter().flatten().map(word).collect();
    format!("[{}]", all.join(", "))
}

/// Writes a list as Jackson does: `[ {`, with a field on each line.
fn entries(out: &mut String, all: &[Entry], depth: usize) {
    out.push_str("[ ");
    for (index, entry) in all.iter().enumerate() {
        out.push_str(if index == 0 { "{\n" } else { ", {\n" });
        for (index, (name, field)) in entry.0.iter().enumerate() {
            begin(out, index, name, depth + 1);
            match field {
                Field::Json(Json::Object(fields)) => {
                    out.push_str("{\n");
                    for (index, (name, value)) in fields.iter().enumerate() {
                        begin(out, index, name, depth + 2);
                        let _ = write!(out, "{value}");
                    }
                    end(out, depth + 1);
                }
                Field::Json(Json::Array(items)) if !items.is_empty() => {
                    let items: Vec<_> = items.iter().map(Json::to_string).collect();
                    let _ = write!(out, "[ {} ]", items.join(", "));
                }
                Field::Json(value) => {
                    let _ = write!(out, "{value}");
                }
                Field::Reports(reports) => {
                    out.push_str("{\n");
                    for (index, (name, all)) in reports.iter().enumerate() {
                        begin(out, index, name, depth + 2);
                        entries(out, all, depth + 2);
                    }
                    end(out, depth + 1);
                }
            }
        }
        end(out, depth);
    }
    out.push_str(" ]");
}

fn begin(out: &mut String, index: usize, name: &str, depth: usize) {
    out.push_str(if index == 0 { "" } else { ",\n" });
    let _ = write!(out, "{}{} : ", "  ".repeat(depth), Json::from(name));
}

fn end(out: &mut String, depth: usize) {
    let _ = write!(out, "\n{}}}", "  ".repeat(depth));
}
