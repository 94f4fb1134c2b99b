//! From bytes to text: byte order mark, then the character set told from outside, then the XML declaration.

use super::grammar::{find_illegal, is_space, literal, space};
use crate::diag::{Code, Fault};
use crate::format::locate::fault_at;
use crate::format::{Input, Window};
use crate::value::Charset;
use std::borrow::Cow;

/// What an XML declaration says.
#[derive(Debug, Default, PartialEq)]
pub struct Declaration {
    /// Whether the version is 1.1.
    pub is_1_1: bool,
    /// How long the declaration is, in bytes.
    pub length: usize,
}

/// The text of a document, with its bytes checked and no character in it that XML forbids.
pub fn text<'a>(name: &str, bytes: &'a [u8], told: Option<Charset>) -> Result<Cow<'a, str>, Fault> {
    let (charset, bytes) = match Charset::of_mark(bytes) {
        Some((charset, mark)) => (charset, &bytes[mark..]),
        None => match told {
            Some(charset) => (charset, bytes),
            None => (declared(bytes).map_or(Ok(Charset::UTF_8), |name| Charset::named(&name))?, bytes),
        },
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if charset == Charset::UTF_8 => Cow::Borrowed(text),
        _ => Cow::Owned(Window::new(Input::memory(name, bytes).with_charset(Some(charset))).fill_all()?.to_string()),
    };
    if text.is_empty() {
        return Err(Fault::new(Code::Read, format!("{name} is empty: there is no XML document in it")));
    }
    match find_illegal(&text) {
        None => Ok(text),
        Some((at, c)) => {
            Err(fault_at(name, &text, at, format!("the character U+{:04X} is not allowed in XML", u32::from(c))))
        }
    }
}

/// The encoding that a declaration in ASCII characters names.
fn declared(bytes: &[u8]) -> Option<String> {
    let end = bytes.starts_with(b"<?xml").then(|| bytes.iter().position(|b| *b == b'>'))??;
    let declaration = std::str::from_utf8(&bytes[..end]).ok()?;
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?;
    literal(rest.trim_start()).map(|(name, _)| name.to_string())
}

/// Reads the declaration at the start of a document, if there is one; else `Err` has the place and what is wrong there.
pub fn declaration(text: &str) -> Result<Declaration, (usize, &'static str)> {
    let Some(mut rest) = text.strip_prefix("<?xml").filter(|rest| rest.bytes().next().is_some_and(is_space)) else {
        return Ok(Declaration::default());
    };
    let at = |rest: &str| text.len() - rest.len();
    let version = pseudo(&mut rest, "version").ok_or_else(|| (at(rest), "`version` must come first"))?;
    if !matches!(version, "1.0" | "1.1") {
        return Err((at(rest), "the version must be 1.0 or 1.1"));
    }
    pseudo(&mut rest, "encoding");
    if pseudo(&mut rest, "standalone").is_some_and(|value| !matches!(value, "yes" | "no")) {
        return Err((at(rest), "`standalone` must be `yes` or `no`"));
    }
    let rest = &rest[space(rest)..];
    if !rest.starts_with("?>") {
        return Err((at(rest), "only `version`, `encoding` and `standalone` may stand here, in this order"));
    }
    Ok(Declaration { is_1_1: version == "1.1", length: at(rest) + 2 })
}

/// Takes ` name = "value"` off the front.
fn pseudo<'a>(rest: &mut &'a str, name: &str) -> Option<&'a str> {
    let blank = space(rest);
    let tail = rest[blank..].strip_prefix(name).filter(|_| blank > 0)?;
    let tail = tail[space(tail)..].strip_prefix('=')?;
    let (value, tail) = literal(&tail[space(tail)..])?;
    *rest = tail;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_encoding() {
        for (bytes, want) in [
            (&b"<v>\xc3\xa9</v>"[..], "<v>é</v>"),
            (b"\xef\xbb\xbf<v/>", "<v/>"),
            (b"\xfe\xff\0<\0v\0/\0>", "<v/>"),
            (
                b"<?xml version='1.0' encoding = 'ISO-8859-15'?><v>\xa4</v>",
                "<?xml version='1.0' encoding = 'ISO-8859-15'?><v>€</v>",
            ),
        ] {
            assert_eq!(text("x", bytes, None).unwrap(), want);
        }
        assert_eq!(text("x", b"<v>\xe9</v>", Some(Charset::LATIN_1)).unwrap(), "<v>é</v>");
        for (bytes, want) in [
            (&b"<v>\n \xe9</v>"[..], "x:2:2: the bytes here are not UTF-8"),
            (b"<v>\n\x07</v>", "x:2:1: the character U+0007 is not allowed in XML"),
            (b"", "x is empty: there is no XML document in it"),
        ] {
            let fault = text("x", bytes, None).unwrap_err();
            assert_eq!(fault.message().lines().next(), Some(want));
        }
        assert!(text("x", b"<?xml version='1.0' encoding='EBCDIC-X'?><v/>", None).is_err());
    }

    #[test]
    fn checks_the_declaration() {
        for good in
            ["<v/>", "<?xmlish?>", "<?xml version=\"1.1\" ?>", "<?xml version='1.0' encoding='x' standalone='no'?>"]
        {
            assert!(declaration(good).is_ok(), "{good}");
        }
        for bad in [
            "<?xml encoding='x' version='1.0'?>",
            "<?xml version='2.0'?>",
            "<?xml version='1.0' standalone='maybe'?>",
            "<?xml version='1.0'encoding='x'?>",
            "<?xml version='1.0' foo='1'?>",
            "<?xml version='1.0'",
        ] {
            assert!(declaration(bad).is_err(), "{bad}");
        }
    }
}
