//! The words of any text, right or wrong: for colours, completion and whoever looks for names without a tree.

use super::refusal::token::{self, Kind};

/// A word of a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub class: Class,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A reserved word.
    Keyword,
    /// A name.
    Name,
    /// A number.
    Number,
    /// A string, or a part of it between interpolations, with its quotes.
    Text,
    /// A regular expression, a date or a time.
    Literal,
    /// A comment.
    Comment,
    /// An opening bracket: `(`, `[`, `{`, `@(`, `$(`.
    Open,
    /// A closing bracket.
    Close,
    /// Everything else: operators, `$`, stray characters.
    Symbol,
}

/// The words of a text in order; white space between them is left out. A string that does not end goes to the end.
pub fn lexemes(text: &str) -> Vec<Lexeme> {
    let mut lexer = Lexer { text, at: 0, words: Vec::new(), strings: Vec::new() };
    while lexer.at < text.len() {
        lexer.step();
    }
    lexer.words
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    words: Vec<Lexeme>,
    /// The strings whose interpolation is open: quote, and how many brackets are open within.
    strings: Vec<(char, usize)>,
}

impl Lexer<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        match rest.chars().next() {
            None => {}
            Some(c) if c.is_whitespace() => self.at += c.len_utf8(),
            Some('/') if rest.starts_with("//") => self.push(Class::Comment, rest.find('\n').unwrap_or(rest.len())),
            Some('/') if rest.starts_with("/*") => {
                self.push(Class::Comment, rest.find("*/").map_or(rest.len(), |end| end + 2));
            }
            Some(quote @ ('"' | '\'' | '`')) => self.string(quote, 1),
            Some(_) => self.word(),
        }
    }

    fn push(&mut self, class: Class, length: usize) {
        self.words.push(Lexeme { class, start: self.at, end: self.at + length });
        self.at += length;
    }

    /// A string from here to its quote or its next interpolation; `head` bytes of it are no text.
    fn string(&mut self, quote: char, head: usize) {
        let rest = &self.text[self.at..];
        let mut chars = rest[head..].char_indices();
        while let Some((at, c)) = chars.next() {
            let end = head + at;
            if c == '\\' {
                chars.next();
            } else if c == quote {
                return self.push(Class::Text, end + c.len_utf8());
            } else if rest[end..].starts_with("$(") {
                self.push(Class::Text, end);
                self.strings.push((quote, 0));
                return self.push(Class::Open, 2);
            }
        }
        self.push(Class::Text, rest.len());
    }

    fn word(&mut self) {
        let word = token::word(self.text, self.at, self.operand_may_start());
        let class = match word.kind {
            Kind::Name => Class::Name,
            Kind::Reserved => Class::Keyword,
            Kind::Number => Class::Number,
            Kind::Pattern | Kind::Temporal => Class::Literal,
            Kind::Open => Class::Open,
            Kind::Close => Class::Close,
            _ => Class::Symbol,
        };
        self.push(class, word.end - word.start);
        match (class, self.strings.last_mut()) {
            (Class::Open, Some((_, open))) => *open += 1,
            (Class::Close, Some((quote, 0))) => {
                let quote = *quote;
                self.strings.pop();
                self.string(quote, 0);
            }
            (Class::Close, Some((_, open))) => *open -= 1,
            _ => {}
        }
    }

    /// Whether `/` and `|` begin a literal here.
    fn operand_may_start(&self) -> bool {
        let Some(last) = self.words.iter().rev().find(|word| word.class != Class::Comment) else { return true };
        let text = &self.text[last.start..last.end];
        match last.class {
            Class::Name | Class::Number | Class::Text | Class::Literal | Class::Close => false,
            Class::Keyword => !matches!(text, "true" | "false" | "null"),
            _ => !text.starts_with('$') || text == "$(",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let word = |word: &Lexeme| format!("{:?} {}", word.class, &text[word.start..word.end]);
        lexemes(text).iter().map(word).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn words_of_right_and_wrong_texts() {
        for (text, want) in [
            ("var a = 1.5", "Keyword var, Name a, Symbol =, Number 1.5"),
            ("\"a$(b)c\" ++ 'd'", "Text \"a, Open $(, Name b, Close ), Text c\", Symbol ++, Text 'd'"),
            (
                "\"$(f({a: 1}))\"",
                "Text \", Open $(, Name f, Open (, Open {, Name a, Symbol :, Number 1, Close }, Close ), Close ), Text \"",
            ),
            ("a / b / c", "Name a, Symbol /, Name b, Symbol /, Name c"),
            ("a matches /b c/ // d", "Name a, Name matches, Symbol /, Name b, Name c, Symbol /, Comment // d"),
            ("f(/b c/, |P1D|)", "Name f, Open (, Literal /b c/, Symbol ,, Literal |P1D|, Close )"),
            ("\"open $x", "Text \"open $x"),
            ("'é\\", "Text 'é\\"),
            ("_ + $$", "Name _, Symbol +, Symbol $$"),
            ("/* open", "Comment /* open"),
            (")", "Close )"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }
}
