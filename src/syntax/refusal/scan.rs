//! Reads a refused text up to the place where the parser stopped: which words, which brackets are open, what comes next.

use super::token::{Kind, Token, skip_blank, word};

/// A text up to the word that does not fit.
pub struct Scan<'t> {
    pub text: &'t str,
    /// The words in front of `found`.
    pub before: Vec<Token>,
    /// The word that does not fit.
    pub found: Token,
    /// The brackets open at `found`, outermost first; the first entry is the text as a whole.
    pub frames: Vec<Frame>,
    /// An operand stands in front of `found`: an operator or an end is due.
    pub after_operand: bool,
    /// A string or comment that does not end, by its start.
    pub unclosed: Option<Unclosed>,
    /// The header is still open: directives have been read, but no `---`.
    pub header: bool,
}

/// What does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclosed {
    Comment(usize),
    Text(usize),
    /// A date or regular expression.
    Literal(usize),
}

/// Something open.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub kind: FrameKind,
    /// Where its bracket starts.
    pub open: usize,
    /// Index of the first word of the current element, case or directive.
    pub since: usize,
    /// How many `if`s still lack their `else`.
    pub ifs: usize,
}

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// The whole text.
    Script,
    /// `(…)` around an expression, or the parameters of a lambda.
    Parens,
    /// The parameters of a declared function.
    Params,
    /// The arguments of a call.
    Call,
    /// `(…)` after `if` or `unless`.
    Condition,
    /// `(…)` after `using`.
    Bindings,
    Array,
    /// `[…]` after an operand.
    Index,
    /// Also object types and schemas.
    Object,
    Attributes,
    /// `$(…)` in a string that starts here.
    Interpolation(usize),
    Match,
    Update,
    Do,
}

impl<'t> Scan<'t> {
    /// Reads up to the word at or behind `stop`.
    pub fn new(text: &'t str, stop: usize) -> Self {
        let found = Token { kind: Kind::End, start: text.len(), end: text.len() };
        let script = Frame { kind: FrameKind::Script, open: 0, since: 0, ifs: 0 };
        let (before, frames) = (Vec::new(), vec![script]);
        let mut scan = Self { text, before, found, frames, after_operand: false, unclosed: None, header: false };
        let start = text.len() - text.trim_start_matches('\u{FEFF}').len();
        scan.read(start, stop);
        scan
    }

