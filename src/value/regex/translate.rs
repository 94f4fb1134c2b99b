//! From Java's pattern syntax to that of fancy-regex. Flags are resolved here: what is written down needs none.
//!
//! What differs: `\w \d \s \b` and case-insensitivity are ASCII in Java unless `(?U)` or `(?u)` says otherwise; `.`,
//! `^` and `$` know six line terminators; `$` stands before a last one; quoting, octal and UTF-16 escapes, `\h \R`,
//! and the names of properties.

use super::class;
use super::property;
use std::collections::HashSet;

/// Which texts the result is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// ASCII, without carriage returns, not ending in a line feed: much is simpler there, and faster.
    Plain,
    /// All.
    Full,
}

/// Java's flags that matter here.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags {
    /// `i`
    pub ignore_case: bool,
    /// `u`: cases of all letters, not only of ASCII.
    pub unicode_case: bool,
    /// `U`: classes and boundaries of all of Unicode; `u` comes with it.
    pub unicode_classes: bool,
    /// `x`
    pub comments: bool,
    multiline: bool,
    dot_all: bool,
    unix_lines: bool,
}

/// What the reader holds while it goes through a pattern.
pub(super) struct Translator {
    chars: Vec<char>,
    at: usize,
    pub(super) flags: Flags,
    dialect: Dialect,
    out: String,
    /// The flags outside of each open group.
    open: Vec<Flags>,
    /// How many groups have been opened.
    groups: usize,
    /// How many there are in all.
    all_groups: usize,
    names: HashSet<String>,
    /// Whether there is something that a quantifier could repeat.
    repeatable: bool,
}

/// The pattern in fancy-regex's syntax, or why it is no pattern.
pub(super) fn translate(source: &str, dialect: Dialect) -> Result<String, String> {
    let chars: Vec<char> = source.chars().collect();
    let all_groups = count_groups(&chars);
    let mut translator = Translator {
        chars,
        at: 0,
        flags: Flags::default(),
        dialect,
        out: String::with_capacity(source.len() + 16),
        open: Vec::new(),
        groups: 0,
        all_groups,
        names: HashSet::new(),
        repeatable: false,
    };
    while let Some(c) = translator.next() {
        translator.element(c)?;
    }
    if translator.open.is_empty() { Ok(translator.out) } else { Err("a group is not closed".to_string()) }
}

/// An upper bound of the number of capturing groups; quoted and class text is counted too.
fn count_groups(chars: &[char]) -> usize {
    let opens = |i: usize| chars[i] == '(' && (i == 0 || chars[i - 1] != '\\');
    let captures = |i: usize| match (chars.get(i + 1), chars.get(i + 2), chars.get(i + 3)) {
        (Some('?'), Some('<'), Some('=' | '!')) => false,
        (Some('?'), Some('<'), _) => true,
        (Some('?'), ..) => false,
        _ => true,
    };
    (0..chars.len()).filter(|i| opens(*i) && captures(*i)).count()
}

const LINE_TERMINATORS: &str = r"\n\r\x{85}\x{2028}\x{2029}";

impl Translator {
    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    pub(super) fn peek_after(&self, distance: usize) -> Option<char> {
        self.chars.get(self.at + distance).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let hit = self.peek() == Some(c);
        self.at += usize::from(hit);
        hit
    }

    /// With the flag `x`: blanks and comments.
    pub(super) fn skipped(&mut self, c: char) -> bool {
        if !self.flags.comments || !(c.is_ascii_whitespace() || c == '\x0B' || c == '#') {
            return false;
        }
        if c == '#' {
            while self.peek().is_some_and(|c| !is_line_terminator(c)) {
                self.at += 1;
            }
        }
        true
    }

