//! The words of a refused text, as far as messages need them.

/// A word of the text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Name,
    /// A reserved word.
    Reserved,
    Number,
    /// A string, or its part behind an interpolation.
    Text,
    /// The part of a string in front of an interpolation.
    TextHead,
    Pattern,
    Temporal,
    Dollar,
    /// `(`, `[`, `{`, `@(`, `$(`.
    Open,
    /// `)`, `]`, `}`.
    Close,
    Symbol,
    /// A character that stands nowhere in DataWeave.
    Stray,
    /// The end of the text.
    End,
}

impl Token {
    /// Whether an operand can begin with it.
    pub fn starts_operand(self, text: &str) -> bool {
        let is_value = self.ends_operand(text) && self.kind != Kind::Close;
        is_value || matches!(self.kind, Kind::Open | Kind::TextHead)
    }

    /// Whether an operand can end with it.
    pub fn ends_operand(self, text: &str) -> bool {
        match self.kind {
            Kind::Name | Kind::Number | Kind::Text | Kind::Pattern | Kind::Temporal | Kind::Dollar | Kind::Close => {
                true
            }
            Kind::Reserved => matches!(&text[self.start..self.end], "true" | "false" | "null"),
            _ => false,
        }
    }
}

/// Longer ones first.
const SYMBOLS: [&str; 21] = [
    "---", "???", "%dw", "->", "=>", "==", "!=", "~=", "<=", ">=", "<<", ">>", "++", "--", "&&", "||", "::", "..",
    "??", "<:", "<~",
];

const RESERVED: [&str; 27] = [
    "if", "else", "unless", "using", "as", "is", "null", "true", "false", "default", "case", "fun", "input", "output",
    "ns", "type", "import", "var", "and", "or", "throw", "do", "for", "yield", "enum", "private", "async",
];

/// Where white space and comments from `at` on end; `Err` with the start of a comment that does not end.
pub fn skip_blank(text: &str, mut at: usize) -> Result<usize, usize> {
    loop {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start().len();
        if blank > 0 {
            at += blank;
        } else if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at += rest.find("*/").ok_or(at)? + 2;
        } else {
            return Ok(at);
        }
    }
}

/// The word at `at`, which is neither blank nor inside of a string. `operand` says whether an operand may start here:
/// it decides what `/` and `|` are. Strings are left to the caller: a quote comes as a stray character.
pub fn word(text: &str, at: usize, operand: bool) -> Token {
    let rest = &text[at..];
    let (kind, length) = kind_and_length(rest, operand);
    Token { kind, start: at, end: at + length }
}

fn kind_and_length(rest: &str, operand: bool) -> (Kind, usize) {
    let Some(first) = rest.chars().next() else { return (Kind::End, 0) };
    if first.is_ascii_digit() {
        return (Kind::Number, number(rest));
    }
    if first.is_alphabetic() || first == '_' {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        return (if RESERVED.contains(&&rest[..end]) { Kind::Reserved } else { Kind::Name }, end);
    }
    if rest.starts_with("@(") || rest.starts_with("$(") {
        return (Kind::Open, 2);
    }
    match first {
        '/' if operand && let Some(length) = pattern(rest) => return (Kind::Pattern, length),
        '|' if operand && let Some(length) = temporal(rest) => return (Kind::Temporal, length),
        _ => {}
    }
    if let Some(symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
        return (Kind::Symbol, symbol.len());
    }
    match first {
        '(' | '[' | '{' => (Kind::Open, 1),
        ')' | ']' | '}' => (Kind::Close, 1),
        '$' => (Kind::Dollar, rest.len() - rest.trim_start_matches('$').len()),
        _ if "+-*/<>=!?:,.@#~&|%^;".contains(first) => (Kind::Symbol, 1),
        _ => (Kind::Stray, first.len_utf8()),
    }
}

fn number(rest: &str) -> usize {
    let digits = |from: usize| from + rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(0);
    if rest[end..].starts_with('.') && digits(end + 1) > end + 1 {
        end = digits(end + 1);
    }
    let exponent = rest[end..].strip_prefix(['e', 'E']).map(|after| usize::from(after.starts_with(['+', '-'])));
    match exponent {
        Some(sign) if digits(end + 1 + sign) > end + 1 + sign => digits(end + 1 + sign),
        _ => end,
    }
}

/// The length of a regular expression, which ends on its line if it ends at all.
fn pattern(rest: &str) -> Option<usize> {
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let end = line.match_indices('/').skip(1).find(|(at, _)| !line[..*at].ends_with('\\'))?;
    Some(end.0 + 1)
}

fn temporal(rest: &str) -> Option<usize> {
    let inside = rest[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || b":-+.,/_[]".contains(b)).count();
    (inside > 0 && rest[1 + inside..].starts_with('|')).then_some(inside + 2)
}
