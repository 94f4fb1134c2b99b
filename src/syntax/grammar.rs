//! The parser that pest derives from `grammar/`, and the stack it runs on.

use pest::Parser;
use pest::error::{Error, ErrorVariant, InputLocation};
use pest::iterators::Pair;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/literal.pest"]
#[grammar = "../grammar/expression.pest"]
#[grammar = "../grammar/type.pest"]
#[grammar = "../grammar/case.pest"]
#[grammar = "../grammar/script.pest"]
struct Grammar;

/// How often the parser may try something, so that no text keeps it busy for more than seconds: enough for every
/// script of some twenty megabytes.
const MOST_CALLS: NonZeroUsize = NonZeroUsize::new(200_000_000).unwrap();

/// Why a text is refused.
pub enum Refusal {
    /// It can be read up to here, in bytes.
    Unreadable(usize),
    /// It nests deeper than the parser can follow.
    TooDeep,
    /// It keeps the parser busy too long.
    TooLong,
}

/// Parses a whole text as one `rule`.
pub fn parse(rule: Rule, text: &str) -> Result<Pair<'_, Rule>, Refusal> {
    pest::set_call_limit(Some(MOST_CALLS));
    let mut pairs = Grammar::parse(rule, text).map_err(|error| refusal(rule, text, &error))?;
    pairs.next().ok_or(Refusal::Unreadable(0))
}

fn refusal(rule: Rule, text: &str, error: &Error<Rule>) -> Refusal {
    match &error.variant {
        ErrorVariant::CustomError { message } if message.starts_with("stack") => return Refusal::TooDeep,
        ErrorVariant::CustomError { .. } => return Refusal::TooLong,
        ErrorVariant::ParsingError { .. } => {}
    }
    let (InputLocation::Pos(start) | InputLocation::Span((start, _))) = error.location;
    Refusal::Unreadable(furthest(rule, text).unwrap_or(start))
}

/// How far any attempt got. Only pest's detailed mode knows; it is slow, and a switch of the process, so it is on just
/// for a second look at a text that is refused anyway.
fn furthest(rule: Rule, text: &str) -> Option<usize> {
    static SECOND_LOOK: Mutex<()> = Mutex::new(());
    let _alone = SECOND_LOOK.lock().unwrap_or_else(PoisonError::into_inner);
    pest::set_error_detail(true);
    let error = Grammar::parse(rule, text).err();
    pest::set_error_detail(false);
    error?.parse_attempts().map(|attempts| attempts.max_position)
}

/// Runs `f` with stack enough for the parser and for walking the tree of this text.
pub fn with_stack<R>(text: &str, f: impl FnOnce() -> R) -> R {
    const PER_LEVEL: usize = 8 * 1024;
    const BASE: usize = 256 * 1024;
    const LEVELS: usize = 600;
    let openers = text.bytes().filter(|b| b"([{<:>$i".contains(b)).take(LEVELS).count();
    stacker::maybe_grow(BASE + openers * PER_LEVEL, 2 * BASE + openers * PER_LEVEL, f)
}
