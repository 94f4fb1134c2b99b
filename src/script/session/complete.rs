//! What may stand where the cursor is: names, selectors of the actual data, modules, commands, files; and the head of
//! the function that is being called.

use super::Session;
use super::command::{Argument, COMMANDS};
use super::describe::head;
use super::entry::{Entry, Kind};
use super::line::LAST;
use super::select;
use crate::format::registry;
use crate::script::EVENT_INPUTS;
use crate::script::doc;
use crate::syntax::{self, Class, Lexeme};
use std::fs;

/// What may stand where the cursor is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where what is to be replaced begins, in bytes.
    pub start: usize,
    /// In the order they are shown.
    pub candidates: Vec<Candidate>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The text that goes into the line.
    pub text: String,
    /// What it is, in a word or a signature; may be empty.
    pub about: String,
}

impl Completion {
    fn at(start: usize) -> Self {
        Self { start, candidates: Vec::new() }
    }

    /// Adds a candidate if it begins with what is there.
    fn offer(&mut self, begun: &str, text: &str, about: &str) {
        if text.starts_with(begun) && !self.candidates.iter().any(|c| c.text == text) {
            self.candidates.push(Candidate { text: text.to_string(), about: about.to_string() });
        }
    }

    fn shifted(mut self, by: usize) -> Self {
        self.start += by;
        self
    }
}

impl Session {
    /// What may stand at the end of `before`, the text up to the cursor.
    pub fn complete(&self, before: &str) -> Completion {
        let Some(command) = before.strip_prefix(':') else { return self.complete_expression(before) };
        let Some((name, argument)) = command.split_once(char::is_whitespace) else {
            let mut found = Completion::at(0);
            COMMANDS.iter().for_each(|c| found.offer(before, &format!(":{}", c.name), c.about));
            return found;
        };
        let Some(command) = COMMANDS.iter().find(|c| c.name == name) else { return Completion::default() };
        self.complete_argument(command.argument, argument).shifted(before.len() - argument.len())
    }

    fn complete_argument(&self, argument: Argument, text: &str) -> Completion {
        match argument {
            Argument::None | Argument::Text => Completion::default(),
            Argument::Expression => self.complete_expression(text),
            Argument::File => files(text, 0),
            Argument::Source => self.complete_source(text, 0),
            Argument::Named => {
                let word = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
                match text[word..].find('=') {
                    Some(at) => self.complete_source(text, word + at + 1),
                    None => self.complete_inputs(text, word),
                }
            }
            Argument::Mime => {
                let mut found = Completion::at(0);
                registry::formats().iter().for_each(|f| found.offer(text, f.mime_type(), f.id()));
                found
            }
            Argument::Name => {
                let mut found = Completion::at(0);
                self.entries.iter().filter(|e| e.kind != Kind::Import).for_each(|e| found.offer(text, &e.name, ""));
                doc::modules().into_iter().chain(self.catalogue().names()).for_each(|name| found.offer(text, name, ""));
                found
            }
        }
    }

    fn complete_inputs(&self, text: &str, word: usize) -> Completion {
        let mut found = Completion::at(word);
        let supplied = self.supplied.iter().map(|s| s.name.as_str());
        EVENT_INPUTS.into_iter().chain(supplied).for_each(|name| found.offer(&text[word..], &format!("{name}="), ""));
        found
    }

    /// A file or an expression, from `start` on.
    fn complete_source(&self, text: &str, start: usize) -> Completion {
        let found = files(text, start);
        if found.candidates.is_empty() { self.complete_expression(&text[start..]).shifted(start) } else { found }
    }

