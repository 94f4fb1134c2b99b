//! Tests of the parser as tables: source, then the tree in one line.

mod cases;
mod dump;
mod expressions;
mod header;
mod limits;
mod lines;
mod literals;
mod refusals;
mod types;

use super::{parse_directive, parse_script};
use crate::text::{Source, Span};

/// The tree of a script, or its first mistake as `line:column message`.
fn tree(text: &str) -> String {
    match parse_script(&Source::new("test", text)) {
        Ok(document) => dump::document(&document),
        Err(faults) => format!("{} {}", faults[0].place().unwrap(), faults[0]),
    }
}

/// Checks a table of sources and trees, and shows all rows that differ.
fn check(table: &[(&str, &str)]) {
    let wrong = |(source, expected): &(&str, &str)| {
        let found = tree(source);
        (found != *expected).then(|| format!("{source}\n  expected {expected}\n  found    {found}"))
    };
    let wrong: Vec<String> = table.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
