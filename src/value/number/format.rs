//! Numbers written by Java's DecimalFormat patterns, on exact decimals.

use super::pattern::{Pattern, shifted};
use super::{Number, Rounding};
use crate::diag::{Code, Fault};
use crate::value::coerce::to_text;
use crate::value::locale::{Locale, NumberSymbols};
use crate::value::{Schema, Str};
use num_traits::{Signed, Zero};

/// How many digits a pattern may ask for, and a number may be written out to.
const MOST_DIGITS: usize = 100_000;

impl Number {
    /// The text by the schema's `format`, `locale` and `roundMode`.
    ///
    /// # Errors
    /// A pattern that is wrong; a number that needs rounding where the mode forbids it.
    pub fn formatted(&self, schema: &Schema) -> Result<String, Fault> {
        let pattern = Pattern::parse(&pattern_text(schema)?)?;
        let locale = locale(schema);
        let rounding = schema.text("roundMode").and_then(Rounding::from_name).unwrap_or(Rounding::HalfUp);
        let symbols = locale.number_symbols();
        let number = shifted(self, i64::from(pattern.shift));
        let digits = match pattern.exponent {
            Some(least) => scientific(&number, &pattern, least, rounding, &symbols)?,
            None => plain(&number, &pattern, rounding, &symbols)?,
        };
        let (mut prefix, suffix) = match (&pattern.negative, self.signum() < 0) {
            (Some(negative), true) => negative.texts(&locale, &symbols),
            _ => pattern.positive.texts(&locale, &symbols),
        };
        if self.signum() < 0 && pattern.negative.is_none() {
            prefix.insert_str(0, symbols.minus);
        }
        Ok(prefix + &digits + &suffix)
    }
}

/// The pattern of a schema; a Number given as one counts as its text.
pub fn pattern_text(schema: &Schema) -> Result<Str, Fault> {
    let given = schema.get("format").cloned().unwrap_or_default();
    to_text(&given).map_err(|_| {
        Fault::new(Code::Option, format!("the option `format` takes a String, not {}", given.type_name()))
            .help("leave the option out where there is nothing to say")
    })
}

/// The locale of a schema, the root English one unless given.
pub fn locale(schema: &Schema) -> Locale {
    schema.text("locale").map_or_else(Locale::default, Locale::of_tag)
}

fn too_long() -> Fault {
    Fault::new(Code::Limit, format!("a formatted number may have {MOST_DIGITS} digits at most"))
}

/// The digits of a magnitude and how many of them stand before the point (less than zero: zeros follow the point).
fn digits_of(number: &Number) -> Result<(String, i64), Fault> {
    let (mantissa, scale) = number.parts();
    if mantissa.is_zero() {
        return Ok((String::new(), 0));
    }
    let digits = mantissa.abs().to_string();
    let before = digits.len() as i64 - scale;
    if before.unsigned_abs() as usize > MOST_DIGITS {
        return Err(too_long());
    }
    Ok((digits.trim_end_matches('0').to_string(), before))
}

fn plain(number: &Number, pattern: &Pattern, rounding: Rounding, symbols: &NumberSymbols) -> Result<String, Fault> {
    if pattern.least_integer.max(pattern.least_fraction) > MOST_DIGITS {
        return Err(too_long());
    }
    let number = match pattern.most_fraction {
        Some(most) => number.rounded(most as i64, rounding)?,
        None => number.clone(),
    };
    let (digits, before) = digits_of(&number)?;
    let digit = |at: i64| usize::try_from(at).ok().and_then(|at| digits.as_bytes().get(at)).map_or('0', |b| *b as char);
    let integer = before.max(pattern.least_integer as i64);
    let fraction = (digits.len() as i64 - before).max(pattern.least_fraction as i64);
    let mut out = String::new();
    for place in (0..integer).rev() {
        out.push(digit(before - 1 - place));
        if pattern.group > 0 && place > 0 && (place as usize).is_multiple_of(pattern.group) {
            out.push_str(symbols.group);
        }
    }
    if out.is_empty() && fraction <= 0 {
        out.push('0');
    }
    if fraction > 0 {
        out.push_str(symbols.decimal);
        out.extend((0..fraction).map(|place| digit(before + place)));
    }
    Ok(out)
}

