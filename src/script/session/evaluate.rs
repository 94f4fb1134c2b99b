//! Lines: what they declare is computed and kept, their expressions are evaluated.

use super::entry::{Entries, Entry, Kind};
use super::line::{Line, Phrase, letter_of};
use super::piece::{Piece, Sheet};
use super::{Answer, Last, Reply, Session};
use crate::diag::{Code, Fault, Report};
use crate::script::program::Script;
use crate::script::{EVENT_INPUTS, Inputs};
use crate::value::Value;
use std::collections::BTreeSet;

/// How long the text of an expression may get for `_` to stand for it in declarations.
const LONGEST_TEXT: usize = 16 * 1024;

/// A text to compile: what is declared in it beside the session's declarations, which of the session's variables stand
/// in it as text, and its body.
struct Text<'a> {
    declared: &'a [Entry],
    recomputed: &'a [String],
    body: Body<'a>,
}

enum Body<'a> {
    Typed(&'a Piece),
    /// A list of names.
    Names(&'a [String]),
}

impl Session {
    /// Takes a line of DataWeave that is shown under this name.
    pub(super) fn line(&mut self, name: &str, text: &str) -> Result<Reply, Report> {
        let Some(line) = Line::parse(name, text, &self.text())? else {
            let fault = Fault::new(Code::Syntax, "the text ends too early");
            return Err(fault.help("close what is open, or go on in the next line").into());
        };
        let told = if line.entries.is_empty() { Reply::Nothing } else { self.declare(line.entries)? };
        match line.body {
            Some(phrase) => Ok(Reply::Result(self.expression(&phrase)?)),
            None => Ok(told),
        }
    }

    /// All text that is compiled with a line.
    fn text(&self) -> String {
        self.entries.iter().map(Entry::text).collect::<Vec<_>>().join("\n")
    }

    /// Evaluates an expression; it is the last result then.
    fn expression(&mut self, phrase: &Phrase) -> Result<Answer, Report> {
        let (value, script) = self.evaluate(phrase)?;
        let text = self.filling(&phrase.piece).map(|last| phrase.piece.filled(last).text);
        let text = text.filter(|text| text.len() <= LONGEST_TEXT);
        let mut reads = phrase.reads.clone();
        self.read_through(&phrase.piece, &mut reads);
        self.last = Some(Last { value: value.clone(), text, reads, script: script.clone() });
        Ok(Answer { value, script, whole: false })
    }

    /// The value of an expression, with the script that writes it.
    pub(super) fn evaluate(&mut self, phrase: &Phrase) -> Result<(Value, Script), Report> {
        self.refresh(&phrase.reads)?;
        let text = Text { declared: &[], recomputed: &[], body: Body::Typed(&phrase.piece) };
        let letter = letter_of(&phrase.piece);
        let script = self.compile(&text, letter)?;
        let value = self.run(&script, letter)?;
        Ok((value, script))
    }

    /// An expression in a command's argument.
    ///
    /// # Errors
    /// It is none, or lacks its end.
    pub(super) fn phrase(&mut self, text: &str) -> Result<Phrase, Report> {
        let line = Line::parse(&format!("line {}", self.lines), text, &self.text())?;
        match line {
            Some(Line { body: Some(phrase), entries }) if entries.is_empty() => Ok(phrase),
            _ => {
                let fault = Fault::new(Code::Syntax, format!("expected an expression, found `{text}`"));
                Err(fault.help("declarations stand on a line of their own").into())
            }
        }
    }

    /// What `_` in the piece is written as, where there is no value to hand on; empty if there is no `_`.
    fn filling(&self, piece: &Piece) -> Option<&str> {
        if piece.holes.is_empty() {
            return Some("");
        }
        self.last.as_ref().and_then(|last| last.text.as_deref())
    }

    /// Names that are read through `_`, in place of its letter.
    fn read_through(&self, piece: &Piece, reads: &mut BTreeSet<String>) {
        if let (Some(letter), Some(last)) = (letter_of(piece), &self.last) {
            reads.remove(letter);
            reads.extend(last.reads.iter().cloned());
        }
    }

    /// Computes what a line declares and keeps it. Either all of it is kept or nothing.
    fn declare(&mut self, mut entries: Vec<Entry>) -> Result<Reply, Report> {
        let reads = entries.iter().flat_map(|e| e.reads.iter().cloned()).collect();
        self.refresh(&reads)?;
        let letter = entries.iter().flat_map(|e| &e.pieces).find_map(letter_of).map(str::to_string);
        let of_kind = |kind: Kind| entries.iter().filter(move |e| e.kind == kind).map(|e| e.name.clone());
        let (variables, inputs): (Vec<_>, Vec<_>) = (of_kind(Kind::Variable).collect(), of_kind(Kind::Input).collect());
        let text = Text { declared: &entries, recomputed: &[], body: Body::Names(&variables) };
        let script = self.compile(&text, letter.as_deref())?;
        let values = match variables.is_empty() {
            true => Vec::new(),
            false => self.list(&script, letter.as_deref())?,
        };
        for entry in &mut entries {
            self.fill(entry)?;
        }
        let mut said = Vec::new();
        for (name, value) in variables.iter().zip(&values) {
            said.push(format!("{name} = {}", self.one_line(value, name.len() + 3)));
        }
        self.keep(entries, &mut said);
        for (name, value) in variables.into_iter().zip(values) {
            self.entries.set(&name, value);
        }
        for name in inputs {
            self.read_again(&name)?;
        }
        Ok(if said.is_empty() { Reply::Nothing } else { Reply::Text(said.join("\n")) })
    }

    fn keep(&mut self, entries: Vec<Entry>, said: &mut Vec<String>) {
        for entry in entries {
            let told = matches!(entry.kind, Kind::Function | Kind::Type | Kind::Namespace);
            let name = entry.name.clone();
            if self.entries.put(entry) && told {
                said.push(format!("`{name}` is replaced"));
            }
        }
    }

    /// Writes out `_` in a declaration: it will mean something else later.
    fn fill(&self, entry: &mut Entry) -> Result<(), Report> {
        for piece in &mut entry.pieces {
            let Some(filling) = self.filling(piece) else {
                let fault = Fault::new(Code::Limit, "the expression that `_` stands for is too long to be kept");
                return Err(fault.help("keep its parts in variables").into());
            };
            self.read_through(piece, &mut entry.reads);
            *piece = piece.filled(&format!("({filling})"));
        }
        Ok(())
    }

    /// Computes the variables again that these names lead to and whose value is out of date.
    fn refresh(&mut self, reads: &BTreeSet<String>) -> Result<(), Report> {
        let outdated = self.entries.outdated(reads);
        if outdated.is_empty() {
            return Ok(());
        }
        let text = Text { declared: &[], recomputed: &outdated, body: Body::Names(&outdated) };
        let script = self.compile(&text, None)?;
        for (name, value) in outdated.iter().zip(self.list(&script, None)?) {
            self.entries.set(name, value);
        }
        Ok(())
    }

    fn compile(&mut self, text: &Text<'_>, letter: Option<&str>) -> Result<Script, Report> {
        if letter.is_some() && self.last.is_none() {
            let fault = Fault::new(Code::UnknownName, "there is no result yet for `_` to stand for");
            return Err(fault.help("evaluate an expression first").into());
        }
        let sheet = self.sheet(text);
        let source = self.sheets.source(&format!("line {}", self.lines), sheet);
        let variables = self.entries.variables().map(|e| e.name.as_str());
        let variables = variables.filter(|name| !text.recomputed.iter().any(|n| n == name));
        let supplied = self.supplied.iter().map(|s| s.name.as_str());
        let names: Vec<&str> = EVENT_INPUTS.iter().copied().chain(supplied).chain(variables).chain(letter).collect();
        self.engine.script(&source, &names).map_err(|faults| self.report(faults))
    }

    /// The session's declarations, those of the line, and the body.
    fn sheet(&self, text: &Text<'_>) -> Sheet {
        let mut all = Entries::default();
        let kept = |entry: &&Entry| entry.kind != Kind::Variable || text.recomputed.contains(&entry.name);
        // Imports go to the front one by one, so they come in from the back.
        let (imports, others): (Vec<_>, Vec<_>) =
            self.entries.iter().filter(kept).partition(|e| e.kind == Kind::Import);
        for entry in imports.into_iter().rev().chain(others).chain(text.declared) {
            all.put(Entry { reads: BTreeSet::new(), ..entry.clone() });
        }
        let mut sheet = Sheet::default();
        sheet.line("%dw 2.0");
        all.iter().flat_map(|entry| &entry.pieces).for_each(|piece| sheet.piece(piece));
        match text.body {
            Body::Typed(piece) => {
                sheet.line("---");
                sheet.piece(piece);
            }
            Body::Names(names) => sheet.line(&format!("---\n[{}]", names.join(", "))),
        }
        sheet
    }

    fn run(&mut self, script: &Script, letter: Option<&str>) -> Result<Value, Report> {
        let mut inputs = Inputs::new();
        for supplied in &self.supplied {
            inputs = inputs.value(&supplied.name, supplied.value.clone());
        }
        // A variable hides an input of its name.
        for variable in self.entries.variables() {
            if let Some(value) = &variable.value {
                inputs = inputs.value(&variable.name, value.clone());
            }
        }
        if let (Some(letter), Some(last)) = (letter, &self.last) {
            inputs = inputs.value(letter, last.value.clone());
        }
        script.evaluate(inputs, script.watch(self.interrupt.clone())).map_err(|fault| self.report(vec![fault]))
    }

    fn list(&mut self, script: &Script, letter: Option<&str>) -> Result<Vec<Value>, Report> {
        let list = self.run(script, letter)?;
        let items = list.elements().into_iter().flatten().collect::<Result<Vec<_>, _>>();
        items.map_err(|fault| self.report(vec![fault]))
    }

    /// Faults with the places of the lines they came from.
    pub(super) fn report(&self, faults: Vec<Fault>) -> Report {
        let told = |fault: Fault| match fault.message().strip_suffix(" was not supplied") {
            Some(what) if fault.code() == Code::UnknownName => {
                let name = what.trim_start_matches("input ").trim_matches('`').to_string();
                fault.help(format!("set it: `:input {name}=FILE`, or an expression in place of the file"))
            }
            _ => fault,
        };
        Report::from(faults.into_iter().map(|fault| self.sheets.relocated(told(fault))).collect::<Vec<_>>())
    }
}
