//! From Java's pattern syntax to that of fancy-regex. Flags are resolved here: what is written down needs none.
//!
//! What differs: `\w \d \s \b` and case-insensitivity are ASCII in Java unless `(?U)` or `(?u)` says otherwise; `.`,
//! `^` and `$` know six line terminators; `$` stands before a last one; quoting, octal and UTF-16 escapes, `\h \R`,
//! and the names of properties.

mod escape;
mod group;

use super::class;
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
            '|' => self.joint("|"),
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

    /// Writes what has no width; a quantifier may follow, to no effect.
    fn assertion(&mut self, text: &str) {
        match self.peek() {
            Some('*' | '+' | '?' | '{') => self.atom(&format!("(?:{text})")),
            _ => self.joint(text),
        }
    }

    /// Writes what no quantifier may follow.
    fn joint(&mut self, text: &str) {
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
        self.joint(text);
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
}

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
