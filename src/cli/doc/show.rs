//! Reference text on the terminal: the list of modules, a module, or one name.

use crate::cli::Failure;
use crate::diag::nearest;
use crate::script::doc::{self, Entry, Outcome, Page};

/// The list of modules, a module's page, or the entry of one name.
pub fn text(name: Option<&str>) -> Result<String, Failure> {
    let mut text = String::new();
    match name {
        None => modules(&mut text),
        Some(name) => found(&mut text, name)?,
    }
    Ok(text)
}

fn modules(out: &mut String) {
    for page in doc::modules().into_iter().filter_map(doc::page) {
        let summary = page.text.lines().next().unwrap_or_default();
        *out += &format!("{:28} {summary}\n", page.module);
    }
    *out += "\n`dwrun doc MODULE` lists its functions, `dwrun doc NAME` explains one.\n";
}

/// A module (`dw::core::Strings` or `Strings`), a name in one (`Strings::words`), or a name in any.
fn found(out: &mut String, name: &str) -> Result<(), Failure> {
    let pages: Vec<Page> = doc::modules().into_iter().filter_map(doc::page).collect();
    if let Some(page) = pages.iter().find(|p| is_module(p, name)) {
        module(out, page);
        return Ok(());
    }
    let (of, name_in_it) = name.rsplit_once("::").unwrap_or(("", name));
    let searched = pages.iter().filter(|p| of.is_empty() || is_module(p, of));
    let hits: Vec<_> =
        searched.flat_map(|p| p.entries.iter().filter(|e| e.name == name_in_it).map(move |e| (p, e))).collect();
    for (page, hit) in &hits {
        entry(out, &page.module, hit);
    }
    if hits.is_empty() { Err(unknown(name, name_in_it, &pages)) } else { Ok(()) }
}

fn is_module(page: &Page, name: &str) -> bool {
    page.module == name || page.module.rsplit("::").next() == Some(name)
}

fn unknown(name: &str, short: &str, pages: &[Page]) -> Failure {
    let names = pages.iter().flat_map(|p| p.entries.iter().map(|e| e.name.as_str()));
    let modules = pages.iter().filter_map(|p| p.module.rsplit("::").next());
    match nearest(short, names.chain(modules)) {
        Some(near) => Failure::Plain(format!("nothing is named `{name}`; did you mean `{near}`?")),
        None => Failure::Plain(format!("nothing is named `{name}`; `dwrun doc` lists the modules")),
    }
}

fn module(out: &mut String, page: &Page) {
    *out += &format!("{}\n\n{}\n\n", page.module, page.text);
    for entry in &page.entries {
        *out += &format!("  {:24} {}\n", entry.name, entry.summary());
    }
}

fn entry(out: &mut String, module: &str, entry: &Entry) {
    *out += &format!("{module}::{}\n\n", entry.name);
    for signature in &entry.signatures {
        *out += &format!("    {signature}\n");
    }
    *out += &format!("\n{}\n", entry.text);
    if !entry.params.is_empty() {
        *out += "\n";
    }
    for (name, meaning) in &entry.params {
        *out += &format!("    {name:12} {meaning}\n");
    }
    if !entry.returns.is_empty() {
        *out += &format!("    {:12} {}\n", "gives", entry.returns);
    }
    for example in &entry.examples {
        let title = if example.title.is_empty() { String::new() } else { format!(": {}", example.title) };
        *out += &format!("\nExample{title}\n\n{}\n", indented(&example.script));
        match &example.outcome {
            Outcome::Result(value) => *out += &format!("\n  gives\n\n{}\n", indented(value)),
            Outcome::Fails(part) => *out += &format!("\n  fails: {part}\n"),
        }
    }
    *out += "\n";
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}
