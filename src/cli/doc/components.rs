//! The chapter of the components: a page for each module, with what its specs say.

use super::pages::{Chapter, Page, fenced, row};
use crate::flow::spec::{Attribute, Body, Kind, Module, Occurs, Part, Registry, Spec};

/// All modules.
pub fn chapter(registry: &Registry) -> Chapter {
    Chapter {
        title: "Components of Mule apps",
        text: "A page for each module. Every example is loaded by the tests.",
        pages: registry.modules().iter().filter(|module| !module.components.is_empty()).map(|m| page(m)).collect(),
    }
}

/// What a module is called: the core has no prefix.
pub fn title(module: &Module) -> &'static str {
    if module.name.is_empty() { "core" } else { module.name }
}

fn page(module: &Module) -> Page {
    let mut body = format!("{}\n\n| component | |\n|---|---|\n", module.doc);
    for spec in module.components {
        body += &row(&[&format!("[`{}`](#{})", spec.name, spec.name.replace(':', "").to_lowercase()), summary(spec)]);
    }
    if !module.errors.is_empty() {
        body += &format!("\nError types: {}.\n", errors(module));
    }
    for spec in module.components {
        body += &format!("\n## `{}`\n\n{}\n{}", spec.name, spec.doc, details(spec));
    }
    let summary = module.doc.to_string();
    Page { file: format!("components/{}.md", title(module)), title: title(module).to_string(), summary, body }
}

/// The first sentence.
pub fn summary(spec: &Spec) -> &'static str {
    spec.doc.find(". ").map_or(spec.doc, |end| &spec.doc[..=end])
}

fn errors(module: &Module) -> String {
    let namespace = module.name.to_ascii_uppercase();
    let listed = |(name, parent): &(&str, &str)| format!("`{namespace}:{name}` (a `{parent}`)");
    module.errors.iter().map(listed).collect::<Vec<_>>().join(", ")
}

/// All that follows the text.
fn details(spec: &Spec) -> String {
    let mut out = attributes(spec) + &content(spec.body);
    for part in spec.all_parts() {
        out += &format!("\nElement `{}` ({}): {}\n", part.spec.name, occurs(part), part.spec.doc);
        out += &inner(part.spec, 0);
    }
    if !spec.errors.is_empty() {
        out += &format!("\nFails with `{}`.\n", spec.errors.join("`, `"));
    }
    if !spec.example.is_empty() {
        out += &format!("\nExample:\n\n{}", fenced("xml", spec.example));
    }
    out
}

/// What stands in a part; parts may hold parts.
fn inner(spec: &Spec, level: usize) -> String {
    let mut out = attributes(spec) + &content(spec.body);
    for part in spec.parts.iter().filter(|_| level < DEEPEST) {
        out += &format!("\nElement `{}` in it ({}): {}\n", part.spec.name, occurs(part), part.spec.doc);
        out += &inner(part.spec, level + 1);
    }
    out
}

/// How deep parts of parts are told.
const DEEPEST: usize = 3;

fn attributes(spec: &Spec) -> String {
    let mut all = spec.all_attributes().peekable();
    if all.peek().is_none() {
        return String::new();
    }
    let mut out = "\n| attribute | takes | default | |\n|---|---|---|---|\n".to_string();
    for attribute in all {
        let name = format!("`{}`", attribute.name);
        out += &row(&[&name, &kind(attribute.kind), &default(attribute), attribute.doc]);
    }
    out
}

/// What holds where an attribute is left out.
pub fn default(attribute: &Attribute) -> String {
    match attribute.default {
        _ if attribute.required => "required".into(),
        Some(text) => format!("`{text}`"),
        None => String::new(),
    }
}

/// What an attribute takes.
pub fn kind(kind: Kind) -> String {
    match kind {
        Kind::Text => "text".into(),
        Kind::Value => "text or `#[…]`".into(),
        Kind::Script => "an expression".into(),
        Kind::Template => "text with `#[…]` anywhere in it".into(),
        Kind::Integer => "a whole number".into(),
        Kind::Count => "a whole number from 1".into(),
        Kind::Boolean => "`true` or `false`".into(),
        Kind::Choice(words) => format!("`{}`", words.join("`, `")),
        Kind::Reference => "the name of a global element".into(),
    }
}

fn content(body: Body) -> String {
    let holds = match body {
        Body::Nothing => return String::new(),
        Body::Processors => "processors",
        Body::Flow => "a source, if it has one, then processors",
        Body::Value => "text or `#[…]`",
        Body::Script => "a script",
        Body::Template => "text with `#[…]` anywhere in it",
        Body::Global => "a global element of its own",
    };
    format!("\nIt holds {holds}.\n")
}

/// How often a part may stand.
pub fn occurs(part: &Part) -> String {
    match part.occurs {
        Occurs::Optional => "at most one".into(),
        Occurs::Once => "exactly one".into(),
        Occurs::Any => "any number".into(),
        Occurs::AtLeast(n) => format!("at least {n}"),
    }
}
