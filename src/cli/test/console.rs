//! What a run of tests looks like: a line for each suite, everything about what is not well, and the sums.

use crate::suite::{Counts, Line, Mark, Status, SuiteResult, TestResult};
use std::env;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

/// Prints the results of suites.
pub struct Console {
    shown: Shown,
    paint: Paint,
}

/// The tests that are shown one by one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All of them.
    All,
    /// Those that are not well.
    Unwell,
    /// Those that are not well and will not be shown by the review.
    Unreviewed,
}

/// Colours, where they are wanted.
#[derive(Clone, Copy)]
pub struct Paint {
    color: bool,
}

impl Paint {
    /// Colours on a terminal that wants them.
    pub fn new() -> Self {
        Self { color: io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none() }
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_string() }
    }

    fn status(self, status: Status, text: &str) -> String {
        match status {
            Status::Passed => self.with("32", text),
            Status::Failed | Status::Error => self.with("1;31", text),
            Status::Skipped | Status::Pending => self.with("33", text),
        }
    }

    /// A line of detail with its mark.
    pub fn line(self, line: &Line) -> String {
        match line.mark {
            Mark::Plain => line.marked(),
            Mark::Path => self.with("1", &line.marked()),
            Mark::Expected => self.with("31", &line.marked()),
            Mark::Actual => self.with("32", &line.marked()),
        }
    }
}

impl Console {
    /// A console that shows these tests.
    pub fn new(shown: Shown) -> Self {
        Self { shown, paint: Paint::new() }
    }

    /// Shows what came of a suite.
    pub fn suite(&self, suite: &SuiteResult) {
        let mut text = self.heading(suite);
        let mut before: &[Line] = &[];
        for result in suite.tests.iter().filter(|result| self.shows(result)) {
            // What keeps a whole suite from running is told once.
            let is_known = before.len() > 1 && before == result.outcome.detail;
            self.test(&mut text, suite, result, is_known);
            before = &result.outcome.detail;
        }
        print(&text);
    }

    fn shows(&self, TestResult { outcome, .. }: &TestResult) -> bool {
        match self.shown {
            Shown::All => true,
            Shown::Unwell => outcome.status != Status::Passed || !outcome.message.is_empty(),
            Shown::Unreviewed => outcome.status != Status::Passed && outcome.proposal.is_none(),
        }
    }

    fn heading(&self, suite: &SuiteResult) -> String {
        let counts = suite.counts();
        let status = match counts {
            Counts { errors: 1.., .. } | Counts { failures: 1.., .. } => Status::Failed,
            Counts { pending: 1.., .. } => Status::Pending,
            Counts { tests, skipped, .. } if tests == skipped => Status::Skipped,
            _ => Status::Passed,
        };
        let word = match status {
            Status::Failed | Status::Error => "FAIL",
            Status::Pending => "new ",
            Status::Skipped => "skip",
            Status::Passed => "ok  ",
        };
        let word = self.paint.status(status, word);
        let tests = if counts.tests == 1 { "1 test".to_string() } else { format!("{} tests", counts.tests) };
        format!("{word}  {}  {}\n", suite.name, self.paint.with("2", &format!("{tests}, {}", time(suite.duration()))))
    }

    fn test(&self, text: &mut String, suite: &SuiteResult, result: &TestResult, is_known: bool) {
        let outcome = &result.outcome;
        let word = match outcome.status {
            Status::Passed => "ok     ",
            Status::Failed => "FAILURE",
            Status::Error => "ERROR  ",
            Status::Skipped => "skipped",
            Status::Pending => "pending",
        };
        let word = self.paint.status(outcome.status, word);
        let time = self.paint.with("2", &time(result.duration));
        *text += &format!("  {word}  {}  {time}\n", result.test.name);
        // A script's report starts with its message.
        let is_repeated = outcome.detail.iter().any(|line| line.text.contains(&outcome.message));
        if !outcome.message.is_empty() && !is_repeated {
            *text += &format!("      {}\n", outcome.message);
        }
        if is_known {
            *text += "      as above\n\n";
            return;
        }
        for line in &outcome.detail {
            *text += &format!("      {}\n", self.paint.line(line)).replace("      \n", "\n");
        }
        if outcome.status.is_bad() {
            if !outcome.output.is_empty() {
                *text += "      logged:\n";
            }
            for line in outcome.output.lines() {
                *text += &format!("        {line}\n");
            }
            *text += &self.paint.with("2", &format!("      again: {}", again(suite, result)));
            *text += "\n\n";
        }
    }
}

/// The command that runs one test alone.
fn again(suite: &SuiteResult, result: &TestResult) -> String {
    if let Some(path) = &result.test.path {
        return format!("dwrun test {}", quoted(&path.display().to_string()));
    }
    let pattern = format!("^{}$", fancy_regex::escape(&result.test.name));
    format!("dwrun test {} --name {}", quoted(&suite.path.display().to_string()), quoted(&pattern))
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:,=@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_string()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The sums of all suites.
pub fn summary(counts: &Counts, took: Duration) {
    let paint = Paint::new();
    let Counts { tests, failures, errors, skipped, pending } = counts;
    let status = if counts.is_bad() { Status::Failed } else { Status::Passed };
    let mut text = format!("Tests: {tests}, Errors: {errors}, Failures: {failures}, Skipped: {skipped}");
    if *pending > 0 {
        text += &format!(", Pending: {pending}");
    }
    let mut text = format!("\n{}  {}\n", paint.status(status, &text), paint.with("2", &time(took)));
    if *pending > 0 {
        text += "`dwrun test --review` shows what is pending and records it; `--update` records all of it\n";
    }
    print(&text);
}

/// A duration in the unit that suits it.
fn time(duration: Duration) -> String {
    match duration.as_secs_f64() {
        seconds if seconds < 0.000_95 => format!("{:.1} ms", seconds * 1e3),
        seconds if seconds < 0.995 => format!("{:.0} ms", seconds * 1e3),
        seconds => format!("{seconds:.2} s"),
    }
}

/// To standard output; nobody reading it any more is no reason to stop the tests.
pub fn print(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_the_shell_and_times_for_people() {
        assert_eq!(quoted("src/test/a.case"), "src/test/a.case");
        assert_eq!(quoted("it's gold"), r"'it'\''s gold'");
        let shown = [20, 999_400, 1_260_000].map(|micros| time(Duration::from_micros(micros)));
        assert_eq!(shown, ["0.0 ms", "1.00 s", "1.26 s"]);
    }
}