    /// The word as written.
    pub fn str(&self, token: Token) -> &'t str {
        &self.text[token.start..token.end]
    }

    /// The last word before `found`.
    pub fn last(&self) -> Option<Token> {
        self.before.last().copied()
    }

    /// The innermost open bracket.
    pub fn frame(&self) -> Frame {
        self.frames.last().copied().unwrap_or(Frame { kind: FrameKind::Script, open: 0, since: 0, ifs: 0 })
    }

    /// The words of the current element, case or directive.
    pub fn since(&self) -> &[Token] {
        self.before.get(self.frame().since..).unwrap_or(&[])
    }

    /// Whether only blanks stand in front of a word on its line.
    pub fn starts_line(&self, token: Token) -> bool {
        self.text[..token.start].trim_end_matches([' ', '\t']).ends_with('\n')
    }

    /// The word behind `found`.
    pub fn next(&self) -> Token {
        let end = Token { kind: Kind::End, start: self.text.len(), end: self.text.len() };
        skip_blank(self.text, self.found.end).map_or(end, |at| word(self.text, at, true))
    }

    /// Whether `found` is in order after all: the parser looks a word or two ahead, so what it stopped at lies before.
    pub fn fits(&self) -> bool {
        let Some(last) = self.last() else { return false };
        if self.after_operand {
            return self.found.kind == Kind::End && self.frames.len() == 1 && self.frame().ifs == 0;
        }
        let directive = self.since().first().map_or("", |first| self.str(*first));
        if matches!(directive, "output" | "input" | "import" | "ns") {
            return false;
        }
        let in_case = matches!(self.frame().kind, FrameKind::Match | FrameKind::Update);
        let in_pattern = in_case && !self.since().iter().any(|token| self.str(*token) == "->");
        let before_last = self.before.len().checked_sub(2).map(|index| self.before[index]);
        let is_condition = before_last.is_some_and(|token| token.ends_operand(self.text));
        let takes_operand = match self.str(last) {
            "if" => is_condition,
            "unless" | "using" | "do" | "--" | "." | ".." | "#" | "@" | "^" => false,
            "var" | "fun" | "type" | "as" | "is" | "%dw" => false,
            _ => true,
        };
        takes_operand && !in_pattern && self.found.starts_operand(self.text)
    }

    fn read(&mut self, mut at: usize, stop: usize) {
        loop {
            match skip_blank(self.text, at) {
                Ok(start) => at = start,
                Err(comment) => return self.unclosed = Some(Unclosed::Comment(comment)),
            }
            let token = word(self.text, at, !self.after_operand);
            self.found = token;
            let is_quote = token.kind == Kind::Stray && matches!(self.str(token), "\"" | "'" | "`");
            if token.kind == Kind::End || token.end > stop && !is_quote {
                return;
            }
            if is_quote {
                let Some(end) = self.string(at, at + 1, stop) else { return };
                at = end;
            } else {
                at = token.end;
                let reopened = self.accept(token);
                if let Some(string) = reopened {
                    let Some(end) = self.string(string, at, stop) else { return };
                    at = end;
                }
            }
        }
    }

    /// Reads a string that started at `open`, from `at` on, to its end or to its next interpolation. None at the end.
    fn string(&mut self, open: usize, at: usize, stop: usize) -> Option<usize> {
        let quote = self.text[open..].chars().next()?;
        let mut chars = self.text[at..].char_indices();
        while let Some((offset, c)) = chars.next() {
            let end = at + offset + c.len_utf8();
            if c == '\\' {
                chars.next();
            } else if c == quote {
                let token = Token { kind: Kind::Text, start: open, end };
                if end > stop {
                    self.found = token;
                    return None;
                }
                self.push(token);
                self.after_operand = true;
                return Some(end);
            } else if self.text[at + offset..].starts_with("$(") {
                self.push(Token { kind: Kind::TextHead, start: open, end: end - 1 });
                self.open(FrameKind::Interpolation(open), Token { kind: Kind::Open, start: end - 1, end: end + 1 });
                return Some(end + 1);
            }
        }
        self.unclosed = Some(Unclosed::Text(open));
        self.found = Token { kind: Kind::End, start: self.text.len(), end: self.text.len() };
        None
    }

    fn push(&mut self, token: Token) {
        self.before.push(token);
    }

    fn open(&mut self, kind: FrameKind, token: Token) {
        self.push(token);
        self.frames.push(Frame { kind, open: token.start, since: self.before.len(), ifs: 0 });
        self.after_operand = false;
    }

    /// Takes a word in; tells where the string started that goes on behind it.
    fn accept(&mut self, token: Token) -> Option<usize> {
        match token.kind {
            Kind::Open => self.open(self.kind_of(token), token),
            Kind::Close => return self.close(token),
            Kind::Reserved => self.reserved(token),
            Kind::Name => {
                let is_sign = self.str(token) == "not" && !self.after_operand;
                let after_dot = self.last().is_some_and(|last| matches!(self.str(last), "." | ".." | "#"));
                self.after_operand = !is_sign && (!self.after_operand || after_dot);
                self.push(token);
            }
            Kind::Symbol => self.symbol(token),
            _ => {
                self.after_operand = true;
                self.push(token);
            }
        }
        None
    }

    fn symbol(&mut self, token: Token) {
        let in_type = self.text[..token.start].ends_with(['{', '-', '|']);
        if matches!(self.str(token), "|" | "/") && !self.after_operand && !in_type {
            self.unclosed = self.unclosed.or(Some(Unclosed::Literal(token.start)));
        }
        self.push(token);
        self.after_operand = self.ends_operand(token);
        let index = self.before.len();
        match self.str(token) {
            "," if self.frames.len() > 1 => self.restart(index),
            "---" => {
                self.header = false;
                self.restart(index);
            }
            "%dw" => {
                self.header = true;
                self.restart(index - 1);
            }
            _ => {}
        }
    }

    /// `???`, and the marks that touch what they belong to: `a?`, `a!`, `a.#`, `a.^`, `a.@`.
    fn ends_operand(&self, token: Token) -> bool {
        let before = self.text[..token.start].chars().next_back().unwrap_or(' ');
        match self.str(token) {
            "???" => true,
            "?" | "!" => self.after_operand && !before.is_whitespace(),
            "#" | "@" | "^" => before == '.',
            _ => false,
        }
    }

    fn restart(&mut self, index: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.since = index;
            frame.ifs = 0;
        }
    }

    fn reserved(&mut self, token: Token) {
        let index = self.before.len();
        self.push(token);
        let kind = self.frame().kind;
        let in_cases = matches!(kind, FrameKind::Match | FrameKind::Update);
        match self.str(token) {
            "if" | "unless" if !(self.after_operand || in_cases && self.since().len() < 3) => {
                self.frames.last_mut().into_iter().for_each(|frame| frame.ifs += 1);
            }
            "else" if self.frame().ifs > 0 => {
                self.frames.last_mut().into_iter().for_each(|frame| frame.ifs -= 1);
            }
            "else" | "case" if in_cases => self.restart(index),
            "var" | "fun" | "type" | "ns" | "import" | "input" | "output" => {
                self.header |= kind == FrameKind::Script;
                self.restart(index);
            }
            _ => {}
        }
        self.after_operand = matches!(self.str(token), "true" | "false" | "null");
    }

    fn kind_of(&self, open: Token) -> FrameKind {
        let last = self.last().map_or("", |last| self.str(last));
        match (self.str(open), last) {
            ("@(", _) => FrameKind::Attributes,
            ("(", "if" | "unless") => FrameKind::Condition,
            ("(", "using") => FrameKind::Bindings,
            ("(", _)
                if self.since().first().is_some_and(|first| self.str(*first) == "fun") && self.since().len() == 2 =>
            {
                FrameKind::Params
            }
            ("(", _) if self.after_operand => FrameKind::Call,
            ("[", _) if self.after_operand => FrameKind::Index,
            ("[", _) => FrameKind::Array,
            ("{", "match") if !self.after_operand => FrameKind::Match,
            ("{", "update") if !self.after_operand => FrameKind::Update,
            ("{", "do") => FrameKind::Do,
            ("{", _) => FrameKind::Object,
            _ => FrameKind::Parens,
        }
    }

    fn close(&mut self, token: Token) -> Option<usize> {
        self.push(token);
        let frame = if self.frames.len() > 1 { self.frames.pop() } else { None };
        self.after_operand = frame.is_none_or(|frame| frame.kind != FrameKind::Condition);
        match frame?.kind {
            FrameKind::Interpolation(string) => Some(string),
            _ => None,
        }
    }
}
