//! Colours of DataWeave on a terminal.

use crate::syntax::{self, Class, Lexeme};

const RESET: &str = "\x1b[0m";
const DIM: &str = "\x1b[2m";
const PROMPT: &str = "\x1b[1;32m";
const COMMAND: &str = "\x1b[1;36m";
const KEY: &str = "\x1b[34m";

/// A line as typed: a command, or DataWeave.
pub fn line(line: &str) -> String {
    let Some(command) = line.strip_prefix(':') else { return text(line) };
    let end = 1 + command.find(char::is_whitespace).unwrap_or(command.len());
    format!("{COMMAND}{}{RESET}{}", &line[..end], text(&line[end..]))
}

/// A prompt.
pub fn prompt(prompt: &str) -> String {
    format!("{PROMPT}{prompt}{RESET}")
}

/// An aside.
pub fn dim(text: &str) -> String {
    format!("{DIM}{text}{RESET}")
}

/// DataWeave, or JSON, which looks the same.
pub fn text(text: &str) -> String {
    let words = syntax::lexemes(text);
    let mut out = String::with_capacity(text.len() * 2);
    let mut from = 0;
    for (at, word) in words.iter().enumerate() {
        out += &text[from..word.start];
        let shown = &text[word.start..word.end];
        match color(text, word, words.get(at + 1)) {
            Some(color) => out += &format!("{color}{shown}{RESET}"),
            None => out += shown,
        }
        from = word.end;
    }
    out + &text[from..]
}

fn color(text: &str, word: &Lexeme, next: Option<&Lexeme>) -> Option<&'static str> {
    let is_key = next.is_some_and(|next| &text[next.start..next.end] == ":");
    match word.class {
        Class::Name | Class::Text if is_key => Some(KEY),
        Class::Keyword => Some("\x1b[35m"),
        Class::Text => Some("\x1b[32m"),
        Class::Number => Some("\x1b[36m"),
        Class::Literal => Some("\x1b[33m"),
        Class::Comment => Some(DIM),
        Class::Name | Class::Open | Class::Close | Class::Symbol => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paints_without_changing_the_text() {
        for line_text in [":type {a: \"x\"}", "var a = 1 // é", "\"open $(", ":", ""] {
            let painted = line(line_text);
            let mut bare = String::new();
            let mut rest = painted.as_str();
            while let Some((before, after)) = rest.split_once('\x1b') {
                bare += before;
                rest = after.split_once('m').map_or("", |(_, rest)| rest);
            }
            assert_eq!(bare + rest, line_text);
        }
        assert_eq!(text("{a: 1}"), "{\x1b[34ma\x1b[0m: \x1b[36m1\x1b[0m}");
    }
}
