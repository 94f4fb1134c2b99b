//! A line taken apart: declarations, and an expression. `_` is no name of the language: a letter stands for it.

use super::entry::{Entry, Kind};
use super::piece::Piece;
use crate::diag::{Code, Fault};
use crate::plan::{as_function, free};
use crate::syntax::ast::{Directive, DirectiveKind, Expr};
use crate::syntax::{self, Class};
use crate::text::{Place, Source};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is typed for the last result.
pub const LAST: &str = "_";

/// A line of the session.
#[derive(Debug, Default)]
pub struct Line {
    /// The declarations; overloads of a function are one.
    pub entries: Vec<Entry>,
    /// The expression.
    pub body: Option<Phrase>,
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its text.
    pub piece: Piece,
    /// The names it reads.
    pub reads: BTreeSet<String>,
}

impl Line {
    /// Takes a text apart; `None` if it only lacks its end. `taken` is the text that is compiled with it.
    ///
    /// # Errors
    /// The text is not DataWeave.
    pub fn parse(name: &str, text: &str, taken: &str) -> Result<Option<Self>, Vec<Fault>> {
        let holes = holes(text);
        let letter = if holes.is_empty() { 'q' } else { stand_in(text, taken)? };
        let mut plain = text.to_string();
        let mut letter_text = [0; 4];
        let letter = letter.encode_utf8(&mut letter_text);
        holes.iter().for_each(|hole| plain.replace_range(*hole..hole + 1, letter));
        let (shown, source) = (Source::new(name, text), Source::new(name, plain));
        let typed = |place: &Place| Some(Place { source: shown.clone(), span: place.span });
        let document = syntax::parse_line(&source)
            .map_err(|faults| faults.into_iter().map(|fault| fault.relocated(typed)).collect::<Vec<_>>())?;
        let Some(document) = document else { return Ok(None) };
        let parts = Parts { source: &source, shown: &shown, holes: &holes };
        let mut line = Line::default();
        let mut from = 0;
        for directive in &document.header {
            let end = directive.span.end as usize;
            line.add(parts.entry(directive, from, end));
            from = end;
        }
        line.body = document.body.as_ref().map(|body| parts.phrase(body));
        Ok(Some(line))
    }

    fn add(&mut self, entry: Entry) {
        let same = |e: &&mut Entry| e.kind == Kind::Function && entry.kind == e.kind && e.name == entry.name;
        match self.entries.iter_mut().find(same) {
            Some(overloaded) => {
                overloaded.pieces.extend(entry.pieces);
                overloaded.reads.extend(entry.reads);
            }
            None => self.entries.push(entry),
        }
    }
}

/// The line as it is compiled and as it was typed.
struct Parts<'a> {
    source: &'a Arc<Source>,
    shown: &'a Arc<Source>,
    holes: &'a [usize],
}

impl Parts<'_> {
    fn piece(&self, start: usize, end: usize) -> Piece {
        let holes = self.holes.iter().filter(|hole| (start..end).contains(hole)).map(|hole| hole - start);
        Piece::new(&self.source.text()[start..end], holes.collect(), self.shown, start)
    }

    fn phrase(&self, body: &Expr) -> Phrase {
        let piece = self.piece(body.span.start as usize, body.span.end as usize);
        Phrase { piece, reads: owned(free::of_expression(body)) }
    }

    /// A declaration with the comments before it, which begin behind the declaration that ends at `from`.
    fn entry(&self, directive: &Directive, from: usize, end: usize) -> Entry {
        let text = &self.source.text()[from..end];
        let blank = text.len() - text.trim_start().len();
        // The version of the language stands in front of the first declaration, with blanks around it.
        let first = directive.annotations.iter().map(|a| a.span.start).min().unwrap_or(u32::MAX);
        let first = first.min(directive.span.start) as usize;
        let has_version = self.source.text()[from..first].contains("%dw");
        let start = if has_version { first } else { from + blank };
        let (kind, name) = kind_and_name(directive);
        let value_at = match &directive.kind {
            DirectiveKind::Var { value, .. } => value.span.start as usize - start,
            _ => 0,
        };
        let piece = self.piece(start, end);
        let name = if kind == Kind::Import { piece.text.clone() } else { name };
        let reads = owned(free::of_directive(directive));
        Entry { kind, name, pieces: vec![piece], reads, value_at, value: None }
    }
}

fn owned(names: BTreeSet<&str>) -> BTreeSet<String> {
    names.into_iter().map(String::from).collect()
}

fn kind_and_name(directive: &Directive) -> (Kind, String) {
    if let Some((name, _)) = as_function(directive) {
        return (Kind::Function, name.to_string());
    }
    match &directive.kind {
        DirectiveKind::Import(_) => (Kind::Import, String::new()),
        DirectiveKind::Output(_) => (Kind::Output, String::new()),
        DirectiveKind::Input(input) => (Kind::Input, input.name.name.clone()),
        DirectiveKind::Namespace { prefix, .. } => (Kind::Namespace, prefix.name.clone()),
        DirectiveKind::Type { name, .. } => (Kind::Type, name.name.clone()),
        DirectiveKind::Annotation { name, .. } => (Kind::Annotation, name.name.clone()),
        DirectiveKind::Var { name, .. } => (Kind::Variable, name.name.clone()),
        DirectiveKind::Fun { name, .. } => (Kind::Function, name.name.clone()),
    }
}

/// Where `_` is written.
fn holes(text: &str) -> Vec<usize> {
    let words = syntax::lexemes(text).into_iter();
    words.filter(|w| w.class == Class::Name && &text[w.start..w.end] == LAST).map(|w| w.start).collect()
}

/// A letter that is a name nowhere in these texts.
fn stand_in(text: &str, taken: &str) -> Result<char, Vec<Fault>> {
    let words = |text: &str| syntax::lexemes(text).iter().map(|w| text[w.start..w.end].to_string()).collect::<Vec<_>>();
    let used: BTreeSet<String> = words(text).into_iter().chain(words(taken)).collect();
    ('a'..='z').chain('A'..='Z').find(|letter| !used.contains(letter.to_string().as_str())).ok_or_else(|| {
        let fault = Fault::new(Code::UnknownName, "`_` cannot be used in a session that names all single letters");
        vec![fault.help("keep the result in a variable: `var result = …`")]
    })
}

/// The letter that stands for `_` in a piece.
pub fn letter_of(piece: &Piece) -> Option<&str> {
    let hole = *piece.holes.first()?;
    piece.text.get(hole..hole + 1)
}
