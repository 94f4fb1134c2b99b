//! Text counted as DataWeave counts it: in UTF-16 units. Half of a surrogate pair on its own becomes `?`.

use super::{Str, Value};
use std::cmp::Ordering;

/// What stands for half of a surrogate pair.
const HALF: &str = "?";

/// How many units the text has.
pub fn len(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// The units from `from` up to `until`, both clipped to the text.
pub fn slice(text: &str, from: usize, until: usize) -> Str {
    if text.is_ascii() {
        let until = until.min(text.len());
        return Str::from(text.get(from..until).unwrap_or(""));
    }
    let mut part = String::new();
    let mut at = 0;
    for c in text.chars() {
        let next = at + c.len_utf16();
        match (at >= from && at < until, next > from && next <= until) {
            (true, true) => part.push(c),
            (true, false) | (false, true) => part.push_str(HALF),
            (false, false) if at >= until => break,
            (false, false) => {}
        }
        at = next;
    }
    Str::from(part)
}

/// Each unit as a text of its own.
pub fn each(text: &str) -> impl Iterator<Item = Str> + '_ {
    text.chars().flat_map(|c| {
        let mut buffer = [0; 4];
        let whole = c.len_utf16() == 1;
        let unit = Str::from(if whole { c.encode_utf8(&mut buffer) } else { HALF });
        std::iter::repeat_n(unit, c.len_utf16())
    })
}

/// Each unit as a String value.
pub fn each_value(text: &str) -> impl Iterator<Item = Value> + '_ {
    each(text).map(Value::String)
}

/// Turns byte offsets into positions, from left to right.
pub struct Positions<'a> {
    text: &'a str,
    /// The offset asked for last, and its position.
    last: (usize, usize),
}

impl<'a> Positions<'a> {
    /// Starts at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, last: (0, 0) }
    }

    /// The position of an offset that does not lie before the one asked for last.
    pub fn at(&mut self, offset: usize) -> usize {
        let (from, position) = self.last;
        let passed = self.text.get(from..offset).map_or(0, len);
        self.last = (offset, position + passed);
        self.last.1
    }
}

/// The text of these units.
pub fn text(units: impl IntoIterator<Item = u16>) -> String {
    char::decode_utf16(units).map(|c| c.unwrap_or('?')).collect()
}

/// The order by units, which differs from that of code points where a surrogate meets a unit above it.
#[inline]
pub fn compare(a: &str, b: &str) -> Ordering {
    let Some((x, y)) = a.bytes().zip(b.bytes()).find(|(x, y)| x != y) else { return a.len().cmp(&b.len()) };
    // U+E000 to U+FFFF start with 0xEE or 0xEF, what takes two units with 0xF0 and more.
    let above_surrogates = |byte: u8| matches!(byte, 0xEE | 0xEF);
    match (x >= 0xF0 && above_surrogates(y), y >= 0xF0 && above_surrogates(x)) {
        (true, _) => Ordering::Less,
        (_, true) => Ordering::Greater,
        _ => x.cmp(&y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_cuts_by_units() {
        let text = "a😀é";
        assert_eq!(len(text), 4);
        for (from, until, part) in
            [(0, 1, "a"), (0, 2, "a?"), (1, 3, "😀"), (2, 4, "?é"), (3, 9, "é"), (4, 9, ""), (3, 1, "")]
        {
            assert_eq!(slice(text, from, until), part, "{from}..{until}");
        }
        assert_eq!(slice("abc", 2, 1), "");
        let mut positions = Positions::new(text);
        assert_eq!([1, 5, 7].map(|offset| positions.at(offset)), [1, 3, 4]);
        assert_eq!(super::text(text.encode_utf16().take(3)), "a😀");
        assert_eq!(each(text).collect::<Vec<_>>(), ["a", "?", "?", "é"]);
    }

    #[test]
    fn orders_by_units() {
        let sorted = ["", "A", "AB", "B", "a", "é", "\u{d7ff}", "😀", "😀a", "\u{e000}", "\u{ffff}"];
        for (i, a) in sorted.iter().enumerate() {
            for (j, b) in sorted.iter().enumerate() {
                assert_eq!(compare(a, b), i.cmp(&j), "{a} {b}");
            }
        }
    }
}