    fn element(&mut self, c: char) -> Result<(), String> {
        if self.skipped(c) {
            return Ok(());
        }
        match c {
            '\\' => return self.escape(),
            '[' => {
                let class = class::read(self)?;
                self.atom(&class);
            }
            '(' => return self.group(),
            ')' => {
                self.flags = self.open.pop().ok_or("a group is closed that was not opened")?;
                self.atom(")");
            }
            '|' => self.assertion("|"),
            '.' => self.dot(),
            '^' => self.line_start(),
            '$' if self.flags.multiline => self.line_end(),
            '$' => self.last_line_end(),
            '*' | '+' | '?' => return self.quantifier(&c.to_string()),
            '{' => return self.counted(),
            c => self.literal(c),
        }
        Ok(())
    }

    /// Writes what a quantifier may follow.
    fn atom(&mut self, text: &str) {
        self.out.push_str(text);
        self.repeatable = true;
    }

    /// Writes what has no width or joins; Java lets quantifiers follow most of it, to no effect.
    fn assertion(&mut self, text: &str) {
        self.out.push_str(text);
        self.repeatable = false;
    }

    fn literal(&mut self, c: char) {
        let text = match self.flags.ignore_case {
            true if c.is_ascii_alphabetic() && !self.flags.unicode_case => {
                format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase())
            }
            true if self.flags.unicode_case => format!("(?i:{})", escaped(c)),
            _ => escaped(c),
        };
        self.atom(&text);
    }

    fn dot(&mut self) {
        let text = match (self.flags.dot_all, self.flags.unix_lines || self.dialect == Dialect::Plain) {
            (true, _) => "(?s:.)".to_string(),
            (false, true) => r"[^\n]".to_string(),
            (false, false) => format!("[^{LINE_TERMINATORS}]"),
        };
        self.atom(&text);
    }

    fn line_start(&mut self) {
        self.assertion(match (self.flags.multiline, self.dialect) {
            (false, _) => r"\A",
            (true, Dialect::Plain) => "(?m:^)",
            (true, Dialect::Full) if self.flags.unix_lines => r"(?:\A|(?<=\n)(?!\z))",
            (true, Dialect::Full) => r"(?:\A|(?<=[\n\x{85}\x{2028}\x{2029}])(?!\z)|(?<=\r)(?!\n|\z))",
        });
    }

    /// `$` with the flag `m`.
    fn line_end(&mut self) {
        self.assertion(match self.dialect {
            Dialect::Full if !self.flags.unix_lines => r"(?:\z|(?=[\r\x{85}\x{2028}\x{2029}])|(?<!\r)(?=\n))",
            _ => "(?m:$)",
        });
    }

    /// `$` and `\Z`: the end, or before a line terminator there.
    fn last_line_end(&mut self) {
        self.assertion(match self.dialect {
            Dialect::Plain => r"\z",
            Dialect::Full if self.flags.unix_lines => r"(?=\n?\z)",
            Dialect::Full => r"(?:\z|(?=\r\n\z)|(?<!\r)(?=\n\z)|(?=[\r\x{85}\x{2028}\x{2029}]\z))",
        });
    }

    fn boundary(&mut self, negated: bool) {
        let (yes, no) = (r"(?<=[0-9A-Z_a-z])(?![0-9A-Z_a-z])", r"(?<![0-9A-Z_a-z])(?=[0-9A-Z_a-z])");
        let text = match (self.dialect, negated) {
            (Dialect::Full, _) if !self.flags.unicode_classes && !negated => format!("(?:{yes}|{no})"),
            (Dialect::Full, _) if !self.flags.unicode_classes => format!("(?!{yes}|{no})"),
            (_, false) => r"\b".to_string(),
            (_, true) => r"\B".to_string(),
        };
        self.assertion(&text);
    }

    fn quantifier(&mut self, text: &str) -> Result<(), String> {
        if !self.repeatable {
            return Err(format!("there is nothing for `{text}` to repeat"));
        }
        self.assertion(text);
        if let Some(mode @ ('?' | '+')) = self.peek() {
            self.at += 1;
            self.out.push(mode);
        }
        Ok(())
    }

    /// `{n}`, `{n,}`, `{n,m}`
    fn counted(&mut self) -> Result<(), String> {
        let illegal = || "a brace that is no repetition must be escaped: `\\{`".to_string();
        let least = self.digits(10, 9).ok_or_else(illegal)?;
        let most = match self.eat(',') {
            true => self.digits(10, 9),
            false => Some(least),
        };
        if !self.eat('}') {
            return Err(illegal());
        }
        match most {
            Some(most) if most < least => Err("a repetition has more at least than at most".to_string()),
            Some(most) if most == least => self.quantifier(&format!("{{{least}}}")),
            Some(most) => self.quantifier(&format!("{{{least},{most}}}")),
            None => self.quantifier(&format!("{{{least},}}")),
        }
    }

    /// Up to `longest` digits of a base.
    fn digits(&mut self, base: u32, longest: usize) -> Option<u32> {
        let start = self.at;
        let mut value = 0u32;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(base)).filter(|_| self.at - start < longest) {
            value = value.checked_mul(base)?.checked_add(digit)?;
            self.at += 1;
        }
        (self.at > start).then_some(value)
    }

    fn group(&mut self) -> Result<(), String> {
        let outside = self.flags;
        if !self.eat('?') {
            self.groups += 1;
            self.assertion("(");
            self.open.push(outside);
            return Ok(());
        }
        let kind = match (self.peek(), self.peek_after(1)) {
            (Some('<'), Some('=')) => "(?<=",
            (Some('<'), Some('!')) => "(?<!",
            (Some('<'), _) => return self.named_group(),
            (Some(':'), _) => "(?:",
            (Some('='), _) => "(?=",
            (Some('!'), _) => "(?!",
            (Some('>'), _) => "(?>",
            _ => return self.flag_group(),
        };
        self.at += kind.len() - 2;
        self.assertion(kind);
        self.open.push(outside);
        Ok(())
    }

    fn named_group(&mut self) -> Result<(), String> {
        let name = self.name()?;
        if !self.names.insert(name.clone()) {
            return Err(format!("the group `{name}` is there twice"));
        }
        self.groups += 1;
        self.assertion(&format!("(?<{name}>"));
        self.open.push(self.flags);
        Ok(())
    }

    /// `<name>`
    fn name(&mut self) -> Result<String, String> {
        let wrong = || "a group's name stands in `<…>` and has letters and digits only".to_string();
        if !self.eat('<') || !self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            return Err(wrong());
        }
        let mut name = String::new();
        while let Some(c) = self.next() {
            match c {
                '>' => return Ok(name),
                c if c.is_ascii_alphanumeric() => name.push(c),
                _ => break,
            }
        }
        Err(wrong())
    }

    /// `(?i)`, `(?i-m:`: flags up to the end of the group around, or of the group that begins here.
    fn flag_group(&mut self) -> Result<(), String> {
        let outside = self.flags;
        let mut on = true;
        while let Some(c) = self.next() {
            match c {
                '-' if on => on = false,
                ')' => return Ok(()),
                ':' => {
                    self.assertion("(?:");
                    self.open.push(outside);
                    return Ok(());
                }
                c => self.flag(c, on)?,
            }
        }
        Err("a group is not closed".to_string())
    }

    fn flag(&mut self, flag: char, on: bool) -> Result<(), String> {
        let flags = &mut self.flags;
        match flag {
            'i' => flags.ignore_case = on,
            'u' => flags.unicode_case = on,
            'U' => (flags.unicode_classes, flags.unicode_case) = (on, on),
            'x' => flags.comments = on,
            'm' => flags.multiline = on,
            's' => flags.dot_all = on,
            'd' => flags.unix_lines = on,
            other => return Err(format!("`{other}` is no flag")),
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), String> {
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
    pub(super) fn class_escape(&mut self, c: char) -> Result<Option<String>, String> {
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
    pub(super) fn character_escape(&mut self, c: char) -> Result<Option<char>, String> {
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

const HORIZONTAL: &str = r"\t \x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}";

fn is_line_terminator(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A character that stands for itself, in and out of classes.
pub(super) fn escaped(c: char) -> String {
    match c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii() {
        true => c.to_string(),
        false => format!("\\x{{{:x}}}", u32::from(c)),
    }
}
