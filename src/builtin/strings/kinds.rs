//! Tests on all characters of a text.

use crate::diag::Fault;
use crate::eval::{Args, Native};
use crate::value::Value;
use std::sync::LazyLock;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Strings::isAlpha", body: |_, args| matches(&args, &LETTERS) },
    Native { key: "Strings::isAlphanumeric", body: |_, args| matches(&args, &LETTERS_AND_DIGITS) },
    Native { key: "Strings::isNumeric", body: |_, args| matches(&args, &DIGITS) },
    Native { key: "Strings::isLowerCase", body: |_, args| all(&args, char::is_lowercase) },
    Native { key: "Strings::isUpperCase", body: |_, args| all(&args, char::is_uppercase) },
    Native { key: "Strings::isWhitespace", body: |_, args| Ok(args.str(0)?.chars().all(is_white_space).into()) },
];

type Pattern = LazyLock<Option<fancy_regex::Regex>>;

// The standard library's `is_alphabetic` also takes marks and letter numbers, which are no letters to the reference.
static LETTERS: Pattern = LazyLock::new(|| fancy_regex::Regex::new(r"\A\p{L}+\z").ok());
static LETTERS_AND_DIGITS: Pattern = LazyLock::new(|| fancy_regex::Regex::new(r"\A[\p{L}\p{Nd}]+\z").ok());
static DIGITS: Pattern = LazyLock::new(|| fancy_regex::Regex::new(r"\A\p{Nd}+\z").ok());

fn matches(args: &Args<'_>, pattern: &Pattern) -> Result<Value, Fault> {
    let text = args.str(0)?;
    let found = pattern.as_ref().and_then(|p| p.is_match(text).ok());
    found.map(Value::Boolean).ok_or_else(|| Fault::internal("a pattern of character classes failed"))
}

/// Whether there are characters, and each one has the property.
fn all(args: &Args<'_>, property: fn(char) -> bool) -> Result<Value, Fault> {
    let text = args.str(0)?;
    Ok(Value::Boolean(!text.is_empty() && text.chars().all(property)))
}

/// White space as Java has it: no no-break spaces and no `U+0085`, but the four separators of ASCII.
fn is_white_space(c: char) -> bool {
    match c {
        '\u{1c}'..='\u{1f}' => true,
        '\u{85}' | '\u{a0}' | '\u{2007}' | '\u{202f}' => false,
        c => c.is_whitespace(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_letters_digits_and_spaces() {
        let is = |pattern: &Pattern, text: &str| matches(&Args::new(&mut [text.into()]), pattern).unwrap();
        for (pattern, text, expected) in [
            (&LETTERS, "Åß", true),
            (&LETTERS, "Ⅷ", false),
            (&LETTERS, "", false),
            (&DIGITS, "٤٢", true),
            (&DIGITS, "²", false),
            (&LETTERS_AND_DIGITS, "Pier9", true),
            (&LETTERS_AND_DIGITS, "a_b", false),
        ] {
            assert!(matches!(is(pattern, text), Value::Boolean(b) if b == expected), "{text}");
        }
        assert!(is_white_space('\u{2003}') && !is_white_space('\u{a0}'));
    }
}
