//! Numbers read by Java's DecimalFormat patterns: the number at the start of a text.

use super::Number;
use super::format::{locale, pattern_text};
use super::parse::digit;
use super::pattern::{Affixes, Pattern, shifted};
use crate::diag::{Code, Fault};
use crate::value::Schema;
use crate::value::locale::{Locale, NumberSymbols};

impl Number {
    /// The number at the start of a text by the schema's `format` and `locale`. What follows it is not looked at; a
    /// prefix or suffix of the pattern must be there.
    ///
    /// # Errors
    /// A wrong pattern, or no number there. `default` replaces neither, as in the reference engine.
    pub fn parse_formatted(text: &str, schema: &Schema) -> Result<Number, Fault> {
        Ok(read(text, schema)?.0)
    }

    /// The number that the whole of a text is by the schema's `format` and `locale`; `None` if it is none.
    ///
    /// # Errors
    /// A wrong pattern.
    pub fn parse_whole(text: &str, schema: &Schema) -> Result<Option<Number>, Fault> {
        match read(text, schema) {
            Ok((number, used)) => Ok((used == text.len()).then_some(number)),
            Err(fault) if fault.code() == Code::InvalidNumber => Ok(None),
            Err(fault) => Err(fault),
        }
    }
}

/// The number at the start of a text, and how much of the text it takes.
fn read(text: &str, schema: &Schema) -> Result<(Number, usize), Fault> {
    let pattern_source = pattern_text(schema)?;
    // The reference engine's words, full stop included: scripts show them.
    let message = || format!("Unable to coerce `{text}` as Number using `{pattern_source}` as format.");
    let malformed = |fault: Fault| Fault::new(Code::Format, message()).help(fault.message());
    let pattern = Pattern::parse(&pattern_source).map_err(malformed)?;
    let locale = locale(schema);
    let symbols = locale.number_symbols();
    let reader = Reader { pattern: &pattern, locale: &locale, symbols: &symbols };
    reader.read(text).ok_or_else(|| Fault::new(Code::InvalidNumber, message()))
}

struct Reader<'a> {
    pattern: &'a Pattern,
    locale: &'a Locale,
    symbols: &'a NumberSymbols,
}

impl Reader<'_> {
    fn read(&self, text: &str) -> Option<(Number, usize)> {
        let positive = self.between(&self.pattern.positive, "", text);
        let negative = match &self.pattern.negative {
            Some(affixes) => self.between(affixes, "", text),
            None => self.between(&self.pattern.positive, self.symbols.minus, text),
        };
        // Both fit where one prefix begins the other: the longer reading counts.
        let (number, used) = match (positive, negative) {
            (Some((a, used)), Some((_, longer))) if used >= longer => (a, used),
            (_, Some((b, used))) => (b.negate(), used),
            (Some(positive), None) => positive,
            (None, None) => return None,
        };
        Some((shifted(&number, -i64::from(self.pattern.shift)), used))
    }

    /// The number between prefix and suffix, and how much of the text it takes with them.
    fn between(&self, affixes: &Affixes, sign: &str, text: &str) -> Option<(Number, usize)> {
        let (prefix, suffix) = affixes.texts(self.locale, self.symbols);
        let rest = text.strip_prefix(sign)?.strip_prefix(prefix.as_str())?;
        let (number, after) = self.digits(rest)?;
        let after = after.strip_prefix(suffix.as_str())?;
        Some((number, text.len() - after.len()))
    }

    /// Digits with group separators, a point and an exponent; what follows is given back.
    fn digits<'t>(&self, text: &'t str) -> Option<(Number, &'t str)> {
        let (mut plain, mut rest) = (String::new(), text);
        let (mut point, mut any) = (false, false);
        loop {
            if let Some(value) = rest.chars().next().and_then(digit) {
                plain.push(char::from(b'0' + value));
                any = true;
                rest = &rest[rest.chars().next()?.len_utf8()..];
            } else if let Some(after) = rest.strip_prefix(self.symbols.decimal).filter(|_| !point) {
                plain.push('.');
                point = true;
                rest = after;
            } else if let Some(after) = self.group(rest).filter(|_| any && !point) {
                rest = after;
            } else {
                break;
            }
        }
        if !any {
            return None;
        }
        let (exponent, rest) = self.exponent(rest).unwrap_or((String::new(), rest));
        Some((Number::parse(&(plain + &exponent))?, rest))
    }

    /// What follows a group separator that stands between digits.
    fn group<'t>(&self, text: &'t str) -> Option<&'t str> {
        let after = text.strip_prefix(self.symbols.group).filter(|_| self.pattern.group > 0)?;
        after.chars().next().and_then(digit).map(|_| after)
    }

    fn exponent<'t>(&self, text: &'t str) -> Option<(String, &'t str)> {
        let rest = text.strip_prefix(self.symbols.exponent)?;
        let (sign, rest) = match rest.strip_prefix(self.symbols.minus) {
            Some(rest) => ("-", rest),
            None => ("", rest),
        };
        let digits: String = rest.chars().map_while(digit).map(|value| char::from(b'0' + value)).collect();
        let used: usize = rest.chars().take(digits.len()).map(char::len_utf8).sum();
        (!digits.is_empty()).then(|| (format!("E{sign}{digits}"), &rest[used..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Str, Value};

    fn read(text: &str, pattern: &str, locale: &str) -> String {
        let schema =
            Schema(vec![(Str::from("format"), Value::string(pattern)), (Str::from("locale"), Value::string(locale))]);
        Number::parse_formatted(text, &schema).map_or_else(|_| "!".to_string(), |n| n.to_string())
    }

    #[test]
    fn reads_by_pattern() {
        for (text, pattern, locale, number) in [
            ("12abc", "0", "en", "12"),
            ("1,23", "0.00", "en", "1"),
            ("1,234.5", "#,##0", "en", "1234.5"),
            ("25%", "0%", "en", "0.25"),
            ("25", "0%", "en", "!"),
            ("-7", "0", "en", "-7"),
            ("(7)", "0;(0)", "en", "-7"),
            ("+7", "0", "en", "!"),
            (" 7", "0", "en", "!"),
            ("1E3", "0", "en", "1E+3"),
            ("1e3", "0", "en", "1"),
            ("1.234,5", "#,##0.0", "de", "1234.5"),
            ("abc", "0", "en", "!"),
        ] {
            assert_eq!(read(text, pattern, locale), number, "{text} by {pattern}");
        }
    }
}
