//! `dwrun test --review`: shows each result that is missing or differs, and records it or not, at one key each.

use super::console::Paint;
use crate::cli::Failure;
use crate::suite::{Mark, Outcome, SuiteResult, TestResult, dismiss, record};
use rustyline::history::MemHistory;
use rustyline::{Cmd, ConditionalEventHandler, Editor, Event, EventContext, EventHandler, KeyCode, RepeatCount};
use std::io::{self, IsTerminal, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Goes through the results that could be recorded; those that are, count as passed from then on.
pub fn review(suites: &mut [SuiteResult]) -> Result<(), Failure> {
    let (mut recorded, mut rejected, mut left) = (0, 0, 0);
    let mut keys = Keys::open()?;
    let all = suites.iter_mut().flat_map(|suite| suite.tests.iter_mut().map(|test| (suite.name.as_str(), test)));
    let mut all = all.filter(|(_, test)| test.outcome.proposal.is_some());
    for (suite, test) in all.by_ref() {
        show(suite, test);
        match keys.next()? {
            Some('a') => {
                accept(&mut test.outcome)?;
                recorded += 1;
            }
            Some('r') => {
                reject(&test.outcome)?;
                rejected += 1;
            }
            Some('s') => left += 1,
            _ => {
                left += 1;
                break;
            }
        }
    }
    left += all.count();
    println!("\nRecorded: {recorded}, Rejected: {rejected}, Left: {left}");
    Ok(())
}

fn show(suite: &str, test: &TestResult) {
    let paint = Paint::new();
    println!("\n{suite} / {}\n  {}", test.test.name, test.outcome.message);
    for line in &test.outcome.detail {
        println!("  {}", paint.line(line));
    }
    if test.outcome.detail.iter().all(|line| line.mark == Mark::Plain) {
        println!("  the result as it is now would be recorded");
    }
    println!("[a]ccept  [r]eject  [s]kip  [q]uit");
}

fn accept(outcome: &mut Outcome) -> Result<(), Failure> {
    if let Some(proposal) = &outcome.proposal {
        record(proposal).map_err(Failure::Plain)?;
        println!("recorded in {}", proposal.file.display());
        *outcome = Outcome { files: std::mem::take(&mut outcome.files), ..Outcome::passed() };
    }
    Ok(())
}

fn reject(outcome: &Outcome) -> Result<(), Failure> {
    outcome.proposal.iter().try_for_each(|proposal| dismiss(proposal)).map_err(Failure::Plain)
}

/// Where the answers come from.
enum Keys {
    /// A terminal, one key at a time; the handler leaves the key here.
    Terminal(Box<Editor<(), MemHistory>>, Arc<AtomicU32>),
    /// A pipe; white space does not count.
    Pipe,
}

/// Takes every letter as a whole answer.
struct OneKey(Arc<AtomicU32>);

impl ConditionalEventHandler for OneKey {
    fn handle(&self, event: &Event, _: RepeatCount, _: bool, _: &EventContext<'_>) -> Option<Cmd> {
        match event.get(0)?.0 {
            KeyCode::Char(key) if event.get(0)?.1.is_empty() => {
                self.0.store(key.into(), Ordering::Relaxed);
                Some(Cmd::AcceptLine)
            }
            _ => None,
        }
    }
}

impl Keys {
    fn open() -> Result<Self, Failure> {
        if !io::stdin().is_terminal() {
            return Ok(Keys::Pipe);
        }
        let failed = |e| Failure::Plain(format!("cannot read keys: {e}"));
        let mut editor = Editor::with_history(rustyline::Config::default(), MemHistory::new()).map_err(failed)?;
        let key = Arc::new(AtomicU32::default());
        editor.bind_sequence(Event::Any, EventHandler::Conditional(Box::new(OneKey(key.clone()))));
        Ok(Keys::Terminal(Box::new(editor), key))
    }

    /// The next answer that is one of those offered; none at the end of the input.
    fn next(&mut self) -> Result<Option<char>, Failure> {
        loop {
            let Some(key) = self.key()? else { return Ok(None) };
            match key.to_ascii_lowercase() {
                'q' => return Ok(None),
                key @ ('a' | 'r' | 's') => return Ok(Some(key)),
                key if key.is_whitespace() => {}
                _ => println!("press a, r, s or q"),
            }
        }
    }

    fn key(&mut self) -> Result<Option<char>, Failure> {
        match self {
            Keys::Terminal(editor, key) => {
                key.store(0, Ordering::Relaxed);
                let line = editor.readline("");
                Ok(line.ok().and_then(|_| char::from_u32(key.load(Ordering::Relaxed))))
            }
            Keys::Pipe => {
                let mut byte = [0];
                let read = io::stdin().lock().read(&mut byte);
                let read = read.map_err(|e| Failure::Plain(format!("cannot read standard input: {e}")))?;
                Ok((read > 0).then_some(byte[0] as char))
            }
        }
    }
}
