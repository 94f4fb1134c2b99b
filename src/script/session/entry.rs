//! The declarations of a session: a later one takes the place of an earlier one of the same name.

use super::piece::Piece;
use crate::syntax::{self, Class};
use crate::value::Value;
use std::collections::BTreeSet;

/// What a declaration declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `import`
    Import,
    /// `ns`
    Namespace,
    /// `type`
    Type,
    /// `annotation`
    Annotation,
    /// `fun`, or a `var` that is a lambda literal.
    Function,
    /// `var`
    Variable,
    /// `input`
    Input,
    /// `output`
    Output,
}

/// A declaration: the overloads of a function are one.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it declares.
    pub kind: Kind,
    /// The name; the text of an import; empty for the output.
    pub name: String,
    /// The text, in pieces.
    pub pieces: Vec<Piece>,
    /// The names it reads.
    pub reads: BTreeSet<String>,
    /// Where the value of a variable begins in its piece.
    pub value_at: usize,
    /// The value of a variable; `None` where it has to be computed again.
    pub value: Option<Value>,
}

impl Entry {
    /// The text.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// Whether both cannot be there at once.
    fn displaces(&self, other: &Entry) -> bool {
        let apart = [Kind::Import, Kind::Input, Kind::Output];
        let one_room = self.kind == other.kind || !apart.contains(&self.kind) && !apart.contains(&other.kind);
        one_room && self.name == other.name
    }

    /// Whether it has to change when `name`, a declaration of this kind, does.
    fn depends_on(&self, kind: Kind, name: &str) -> bool {
        self.reads.contains(name)
            || matches!(kind, Kind::Namespace | Kind::Type | Kind::Annotation) && self.mentions(name)
    }

    fn mentions(&self, name: &str) -> bool {
        let named = |text: &str| {
            syntax::lexemes(text).iter().any(|word| word.class == Class::Name && &text[word.start..word.end] == name)
        };
        self.pieces.iter().any(|piece| named(&piece.text))
    }

    /// The variable written so that it holds what it was before inside of itself: `var a = do { var a = 1 --- a + 1 }`.
    fn around(&mut self, former: Entry) {
        let [piece] = self.pieces.as_slice() else { return };
        let (head, value) = piece.text.split_at(self.value_at);
        let text = format!("{head}do {{\n{}\n---\n{value}\n}}", former.text());
        self.pieces = vec![piece.replaced(text)];
        self.reads.remove(&self.name);
        self.reads.extend(former.reads);
    }
}

/// All declarations, in the order they stand in a script.
#[derive(Clone, Debug, Default)]
pub struct Entries(Vec<Entry>);

impl Entries {
    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    /// The declaration of a variable, function, type, namespace or annotation.
    pub fn named(&self, name: &str) -> Option<&Entry> {
        self.0.iter().find(|e| e.name == name && !matches!(e.kind, Kind::Import | Kind::Input | Kind::Output))
    }

    /// The declaration of this kind.
    pub fn of_kind<'a>(&'a self, kind: Kind, name: &'a str) -> Option<&'a Entry> {
        self.0.iter().find(|e| e.kind == kind && e.name == name)
    }

    /// The variables.
    pub fn variables(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().filter(|e| e.kind == Kind::Variable)
    }

    /// Adds a declaration; says whether it took the place of another. An import goes first, since the first that brings
    /// in a name wins; a function goes before all variables, since those can only use what stands above them.
    pub fn put(&mut self, mut entry: Entry) -> bool {
        let former = self.0.iter().position(|e| entry.displaces(e)).map(|at| self.0.remove(at));
        let replaced = former.is_some();
        match former {
            Some(former) if entry.kind == Kind::Variable && entry.reads.contains(&entry.name) => entry.around(former),
            _ => {}
        }
        let (kind, name) = (entry.kind, entry.name.clone());
        let place = match kind {
            Kind::Import => 0,
            Kind::Function => self.0.iter().position(|e| e.kind == Kind::Variable).unwrap_or(self.0.len()),
            _ => self.0.len(),
        };
        self.0.insert(place, entry);
        self.outdate(kind, &name);
        replaced
    }

    /// Takes a declaration away.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some(at) = self.0.iter().position(|e| e.name == name) else { return false };
        let entry = self.0.remove(at);
        self.outdate(entry.kind, name);
        true
    }

    /// Forgets the values of the variables that `name` leads to, itself or through functions and types.
    pub fn outdate(&mut self, kind: Kind, name: &str) {
        let mut changed = vec![(kind, name.to_string())];
        let mut seen = BTreeSet::new();
        while let Some((kind, name)) = changed.pop() {
            for entry in self.0.iter_mut().filter(|e| e.depends_on(kind, &name)) {
                entry.value = None;
                if seen.insert((entry.kind, entry.name.clone())) {
                    changed.push((entry.kind, entry.name.clone()));
                }
            }
        }
    }

    /// Sets the value of a variable.
    pub fn set(&mut self, name: &str, value: Value) {
        if let Some(entry) = self.0.iter_mut().find(|e| e.kind == Kind::Variable && e.name == name) {
            entry.value = Some(value);
        }
    }

    /// The variables without a value that these names lead to.
    pub fn outdated(&self, reads: &BTreeSet<String>) -> Vec<String> {
        let mut open: Vec<&str> = reads.iter().map(String::as_str).collect();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut found = Vec::new();
        while let Some(name) = open.pop() {
            if !seen.insert(name) {
                continue;
            }
            let Some(entry) = self.named(name).filter(|e| e.value.is_none()) else { continue };
            if entry.kind == Kind::Variable {
                found.push(name.to_string());
            }
            open.extend(entry.reads.iter().map(String::as_str));
        }
        found
    }
}
