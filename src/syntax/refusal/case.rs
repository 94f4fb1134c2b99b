//! The cases of `match` and `update`.

use super::scan::{FrameKind, Scan};
use super::token::{Kind, Token};
use super::{Explanation, found};

pub fn explain(scan: &Scan<'_>) -> Option<Explanation> {
    if let Some(pattern) = structure_pattern(scan) {
        return Some(pattern);
    }
    let kind = scan.frame().kind;
    if !matches!(kind, FrameKind::Match | FrameKind::Update) {
        return None;
    }
    let words = scan.since();
    if words.iter().any(|token| scan.str(*token) == "->") {
        return between_cases(scan);
    }
    let rest = words.get(1..).unwrap_or(&[]);
    match (words.first().map(|first| scan.str(*first)), kind) {
        (None, FrameKind::Match) => block(scan, "`match` consists of cases", "`case … -> …` and `else -> …`"),
        (None, _) => block(scan, "`update` consists of cases", "`case .path -> …`"),
        (Some("else"), FrameKind::Update) => {
            Explanation::at(words[0], "`update` has no `else`", "what no case names stays as it is")
        }
        (Some("else"), _) => missing_arrow(scan, "`else name -> …` takes what is left"),
        (_, FrameKind::Match) => match_case(scan, rest),
        _ => update_case(scan, rest),
    }
}

fn block(scan: &Scan<'_>, message: &str, help: &str) -> Option<Explanation> {
    Explanation::at(scan.found, format!("{message}, found {}", found(scan)), help)
}

fn missing_arrow(scan: &Scan<'_>, help: &str) -> Option<Explanation> {
    let help = if scan.str(scan.found) == "=>" { "write `->`" } else { help };
    Explanation::at(scan.found, format!("expected `->`, found {}", found(scan)), help)
}

fn between_cases(scan: &Scan<'_>) -> Option<Explanation> {
    let is_comma = scan.after_operand && scan.str(scan.found) == ",";
    if is_comma { Explanation::at(scan.found, "no comma stands between cases", "") } else { None }
}

/// Inside of `case [` or `case {`.
fn structure_pattern(scan: &Scan<'_>) -> Option<Explanation> {
    let [.., block, inner] = scan.frames.as_slice() else { return None };
    let is_pattern = block.kind == FrameKind::Match && block.since + 2 == inner.since.min(block.since + 2);
    let after_case = scan.before.get(block.since + 1).is_some_and(|open| open.start == inner.open);
    let help = match inner.kind {
        FrameKind::Array => "the patterns are `[]` and `[head ~ tail]`",
        FrameKind::Object => "the patterns are `{}` and `{key: value ~ rest}`",
        _ => return None,
    };
    let first = scan.before.get(block.since).is_some_and(|first| scan.str(*first) == "case");
    if !(is_pattern && after_case && first) || scan.found.kind == Kind::End {
        return None;
    }
    let what = if inner.kind == FrameKind::Array { "an array" } else { "an object" };
    Explanation::at(scan.found, format!("{what} is not matched by its parts, found {}", found(scan)), help)
}

/// `rest` is what stands behind `case` so far.
fn match_case(scan: &Scan<'_>, rest: &[Token]) -> Option<Explanation> {
    let word = scan.str(scan.found);
    let name = rest.first().filter(|first| first.kind == Kind::Name && rest.len() == 1).map(|name| scan.str(*name));
    match (word, name) {
        ("->", Some(name)) => {
            let message = format!("`case {name} ->` needs a condition");
            let help = format!(
                "use `else {name} ->` to take everything; or `case {name} if …`, `case {name} is Type`, \
                 `case {name} matches /…/`, `case {name}: literal`"
            );
            Explanation::at(scan.found, message, help)
        }
        ("->", None) if rest.is_empty() => Explanation::at(scan.found, "the pattern is missing after `case`", ""),
        _ if word == "if" && rest.is_empty() || rest.first().is_some_and(|first| scan.str(*first) == "if") => {
            Explanation::at(scan.found, "a condition needs a name for the value", "write `case x if (x > 1) -> …`")
        }
        ("if", _) => {
            let help = "write `case x if …`, or test further behind the arrow: `-> if … else …`";
            Explanation::at(scan.found, "a case has only one condition", help)
        }
        ("|", _) => {
            let help = "write a case for each, or `case x if (x == 1 or x == 2) -> …`";
            Explanation::at(scan.found, "a pattern has no alternatives", help)
        }
        ("(", _) if rest.is_empty() => Explanation::at(scan.found, "a pattern does not stand in parentheses", ""),
        _ if scan.found.kind == Kind::Pattern => {
            Explanation::at(scan.found, "a regular expression stands after `matches`", "write `case matches /…/ -> …`")
        }
        _ if rest.last().is_some_and(|last| scan.str(*last) == ":") => {
            let help = "a type is tested by `case x is Type`";
            Explanation::at(scan.found, format!("expected a literal after `:`, found {}", found(scan)), help)
        }
        (_, Some(name)) => {
            let help =
                format!("a pattern with a name goes on with `is`, `if`, `matches` or `:`, like `case {name}: 1`");
            Explanation::at(scan.found, format!("{} cannot follow the name in a case", found(scan)), help)
        }
        _ if scan.after_operand || word == "=>" => missing_arrow(scan, ""),
        _ => None,
    }
}

fn update_case(scan: &Scan<'_>, rest: &[Token]) -> Option<Explanation> {
    let after_if = rest.last().is_some_and(|last| scan.str(*last) == "if");
    if after_if {
        let help = "write `case .path if (condition) -> …`";
        return Explanation::at(scan.found, "the condition of an update stands in parentheses", help);
    }
    let help = "a path consists of `.name`, `.*name`, `.@name` and `[index]`, perhaps with `!` at its end";
    if rest.iter().all(|token| matches!(token.kind, Kind::Name | Kind::Reserved)) {
        let message = format!("expected the path to update, found {}", found(scan));
        return Explanation::at(scan.found, message, format!("write `case .name -> …`; {help}"));
    }
    missing_arrow(scan, help)
}
