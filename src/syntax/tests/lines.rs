//! Entries of a session: what only lacks its end is no mistake yet.

use super::{Source, dump};
use crate::syntax::parse_line;

fn line(text: &str) -> String {
    match parse_line(&Source::new("test", text)) {
        Ok(Some(document)) => dump::document(&document),
        Ok(None) => "…".to_owned(),
        Err(faults) => faults[0].to_string(),
    }
}

#[test]
fn directives_and_expressions_stand_alone() {
    assert_eq!(line("var a = 1 fun f() = a"), "(var a 1) (fun f () a)");
    assert_eq!(line("import * from dw::core::Strings"), "(import * dw::core::Strings)");
    assert_eq!(line("1 + 2"), "(+ 1 2)");
}

#[test]
fn what_lacks_its_end_is_incomplete() {
    let open = [
        "1 +",
        "[1, 2",
        "{a: (",
        "\"abc",
        "\"a$(b",
        "/* c",
        "if (a) b",
        "a map",
        "x match {",
        "var a =",
        "f(a,",
        "%dw 2.0\n---",
    ];
    for text in open {
        assert_eq!(line(text), "…", "{text}");
    }
    for text in ["1)", "()", "(1, 2)", "{a: 1 2", "if a", "var 1", "1 1"] {
        assert_ne!(line(text), "…", "{text}");
    }
}
