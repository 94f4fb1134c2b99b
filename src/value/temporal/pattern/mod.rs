//! Patterns of dates and times, Java's `DateTimeFormatter` letters: reading a pattern, writing and reading with it.

mod calendar_week;
mod field;
mod format;
mod lex;
mod offset;
mod parse;
mod resolve;
mod zone_name;

pub use resolve::Mode;

use self::lex::Part;
use super::Temporal;
use crate::value::locale::Locale;
use crate::value::recent::Recent;
use crate::value::ty::Simple;
use std::rc::Rc;

thread_local! {
    static PATTERNS: Recent<Rc<[Part]>> = const { Recent::new() };
}

fn parts(pattern: &str) -> Result<Rc<[Part]>, String> {
    PATTERNS.with(|recent| recent.get(pattern, |pattern| lex::read(pattern).map(Rc::from)))
}

/// Writes a point in time by a pattern.
///
/// # Errors
/// Why it cannot be written: the pattern is wrong, or asks for a part that the point lacks.
pub fn write(point: &Temporal, pattern: &str, locale: &Locale) -> Result<String, String> {
    format::format(point, &parts(pattern)?, locale)
}

/// Whether a text is what a pattern says, whatever parts of a point in time it makes up.
///
/// # Errors
/// What is wrong with the pattern.
pub fn fits(text: &str, pattern: &str, locale: &Locale) -> Result<bool, String> {
    let parsed = parse::parse(text, &parts(pattern)?, locale);
    Ok(parsed.and_then(|parsed| resolve::resolve(parsed, locale.week(), Mode::Smart)).is_ok())
}

/// Reads a text by a pattern, as a point in time of this type.
///
/// # Errors
/// Why it cannot be read: the pattern is wrong, the text does not match it, or does not make up such a point.
pub fn read(text: &str, pattern: &str, locale: &Locale, mode: Mode, to: Simple) -> Result<Temporal, String> {
    let parsed = parse::parse(text, &parts(pattern)?, locale)?;
    resolve::resolve(parsed, locale.week(), mode)
        .and_then(|resolved| resolved.to_temporal(to))
        .map_err(|reason| format!("Text '{text}' could not be parsed: {reason}"))
}
