//! An expression is complete, and what follows can neither continue nor end it.

use super::scan::{FrameKind, Scan};
use super::token::Kind;
use super::{Explanation, found};

pub fn explain(scan: &Scan<'_>) -> Option<Explanation> {
    let place = scan.found;
    match (place.kind, scan.str(place)) {
        (_, "->") => arrow(scan),
        (_, "=") => equals(scan),
        (_, ":") => colon(scan),
        (_, ",") => comma(scan),
        (Kind::Reserved, word) => reserved(scan, word),
        (Kind::Symbol, "---") => Explanation::at(place, "`---` stands once, between the header and the body", ""),
        (Kind::Symbol, ".") | (Kind::Open, "[" | "(") if follows_block(scan) => {
            let help = "put the block in parentheses: `(… { … }).name`";
            Explanation::at(place, format!("{} cannot follow a block", found(scan)), help)
        }
        (Kind::Symbol, _) if is_key(scan) => computed_key(scan),
        (Kind::Symbol, word) => Explanation::at(place, format!("`{word}` cannot stand here"), ""),
        (Kind::Close, _) if is_key(scan) => lonely_key(scan),
        (Kind::End, _) => None,
        _ => neighbours(scan),
    }
}

fn follows_block(scan: &Scan<'_>) -> bool {
    scan.last().is_some_and(|last| scan.str(last) == "}")
}

/// The words so far are the key of a pair.
fn is_key(scan: &Scan<'_>) -> bool {
    let in_pairs = matches!(scan.frame().kind, FrameKind::Object | FrameKind::Attributes);
    in_pairs && !scan.since().iter().any(|token| scan.str(*token) == ":")
}

fn computed_key(scan: &Scan<'_>) -> Option<Explanation> {
    let in_parens = scan.since().first().is_some_and(|first| scan.str(*first) == "(");
    let help = if in_parens {
        "after parentheses comes `:` and a value, `if` and a condition, or a comma"
    } else {
        "put a computed key in parentheses: `(a ++ b): value`"
    };
    Explanation::at(scan.found, format!("{} cannot stand in a key", found(scan)), help)
}

fn lonely_key(scan: &Scan<'_>) -> Option<Explanation> {
    let help = "a pair is written `key: value`; to take in the pairs of another object write `{(object)}`";
    Explanation::at(scan.found, format!("`:` and a value are missing after the key, found {}", found(scan)), help)
}

fn arrow(scan: &Scan<'_>) -> Option<Explanation> {
    if is_key(scan) {
        return equals(scan);
    }
    let last = scan.last()?;
    let inside = scan.before.iter().rev().take_while(|token| token.start > scan.frame().open);
    let are_names = inside.clone().all(|token| token.kind == Kind::Name || scan.str(*token) == ",");
    let (message, help) = match last.kind {
        _ if scan.frame().kind == FrameKind::Parens && are_names => {
            ("`)` is missing behind the parameters", "write `(a, b) -> …`".to_owned())
        }
        Kind::Name => {
            let help = format!("write `({}) -> …`", scan.str(last));
            ("parameters stand in parentheses", help)
        }
        Kind::Close => {
            let help = "parameters are names, with a type or a default: `(a, b: Number, c = 1) -> …`";
            ("what stands before `->` is no list of parameters", help.to_owned())
        }
        _ => ("`->` cannot stand here", "a lambda is written `(a, b) -> …`".to_owned()),
    };
    Explanation::at(scan.found, message, help)
}

fn equals(scan: &Scan<'_>) -> Option<Explanation> {
    let (message, help) = match scan.frame().kind {
        FrameKind::Object | FrameKind::Attributes => ("a colon separates a key from its value", "write `key: value`"),
        FrameKind::Call => ("arguments have no names", "pass them in the order of the parameters"),
        FrameKind::Script if matches!(scan.before[..], [name] if name.kind == Kind::Name) => {
            ("`=` does not declare by itself", "write `var name = value` in the header, or `==` to compare")
        }
        _ => ("`=` does not compare", "write `==`"),
    };
    Explanation::at(scan.found, message, help)
}

