//! What a backslash begins: classes, boundaries, quoting, back-references, characters by number.

use super::Translator;
use crate::value::regex::property;

const HORIZONTAL: &str = r"\t \x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}";

impl Translator {
    pub(super) fn escape(&mut self) -> Result<(), String> {
        let Some(c) = self.next() else { return Err("a backslash stands at the end".to_string()) };
        match c {
            'b' | 'B' if self.peek() == Some('{') => return Err("`\\b{g}` is not supported".to_string()),
            'b' | 'B' => self.boundary(c == 'B'),
            'A' => self.assertion(r"\A"),
            'z' => self.assertion(r"\z"),
            'Z' => self.last_line_end(),
            'G' => self.assertion(r"\G"),
            'R' => self.atom(r"(?:\r\n|[\n\x0B\x0C\r\x{85}\x{2028}\x{2029}])"),
            'X' => self.atom(r"(?>\r\n|\P{M}(?:\x{200D}\P{M}|[\p{M}\x{200D}\x{1F3FB}-\x{1F3FF}])*|\p{M}+)"),
            'k' => {
                let name = self.name()?;
                if !self.names.contains(&name) {
                    return Err(format!("there is no group `{name}` before `\\k<{name}>`"));
                }
                self.back_reference(&format!(r"\k<{name}>"));
            }
            'Q' => self.quoted(),
            '1'..='9' => self.numbered_reference(c),
            c => match self.class_escape(c)? {
                Some(class) => self.atom(&class),
                None => match self.character_escape(c)? {
                    Some(c) => self.literal(c),
                    None => self.atom("(?!)"),
                },
            },
        }
        Ok(())
    }

    /// `\Q…\E`
    fn quoted(&mut self) {
        while let Some(c) = self.next() {
            if c == '\\' && self.eat('E') {
                return;
            }
            self.literal(c);
        }
    }

    /// As many digits as there are groups so far. A group that is not there never matches.
    fn numbered_reference(&mut self, first: char) {
        let mut number = first.to_digit(10).unwrap_or(1) as usize;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            match number * 10 + digit as usize {
                longer if longer <= self.groups => number = longer,
                _ => break,
            }
            self.at += 1;
        }
        match number <= self.all_groups {
            true => self.back_reference(&format!(r"\{number}")),
            false => self.atom("(?!)"),
        }
    }

    fn back_reference(&mut self, reference: &str) {
        let flag = if self.flags.ignore_case { "i" } else { "" };
        self.atom(&format!("(?{flag}:{reference})"));
    }

    /// `\d` and its kin and `\p{…}`, as a class that may stand inside of another.
    pub(in crate::value::regex) fn class_escape(&mut self, c: char) -> Result<Option<String>, String> {
        let unicode = self.flags.unicode_classes;
        let class = match c {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' if unicode => format!("\\{c}"),
            'd' => "[0-9]".to_string(),
            'D' => "[^0-9]".to_string(),
            'w' => "[0-9A-Z_a-z]".to_string(),
            'W' => "[^0-9A-Z_a-z]".to_string(),
            's' => r"[\t-\r ]".to_string(),
            'S' => r"[^\t-\r ]".to_string(),
            'h' => format!("[{HORIZONTAL}]"),
            'H' => format!("[^{HORIZONTAL}]"),
            'v' => r"[\n-\r\x{85}\x{2028}\x{2029}]".to_string(),
            'V' => r"[^\n-\r\x{85}\x{2028}\x{2029}]".to_string(),
            'p' | 'P' => property::read(self, c == 'P')?,
            _ => return Ok(None),
        };
        Ok(Some(class))
    }

    /// An escape that stands for a character; `None` for half of a surrogate pair, which no text has.
    pub(in crate::value::regex) fn character_escape(&mut self, c: char) -> Result<Option<char>, String> {
        Ok(Some(match c {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\x0C',
            'a' => '\x07',
            'e' => '\x1B',
            '0' => return self.octal().map(Some),
            'x' => return self.hexadecimal().map(Some),
            'u' => return self.utf16(),
            'c' => match self.next().filter(char::is_ascii) {
                Some(c) => char::from(c as u8 ^ 64),
                None => return Err("`\\c` takes an ASCII character".to_string()),
            },
            c if c.is_ascii_alphanumeric() => return Err(format!("`\\{c}` is no escape")),
            c => c,
        }))
    }

    /// Up to three octal digits, up to 377.
    fn octal(&mut self) -> Result<char, String> {
        let longest = if self.peek().is_some_and(|c| c <= '3') { 3 } else { 2 };
        self.digits(8, longest).and_then(char::from_u32).ok_or_else(|| "`\\0` takes octal digits".to_string())
    }

    fn hexadecimal(&mut self) -> Result<char, String> {
        let start = self.at;
        let value = if self.eat('{') {
            let value = self.digits(16, 8);
            value.filter(|_| self.eat('}'))
        } else {
            let value = self.digits(16, 2);
            value.filter(|_| self.at == start + 2)
        };
        value
            .and_then(char::from_u32)
            .ok_or_else(|| "`\\x` takes two hexadecimal digits, or some in braces".to_string())
    }

    fn utf16(&mut self) -> Result<Option<char>, String> {
        let first = self.unit().ok_or("`\\u` takes four hexadecimal digits")?;
        let pair_follows = self.peek() == Some('\\') && self.peek_after(1) == Some('u');
        if !(0xD800..0xDC00).contains(&first) || !pair_follows {
            return Ok(char::from_u32(first));
        }
        let behind_first = self.at;
        self.at += 2;
        let second = self.unit().filter(|unit| (0xDC00..0xE000).contains(unit));
        if second.is_none() {
            self.at = behind_first;
        }
        Ok(second.and_then(|low| char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00))))
    }

    fn unit(&mut self) -> Option<u32> {
        let start = self.at;
        self.digits(16, 4).filter(|_| self.at == start + 4)
    }
}
