//! The command line: arguments, and one file per command. The terminal lives only here.

mod app;
mod args;
mod batch;
mod check;
mod doc;
mod flow;
mod inputs;
mod logging;
mod metrics;
mod output;
mod progress;
mod repl;
mod run;
mod serve;
mod test;
mod trace;
mod watch;

pub use repl::paint;

use crate::diag::{Report, Style};
use args::{Cli, Command};
use clap::Parser;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

/// Why a command stopped without success.
pub enum Failure {
    /// The script failed: a report with places. Exit status 1.
    Report(Report),
    /// Something else failed: one line and a hint. Exit status 1.
    Plain(String),
    /// The command line was used wrongly. Exit status 2.
    Usage(String),
    /// The output has said already what failed. Exit status 1.
    Shown,
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Failure::Report(report)
    }
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Some(Command::Check(args)) => check::check(&args),
        Some(Command::Flow(args)) => flow::run(&args),
        Some(Command::Serve(args)) => serve::run(&args),
        Some(Command::Batch(args)) => batch::run(&args),
        Some(Command::Doc(args)) => doc::run(&args),
        Some(Command::Test(args)) => test::test(&args),
        Some(Command::Repl(args)) => repl::run(&args),
        None => run::run(&cli.run),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => report(&failure),
    }
}

/// Shows a failure on standard error and gives its exit status.
fn report(failure: &Failure) -> ExitCode {
    let (text, status) = text_of(failure);
    // Where standard error is closed there is nobody left to tell.
    let _ = io::stderr().write_all(text.as_bytes());
    ExitCode::from(status)
}

/// What people read of a failure, and its exit status.
fn text_of(failure: &Failure) -> (String, u8) {
    match failure {
        Failure::Report(report) => (report.render(style()), 1),
        Failure::Plain(message) => (format!("error: {message}\n"), 1),
        Failure::Usage(message) => (format!("error: {message}\n\nFor more information, try 'dwrun --help'\n"), 2),
        Failure::Shown => (String::new(), 1),
    }
}

/// Colours on a terminal that wants them.
fn style() -> Style {
    let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    Style { color, ..Style::default() }
}
