//! `dwrun repl [APP]`: a session at a terminal, line by line.

mod helper;
mod history;
mod interrupt;
pub mod paint;

use super::args::ReplArgs;
use super::{Failure, app, inputs};
use crate::diag::{Report, Style};
use crate::script::session::{Answer, Reply, Screen, Session};
use helper::{Helper, LineEditor};
use rustyline::error::ReadlineError;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// Results are shown as DataWeave, which tells a date from a text, unless the user wants something else everywhere.
const SHOWN_AS: &str = "application/dw";

/// Runs a session until the user leaves.
pub fn run(args: &ReplArgs) -> Result<(), Failure> {
    let session = start(args)?;
    interrupt::watch(session.interrupt());
    let mut terminal = Terminal {
        is_interactive: io::stdin().is_terminal() && io::stdout().is_terminal(),
        has_color: io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        failed: 0,
    };
    let mut editor = helper::editor(session, terminal.has_color).map_err(|e| broken(&e))?;
    let history = history::file().filter(|_| terminal.is_interactive);
    if let Some(file) = &history {
        // There is none before the first session.
        let _ = editor.load_history(file);
    }
    if terminal.is_interactive {
        println!("dwrun {}: Tab completes, :help explains, Ctrl-D leaves", env!("CARGO_PKG_VERSION"));
    }
    while terminal.turn(&mut editor, history.as_deref())? {}
    match terminal.failed {
        0 => Ok(()),
        _ if terminal.is_interactive => Ok(()),
        failed => Err(Failure::Plain(format!("{failed} of the lines failed"))),
    }
}

/// A session with the inputs of the command line and the modules and properties of the app.
fn start(args: &ReplArgs) -> Result<Session, Failure> {
    let path = &args.inputs.path;
    let engine = match &args.app {
        Some(folder) => inputs::with_modules(app::engine(folder)?, path),
        None => inputs::engine(path),
    };
    let shown_as = std::env::var(inputs::DEFAULT_OUTPUT).unwrap_or_else(|_| SHOWN_AS.into());
    let mut session = Session::new(engine, &shown_as);
    for inputs::File { name, mime, path } in inputs::files(&args.inputs, None)? {
        if path == Path::new("-") {
            return Err(Failure::Usage(format!("`{name}` cannot be read from standard input: lines are typed there")));
        }
        session.set_file(name, path, Some(&mime))?;
    }
    if let Some(params) = inputs::params(&args.inputs.params)? {
        session.set_value("params", params);
    }
    Ok(session)
}

/// What the session is talking to.
struct Terminal {
    is_interactive: bool,
    has_color: bool,
    /// How many lines failed.
    failed: usize,
}

impl Terminal {
    /// One line and its answer; false at the end.
    fn turn(&mut self, editor: &mut LineEditor, history: Option<&Path>) -> Result<bool, Failure> {
        let Some(Helper { session, .. }) = editor.helper() else { return Ok(false) };
        let raw = format!("{}> ", session.next_line());
        let styled = if self.has_color { paint::prompt(&raw) } else { raw.clone() };
        let line = match editor.readline(&(raw, styled)) {
            Ok(line) => line,
            Err(ReadlineError::Eof) => return Ok(false),
            Err(ReadlineError::Interrupted) => {
                println!("Ctrl-D or :quit leaves");
                return Ok(true);
            }
            Err(error) => return Err(broken(&error)),
        };
        if !line.trim().is_empty() {
            // A history that cannot be written is no reason to stop working.
            let _ = editor.add_history_entry(line.as_str());
            history.map(|file| editor.append_history(file));
        }
        let size = editor.dimensions();
        let Some(helper) = editor.helper_mut() else { return Ok(false) };
        let reply = helper.session.enter(&line);
        self.answer(&helper.session, reply, size)
    }

    /// Shows what comes of a line; false if the user wants to leave.
    fn answer(
        &mut self,
        session: &Session,
        reply: Result<Reply, Report>,
        size: Option<(u16, u16)>,
    ) -> Result<bool, Failure> {
        let screen = size.filter(|_| self.is_interactive).map(|(columns, rows)| Screen {
            rows: usize::from(rows).saturating_sub(3).max(5),
            columns: usize::from(columns).max(20),
        });
        let shown = match reply {
            Ok(Reply::Leave) => return Ok(false),
            Ok(Reply::Nothing) => Ok(()),
            Ok(Reply::Text(text)) => {
                println!("{text}");
                Ok(())
            }
            Ok(Reply::Result(answer)) => self.show(session, &answer, screen),
            Err(report) => Err(report),
        };
        if let Err(report) = shown {
            self.failed += 1;
            let width = screen.map_or(Style::default().width, |screen| screen.columns);
            eprint!("{}", report.render(Style { color: self.has_color, width }));
        }
        Ok(true)
    }

    fn show(&self, session: &Session, answer: &Answer, screen: Option<Screen>) -> Result<(), Report> {
        let Some(screen) = screen.filter(|_| !answer.whole) else {
            let mut out = io::stdout().lock();
            session.write(answer, &mut out)?;
            let _ = out.write_all(b"\n");
            return Ok(());
        };
        let (text, is_cut) = session.show(answer, screen)?;
        println!("{}", if self.has_color { paint::text(&text) } else { text });
        if is_cut {
            let note = "… there is more; `:all` shows it";
            println!("{}", if self.has_color { paint::dim(note) } else { note.to_string() });
        }
        Ok(())
    }
}

fn broken(error: &ReadlineError) -> Failure {
    Failure::Plain(format!("cannot read from the terminal: {error}"))
}
