//! Text between double quotes, with the escapes of the reference's writers of JSON and DataWeave.

use super::scan::{HIGH_BITS, bytes_equal, special_bytes};

/// Adds `text` with quotes and escapes. DataWeave escapes `$` as well.
pub fn write_quoted(text: &str, escape_dollar: bool, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let (mut done, mut at) = (0, 0);
    loop {
        at = plain_end(bytes, at, escape_dollar);
        let Some(&byte) = bytes.get(at) else { break };
        let length = if byte < 0x80 { 1 } else { text[at..].chars().next().map_or(1, char::len_utf8) };
        if byte >= 0x80 && !text[at..].chars().next().is_some_and(is_escaped) {
            at += length;
            continue;
        }
        out.extend_from_slice(&bytes[done..at]);
        write_escape(&text[at..at + length], out);
        at += length;
        done = at;
    }
    out.extend_from_slice(&bytes[done..]);
    out.push(b'"');
}

/// Bytes that may need an escape: control characters, quote and backslash, and the first bytes of the characters in
/// [`is_escaped`].
const SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        suspect[byte] = true;
        byte += 1;
    }
    let others = *b"\"\\\x7f\xc2\xd8\xdc\xe1\xe2\xef";
    let mut i = 0;
    while i < others.len() {
        suspect[others[i] as usize] = true;
        i += 1;
    }
    suspect
};

/// Characters beyond ASCII that the reference escapes: controls and invisible formatting, but not all of the latter.
fn is_escaped(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{600}'..='\u{604}' | '\u{70f}' | '\u{17b4}' | '\u{17b5}'
        | '\u{200c}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

/// The position, from `at` on, of the next suspect byte; the length of `bytes` if there is none.
fn plain_end(bytes: &[u8], mut at: usize, escape_dollar: bool) -> usize {
    const DELETE: u8 = 0x7f;
    let suspect = |byte: &u8| SUSPECT[usize::from(*byte)] || (*byte == b'$' && escape_dollar);
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let dollars = if escape_dollar { bytes_equal(word, b'$') } else { 0 };
        let unusual = (special_bytes(word) | bytes_equal(word, DELETE) | dollars | word) & HIGH_BITS;
        if unusual == 0 {
            at += 8;
            continue;
        }
        at += unusual.trailing_zeros() as usize / 8;
        let beyond_ascii = |byte: &&u8| **byte >= 0x80 && !suspect(byte);
        match bytes[at..].iter().take_while(beyond_ascii).count() {
            0 => return at,
            skipped => at += skipped,
        }
    }
    bytes[at..].iter().position(suspect).map_or(bytes.len(), |n| at + n)
}

#[cold]
fn write_escape(c: &str, out: &mut Vec<u8>) {
    match c {
        "\"" => out.extend_from_slice(b"\\\""),
        "\\" => out.extend_from_slice(b"\\\\"),
        "$" => out.extend_from_slice(b"\\$"),
        "\u{8}" => out.extend_from_slice(b"\\b"),
        "\u{c}" => out.extend_from_slice(b"\\f"),
        "\n" => out.extend_from_slice(b"\\n"),
        "\r" => out.extend_from_slice(b"\\r"),
        "\t" => out.extend_from_slice(b"\\t"),
        // None of them is beyond the Basic Multilingual Plane.
        other => other.encode_utf16().for_each(|unit| out.extend_from_slice(format!("\\u{unit:04x}").as_bytes())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> String {
        let mut out = Vec::new();
        write_quoted(text, false, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn escapes_what_the_reference_escapes() {
        for (text, written) in [
            ("\u{1}\u{8}\u{b}\u{c}\u{1f}\u{7f}\u{85}\u{9f}", r#""\u0001\b\u000b\f\u001f\u007f\u0085\u009f""#),
            ("\u{ad}\u{600}\u{70f}\u{17b4}", r#""\u00ad\u0600\u070f\u17b4""#),
            ("\u{200c}\u{200f}\u{2060}\u{206f}\u{feff}\u{ffff}", r#""\u200c\u200f\u2060\u206f\ufeff\uffff""#),
            ("\n\r\t\"\\/", r#""\n\r\t\"\\/""#),
            ("\u{a0}\u{2028}\u{200b}\u{202e}\u{605}ü€🛶$", "\"\u{a0}\u{2028}\u{200b}\u{202e}\u{605}ü€🛶$\""),
            ("long enough for a chunk ü and \n then on", "\"long enough for a chunk ü and \\n then on\""),
        ] {
            assert_eq!(quoted(text), written);
        }
        let mut out = Vec::new();
        write_quoted("a$(b)", true, &mut out);
        assert_eq!(out, br#""a\$(b)""#);
    }

    #[test]
    fn the_table_knows_all_first_bytes() {
        for c in (0x80..=0xffff).filter_map(char::from_u32).filter(|c| is_escaped(*c)) {
            assert_eq!(quoted(&c.to_string()), format!("\"\\u{:04x}\"", u32::from(c)));
        }
    }
}
