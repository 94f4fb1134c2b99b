//! Scanning of strings: eight bytes at a time up to the next one that means something, and the escapes.

/// The position, from `at` on, of the first byte that cannot stand for itself in a string: a quote, a backslash or a
/// control character. The length of `bytes` if there is none.
#[inline]
pub fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let special = special_bytes(u64::from_le_bytes(*chunk));
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_special = |b: &u8| matches!(b, b'"' | b'\\' | 0..b' ');
    bytes.get(at..).and_then(|rest| rest.iter().position(is_special)).map_or(bytes.len(), |n| at + n)
}

const ONES: u64 = 0x0101_0101_0101_0101;
/// The high bit of each byte of a word.
pub const HIGH_BITS: u64 = ONES << 7;

/// The high bit of each byte that is a quote, a backslash or a control character.
///
/// Other bits are to be ignored. A byte above the first such byte may be marked wrongly, the first is exact.
#[inline]
pub fn special_bytes(word: u64) -> u64 {
    let control = word.wrapping_sub(ONES * u64::from(b' ')) & !word;
    (bytes_equal(word, b'"') | bytes_equal(word, b'\\') | control) & HIGH_BITS
}

/// Likewise for bytes of this value.
#[inline]
pub fn bytes_equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ (ONES * u64::from(byte));
    difference.wrapping_sub(ONES) & !difference & HIGH_BITS
}

/// Why an escape cannot be decoded.
#[derive(Debug, PartialEq)]
pub enum BadEscape {
    /// The text ends within it.
    Short,
    /// No such escape.
    Unknown,
}

/// The character of the escape that `text` begins with, and the escape's length in bytes. Half of a surrogate pair
/// without its other half is legal JSON but no character: it becomes U+FFFD (the reference writes it as `?`).
pub fn escape(text: &[u8]) -> Result<(char, usize), BadEscape> {
    let c = match text.get(1).ok_or(BadEscape::Short)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(text),
        _ => return Err(BadEscape::Unknown),
    };
    Ok((c, 2))
}

fn unicode_escape(text: &[u8]) -> Result<(char, usize), BadEscape> {
    let unit = hex_unit(&text[2..])?;
    if let Some(c) = char::from_u32(unit) {
        return Ok((c, 6));
    }
    const UNPAIRED: (char, usize) = (char::REPLACEMENT_CHARACTER, 6);
    let low = match &text[6..] {
        [b'\\', b'u', low @ ..] => hex_unit(low)?,
        [] | [b'\\'] => return Err(BadEscape::Short),
        _ => return Ok(UNPAIRED),
    };
    match char::decode_utf16([unit as u16, low as u16]).next() {
        Some(Ok(c)) => Ok((c, 12)),
        _ => Ok(UNPAIRED),
    }
}

fn hex_unit(text: &[u8]) -> Result<u32, BadEscape> {
    let mut unit = 0;
    for at in 0..4 {
        let digit = text.get(at).ok_or(BadEscape::Short)?;
        unit = unit * 16 + char::from(*digit).to_digit(16).ok_or(BadEscape::Unknown)?;
    }
    Ok(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_special_byte_wherever_it_stands() {
        for special in [b'"', b'\\', 0, 0x1f, b'\n'] {
            for length in 0..20 {
                for at in 0..length {
                    let mut bytes = [b' ', b'!', b'#', b'[', b']', 0x7f, 0x80, 0xff].repeat(3);
                    bytes.truncate(length);
                    bytes[at] = special;
                    assert_eq!(plain_end(&bytes, 0), at);
                    assert_eq!(plain_end(&bytes, at + 1), length);
                }
            }
        }
    }

    #[test]
    fn decodes_escapes() {
        for (text, decoded) in [
            (r"\n", Ok(('\n', 2))),
            (r"\/x", Ok(('/', 2))),
            (r"\u00E9", Ok(('é', 6))),
            (r"\uD83D\uDE80go", Ok(('🚀', 12))),
            (r"\", Err(BadEscape::Short)),
            (r"\u00e", Err(BadEscape::Short)),
            (r"\uD83D", Err(BadEscape::Short)),
            (r"\uD83D\", Err(BadEscape::Short)),
            (r"\uD83D\uDE8", Err(BadEscape::Short)),
            (r"\q", Err(BadEscape::Unknown)),
            (r"\u00zz", Err(BadEscape::Unknown)),
            (r"\uD83Dx", Ok(('\u{fffd}', 6))),
            (r"\uD83D\n", Ok(('\u{fffd}', 6))),
            (r"\uD83D\u0041", Ok(('\u{fffd}', 6))),
            (r"\uDE80x", Ok(('\u{fffd}', 6))),
        ] {
            assert_eq!(escape(text.as_bytes()), decoded, "{text}");
        }
    }
}
