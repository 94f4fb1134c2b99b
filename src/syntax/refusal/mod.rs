//! Says in the language's terms why a text is refused, from the words around the place where the parser stopped.

mod bracket;
mod case;
mod follow;
mod header;
mod operand;
mod scan;
mod stray;
pub(super) mod token;

use crate::diag::{Code, Fault};
use crate::text::{Place, Source, Span};
use scan::{FrameKind, Scan, Unclosed};
use std::sync::Arc;
use token::{Kind, Token};

/// What is wrong, where, and what to do.
struct Explanation {
    start: usize,
    end: usize,
    message: String,
    help: String,
}

impl Explanation {
    fn at(token: Token, message: impl Into<String>, help: impl Into<String>) -> Option<Self> {
        Some(Self { start: token.start, end: token.end, message: message.into(), help: help.into() })
    }
}

/// The fault for the text at `span`, which can be read up to `offset`.
pub fn explain(source: &Arc<Source>, span: Span, offset: usize) -> Fault {
    let base = span.start as usize;
    let scan = scan(source.slice(span), offset);
    let position = |at: usize| source.position(Span::new(base + at, base + at).start);
    let why = unclosed(&scan)
        .or_else(|| case::explain(&scan))
        .or_else(|| stray::explain(&scan))
        .or_else(|| header::explain(&scan))
        .or_else(|| bracket::explain(&scan, position))
        .or_else(|| if scan.after_operand { follow::explain(&scan) } else { operand::explain(&scan) })
        .unwrap_or_else(|| unexpected(&scan));
    let place = || Place { source: source.clone(), span: Span::new(base + why.start, base + why.end) };
    let fault = Fault::new(Code::Syntax, why.message).at(place);
    if why.help.is_empty() { fault } else { fault.help(why.help) }
}

/// Whether the text, which can be read up to `offset`, only lacks its end.
pub fn is_incomplete(text: &str, offset: usize) -> bool {
    let scan = scan(text, offset);
    scan.found.kind == Kind::End && !matches!(scan.unclosed, Some(Unclosed::Literal(_)))
}

/// The text read as far as it is in order.
fn scan(text: &str, offset: usize) -> Scan<'_> {
    const LOOKAHEAD: usize = 3;
    let mut scan = Scan::new(text, offset);
    for _ in 0..LOOKAHEAD {
        match scan.last() {
            Some(last) if scan.fits() => scan = Scan::new(text, last.start),
            _ => break,
        }
    }
    scan
}

fn unclosed(scan: &Scan<'_>) -> Option<Explanation> {
    let (start, length, message, help) = match scan.unclosed? {
        Unclosed::Comment(start) => (start, 2, "this comment does not end", "`*/` ends it"),
        Unclosed::Text(start) if in_interpolation(scan, start) => return None,
        Unclosed::Text(start) => {
            let help = "a quote of the same kind inside of the text is written with a backslash";
            (start, 1, "this text has no closing quote", help)
        }
        Unclosed::Literal(start) if scan.text[start..].starts_with('|') => {
            (start, 1, "this is no date or time", "a literal looks like `|2024-12-31T23:59:00Z|` or `|P1D|`")
        }
        Unclosed::Literal(start) => (start, 1, "expected an expression, found `/`", "a regular expression ends in `/`"),
    };
    Some(Explanation { start, end: start + length, message: message.to_owned(), help: help.to_owned() })
}

/// The quote at `at` was to end the text around an interpolation that is not closed.
fn in_interpolation(scan: &Scan<'_>, at: usize) -> bool {
    let quote = &scan.text.as_bytes()[at];
    matches!(scan.frame().kind, FrameKind::Interpolation(open) if scan.text.as_bytes()[open] == *quote)
}

fn unexpected(scan: &Scan<'_>) -> Explanation {
    let message = match scan.found.kind {
        Kind::End => "the text ends too early".to_owned(),
        _ => format!("`{}` cannot stand here", scan.str(scan.found)),
    };
    Explanation { start: scan.found.start, end: scan.found.end, message, help: String::new() }
}

/// `found` as a part of a sentence.
fn found(scan: &Scan<'_>) -> String {
    match scan.found.kind {
        Kind::End => "the end of the text".to_owned(),
        Kind::Text | Kind::TextHead => "a text".to_owned(),
        _ => format!("`{}`", scan.str(scan.found)),
    }
}
