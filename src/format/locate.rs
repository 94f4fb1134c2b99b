//! Faults of readers: `NAME:LINE:COLUMN: message`, with the line and a caret under the place.

use crate::diag::{Code, Fault};
use memchr::memchr2_iter;

/// Where a piece of text stands in the whole: needed as soon as the pieces before it are gone.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// Line of the piece's first character, from 1.
    pub line: usize,
    /// Column of the piece's first character in characters, from 1.
    pub column: usize,
}

impl Origin {
    /// The start of a text.
    pub const START: Origin = Origin { line: 1, column: 1 };

    /// Line and column of the byte `at` of `text`, which itself begins here. A carriage return is a line break unless a
    /// line feed follows.
    pub fn after(self, text: &str, at: usize) -> Origin {
        let bytes = text.as_bytes();
        let is_break = |i: &usize| bytes[*i] == b'\n' || bytes.get(i + 1) != Some(&b'\n');
        let mut breaks = memchr2_iter(b'\n', b'\r', &bytes[..at]).filter(is_break);
        match breaks.next_back() {
            None => Origin { line: self.line, column: self.column + text[..at].chars().count() },
            Some(last) => {
                Origin { line: self.line + breaks.count() + 1, column: text[last + 1..at].chars().count() + 1 }
            }
        }
    }
}

/// A reader's fault at the byte `at` of `text`.
pub fn fault_at(name: &str, text: &str, at: usize, message: impl AsRef<str>) -> Fault {
    fault_in_piece(name, Origin::START, text, at, message)
}

/// A reader's fault at the byte `at` of a piece of text that stands at `origin`.
pub fn fault_in_piece(name: &str, origin: Origin, text: &str, at: usize, message: impl AsRef<str>) -> Fault {
    let at = (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let place = origin.after(text, at);
    let (line, caret) = excerpt(text, at);
    let mut message = format!("{name}:{}:{}: {}", place.line, place.column, message.as_ref());
    if !line.trim().is_empty() {
        message.push_str(&format!("\n  {line}\n  {:caret$}^", ""));
    }
    Fault::new(Code::Read, message)
}

/// The line around `at`, cut to a readable length, and how many characters stand before the place.
fn excerpt(text: &str, at: usize) -> (String, usize) {
    const BEFORE: usize = 40;
    const AFTER: usize = 36;
    let line_break = |c: char| c == '\n' || c == '\r';
    let (head, tail) = text.split_at(at);
    let head = &head[head.rfind(line_break).map_or(0, |i| i + 1)..];
    let tail = &tail[..tail.find(line_break).unwrap_or(tail.len())];
    let skipped = head.char_indices().rev().nth(BEFORE).map_or(0, |(i, c)| i + c.len_utf8());
    let kept = tail.char_indices().nth(AFTER).map_or(tail.len(), |(i, _)| i);
    let mut line = String::new();
    if skipped > 0 {
        line.push('…');
    }
    line.extend(head[skipped..].chars().map(printable));
    let caret = line.chars().count();
    line.extend(tail[..kept].chars().map(printable));
    if kept < tail.len() {
        line.push('…');
    }
    (line, caret)
}

/// One column for each character, so that the caret stands right.
fn printable(c: char) -> char {
    match c {
        '\t' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_line_with_a_caret() {
        let fault = fault_at("in.json", "{\n\t\"ö\": x\n}", 9, "unexpected `x`");
        assert_eq!(fault.message(), "in.json:2:7: unexpected `x`\n   \"ö\": x\n        ^");
    }

    #[test]
    fn cuts_long_lines() {
        let text = format!("{}!{}", "a".repeat(500), "b".repeat(500));
        let message = fault_at("x", &text, 500, "here").message().to_string();
        assert!(message.starts_with("x:1:501: here\n  …aaaa"), "{message}");
        assert!(message.lines().all(|line| line.chars().count() < 90));
        assert_eq!(
            message.lines().nth(1).unwrap().find('!').map(|i| i - "…".len() + 1),
            message.lines().nth(2).unwrap().find('^')
        );
    }

    #[test]
    fn places_follow_pieces() {
        let origin = Origin::START.after("ab\r\ncd", 6).after("é!", 2);
        assert_eq!((origin.line, origin.column), (2, 4));
        assert!(fault_in_piece("n", origin, "f", 1, "m").message().starts_with("n:2:5: m"));
    }
}
