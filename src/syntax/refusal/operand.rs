//! An expression is due, and something else stands there.

use super::scan::{FrameKind, Scan};
use super::token::{Kind, Token};
use super::{Explanation, found};

pub fn explain(scan: &Scan<'_>) -> Option<Explanation> {
    let Some(last) = scan.last() else { return first_word(scan) };
    let after = scan.str(last);
    let place = scan.found;
    match (last.kind, after) {
        (Kind::Open, _) => after_bracket(scan),
        (Kind::Close, _) => missing(scan, "an expression is missing after the condition"),
        (Kind::Name, "not") => missing(scan, "`not` needs an expression"),
        (Kind::Name, _) => after_infix_name(scan, last),
        (Kind::Reserved, "if") if scan.frame().kind == FrameKind::Object && scan.since().len() == 1 => {
            let help = "write `(key: value) if condition`";
            Explanation::at(last, "the condition of a pair stands behind it", help)
        }
        (Kind::Reserved, "if" | "unless" | "using") => {
            let message = format!("what follows `{after}` stands in parentheses");
            Explanation::at(place, message, format!("write `{after} (…)`"))
        }
        (Kind::Reserved, "do") => Explanation::at(place, "what follows `do` stands in braces", "write `do { … }`"),
        (Kind::Reserved, "as" | "is") if scan.str(place) == ":" => {
            Explanation::at(place, "types are written without a colon", format!("write `{after} String`"))
        }
        (Kind::Reserved, "as" | "is") => missing(scan, &format!("a type is missing after `{after}`")),
        (_, ",") => after_comma(scan),
        (_, "." | ".." | "#" | "@" | "&") if is_selector(scan) => after_dot(scan, last),
        (_, "!") if scan.str(place) == "!" => Explanation::at(place, "`!` cannot be doubled", "write `not !x`"),
        (_, "--") if place.kind == Kind::Number => {
            Explanation::at(last, "`--` is one operator", "two signs are written with parentheses: `-(-1)`")
        }
        (_, "==") if scan.str(place) == "=" => Explanation::at(place, "`===` is no operator", "write `==`"),
        (_, ":") => missing(scan, "expected something after `:`"),
        (_, "->") => missing(scan, "an expression is missing after `->`"),
        (_, "---") => body(scan),
        (_, ">") => {
            let message = format!("expected an expression after `>`, found {}", found(scan));
            Explanation::at(place, message, "a type with arguments is no value; only its name alone is one")
        }
        _ => missing(scan, &format!("expected an expression after `{after}`")),
    }
}

fn missing(scan: &Scan<'_>, message: &str) -> Option<Explanation> {
    let reserved = if scan.found.kind == Kind::Reserved { "the reserved word " } else { "" };
    Explanation::at(scan.found, format!("{message}, found {reserved}{}", found(scan)), sign_help(scan))
}

