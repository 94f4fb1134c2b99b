//! The chapter of the standard library: a page for each module.

use super::pages::{Chapter, Page, code, row};
use crate::script::doc::{self, Entry, Example, Outcome};

/// All modules.
pub fn chapter() -> Chapter {
    Chapter {
        title: "The standard library",
        text: "A page for each module. Every example is run by the tests.",
        pages: doc::modules().into_iter().filter_map(doc::page).map(page).collect(),
    }
}

fn page(module: doc::Page) -> Page {
    let mut body = format!("{}\n\n| name | |\n|---|---|\n", module.text);
    for (i, entry) in module.entries.iter().enumerate() {
        let before = module.entries[..i].iter().filter(|e| e.name.eq_ignore_ascii_case(&entry.name)).count();
        body += &row(&[&link(&entry.name, before), entry.summary()]);
    }
    for entry in &module.entries {
        body += &section(entry);
    }
    let summary = module.text.lines().next().unwrap_or_default().to_string();
    Page { file: format!("{}.md", module.module.replace("::", "/")), title: module.module, summary, body }
}

/// A link to the section of a name. Anchors are in lower case, and numbered where `before` sections have the same; names of
/// signs alone have none.
fn link(name: &str, before: usize) -> String {
    if !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return format!("`{name}`");
    }
    let number = if before == 0 { String::new() } else { format!("-{before}") };
    format!("[`{name}`](#{}{number})", name.to_lowercase())
}

fn section(entry: &Entry) -> String {
    let mut out = format!("\n## `{}`\n\n{}\n{}\n", entry.name, code(&entry.signatures.join("\n")), entry.text);
    if !entry.params.is_empty() {
        out.push('\n');
    }
    for (name, meaning) in &entry.params {
        out += &format!("- `{name}`: {meaning}\n");
    }
    if !entry.returns.is_empty() {
        out += &format!("\nGives {}.\n", entry.returns.trim_end_matches('.'));
    }
    for shown in &entry.examples {
        out += &example(shown);
    }
    out
}

fn example(shown: &Example) -> String {
    let title = if shown.title.is_empty() { String::new() } else { format!(" {}", shown.title) };
    let outcome = match &shown.outcome {
        Outcome::Result(value) => format!("gives\n\n{}", code(value)),
        Outcome::Fails(part) => format!("fails: {part}\n"),
    };
    format!("\nExample{title}:\n\n{}\n{outcome}", code(&shown.script))
}
