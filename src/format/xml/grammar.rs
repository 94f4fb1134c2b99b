//! Names and characters as XML 1.0 (fifth edition) and Namespaces in XML define them.

/// The namespace of the prefix `xml`.
pub const XML_URI: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of declarations.
pub const XMLNS_URI: &str = "http://www.w3.org/2000/xmlns/";
/// The namespace of `xsi:nil` and `xsi:type`.
pub const XSI_URI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// White space.
pub fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether a text is nothing but white space and control characters, as Java's `trim` sees it.
pub fn is_blank(text: &str) -> bool {
    text.bytes().all(|b| b <= b' ')
}

/// Whether a document may hold this character.
pub fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// The first character that no document may hold, and where it stands.
pub fn find_illegal(text: &str) -> Option<(usize, char)> {
    // Nearly every text is clean, so what is looked for first are bytes that could begin an illegal character.
    let suspect = |b: &u8| (*b < b' ' && !is_space(*b)) || *b == 0xef;
    text.bytes().any(|b| suspect(&b)).then(|| text.char_indices().find(|(_, c)| !is_char(*c))).flatten()
}

fn is_name_start(c: char) -> bool {
    matches!(c, 'A'..='Z' | '_' | 'a'..='z'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
        | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

fn is_name_char(c: char) -> bool {
    is_name_start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// Whether this is a name without a colon.
pub fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

/// Prefix (perhaps empty) and local part of a name; `None` if it is none.
pub fn split_name(text: &str) -> Option<(&str, &str)> {
    match text.split_once(':') {
        None => is_name(text).then_some(("", text)),
        Some((prefix, local)) => (is_name(prefix) && is_name(local)).then_some((prefix, local)),
    }
}

/// How much white space the text starts with.
pub fn space(text: &str) -> usize {
    text.bytes().position(|b| !is_space(b)).unwrap_or(text.len())
}

/// A quoted literal at the start of the text: what is between the quotes, and what follows.
pub fn literal(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].split_once(quote)
}

/// The character that a reference `#65` or `#x41` stands for (`&` and `;` left out).
pub fn char_reference(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let (digits, radix) = digits.strip_prefix('x').map_or((digits, 10), |hex| (hex, 16));
    // `from_str_radix` would take a sign.
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, radix).ok())??.try_into().ok()
}

/// The five entities that every document has.
pub fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_and_characters() {
        for name in ["a", "größe-x.1", "_y", "日本", "g:a"] {
            assert!(split_name(name).is_some(), "{name}");
        }
        for name in ["", "1v", "-a", ":a", "a:", "a:b:c", "a b", "a\u{a0}", "a/"] {
            assert!(split_name(name).is_none(), "{name}");
        }
        assert_eq!(find_illegal("a\t\n\r\u{feff}é"), None);
        assert_eq!(find_illegal("é\u{fffe}"), Some((2, '\u{fffe}')));
        assert_eq!(find_illegal("a\u{1}"), Some((1, '\u{1}')));
    }

    #[test]
    fn resolves_character_references() {
        for (name, want) in [("#65", Some('A')), ("#x20Ac", Some('€')), ("#x10FFFF", Some('\u{10ffff}'))] {
            assert_eq!(char_reference(name), want);
        }
        for name in ["#", "#x", "#X41", "# 65", "#+65", "#xD800", "#x110000", "65"] {
            assert_eq!(char_reference(name), None, "{name}");
        }
    }
}