/// What to do about a sign or point that stands where a number should begin.
fn sign_help(scan: &Scan<'_>) -> &'static str {
    match scan.str(scan.found) {
        "+" => "numbers have no plus sign",
        "." => "a number starts with a digit: write `0.5`",
        _ => "",
    }
}

fn first_word(scan: &Scan<'_>) -> Option<Explanation> {
    match (scan.found.kind, scan.str(scan.found)) {
        (Kind::End, _) => Explanation::at(scan.found, "the script is empty", "write an expression, like `payload`"),
        (_, "---") => {
            let help = "leave `---` out, or begin with `%dw 2.0`";
            Explanation::at(scan.found, "`---` needs a header before it", help)
        }
        _ => missing(scan, "expected a directive or an expression"),
    }
}

fn body(scan: &Scan<'_>) -> Option<Explanation> {
    if scan.found.kind == Kind::End {
        let help = "write the expression that makes the result after `---`";
        return Explanation::at(scan.found, "the script has no body", help);
    }
    missing(scan, "expected the body after `---`")
}

fn after_bracket(scan: &Scan<'_>) -> Option<Explanation> {
    let closes = scan.found.kind == Kind::Close;
    let message = match (scan.frame().kind, scan.str(scan.found)) {
        (FrameKind::Parens, _) if closes => "the parentheses are empty",
        (FrameKind::Index, _) if closes => "the index is missing",
        (FrameKind::Condition, _) if closes => "the condition is missing",
        (FrameKind::Interpolation(_), _) if closes => "the interpolation is empty",
        (FrameKind::Bindings, _) if closes => "`using` needs at least one variable",
        (FrameKind::Do, "}") => "the `do` block is empty",
        (FrameKind::Do, "---") => {
            let help = "leave `---` out, or declare something before it";
            return Explanation::at(scan.found, "a `do` block without declarations has no `---`", help);
        }
        (FrameKind::Object, _) => return missing(scan, "expected a key"),
        (_, ",") => "an element is missing before the comma",
        _ => return missing(scan, "expected an expression"),
    };
    Explanation::at(scan.found, message, "")
}

fn after_comma(scan: &Scan<'_>) -> Option<Explanation> {
    match (scan.frame().kind, scan.str(scan.found)) {
        (_, ",") => Explanation::at(scan.found, "an element is missing between two commas", ""),
        (FrameKind::Call, ")") => {
            Explanation::at(scan.found, "an argument is missing after the comma", "a call does not end in a comma")
        }
        (FrameKind::Params | FrameKind::Parens, ")") => {
            Explanation::at(scan.found, "a parameter is missing after the comma", "parameters do not end in a comma")
        }
        (FrameKind::Object, _) => missing(scan, "expected a key"),
        _ => missing(scan, "expected an expression after the comma"),
    }
}

/// `a b` reads as a call of `b` with its first argument in front; often a comma is missing instead.
fn after_infix_name(scan: &Scan<'_>, name: Token) -> Option<Explanation> {
    let word = scan.str(name);
    if let [.., is, not, _] = scan.before[..]
        && (scan.str(is), scan.str(not)) == ("is", "not")
    {
        return Explanation::at(not, "`not` cannot stand after `is`", "write `not (x is Type)`");
    }
    let element = match scan.frame().kind {
        FrameKind::Array => "elements",
        FrameKind::Object => "properties",
        FrameKind::Call => "arguments",
        FrameKind::Attributes => "attributes",
        FrameKind::Params => "parameters",
        _ if scan.str(scan.found) == "." => {
            let help = format!("between its arguments stands a plain name; write `….{word}.…(a, b)` as a call");
            return Explanation::at(scan.found, format!("`{word}` stands where a function is called"), help);
        }
        _ => {
            let message = format!("expected an expression after the function `{word}`, found {}", found(scan));
            let starts_line = scan.starts_line(name);
            let help = if scan.header && starts_line { "or `---` is missing before it" } else { "" };
            return Explanation::at(scan.found, message, help);
        }
    };
    if scan.str(scan.found) == ":" {
        return Explanation::at(name, format!("a comma is missing between {element}, before `{word}`"), "");
    }
    let message = format!("expected an expression after the function `{word}`, found {}", found(scan));
    Explanation::at(scan.found, message, format!("or a comma is missing between {element}, before `{word}`"))
}

fn is_selector(scan: &Scan<'_>) -> bool {
    let mut words = scan.before.iter().rev().skip_while(|token| ".#@&*^".contains(scan.str(**token)));
    words.next().is_some_and(|token| token.ends_operand(scan.text))
}

fn after_dot(scan: &Scan<'_>, dot: Token) -> Option<Explanation> {
    let sigil = scan.str(dot);
    let help = match scan.str(scan.found) {
        "(" => "a computed name stands in brackets: `x[name]`",
        _ if scan.found.start > dot.end && scan.found.kind != Kind::End => "the name touches what is in front of it",
        _ => "",
    };
    Explanation::at(scan.found, format!("a name is missing after `{sigil}`, found {}", found(scan)), help)
}
