//! The chapter of the data formats: a page for each, with the properties of its reader and writer.

use super::pages::{Chapter, Page, row};
use crate::format::{Format, Property, PropertyKind, registry};

/// All formats.
pub fn chapter() -> Chapter {
    Chapter {
        title: "Data formats",
        text: "A page for each format, with the properties of its reader and writer.",
        pages: registry::formats().iter().map(|format| page(*format)).collect(),
    }
}

fn page(format: &dyn Format) -> Page {
    let body = format!(
        "- id: `{}`\n- MIME types: {}\n- file extensions: {}\n\n## Reader\n\n{}\n## Writer\n\n{}",
        format.id(),
        listed(format.mime_types()),
        listed(format.extensions()),
        properties(format.reader_properties()),
        properties(format.writer_properties()),
    );
    Page {
        file: format!("formats/{}.md", format.id()),
        title: format.mime_type().to_string(),
        summary: format!("`{}`", format.id()),
        body,
    }
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() { "none".into() } else { format!("`{}`", names.join("`, `")) }
}

fn properties(declared: &[Property]) -> String {
    if declared.is_empty() {
        return "It has no properties.\n".into();
    }
    let mut out = "| property | takes | default | |\n|---|---|---|---|\n".to_string();
    for property in declared {
        let default = match property.default {
            "" => String::new(),
            "\n" => r"`\n`".into(),
            text => format!("`{text}`"),
        };
        out += &row(&[&format!("`{}`", property.name), &kind(property.kind), &default, property.doc]);
    }
    out
}

fn kind(kind: PropertyKind) -> String {
    match kind {
        PropertyKind::Boolean => "`true` or `false`".into(),
        PropertyKind::Number { least: i64::MIN } => "a whole number".into(),
        PropertyKind::Number { least } => format!("a whole number from {least}"),
        PropertyKind::Text => "text".into(),
        PropertyKind::OneOf(choices) => listed(choices),
    }
}
