//! A named text, and positions in it.

use super::Span;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A text with the name it is shown under: a file path, a module name or `<expression>`.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Where each line begins, once somebody has asked for a place.
    lines: OnceLock<Vec<usize>>,
}

impl Source {
    /// A source to share between everything that points into it.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { name: name.into(), text: text.into(), lines: OnceLock::new() })
    }

    /// The name shown in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        Span::new(0, self.text().len())
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under a span; empty if the span does not lie in this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte offset; an offset past the end counts as the end.
    pub fn position(&self, offset: u32) -> Position {
        let mut at = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let lines = self.lines.get_or_init(|| {
            let after_breaks = self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
            [0].into_iter().chain(after_breaks).collect()
        });
        let line = lines.partition_point(|start| *start <= at);
        Position { index: at, line, column: self.text[lines[line - 1]..at].chars().count() + 1 }
    }
}

/// A place as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Byte offset, from 0.
    pub index: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A span together with its source.
#[derive(Clone, Debug)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// Where in it.
    pub span: Span,
}

impl Place {
    /// Where the span starts.
    pub fn start(&self) -> Position {
        self.source.position(self.span.start)
    }
}

impl fmt::Display for Place {
    /// `name:line:column`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.start();
        write!(f, "{}:{}:{}", self.source.name(), at.line, at.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_columns_from_one() {
        let source = Source::new("a.dwl", "one\ntwö x\n");
        assert_eq!(source.position(0), Position { index: 0, line: 1, column: 1 });
        assert_eq!(source.position(9), Position { index: 9, line: 2, column: 5 });
        assert_eq!(source.position(99).line, 3);
    }
}
