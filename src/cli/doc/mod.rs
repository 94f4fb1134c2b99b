//! `dwrun doc`: the reference text, on the terminal or as a folder of Markdown pages.

mod component_text;
mod components;
mod formats;
mod library;
mod pages;
mod show;

use super::Failure;
use super::app::registry;
use super::args::DocArgs;
use std::io::{self, Write};

/// Prints what was asked for, or writes all pages.
pub fn run(args: &DocArgs) -> Result<(), Failure> {
    if let Some(folder) = &args.write {
        return pages::write(folder, &[library::chapter(), formats::chapter(), components::chapter(&registry())]);
    }
    let text = show::text(args.name.as_deref())?;
    io::stdout().lock().write_all(text.as_bytes()).map_err(|e| Failure::Plain(format!("cannot write: {e}")))
}