    fn complete_expression(&self, before: &str) -> Completion {
        let words = syntax::lexemes(before);
        if let Some(start) = import_path(before, &words) {
            return self.complete_modules(before, start);
        }
        if let Some(selection) = select::at_end(before, &words) {
            return self.complete_selector(before, &selection);
        }
        let begun = words.last().filter(|w| w.end == before.len());
        match begun.map(|w| (w.class, w.start)) {
            Some((Class::Name | Class::Keyword, start)) => self.complete_name(before, start),
            Some((Class::Text | Class::Comment | Class::Number | Class::Literal, _)) => Completion::at(before.len()),
            _ => self.complete_name(before, before.len()),
        }
    }

    fn complete_modules(&self, before: &str, start: usize) -> Completion {
        let mut found = Completion::at(start);
        let begun = &before[start..];
        self.catalogue().modules().for_each(|module| found.offer(begun, module, ""));
        self.engine.settings().modules.names().iter().for_each(|module| found.offer(begun, module, "yours"));
        found
    }

    /// A name of the session or the library, or what a module holds: `Strings::cap`.
    fn complete_name(&self, before: &str, start: usize) -> Completion {
        let path_start = before[..start].rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':');
        let path_start = path_start.map_or(0, |at| at + 1);
        let mut found = Completion::at(start);
        let begun = &before[start..];
        if let Some(alias) = before[path_start..start].strip_suffix("::") {
            let module = self.entries.iter().find_map(|e| module_of_alias(e, alias));
            let known = self.catalogue().of_module(module.as_deref().unwrap_or(alias));
            known.iter().for_each(|k| found.offer(begun, &k.name, &k.signatures.join("; ")));
            return found;
        }
        for entry in self.entries.iter().filter(|e| !matches!(e.kind, Kind::Import | Kind::Output | Kind::Input)) {
            found.offer(begun, &entry.name, entry_about(entry));
        }
        self.supplied.iter().for_each(|s| found.offer(begun, &s.name, "input"));
        if self.last.is_some() {
            found.offer(begun, LAST, "the last result");
        }
        for (name, signatures) in self.library_names() {
            found.offer(begun, &name, &signatures.join("; "));
        }
        EVENT_INPUTS.iter().for_each(|name| found.offer(begun, name, "not set"));
        KEYWORDS.iter().for_each(|word| found.offer(begun, word, ""));
        found
    }

    fn complete_selector(&self, before: &str, selection: &select::Selection) -> Completion {
        let mut found = Completion::at(selection.start);
        let begun = before[selection.start..].trim_start_matches(['"', '\'']);
        let value = match selection.base.as_str() {
            LAST => self.last.as_ref().map(|last| &last.value),
            name => {
                let variable = self.entries.named(name).and_then(|e| e.value.as_ref());
                variable.or_else(|| self.supplied(name).map(|s| &s.value))
            }
        };
        for (name, about) in value.map(|value| selection.keys(value)).unwrap_or_default() {
            if name.starts_with(begun) {
                found.offer("", &selection.written(&name), about);
            }
        }
        found
    }

    /// The functions in scope without a module's name: those of the core and of `import * from`.
    fn library_names(&self) -> Vec<(String, Vec<String>)> {
        let catalogue = self.catalogue();
        let mut names = Vec::new();
        for module in std::iter::once("dw::Core".to_string()).chain(self.entries.iter().filter_map(all_of_module)) {
            names.extend(catalogue.of_module(&module).iter().map(|k| (k.name.clone(), k.signatures.clone())));
        }
        names
    }

    /// The signature of the function whose name, or whose argument, is at the end of the line.
    pub fn hint(&self, before: &str) -> Option<String> {
        let words = syntax::lexemes(before);
        let name = called(before, &words)?;
        if let Some(entry) = self.entries.named(name).filter(|e| e.kind == Kind::Function) {
            return Some(head(&entry.pieces.first()?.text));
        }
        let known = self.library_names().into_iter().find(|(n, _)| n == name)?.1;
        let more = if known.len() > 1 { format!("  (and {} more)", known.len() - 1) } else { String::new() };
        Some(format!("{}{more}", known.first()?))
    }
}

