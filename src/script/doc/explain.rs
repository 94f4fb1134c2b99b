//! Reference pages as text for a terminal.

use super::{Entry, Outcome, Page, modules as module_names, page};
use crate::diag::nearest;

/// A module (`dw::core::Strings` or `Strings`), a name in one (`Strings::words`), or a name in any.
///
/// # Errors
/// What is wrong with the name.
pub fn explain(name: &str) -> Result<String, String> {
    let mut out = String::new();
    let pages: Vec<Page> = module_names().into_iter().filter_map(page).collect();
    if let Some(page) = pages.iter().find(|p| is_module(p, name)) {
        module(&mut out, page);
        return Ok(out);
    }
    let (of, name_in_it) = name.rsplit_once("::").unwrap_or(("", name));
    let searched = pages.iter().filter(|p| of.is_empty() || is_module(p, of));
    let hits: Vec<_> =
        searched.flat_map(|p| p.entries.iter().filter(|e| e.name == name_in_it).map(move |e| (p, e))).collect();
    for (page, hit) in &hits {
        entry(&mut out, &page.module, hit);
    }
    if hits.is_empty() { Err(unknown(name, name_in_it, &pages)) } else { Ok(out) }
}

fn is_module(page: &Page, name: &str) -> bool {
    page.module == name || page.module.rsplit("::").next() == Some(name)
}

fn unknown(name: &str, short: &str, pages: &[Page]) -> String {
    let names = pages.iter().flat_map(|p| p.entries.iter().map(|e| e.name.as_str()));
    let modules = pages.iter().filter_map(|p| p.module.rsplit("::").next());
    match nearest(short, names.chain(modules)) {
        Some(near) => format!("nothing is named `{name}`; did you mean `{near}`?"),
        None => format!("nothing is named `{name}`; `dwrun doc` lists the modules"),
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