/// With an exponent, as DecimalFormat.subformat computes it.
fn scientific(
    number: &Number,
    pattern: &Pattern,
    least_exponent: usize,
    rounding: Rounding,
    symbols: &NumberSymbols,
) -> Result<String, Fault> {
    let significant = (pattern.most_integer + pattern.most_fraction.unwrap_or(0)) as i64;
    let (_, before) = digits_of(number)?;
    let (digits, before) = digits_of(&number.rounded(significant - before, rounding)?)?;
    let (repeat, mut least_integer) = (pattern.most_integer as i64, pattern.least_integer as i64);
    let mut exponent = before;
    if repeat > 1 && repeat > least_integer {
        exponent = (if exponent >= 1 { exponent - 1 } else { exponent - repeat }) / repeat * repeat;
        least_integer = 1;
    } else {
        exponent -= least_integer;
    }
    let integer = if digits.is_empty() { least_integer } else { before - exponent };
    if digits.is_empty() {
        exponent = 0;
    }
    let least = (pattern.least_integer + pattern.least_fraction) as i64;
    let total = least.max(integer).max(digits.len() as i64) as usize;
    let mut out = String::new();
    for (at, digit) in digits.chars().chain(std::iter::repeat('0')).take(total).enumerate() {
        if at as i64 == integer {
            out.push_str(symbols.decimal);
        }
        out.push(digit);
    }
    out.push_str(symbols.exponent);
    if exponent < 0 {
        out.push_str(symbols.minus);
    }
    out.push_str(&format!("{:0>least_exponent$}", exponent.unsigned_abs()));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn formatted(number: &str, pattern: &str, locale: &str) -> String {
        let options = [("format", pattern), ("locale", locale)];
        let options = options.into_iter().filter(|(_, value)| *value != "-");
        let schema = Schema(options.map(|(name, value)| (Str::from(name), Value::string(value))).collect());
        Number::parse(number).unwrap().formatted(&schema).unwrap_or_else(|fault| format!("! {fault}"))
    }

    #[test]
    fn writes_by_pattern() {
        for (number, pattern, locale, text) in [
            ("1234.5", "#,##0.00", "-", "1,234.50"),
            ("1234.5", "", "-", "1,234.5"),
            ("0.5", "", "-", ".5"),
            ("0", ".##", "-", ".0"),
            ("0", "#", "-", "0"),
            ("-0.4", "0", "-", "-0"),
            ("0.5", "#.00", "-", ".50"),
            ("0.5", "#.##", "-", "0.5"),
            ("1234.5", "'abc'", "-", "abc1235"),
            ("1.005", "0.00", "-", "1.01"),
            ("-5", "USD 0", "-", "-USD 5"),
            ("-5", "0;(0)", "-", "(5)"),
            ("0.256", "0.#%", "-", "25.6%"),
            ("12345", "0.00E0", "-", "1.23E4"),
            ("0.00012", "0.0E00", "-", "1.2E-04"),
            ("12345", "##0.##E0", "-", "12.345E3"),
            ("0", "0E0", "-", "0E0"),
            ("1234567.5", "#,##0.0", "de", "1.234.567,5"),
            ("1E30", "#,##0", "-", "1,000,000,000,000,000,000,000,000,000,000"),
            ("7", "000", "-", "007"),
            ("12", "0-0x0", "-", "012-x"),
        ] {
            assert_eq!(formatted(number, pattern, locale), text, "{number} as {pattern}");
        }
    }

    #[test]
    fn refuses_malformed_patterns() {
        for pattern in ["0#", "0.#0", "0.0.0", "#,", "0E", "0%%", "0;;", "'", "0a#"] {
            assert!(formatted("1", pattern, "-").starts_with('!'), "{pattern}");
        }
    }
}
