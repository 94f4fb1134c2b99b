//! A report: the faults of one compile or run, and how a person sees them.

use super::Fault;
use super::excerpt::Excerpt;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};
use std::fmt::{self, Write};

/// How much of a value or message is shown.
const LONGEST_VALUE: usize = 160;

/// All that a compile or a run has to say about why it failed; at least one fault.
#[derive(Clone, Debug)]
pub struct Report {
    faults: Vec<Fault>,
}

/// How a report looks.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Colours and Unicode frames.
    pub color: bool,
    /// Characters in a line.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 120 }
    }
}

impl Report {
    /// The faults, in the order they are shown.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The text a person reads: for each fault what, where with an excerpt, why, and what to do.
    pub fn render(&self, style: Style) -> String {
        let mut out = String::new();
        for fault in &self.faults {
            render_fault(&mut out, fault, style);
        }
        if self.faults.len() > 1 {
            let _ = writeln!(out, "{} errors", self.faults.len());
        }
        out
    }
}

impl From<Fault> for Report {
    fn from(fault: Fault) -> Self {
        Self { faults: vec![fault] }
    }
}

impl From<Vec<Fault>> for Report {
    fn from(faults: Vec<Fault>) -> Self {
        Self { faults }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.render(Style::default()).trim_end())
    }
}

impl std::error::Error for Report {}

fn render_fault(out: &mut String, fault: &Fault, style: Style) {
    let styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let characters = if style.color { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(style.width)
        .with_links(false)
        .without_syntax_highlighting();
    let view = View { fault, excerpt: fault.place().map(Excerpt::of) };
    if handler.render_report(out, &view).is_err() {
        let _ = writeln!(out, "error[{}]: {}", fault.code().id(), fault.message());
    }
    for (name, value) in fault.values() {
        let _ = writeln!(out, "  {name} = {}", cut(value));
    }
    for call in fault.trace() {
        let _ = writeln!(out, "  called as {} at {}", call.function, call.place);
    }
}

/// A value's text on one line, its middle left out where it is long.
fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST_VALUE {
        return line;
    }
    let head: String = line.chars().take(LONGEST_VALUE).collect();
    format!("{head} … ({} characters)", line.chars().count())
}

/// A fault as miette wants it.
struct View<'a> {
    fault: &'a Fault,
    excerpt: Option<Excerpt>,
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.fault)
    }
}

impl fmt::Display for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.fault.message())
    }
}

impl std::error::Error for View<'_> {}

impl Diagnostic for View<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("error[{}]", self.fault.code().id())))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.fault.hint().map(|hint| Box::new(hint) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|e| e as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let mark = self.excerpt.as_ref()?.mark();
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(None, mark))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::text::{Place, Source, Span};

    fn fault(text: &str, start: usize, end: usize) -> Fault {
        let source = Source::new("merge.dwl", text);
        Fault::new(Code::DivisionByZero, "division by zero")
            .help("test the divisor first")
            .at(|| Place { source, span: Span::new(start, end) })
    }

    #[test]
    fn shows_place_excerpt_and_hint() {
        let report = Report::from(fault("%dw 2.0\n---\npayload.total / 0\n", 12, 29));
        insta::assert_snapshot!(report.render(Style::default()));
    }

    #[test]
    fn cuts_long_lines_around_the_mark() {
        let text = format!("{}1 / 0{}", "x ".repeat(5_000), " y".repeat(5_000));
        for end in [10_005, 20_000] {
            let report = Report::from(fault(&text, 10_000, end));
            assert!(report.render(Style::default()).len() < 2_500);
        }
    }

    #[test]
    fn survives_spans_outside_of_the_text() {
        let report = Report::from(fault("é", 1, 900));
        assert!(report.render(Style::default()).contains("division by zero"));
    }
}
