//! How text is put between tags, into attribute values and into CDATA sections.

use crate::value::Charset;

/// What is escaped beside what XML demands.
#[derive(Clone, Copy)]
pub struct Escapes {
    /// Every `>`, not only where it could end a CDATA section.
    pub gt: bool,
    /// Carriage returns.
    pub cr: bool,
    /// What is not in this set.
    pub charset: Charset,
}

impl Escapes {
    /// Adds text as it stands between tags. A `>` is escaped at the start and behind `]`, where it could belong to `]]>`.
    pub fn text(self, text: &str, out: &mut Vec<u8>) {
        let bytes = text.as_bytes();
        let special = |at: usize| match bytes[at] {
            b'<' | b'&' => true,
            b'>' => self.gt || at == 0 || bytes[at - 1] == b']',
            b'\r' => self.cr,
            b => !b.is_ascii() && !self.charset.is_unicode(),
        };
        self.escape(text, special, out);
    }

    /// Adds text as it stands between double quotes.
    pub fn attribute(self, text: &str, out: &mut Vec<u8>) {
        let bytes = text.as_bytes();
        let special = |at: usize| match bytes[at] {
            b'<' | b'&' | b'"' | b'\n' | b'\t' => true,
            b'\r' => self.cr,
            b => !b.is_ascii() && !self.charset.is_unicode(),
        };
        self.escape(text, special, out);
    }

    fn escape(self, text: &str, special: impl Fn(usize) -> bool, out: &mut Vec<u8>) {
        let mut from = 0;
        let mut at = 0;
        while at < text.len() {
            if !special(at) {
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            let end = at + c.len_utf8();
            if c.is_ascii() || !self.charset.has(c) {
                out.extend_from_slice(&text.as_bytes()[from..at]);
                reference(c, out);
                from = end;
            }
            at = end;
        }
        out.extend_from_slice(&text.as_bytes()[from..]);
    }

    /// Adds a CDATA section, or two where the text holds its end. `Err` has a character that the set lacks: there is no
    /// way to escape one here.
    pub fn cdata(self, text: &str, out: &mut Vec<u8>) -> Result<(), char> {
        self.check(text)?;
        out.extend_from_slice(b"<![CDATA[");
        for (i, part) in text.split("]]>").enumerate() {
            if i > 0 {
                out.extend_from_slice(b"]]]]><![CDATA[>");
            }
            out.extend_from_slice(part.as_bytes());
        }
        out.extend_from_slice(b"]]>");
        Ok(())
    }

    /// Whether the set has all characters; `Err` has the first one it lacks.
    pub fn check(self, text: &str) -> Result<(), char> {
        if self.charset.is_unicode() || text.is_ascii() {
            return Ok(());
        }
        text.chars().find(|c| !self.charset.has(*c)).map_or(Ok(()), Err)
    }
}

fn reference(c: char, out: &mut Vec<u8>) {
    let known: &[u8] = match c {
        '<' => b"&lt;",
        '>' => b"&gt;",
        '&' => b"&amp;",
        '"' => b"&quot;",
        other => return out.extend_from_slice(format!("&#x{:x};", u32::from(other)).as_bytes()),
    };
    out.extend_from_slice(known);
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Escapes = Escapes { gt: false, cr: false, charset: Charset::UTF_8 };

    fn text(escapes: Escapes, text: &str) -> String {
        let mut out = Vec::new();
        escapes.text(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn escapes_no_more_than_needed() {
        for (raw, want) in [
            ("a<b&c>d\"e'\r\n\t", "a&lt;b&amp;c>d\"e'\r\n\t"),
            (">", "&gt;"),
            ("p]]>q]>", "p]]&gt;q]&gt;"),
            ("é>€", "é>€"),
        ] {
            assert_eq!(text(PLAIN, raw), want);
        }
        assert_eq!(text(Escapes { gt: true, cr: true, ..PLAIN }, "a>b\r\n"), "a&gt;b&#xd;\n");
        assert_eq!(text(Escapes { charset: Charset::LATIN_1, ..PLAIN }, "é€🛶"), "é&#x20ac;&#x1f6f6;");
        let mut out = Vec::new();
        PLAIN.attribute("<b> & \"q\" 's'\n\t\r", &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "&lt;b> &amp; &quot;q&quot; 's'&#xa;&#x9;\r");
    }

    #[test]
    fn splits_cdata_at_its_end() {
        let mut out = Vec::new();
        assert_eq!(PLAIN.cdata("]]> end", &mut out), Ok(()));
        assert_eq!(String::from_utf8(out).unwrap(), "<![CDATA[]]]]><![CDATA[> end]]>");
        assert_eq!(Escapes { charset: Charset::LATIN_1, ..PLAIN }.cdata("é€", &mut Vec::new()), Err('€'));
    }
}
