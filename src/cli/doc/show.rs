//! Reference text on the terminal: the list of modules, a module, one name, or a component of Mule apps.

use super::component_text;
use crate::cli::Failure;
use crate::cli::app::registry;
use crate::diag::nearest;
use crate::script::doc;

/// The list of modules, or what a name stands for: a component and an entry of the library may share one.
pub fn text(name: Option<&str>) -> Result<String, Failure> {
    let Some(name) = name else { return Ok(modules()) };
    match (component_text::found(&registry(), name), doc::explain(name)) {
        (Some(component), Ok(entry)) => Ok(format!("{component}\n{entry}")),
        (Some(component), Err(_)) => Ok(component),
        (None, Ok(entry)) => Ok(entry),
        (None, Err(unknown)) => match nearest(name, component_text::names(&registry()).iter().map(String::as_str)) {
            Some(near) => Err(Failure::Plain(format!("nothing is named `{name}`; did you mean `{near}`?"))),
            None => Err(Failure::Plain(unknown)),
        },
    }
}

fn modules() -> String {
    let mut out = String::new();
    for page in doc::modules().into_iter().filter_map(doc::page) {
        let summary = page.text.lines().next().unwrap_or_default();
        out += &format!("{:28} {summary}\n", page.module);
    }
    out += &format!("\n{}", component_text::modules(&registry()));
    out + "\n`dwrun doc MODULE` lists its functions or components, `dwrun doc NAME` explains one.\n"
}
