//! Texts that nest or run on without end: read, or refused with a limit, but never a crash.

use super::{Source, parse_script};
use crate::diag::Code;

/// What nests: opener, middle, closer.
const NESTS: [(&str, &str, &str); 24] = [
    ("[", "1", "]"),
    ("(", "1", ")"),
    ("{a: ", "1", "}"),
    ("{(a: ", "1", ") if true}"),
    ("{a @(b: ", "1", "): 1}"),
    ("(a) -> ", "1", ""),
    ("((a) -> ", "1", ")"),
    ("(a = ", "1", ") -> 1"),
    ("a: ", "1", ""),
    ("f(", "1", ")"),
    ("a[", "1", "]"),
    ("a[?(", "1", ")]"),
    ("\"$(", "1", ")\""),
    ("if (true) ", "1", " else 2"),
    ("if (", "true", ") 1 else 2"),
    ("unless (true) 1 else ", "1", ""),
    ("using (a = 1) ", "1", ""),
    ("do { ", "1", " }"),
    ("do { var a = ", "1", " --- a }"),
    ("1 match { else -> ", "1", " }"),
    ("1 match { case a if ", "true", " -> 1 }"),
    ("1 update { case .a -> ", "1", " }"),
    ("[1 is Array<A>, ", "1", "]"),
    ("x as A {b: ", "1", "}"),
];

/// What runs on: first word, repeated part, last word.
const CHAINS: [(&str, &str, &str); 14] = [
    ("1", " + 1", ""),
    ("1", " ++ 1", ""),
    ("1", " f 1", ""),
    ("1", " default 1", ""),
    ("1", " as Number", ""),
    ("1", " match { else -> 1 }", ""),
    ("a", ".a", ""),
    ("a", "[0]", ""),
    ("a", "(1)", ""),
    ("", "not ", "true"),
    ("", "- ", "a"),
    ("", "if (true) 1 else ", "2"),
    ("1 as A", ".a", ""),
    ("1 is A", " | A & B", ""),
];

fn nested((open, middle, close): (&str, &str, &str), levels: usize) -> String {
    format!("{}{middle}{}", open.repeat(levels), close.repeat(levels))
}

/// The code of the first fault, if any.
fn refusal(text: String) -> Option<Code> {
    parse_script(&Source::new("test", text)).err().map(|faults| faults[0].code())
}

#[test]
fn deep_nesting_is_read_up_to_the_limit() {
    for nest in NESTS {
        assert_eq!(refusal(nested(nest, 150)), None, "150 of {}", nest.0);
        assert_eq!(refusal(nested(nest, 600)), Some(Code::Limit), "600 of {}", nest.0);
    }
}

#[test]
fn endless_nesting_is_refused() {
    for (open, middle, _) in NESTS {
        for text in [open.repeat(5_000), format!("{}{middle}", open.repeat(5_000))] {
            assert!(refusal(text).is_some(), "{open}");
        }
    }
}

/// A pair in parentheses may be a parameter with a type: reading it twice per level must not double the work per level.
#[test]
fn pairs_that_could_be_parameters_cost_no_power() {
    assert_eq!(refusal(nested(("{a: (b: ", "1", ")}"), 100)), None);
}

#[test]
fn long_chains_are_read_up_to_the_limit() {
    for (first, part, last) in CHAINS {
        let chain = |links| format!("{first}{}{last}", part.repeat(links));
        assert_eq!(refusal(chain(2_000)), None, "2000 of {part}");
        assert!(matches!(refusal(chain(20_000)), None | Some(Code::Limit)), "20000 of {part}");
    }
}

#[test]
fn long_lists_have_no_limit() {
    let lists = [("[", "1, ", "1]"), ("{", "a: 1, ", "b: 1}"), ("f(", "1, ", "1)"), ("\"", "$(a)", "\"")];
    for (first, part, last) in lists {
        assert_eq!(refusal(format!("{first}{}{last}", part.repeat(20_000))), None, "{part}");
    }
    assert_eq!(refusal(format!("{}--- 1", "var a = 1\n".repeat(20_000))), None);
    assert_eq!(refusal(format!("1 match {{ {} }}", "case 1 -> 1 ".repeat(20_000))), None);
}