fn colon(scan: &Scan<'_>) -> Option<Explanation> {
    if matches!(scan.frame().kind, FrameKind::Object | FrameKind::Attributes) {
        let help = "put a computed key in parentheses: `(a ++ b): value`; or a comma is missing before the key";
        return Explanation::at(scan.found, "the key in front of `:` is more than a name", help);
    }
    if scan.frame().kind == FrameKind::Bindings {
        return Explanation::at(
            scan.found,
            "`=` gives a variable of `using` its value",
            "write `using (name = value) …`",
        );
    }
    Explanation::at(scan.found, "`:` cannot stand here", "a pair is written `key: value`")
}

fn comma(scan: &Scan<'_>) -> Option<Explanation> {
    let has_pair = scan.since().iter().any(|token| scan.str(*token) == ":");
    let (message, help) = match scan.frame().kind {
        _ if is_key(scan) => return lonely_key(scan),
        _ if scan.header => ("a comma cannot stand here", "nothing separates directives"),
        _ if has_pair => ("several pairs stand in braces", "write `{a: 1, b: 2}`"),
        FrameKind::Parens => {
            ("parentheses hold one expression", "for a list write `[a, b]`; for a lambda write `(a, b) -> …`")
        }
        FrameKind::Condition => ("a condition is one expression", "join conditions by `and` or `or`"),
        FrameKind::Index => ("an index is one expression", "a range is written `[0 to 2]`"),
        _ => ("a comma cannot stand here", "for a list write `[a, b]`"),
    };
    Explanation::at(scan.found, message, help)
}

fn reserved(scan: &Scan<'_>, word: &str) -> Option<Explanation> {
    let (message, help) = match word {
        "else" => ("there is no `if` for this `else`".to_owned(), ""),
        "if" if scan.frame().kind == FrameKind::Object => {
            let help = "write `(key: value) if condition`; a whole object cannot have one";
            ("a pair with a condition stands in parentheses".to_owned(), help)
        }
        "if" if scan.frame().kind == FrameKind::Array => {
            ("an element with a condition stands in parentheses".to_owned(), "write `(element) if condition`")
        }
        "case" => ("`case` belongs in a `match` or an `update`".to_owned(), "write `value match { case … -> … }`"),
        "var" | "fun" | "type" | "ns" | "import" | "input" | "output" => {
            let help = "declare it in the header, before `---`, or in a `do` block";
            (format!("`{word}` cannot stand in an expression"), help)
        }
        "true" | "false" | "null" => return neighbours(scan),
        _ => (format!("`{word}` is a reserved word and cannot stand here"), ""),
    };
    Explanation::at(scan.found, message, help)
}

/// Two operands side by side.
fn neighbours(scan: &Scan<'_>) -> Option<Explanation> {
    let element = match scan.frame().kind {
        _ if is_key(scan) => {
            return Explanation::at(scan.found, format!("`:` is missing after the key, found {}", found(scan)), "");
        }
        FrameKind::Array => "elements",
        FrameKind::Object => "properties",
        FrameKind::Call => "arguments",
        FrameKind::Attributes => "attributes",
        FrameKind::Params => "parameters",
        FrameKind::Condition => {
            let message = format!("`)` is missing behind the condition, found {}", found(scan));
            return Explanation::at(scan.found, message, "");
        }
        _ if scan.header => {
            let message = format!("{} cannot continue the header", found(scan));
            return Explanation::at(scan.found, message, "`---` separates the header from the body");
        }
        _ => {
            let is_text = |kind| matches!(kind, Kind::Text | Kind::TextHead);
            let texts = is_text(scan.found.kind) || scan.last().is_some_and(|last| is_text(last.kind));
            let help = if texts { "texts are joined by `++`" } else { "" };
            return Explanation::at(scan.found, format!("an operator is missing before {}", found(scan)), help);
        }
    };
    Explanation::at(scan.found, format!("a comma is missing between {element}, before {}", found(scan)), "")
}