/// Words of the language that are worth a Tab.
const KEYWORDS: [&str; 22] = [
    "var", "fun", "type", "import", "output", "input", "if", "else", "unless", "default", "match", "update", "case",
    "do", "as", "is", "and", "or", "not", "null", "true", "false",
];

fn entry_about(entry: &Entry) -> &'static str {
    match entry.kind {
        Kind::Function => "fun",
        Kind::Variable => "var",
        Kind::Type => "type",
        Kind::Namespace => "ns",
        _ => "",
    }
}

/// Where the module's path of an import begins, if the text ends in it.
fn import_path(before: &str, words: &[Lexeme]) -> Option<usize> {
    let text = |word: &Lexeme| &before[word.start..word.end];
    let import = words.iter().rposition(|word| text(word) == "import")?;
    let rest = &words[import + 1..];
    let from = rest.iter().position(|word| text(word) == "from");
    let path = &rest[from.map_or(0, |at| at + 1)..];
    let is_path = path.iter().all(|word| word.class == Class::Name || text(word) == "::");
    let is_one =
        path.windows(2).all(|pair| pair[0].end == pair[1].start) && path.last().is_none_or(|p| p.end == before.len());
    // `import upper` may be a module's name or that of a function.
    (is_path && is_one && before.ends_with(|c: char| c.is_whitespace() || c.is_alphanumeric() || c == ':' || c == '_'))
        .then(|| path.first().map_or(before.len(), |first| first.start))
}

/// The module that `import a::B` or `import a::B as C` brings in under this name.
fn module_of_alias(entry: &Entry, alias: &str) -> Option<String> {
    let path = entry.text().strip_prefix("import ")?.trim().to_string();
    let (module, name) = match path.split_once(" as ") {
        Some((module, name)) => (module.trim(), name.trim()),
        None => (path.as_str(), path.rsplit("::").next().unwrap_or_default()),
    };
    (entry.kind == Kind::Import && name == alias).then(|| module.to_string())
}

fn all_of_module(entry: &Entry) -> Option<String> {
    let text = entry.text();
    let (names, module) = text.strip_prefix("import ")?.split_once(" from ")?;
    (names.trim() == "*").then(|| module.trim().to_string())
}

/// The function that is called where the text ends: the name before the bracket that is open, or the name at the end.
fn called<'a>(before: &'a str, words: &[Lexeme]) -> Option<&'a str> {
    let text = |word: &Lexeme| &before[word.start..word.end];
    let last = words.last()?;
    if last.class == Class::Name && last.end == before.len() {
        return Some(text(last));
    }
    let mut depth = 0;
    for (at, word) in words.iter().enumerate().rev() {
        match word.class {
            Class::Close => depth += 1,
            Class::Open if depth > 0 => depth -= 1,
            Class::Open => {
                let name = words.get(at.checked_sub(1)?)?;
                let is_call = text(word) == "(" && name.class == Class::Name && name.end == word.start;
                return is_call.then(|| text(name));
            }
            _ => {}
        }
    }
    (last.class == Class::Name && last.end + 1 == before.len()).then(|| text(last))
}

/// The files whose path begins with the text from `start` on.
fn files(text: &str, start: usize) -> Completion {
    let begun = &text[start..];
    let (folder, name) = begun.rfind('/').map_or(("", begun), |at| begun.split_at(at + 1));
    let mut found = Completion::at(start);
    let listed = fs::read_dir(if folder.is_empty() { "." } else { folder });
    let mut entries: Vec<(String, bool)> = listed
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| (e.file_name().to_string_lossy().into_owned(), e.path().is_dir()))
        .filter(|(n, _)| n.starts_with(name) && (!n.starts_with('.') || name.starts_with('.')))
        .collect();
    entries.sort_unstable();
    for (name, is_folder) in entries {
        found.offer("", &format!("{folder}{name}{}", if is_folder { "/" } else { "" }), "");
    }
    found
}
