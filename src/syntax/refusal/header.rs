//! Directives.

use super::scan::{FrameKind, Scan};
use super::token::{Kind, Token};
use super::{Explanation, found};

pub fn explain(scan: &Scan<'_>) -> Option<Explanation> {
    if !matches!(scan.frame().kind, FrameKind::Script | FrameKind::Do) {
        return None;
    }
    let (keyword, rest) = scan.since().split_first()?;
    let directive = scan.str(*keyword);
    if keyword.kind != Kind::Reserved && directive != "%dw" {
        return None;
    }
    if scan.str(scan.found) == "--" && scan.starts_line(scan.found) {
        return Explanation::at(scan.found, "three dashes separate the header from the body", "write `---`");
    }
    let declares = match directive {
        "var" => "a variable",
        "fun" => "a function",
        "type" => "a type",
        "ns" => "a namespace",
        "input" => "an input",
        _ => "",
    };
    if !declares.is_empty()
        && let Some(why) = name(scan, rest, declares)
    {
        return Some(why);
    }
    match directive {
        "var" => variable(scan, rest),
        "fun" => function(scan, rest),
        "type" => ty(scan, rest),
        "ns" => namespace(scan, rest),
        "import" => import(scan, rest),
        "output" | "input" => data(scan, directive, rest),
        "%dw" => version(scan, rest),
        _ => None,
    }
    .or_else(|| body_without_separator(scan))
}

/// The name of a declaration is due, or has been read and is a reserved word.
fn name(scan: &Scan<'_>, rest: &[Token], what: &str) -> Option<Explanation> {
    let name = rest.first().copied().unwrap_or(scan.found);
    let message = match name.kind {
        Kind::Reserved => format!("`{}` is a reserved word and cannot name {what}", scan.str(name)),
        _ if rest.is_empty() => format!("expected the name of {what}, found {}", found(scan)),
        _ => return None,
    };
    Explanation::at(name, message, "")
}

fn variable(scan: &Scan<'_>, rest: &[Token]) -> Option<Explanation> {
    match (rest, scan.str(scan.found)) {
        ([_], "(") => {
            Explanation::at(scan.found, "a variable has no parameters", "declare a function: `fun name(a) = …`")
        }
        ([_], _) => assignment(scan, "var name = value"),
        (_, "}") if scan.frame().kind == FrameKind::Do => separator(scan),
        _ => None,
    }
}

fn function(scan: &Scan<'_>, rest: &[Token]) -> Option<Explanation> {
    let parameters_closed = rest.last().is_some_and(|last| scan.str(*last) == ")") && !has(scan, rest, "=");
    match rest {
        [_] => {
            let help = "write `fun name(a, b) = …`";
            Explanation::at(
                scan.found,
                format!("a function has parameters in parentheses, found {}", found(scan)),
                help,
            )
        }
        _ if parameters_closed => assignment(scan, "fun name(a) = …"),
        _ if scan.frame().kind == FrameKind::Do && scan.str(scan.found) == "}" => separator(scan),
        _ => None,
    }
}

fn ty(scan: &Scan<'_>, rest: &[Token]) -> Option<Explanation> {
    match rest {
        [_] => assignment(scan, "type Name = …"),
        [.., last] if scan.str(*last) == "=" => {
            Explanation::at(scan.found, format!("expected a type after `=`, found {}", found(scan)), "")
        }
        _ => None,
    }
}

fn assignment(scan: &Scan<'_>, form: &str) -> Option<Explanation> {
    Explanation::at(scan.found, format!("`=` is missing, found {}", found(scan)), format!("write `{form}`"))
}

fn namespace(scan: &Scan<'_>, rest: &[Token]) -> Option<Explanation> {
    match rest {
        [_] => {
            Explanation::at(scan.found, "the address of the namespace is missing", "write `ns prefix http://address`")
        }
        _ => None,
    }
}

fn import(scan: &Scan<'_>, rest: &[Token]) -> Option<Explanation> {
    let is_complete = rest.len() > 1 && scan.after_operand && scan.starts_line(scan.found);
    if is_complete && scan.found.kind != Kind::Symbol {
        return None;
    }
    let help = "the forms are `import a::B`, `import a::B as C`, `import * from a::B` and `import f, g as h from a::B`";
    Explanation::at(scan.found, format!("{} cannot stand in an import", found(scan)), help)
}

/// `output` and `input`.
fn data(scan: &Scan<'_>, directive: &str, rest: &[Token]) -> Option<Explanation> {
    let form = format!(
        "write `{directive} {}application/csv separator=\";\", header=false`",
        match directive {
            "input" => "name ",
            _ => "",
        }
    );
    let word = scan.str(scan.found);
    if rest.is_empty() {
        let message = format!("expected a MIME type or the name of a format after `output`, found {}", found(scan));
        return Explanation::at(scan.found, message, form);
    }
    if let Some(first) = rest.iter().skip(1).find(|token| scan.starts_line(**token) && token.kind == Kind::Name)
        && !has(scan, rest, "=")
        && scan.str(scan.found) != "="
    {
        return Explanation::at(*first, "`---` is missing between the header and the body", "");
    }
    let next_assigns = scan.str(scan.next()) == "=";
    if scan.found.kind == Kind::Name && next_assigns && has(scan, rest, "=") {
        return Explanation::at(scan.found, format!("a comma is missing between properties, before `{word}`"), form);
    }
    if rest.last().is_some_and(|last| scan.str(*last) == "=") {
        let message =
            format!("the value of a property is a text, a number, true, false or null, found {}", found(scan));
        return Explanation::at(scan.found, message, "");
    }
    let stray = matches!(word, ";" | "," | "=") || scan.found.kind == Kind::Text;
    if stray { Explanation::at(scan.found, format!("{} cannot stand here", found(scan)), form) } else { None }
}

fn version(scan: &Scan<'_>, rest: &[Token]) -> Option<Explanation> {
    match rest {
        [] => Explanation::at(
            scan.found,
            format!("expected the version after `%dw`, found {}", found(scan)),
            "write `%dw 2.0`",
        ),
        _ => None,
    }
}

fn has(scan: &Scan<'_>, words: &[Token], word: &str) -> bool {
    words.iter().any(|token| scan.str(*token) == word)
}

fn separator(scan: &Scan<'_>) -> Option<Explanation> {
    let help = "write `---` and an expression after the declarations";
    Explanation::at(scan.found, "the `do` block has no result", help)
}

/// The body begins right after the header.
fn body_without_separator(scan: &Scan<'_>) -> Option<Explanation> {
    let starts_body = matches!(scan.found.kind, Kind::Name | Kind::Number | Kind::Text | Kind::Open | Kind::Dollar);
    if scan.header && scan.after_operand && scan.starts_line(scan.found) && starts_body {
        return Explanation::at(scan.found, "`---` is missing between the header and the body", "");
    }
    None
}
