//! Reference text on the terminal: the list of modules, a module, or one name.

use crate::cli::Failure;
use crate::script::doc;

/// The list of modules, a module's page, or the entry of one name.
pub fn text(name: Option<&str>) -> Result<String, Failure> {
    let mut text = String::new();
    match name {
        None => modules(&mut text),
        Some(name) => text = doc::explain(name).map_err(Failure::Plain)?,
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
