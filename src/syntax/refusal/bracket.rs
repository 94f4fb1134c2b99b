//! Brackets that do not match, and `if`s without `else`.

use super::scan::{Frame, FrameKind, Scan};
use super::token::Kind;
use super::{Explanation, found};
use crate::text::Position;

pub fn explain(scan: &Scan<'_>, position: impl Fn(usize) -> Position) -> Option<Explanation> {
    let frame = scan.frame();
    if frame.ifs > 0 && scan.after_operand && scan.found.kind != Kind::Open {
        let help = "write `if (condition) a else b`; only pairs and elements go without: `(key: value) if condition`";
        return Explanation::at(scan.found, format!("`if` needs an `else`, found {}", found(scan)), help);
    }
    if frame.kind == FrameKind::Script {
        let closes = scan.found.kind == Kind::Close;
        return if closes { Explanation::at(scan.found, format!("{} closes nothing", found(scan)), "") } else { None };
    }
    let closer = closer(frame.kind);
    let ends = match scan.found.kind {
        Kind::End => scan.after_operand || is_between_elements(scan),
        Kind::Close => scan.str(scan.found) != closer,
        _ => false,
    };
    if !ends {
        return None;
    }
    let start = position(frame.open);
    let message = format!("`{closer}` is missing: {} at {}:{}", beginning(frame), start.line, start.column);
    Explanation::at(scan.found, message, "")
}

fn is_between_elements(scan: &Scan<'_>) -> bool {
    scan.last().is_none_or(|last| last.kind == Kind::Open || scan.str(last) == ",")
}

fn closer(kind: FrameKind) -> &'static str {
    match kind {
        FrameKind::Array | FrameKind::Index => "]",
        FrameKind::Object | FrameKind::Match | FrameKind::Update | FrameKind::Do => "}",
        _ => ")",
    }
}

fn beginning(frame: Frame) -> &'static str {
    match frame.kind {
        FrameKind::Script => "the text starts",
        FrameKind::Parens => "the parentheses start",
        FrameKind::Params => "the parameters start",
        FrameKind::Call => "the arguments start",
        FrameKind::Condition => "the condition starts",
        FrameKind::Bindings => "the bindings start",
        FrameKind::Array => "the array starts",
        FrameKind::Index => "the index starts",
        FrameKind::Object => "the object starts",
        FrameKind::Attributes => "the attributes start",
        FrameKind::Interpolation(_) => "the interpolation starts",
        FrameKind::Match => "the `match` starts",
        FrameKind::Update => "the `update` starts",
        FrameKind::Do => "the `do` block starts",
    }
}
