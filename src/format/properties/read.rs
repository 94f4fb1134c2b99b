//! Reads properties as `java.util.Properties` does, but from UTF-8, and keeping the order of the file.

use crate::diag::Fault;
use crate::format::{Input, Window};
use crate::value::{ObjectBuilder, QName, Value};
use indexmap::IndexMap;

/// The entries as an object of texts; of two with the same key the last one counts.
pub fn read(input: Input) -> Result<Value, Fault> {
    let mut window = Window::keeping_mark(input);
    window.fill_all()?;
    let text = window.rest();
    let mut lines = Lines { text, at: 0 };
    let mut entries = IndexMap::new();
    while lines.begin() {
        let entry = lines.entry();
        let (key, value) = entry.map_err(|at| window.fault(at, "`\\u` must be followed by four hexadecimal digits"))?;
        entries.insert(key, value);
    }
    let mut object = ObjectBuilder::with_capacity(entries.len());
    for (key, value) in entries {
        object.pair(QName::local(key), None, Value::from(value));
    }
    Ok(object.value())
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
}

/// A character of a logical line, and whether a backslash took its meaning.
type Char = (char, bool);

impl Lines<'_> {
    /// Goes to the next entry, over blank lines and comments; `false` at the end.
    fn begin(&mut self) -> bool {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\x0c', '\r', '\n']).len();
            let rest = &self.text[self.at..];
            if !rest.starts_with(['#', '!']) {
                return !rest.is_empty();
            }
            self.at += rest.find(['\r', '\n']).unwrap_or(rest.len());
        }
    }

    /// One entry; `Err` has the place of a bad escape.
    fn entry(&mut self) -> Result<(String, String), usize> {
        let is_blank = |c: Option<Char>| matches!(c, Some((' ' | '\t' | '\x0c', false)));
        let is_sign = |c: Option<Char>| matches!(c, Some(('=' | ':', false)));
        let mut key = String::new();
        let mut next = self.char()?;
        while let Some((c, _)) = next.filter(|_| !is_blank(next) && !is_sign(next)) {
            key.push(c);
            next = self.char()?;
        }
        while is_blank(next) {
            next = self.char()?;
        }
        if is_sign(next) {
            next = self.char()?;
        }
        while is_blank(next) {
            next = self.char()?;
        }
        let mut value = String::new();
        while let Some((c, _)) = next {
            value.push(c);
            next = self.char()?;
        }
        Ok((key, value))
    }

    /// The next character of the logical line; `None` at its end.
    fn char(&mut self) -> Result<Option<Char>, usize> {
        let mut chars = self.text[self.at..].chars();
        match chars.next() {
            None | Some('\n' | '\r') => Ok(None),
            Some('\\') => self.escaped(),
            Some(c) => {
                self.at += c.len_utf8();
                Ok(Some((c, false)))
            }
        }
    }

    fn escaped(&mut self) -> Result<Option<Char>, usize> {
        let place = self.at;
        let rest = &self.text[self.at + 1..];
        let Some(c) = rest.chars().next() else {
            self.at += 1;
            return Ok(None);
        };
        self.at += 1 + c.len_utf8();
        let plain = match c {
            '\n' | '\r' => {
                if rest.starts_with("\r\n") {
                    self.at += 1;
                }
                let line = &self.text[self.at..];
                self.at += line.len() - line.trim_start_matches([' ', '\t', '\x0c']).len();
                return self.char();
            }
            'u' => return self.unicode(place).map(|c| Some((c, true))),
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\x0c',
            other => other,
        };
        Ok(Some((plain, true)))
    }

    /// The character of `\uXXXX`, or of two of them where they are a surrogate pair.
    fn unicode(&mut self, place: usize) -> Result<char, usize> {
        let high = self.unit(place)?;
        if (0xd800..0xdc00).contains(&high) && self.text[self.at..].starts_with("\\u") {
            let back = self.at;
            self.at += 2;
            let low = self.unit(back)?;
            if let Some(Ok(c)) = char::decode_utf16([high, low]).next() {
                return Ok(c);
            }
            self.at = back;
        }
        Ok(char::from_u32(u32::from(high)).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn unit(&mut self, place: usize) -> Result<u16, usize> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        self.at += 4;
        digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()).ok_or(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match read(Input::memory("in", text.as_bytes())) {
            Ok(Value::Object(object)) => {
                let pair = |p: crate::value::Pair<'_>| format!("{}|{}", p.name.local, p.value.as_str().unwrap());
                object.iter().map(pair).collect::<Vec<_>>().join("; ")
            }
            Ok(other) => panic!("{other:?}"),
            Err(fault) => fault.message().lines().next().unwrap().to_string(),
        }
    }

    #[test]
    fn reads_as_java_does() {
        for (text, want) in [
            ("a=equals\nb:colon\nc blank\nd\ttab\ne", "a|equals; b|colon; c|blank; d|tab; e|"),
            ("# x\n! y \\\n\n  \t# z\na = 1 # no \n", "a|1 # no "),
            ("l=one,\\\n   two,\\\r\n\tthree", "l|one,two,three"),
            ("v=t\\tn\\n \\\\ \\u00dc \\q \\= \\ud83d\\udef6", "v|t\tn\n \\ Ü q = 🛶"),
            ("a\\=b\\ c=1", "a=b c|1"),
            ("a=1\nb=2\na=3", "a|3; b|2"),
            ("=v\nk==w", "|v; k|=w"),
            ("a=x\\", "a|x"),
            ("città=Forlì 🍇", "città|Forlì 🍇"),
            ("", ""),
            ("ok=1\nbad=x\\u12G4", "in:2:6: `\\u` must be followed by four hexadecimal digits"),
        ] {
            assert_eq!(shown(text), want, "{text:?}");
        }
    }
}
