//! What the session knows, in words: `:names`, `:doc`, `:type`, `:time`.

use super::entry::{Entry, Kind};
use super::screen::{Cut, Screen, joined};
use super::{Reply, Session, shape};
use crate::diag::{Code, Fault, Report};
use crate::script::doc;
use crate::syntax::{self, Class};
use crate::value::Value;
use std::io::{self, Write};
use std::time::Instant;

impl Session {
    /// A value on one line that goes on for some 100 characters, `used` of which are taken.
    pub(super) fn one_line(&self, value: &Value, used: usize) -> String {
        const WIDTH: usize = 100;
        // Enough rows that a deep head of the value does not use them up.
        let mut cut = Cut::new(Screen { rows: 40, columns: WIDTH });
        let written = self.write_plain(value.clone(), "dw", &mut cut);
        match written {
            Err(fault) if !cut.is_full() => return format!("({fault})"),
            _ => {}
        }
        let (text, is_cut) = cut.finish();
        let line = joined(&text);
        let room = WIDTH.saturating_sub(used).max(20);
        if is_cut || line.chars().count() > room {
            return line.chars().take(room).collect::<String>() + " …";
        }
        line
    }

    /// `:type EXPR`
    pub(super) fn type_of(&mut self, text: &str) -> Result<Reply, Report> {
        let phrase = self.phrase(text)?;
        let (value, _) = self.evaluate(&phrase)?;
        Ok(Reply::Text(shape::type_of(&value).map_err(|fault| self.report(vec![fault]))?))
    }

    /// `:time EXPR`: how long it takes to compute and write all of it.
    pub(super) fn time(&mut self, text: &str) -> Result<Reply, Report> {
        let phrase = self.phrase(text)?;
        let start = Instant::now();
        let (value, script) = self.evaluate(&phrase)?;
        let mut counted = Counted(0);
        self.write(&super::Answer { value, script, whole: true }, &mut counted)?;
        let seconds = start.elapsed().as_secs_f64();
        let time = if seconds < 1.0 { format!("{:.1} ms", seconds * 1e3) } else { format!("{seconds:.2} s") };
        Ok(Reply::Text(format!("{time} to compute and write {} bytes", counted.0)))
    }

    /// `:doc NAME`
    pub(super) fn doc(&mut self, name: &str) -> Result<Reply, Report> {
        if let Some(entry) = self.entries.named(name) {
            return Ok(Reply::Text(entry.text()));
        }
        match doc::explain(name) {
            Ok(text) => Ok(Reply::Text(text.trim_end().to_string())),
            Err(why) => Err(Fault::new(Code::UnknownName, why).into()),
        }
    }

    /// `:names`
    pub(super) fn names(&mut self, _: &str) -> Result<Reply, Report> {
        let mut lines: Vec<(Kind, String)> = Vec::new();
        for supplied in &self.supplied {
            let value = self.one_line(&supplied.value, supplied.name.len() + 9);
            lines.push((Kind::Input, format!("input  {} = {value}", supplied.name)));
        }
        for entry in self.entries.iter() {
            let text = match (&entry.value, entry.kind) {
                (Some(value), _) => format!("var    {} = {}", entry.name, self.one_line(value, entry.name.len() + 9)),
                (None, Kind::Variable) => format!("var    {} (computed when it is needed)", entry.name),
                (None, Kind::Function) => format!("fun    {}", heads(entry)),
                _ => entry.text(),
            };
            lines.push((entry.kind, text));
        }
        lines.sort_by_key(|(kind, _)| *kind);
        let mut text: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
        if let Some(last) = &self.last {
            text.push(format!("_      = {}", self.one_line(&last.value, 9)));
        }
        Ok(Reply::Text(if text.is_empty() { "no names yet".into() } else { text.join("\n") }))
    }
}

/// The heads of a function's overloads.
fn heads(entry: &Entry) -> String {
    entry.pieces.iter().map(|piece| head(&piece.text)).collect::<Vec<_>>().join("; ")
}

/// A function's name and parameters, as declared.
pub(super) fn head(text: &str) -> String {
    let words = syntax::lexemes(text);
    let first = words.iter().position(|word| word.class == Class::Keyword).map_or(0, |keyword| keyword + 1);
    let mut depth = 0;
    let mut end = text.len();
    for word in words.iter().skip(first) {
        match word.class {
            Class::Open => depth += 1,
            Class::Close => depth -= 1,
            Class::Symbol if depth == 0 && &text[word.start..word.end] == "=" => {
                end = word.start;
                break;
            }
            _ => {}
        }
    }
    let start = words.get(first).map_or(end, |word| word.start);
    text.get(start..end).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts what is written and forgets it.
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
