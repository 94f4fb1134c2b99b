//! The parser that pest derives from `grammar/`, and the stack it runs on.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::Pair;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/literal.pest"]
#[grammar = "../grammar/expression.pest"]
#[grammar = "../grammar/type.pest"]
#[grammar = "../grammar/case.pest"]
#[grammar = "../grammar/script.pest"]
struct Grammar;

/// Why a text is refused: how far it could be read.
pub struct Refusal {
    /// Where reading ended for good, in bytes.
    pub offset: usize,
    /// The text nests deeper than the parser may follow.
    pub too_deep: bool,
}

/// Parses a whole text as one `rule`.
pub fn parse(rule: Rule, text: &str) -> Result<Pair<'_, Rule>, Refusal> {
    let refusal = |offset, too_deep| Refusal { offset, too_deep };
    let mut pairs = Grammar::parse(rule, text).map_err(|error| {
        let (InputLocation::Pos(offset) | InputLocation::Span((offset, _))) = error.location;
        refusal(offset, matches!(error.variant, ErrorVariant::CustomError { .. }))
    })?;
    pairs.next().ok_or_else(|| refusal(0, false))
}

/// Runs `f` with stack enough for the parser and for walking the tree of this text.
pub fn with_stack<R>(text: &str, f: impl FnOnce() -> R) -> R {
    const PER_LEVEL: usize = 32 * 1024;
    const BASE: usize = 256 * 1024;
    const LEVELS: usize = 1_000;
    let openers = text.bytes().filter(|b| b"([{<:>$i".contains(b)).take(LEVELS).count();
    stacker::maybe_grow(BASE + openers * PER_LEVEL, 2 * BASE + openers * PER_LEVEL, f)
}
