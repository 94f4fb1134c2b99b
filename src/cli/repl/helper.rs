//! What the line editor asks the session: completion, hints, colours, and whether a line is complete.

use super::paint;
use crate::script::session::{Candidate, Session};
use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor};
use std::borrow::Cow;

/// The editor of a session's lines.
pub type LineEditor = Editor<Helper, FileHistory>;

/// Lines that are remembered.
const HISTORY: usize = 5_000;
/// With more candidates than these only their names are listed.
const EXPLAINED: usize = 12;
/// How much of a signature is listed.
const ABOUT: usize = 70;

/// The session, as the line editor sees it.
pub struct Helper {
    pub session: Session,
    has_color: bool,
}

/// An editor of lines for this session.
pub fn editor(session: Session, has_color: bool) -> rustyline::Result<LineEditor> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .max_history_size(HISTORY)?
        .history_ignore_dups(true)?
        .build();
    let mut editor = Editor::with_config(config)?;
    editor.set_helper(Some(Helper { session, has_color }));
    Ok(editor)
}

impl rustyline::Helper for Helper {}

impl Completer for Helper {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let found = self.session.complete(line.get(..pos).unwrap_or_default());
        let explained = found.candidates.len() <= EXPLAINED;
        let width = found.candidates.iter().map(|c| c.text.chars().count()).max().unwrap_or_default();
        let pair = |Candidate { text, about }: Candidate| {
            let about: String = about.chars().take(ABOUT).collect();
            let display =
                if explained { format!("{text:width$}  {about}").trim_end().to_string() } else { text.clone() };
            Pair { display, replacement: text }
        };
        Ok((found.start, found.candidates.into_iter().map(pair).collect()))
    }
}

/// Text that is shown behind the cursor and never taken over.
pub struct Signature(String);

impl Hint for Signature {
    fn display(&self) -> &str {
        &self.0
    }

    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Hinter for Helper {
    type Hint = Signature;

    fn hint(&self, line: &str, pos: usize, _: &Context<'_>) -> Option<Signature> {
        let signature = self.session.hint(line).filter(|_| pos == line.len())?;
        Some(Signature(format!("   {signature}")))
    }
}

impl Highlighter for Helper {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if self.has_color { Cow::Owned(paint::line(line)) } else { Cow::Borrowed(line) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.has_color { Cow::Owned(paint::dim(hint)) } else { Cow::Borrowed(hint) }
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.has_color && kind != CmdKind::MoveCursor
    }
}

impl Validator for Helper {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let text = context.input();
        // Two empty lines end what would go on for ever.
        if self.session.is_complete(text) || text.ends_with("\n\n") {
            return Ok(ValidationResult::Valid(None));
        }
        Ok(ValidationResult::Incomplete)
    }
}
