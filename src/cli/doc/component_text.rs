//! Components on the terminal: the list of modules, a module, or one component.

use super::components::{default, kind, occurs, summary, title};
use crate::flow::spec::{Module, Registry, Spec};

/// The modules, a line for each.
pub fn modules(registry: &Registry) -> String {
    registry.modules().iter().map(|module| format!("{:28} {}\n", title(module), module.doc)).collect()
}

/// The page of a module or a component; `None` where none has this name.
pub fn found(registry: &Registry, name: &str) -> Option<String> {
    let named = registry.named(name).map(component);
    named.or_else(|| registry.modules().iter().find(|m| title(m) == name).map(|m| module(m)))
}

/// The names that one may ask for.
pub fn names(registry: &Registry) -> Vec<String> {
    registry.modules().iter().flat_map(|module| module.components).map(|spec| spec.name.to_string()).collect()
}

fn module(module: &Module) -> String {
    let mut out = format!("{}\n\n{}\n\n", title(module), module.doc);
    for spec in module.components {
        out += &format!("  {:32} {}\n", spec.name, summary(spec));
    }
    out
}

fn component(spec: &'static Spec) -> String {
    let mut out = format!("{}\n\n{}\n", spec.name, spec.doc);
    out += &attributes(spec, "");
    for part in spec.all_parts() {
        out += &inner(part.spec, &occurs(part), 1);
    }
    if !spec.errors.is_empty() {
        out += &format!("\nFails with {}.\n", spec.errors.join(", "));
    }
    if !spec.example.is_empty() {
        let lines: String = spec.example.lines().map(|line| format!("    {line}\n")).collect();
        out += &format!("\nExample\n\n{lines}");
    }
    out
}

/// A part with its attributes and parts.
fn inner(spec: &'static Spec, how_often: &str, level: usize) -> String {
    let indent = "  ".repeat(level);
    let mut out = format!("\n{indent}<{}> ({how_often}): {}\n", spec.name, spec.doc);
    out += &attributes(spec, &indent);
    for part in spec.parts.iter().filter(|_| level < DEEPEST) {
        out += &inner(part.spec, &occurs(part), level + 1);
    }
    out
}

/// How deep parts of parts are told.
const DEEPEST: usize = 4;

fn attributes(spec: &'static Spec, indent: &str) -> String {
    let mut out = String::new();
    for attribute in spec.all_attributes() {
        let default = match default(attribute).replace('`', "") {
            text if text.is_empty() || attribute.required => text,
            text => format!("default {text}"),
        };
        let takes = kind(attribute.kind).replace('`', "");
        let takes = if default.is_empty() { takes } else { format!("{takes}; {default}") };
        out += &format!("{indent}    {:24} {} ({takes})\n", attribute.name, attribute.doc);
    }
    if out.is_empty() { out } else { format!("\n{out}") }
}
