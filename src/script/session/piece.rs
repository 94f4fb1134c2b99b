//! Pieces of what was typed, and texts put together from them: a place in such a text is shown in the line it came from.

use crate::diag::Fault;
use crate::text::{Place, Source, Span};
use std::sync::{Arc, Weak};

/// A stretch of a line of the session.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What is compiled. It is as long as what was typed, but a letter stands for each `_`.
    pub text: String,
    /// Where those letters are, in bytes.
    pub holes: Vec<usize>,
    /// The line as typed, and where in it the piece begins.
    source: Arc<Source>,
    start: usize,
}

impl Piece {
    /// The piece of `source` from `start` on that is compiled as `text`.
    pub fn new(text: &str, holes: Vec<usize>, source: &Arc<Source>, start: usize) -> Self {
        Self { text: text.to_string(), holes, source: source.clone(), start }
    }

    /// The same piece with `filling` in place of each `_`; it is a line of its own from then on.
    pub fn filled(&self, filling: &str) -> Self {
        if self.holes.is_empty() {
            return self.clone();
        }
        let mut text = String::new();
        let mut from = 0;
        for hole in &self.holes {
            text += &self.text[from..*hole];
            text += filling;
            from = hole + 1;
        }
        text += &self.text[from..];
        self.replaced(text)
    }

    /// A piece of the same line whose text was made up.
    pub fn replaced(&self, text: String) -> Self {
        let source = Source::new(self.source.name(), text.as_str());
        Self { text, holes: Vec::new(), source, start: 0 }
    }
}

/// A text put together from pieces.
#[derive(Debug, Default)]
pub struct Sheet {
    text: String,
    marks: Vec<Mark>,
}

/// Where a piece stands in a sheet.
#[derive(Debug)]
struct Mark {
    at: usize,
    length: usize,
    source: Arc<Source>,
    start: usize,
}

impl Sheet {
    /// Adds a piece on a line of its own.
    pub fn piece(&mut self, piece: &Piece) {
        let mark =
            Mark { at: self.text.len(), length: piece.text.len(), source: piece.source.clone(), start: piece.start };
        self.marks.push(mark);
        self.line(&piece.text);
    }

    /// Adds a line that nobody typed.
    pub fn line(&mut self, text: &str) {
        self.text += text;
        self.text.push('\n');
    }
}

/// The sheets whose places may still turn up in faults: a function value or a sequence keeps its text alive.
#[derive(Debug, Default)]
pub struct Sheets(Vec<(Weak<Source>, Vec<Mark>)>);

impl Sheets {
    /// A source for the text of a sheet.
    pub fn source(&mut self, name: &str, sheet: Sheet) -> Arc<Source> {
        self.0.retain(|(source, _)| source.strong_count() > 0);
        let source = Source::new(name, sheet.text);
        self.0.push((Arc::downgrade(&source), sheet.marks));
        source
    }

    /// The fault with its places in the lines they came from.
    pub fn relocated(&self, fault: Fault) -> Fault {
        fault.relocated(|place| self.typed(place))
    }

    fn typed(&self, place: &Place) -> Option<Place> {
        let (_, marks) = self.0.iter().find(|(source, _)| source.as_ptr() == Arc::as_ptr(&place.source))?;
        let (start, end) = (place.span.start as usize, place.span.end as usize);
        let mark = marks.iter().rfind(|mark| mark.at <= start && start <= mark.at + mark.length)?;
        let end = end.clamp(start, mark.at + mark.length);
        let span = Span::new(mark.start + start - mark.at, mark.start + end - mark.at);
        Some(Place { source: mark.source.clone(), span })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn places_lead_back_to_the_line() {
        let line = Source::new("line 2", "var a = _ + x");
        let piece = Piece::new("a = q + x", vec![4], &line, 4);
        let mut sheet = Sheet::default();
        sheet.line("import dw::Core");
        sheet.piece(&piece);
        let mut sheets = Sheets::default();
        let source = sheets.source("sheet", sheet);
        let span = Span::new(24, 25);
        assert_eq!(source.slice(span), "x");
        let fault = sheets.relocated(Fault::new(Code::User, "no").at(|| Place { source: source.clone(), span }));
        let place = fault.place().unwrap();
        assert_eq!((place.to_string().as_str(), place.source.slice(place.span)), ("line 2:1:13", "x"));
        assert_eq!(piece.filled("(1 + 2)").text, "a = (1 + 2) + x");
    }
}
