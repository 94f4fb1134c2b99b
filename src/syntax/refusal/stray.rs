//! Words that stand nowhere in DataWeave: characters, operators of other languages, numbers and names that are none.

use super::Explanation;
use super::scan::{FrameKind, Scan};
use super::token::{Kind, Token};

pub fn explain(scan: &Scan<'_>) -> Option<Explanation> {
    if let Some(word) = other_language(scan) {
        return Some(word);
    }
    let word = scan.str(scan.found);
    match scan.found.kind {
        Kind::Stray => Explanation::at(scan.found, format!("`{word}` has no meaning in DataWeave"), ""),
        Kind::Name => name(scan, scan.found),
        Kind::Number => number(scan),
        Kind::Symbol => symbol(scan, word),
        Kind::End | Kind::Close => scan.last().and_then(|last| number_tail(scan, last)),
        _ => None,
    }
}

/// A word with which other languages declare or return.
fn other_language(scan: &Scan<'_>) -> Option<Explanation> {
    let [first, second, ..] = scan.since() else { return None };
    let help = match scan.str(*first) {
        "let" | "const" => "variables are declared in the header: `var name = value`",
        "function" | "def" => "functions are declared in the header: `fun name(a, b) = …`",
        "return" => "the expression itself is the result",
        _ => return None,
    };
    let declares = first.kind == Kind::Name && second.kind == Kind::Name;
    if declares { Explanation::at(*first, format!("`{}` has no meaning here", scan.str(*first)), help) } else { None }
}

fn name(scan: &Scan<'_>, token: Token) -> Option<Explanation> {
    let name = scan.str(token);
    if let Some(tail) = number_tail(scan, token) {
        return Some(tail);
    }
    let help = "names are made of ASCII letters, digits and `_`, and start with a letter; others are quoted where they \
                are keys";
    if name.starts_with('_') {
        return Explanation::at(token, format!("the name `{name}` does not start with a letter"), help);
    }
    let bad = name.chars().find(|c| !c.is_ascii())?;
    Explanation::at(token, format!("`{bad}` cannot be part of a name"), help)
}

/// `0xFF`, `1_000`, `5a`: letters right behind a number.
fn number_tail(scan: &Scan<'_>, tail: Token) -> Option<Explanation> {
    let number = scan.before.iter().rev().find(|token| token.end <= tail.start)?;
    if number.kind != Kind::Number || number.end != tail.start || tail.kind != Kind::Name {
        return None;
    }
    let written = &scan.text[number.start..tail.end];
    let help = "numbers are written in decimal digits, like `1000`, `-2.5` or `1e6`";
    let whole = Token { start: number.start, ..tail };
    Explanation::at(whole, format!("`{written}` is no number"), help)
}

fn number(scan: &Scan<'_>) -> Option<Explanation> {
    let written = scan.str(scan.found);
    if written.len() > 1 && written.starts_with('0') && written.as_bytes()[1].is_ascii_digit() {
        let message = format!("the number `{written}` starts with 0");
        return Explanation::at(scan.found, message, "leave the zeros out, or quote it to keep them");
    }
    None
}

fn symbol(scan: &Scan<'_>, word: &str) -> Option<Explanation> {
    let replacement = match word {
        "&&" => "write `and`",
        "||" => "write `or`",
        "=>" => "write `->`",
        "??" => "write `default`",
        "%" => return percent(scan),
        "^" => "write `a pow b`",
        ";" if matches!(scan.frame().kind, FrameKind::Array | FrameKind::Object) => "elements are separated by commas",
        ";" => "nothing separates or ends directives and expressions",
        "?" if scan.after_operand => "a choice is written `if (condition) a else b`",
        "%dw" => return Explanation::at(scan.found, "`%dw` belongs in the header, before `---`", ""),
        _ => return None,
    };
    Explanation::at(scan.found, format!("`{word}` is no operator of DataWeave"), replacement)
}

fn percent(scan: &Scan<'_>) -> Option<Explanation> {
    let next = scan.next();
    let directive = scan.str(next);
    if next.start == scan.found.end && next.kind == Kind::Reserved {
        let message = format!("`%{directive}` is written `{directive}` in DataWeave 2");
        return Explanation::at(scan.found, message, "only `%dw` has a percent sign");
    }
    Explanation::at(scan.found, "`%` is no operator of DataWeave", "the remainder of a division is `a mod b`")
}
