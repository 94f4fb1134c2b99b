//! What came of a test.

use std::path::PathBuf;

/// How a test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// As expected.
    Passed,
    /// An assertion or comparison failed.
    Failed,
    /// Something else went wrong.
    Error,
    /// It did not run.
    Skipped,
    /// It ran, but nothing is recorded to compare its result with.
    Pending,
}

impl Status {
    /// Whether a run with such a test is a failure.
    pub fn is_bad(self) -> bool {
        matches!(self, Status::Failed | Status::Error)
    }

    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Status::Passed => "passed",
            Status::Failed => "failed",
            Status::Error => "error",
            Status::Skipped => "skipped",
            Status::Pending => "pending",
        }
    }
}

/// What came of a test.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// Why, in one line; empty for a test that passed.
    pub message: String,
    /// More about it: differences, a report with places.
    pub detail: Vec<Line>,
    /// What it logged.
    pub output: String,
    /// The files it read, and folders that belong to it: a change of or in one of them touches it. Without any, every
    /// change does.
    pub files: Vec<PathBuf>,
    /// A result that could be recorded in place of what is expected.
    pub proposal: Option<Box<Proposal>>,
}

/// A line of detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub mark: Mark,
    /// Its text, without the mark.
    pub text: String,
}

/// What a line of detail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Explanation or context.
    Plain,
    /// Where in a document.
    Path,
    /// Expected and not there.
    Expected,
    /// There and not expected.
    Actual,
}

impl Line {
    /// A line of this kind.
    pub fn new(mark: Mark, text: impl Into<String>) -> Self {
        Self { mark, text: text.into() }
    }

    /// The line with its mark, as reports hold it.
    pub fn marked(&self) -> String {
        let sign = match self.mark {
            Mark::Plain => "  ",
            Mark::Path => "",
            Mark::Expected => "- ",
            Mark::Actual => "+ ",
        };
        format!("{sign}{}", self.text).trim_end().to_string()
    }
}

/// A result that could be recorded.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The file it goes to.
    pub file: PathBuf,
    /// The name of the case in the file, if the file holds many.
    pub case: Option<String>,
    /// The MIME type of the result.
    pub mime: String,
    /// The result.
    pub bytes: Vec<u8>,
}

impl Outcome {
    fn new(status: Status, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            detail: Vec::new(),
            output: String::new(),
            files: Vec::new(),
            proposal: None,
        }
    }

    /// As expected.
    pub fn passed() -> Self {
        Self::new(Status::Passed, "")
    }

    /// An assertion or comparison failed.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Status::Failed, message)
    }

    /// Something else went wrong.
    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Status::Error, message)
    }

    /// It did not run, for this reason.
    pub fn skipped(why: impl Into<String>) -> Self {
        Self::new(Status::Skipped, why)
    }

    /// Nothing is recorded to compare its result with.
    pub fn pending(message: impl Into<String>) -> Self {
        Self::new(Status::Pending, message)
    }

    /// Adds lines of explanation.
    pub fn explained(mut self, text: &str) -> Self {
        self.detail.extend(text.trim_end().lines().map(|line| Line::new(Mark::Plain, line)));
        self
    }

    /// The detail as plain text.
    pub fn detail_text(&self) -> String {
        self.detail.iter().map(Line::marked).collect::<Vec<_>>().join("\n")
    }
}
