//! The part of a source that a report shows: the lines around a span, long lines cut.

use crate::text::Place;
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// How many bytes of a line are shown before and after the span.
const AROUND: usize = 120;
/// How many bytes of a long span are marked.
const MARKED: usize = 240;

/// A ready-cut excerpt; miette only has to draw it.
pub struct Excerpt {
    name: String,
    text: String,
    /// Line and column of the excerpt's first character, from 0.
    line: usize,
    column: usize,
    /// The marked stretch, relative to `text`.
    mark: SourceSpan,
}

impl Excerpt {
    /// The lines of the place's span, and one line before and after it where they are short.
    pub fn of(place: &Place) -> Self {
        let text = place.source.text();
        let start = floor_boundary(text, place.span.start as usize);
        let end = floor_boundary(text, place.span.end as usize).max(start);
        let mark_end = end.min(line_end(text, start)).min(floor_boundary(text, start + MARKED));
        let first = context_start(text, start);
        let last = context_end(text, mark_end);
        let line_start = text[..first].rfind('\n').map_or(0, |i| i + 1);
        Self {
            name: place.source.name().to_string(),
            text: text[first..last].to_string(),
            line: text[..first].matches('\n').count(),
            column: text[line_start..first].chars().count(),
            mark: (start - first, mark_end - start).into(),
        }
    }

    /// The marked stretch of the excerpt.
    pub fn mark(&self) -> SourceSpan {
        self.mark
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        // Without context miette asks for the place it puts into the title, else for all it may draw.
        let shown = if before + after == 0 { span.offset()..end } else { 0..self.text.len() };
        let skipped = self.text.get(..shown.start).ok_or(MietteError::OutOfBounds)?;
        let text = self.text.get(shown.clone()).ok_or(MietteError::OutOfBounds)?;
        let (line, column) = match skipped.rfind('\n') {
            Some(newline) => (self.line + skipped.matches('\n').count(), skipped[newline + 1..].chars().count()),
            None => (self.line, self.column + skipped.chars().count()),
        };
        let span: SourceSpan = (shown.start, shown.len()).into();
        let lines = text.lines().count();
        let contents = MietteSpanContents::new_named(self.name.clone(), text.as_bytes(), span, line, column, lines);
        Ok(Box::new(contents))
    }
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |i| at + i)
}

/// Where the excerpt begins: the start of the previous line, or of this one if that is far away.
fn context_start(text: &str, start: usize) -> usize {
    let line = text[..start].rfind('\n').map_or(0, |i| i + 1);
    if start - line > AROUND {
        return floor_boundary(text, start - AROUND);
    }
    let previous = text[..line.saturating_sub(1)].rfind('\n').map_or(0, |i| i + 1);
    if line - previous > AROUND { line } else { previous }
}

/// Where the excerpt ends: behind the next line, or near the span if that is far away.
fn context_end(text: &str, end: usize) -> usize {
    let line = line_end(text, end);
    if line - end > AROUND {
        return floor_boundary(text, end + AROUND);
    }
    let next = line_end(text, (line + 1).min(text.len()));
    if next - line > AROUND { line } else { next }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
