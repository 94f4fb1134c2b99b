//! Reference pages: what the library's doc comments say, taken apart.
//!
//! A comment is a summary, more text, then tags: `@param name text`, `@return text`, `@example [title]` followed by a script,
//! and after each example `@result` with the value it gives, or `@fails` with a part of the message.

mod explain;

pub use explain::explain;

use super::engine::standard;
use crate::syntax::{self, ast::Directive, ast::DirectiveKind};
use crate::text::{Source, Span};

/// The page of a module.
#[derive(Clone, Debug)]
pub struct Page {
    /// `dw::core::Strings`.
    pub module: String,
    /// What the module is for.
    pub text: String,
    /// Its declarations in order, overloads of a function together.
    pub entries: Vec<Entry>,
}

/// A declared name.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// The declarations without their bodies, one for each overload.
    pub signatures: Vec<String>,
    /// Summary and explanation.
    pub text: String,
    /// Name and meaning of the parameters.
    pub params: Vec<(String, String)>,
    /// What it gives.
    pub returns: String,
    /// How it is used.
    pub examples: Vec<Example>,
}

/// An example that the tests run.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// What it shows; often empty.
    pub title: String,
    /// A script.
    pub script: String,
    /// What comes of it.
    pub outcome: Outcome,
}

/// What comes of an example.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The value of this expression.
    Result(String),
    /// A fault whose message contains this.
    Fails(String),
}

impl Default for Outcome {
    fn default() -> Self {
        Outcome::Result(String::new())
    }
}

impl Entry {
    /// The first sentence or line.
    pub fn summary(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }
}

/// The names of all library modules.
pub fn modules() -> Vec<&'static str> {
    let mut names: Vec<_> = standard().library.modules().collect();
    names.sort_unstable();
    names
}

/// The page of a module of the library.
pub fn page(module: &str) -> Option<Page> {
    let text = standard().library.text(module)?;
    let source = Source::new(module, text);
    let document = syntax::parse_script(&source).ok()?;
    let mut page = Page { module: module.to_string(), text: module_text(text), entries: Vec::new() };
    for directive in &document.header {
        let (Some(name), Some(signature)) = (name_of(directive), signature(directive, &source)) else { continue };
        let entry = match page.entries.iter_mut().find(|e| e.name == name) {
            Some(known) => known,
            None => {
                page.entries.push(Entry { name: name.to_string(), ..Entry::default() });
                page.entries.last_mut()?
            }
        };
        entry.signatures.push(signature);
        describe(entry, directive.doc.as_deref().unwrap_or_default());
    }
    Some(page)
}

fn name_of(directive: &Directive) -> Option<&str> {
    match &directive.kind {
        DirectiveKind::Namespace { prefix, .. } => Some(&prefix.name),
        DirectiveKind::Var { name, .. }
        | DirectiveKind::Fun { name, .. }
        | DirectiveKind::Type { name, .. }
        | DirectiveKind::Annotation { name, .. } => Some(&name.name),
        DirectiveKind::Output(_) | DirectiveKind::Input(_) | DirectiveKind::Import(_) => None,
    }
}

/// The declaration as written, without annotations and without a function's body or a variable's value.
fn signature(directive: &Directive, source: &Source) -> Option<String> {
    let body = match &directive.kind {
        DirectiveKind::Fun { function, .. } => Some(function.body.span),
        DirectiveKind::Var { value, .. } => Some(value.span),
        _ => None,
    };
    let end = body.map_or(directive.span.end, |body| body.start);
    let start = directive.annotations.iter().map(|a| a.span.end).max().unwrap_or(0).max(directive.span.start);
    let text = source.slice(Span { start, end }).trim().trim_end_matches('=');
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The comment before `%dw`.
fn module_text(text: &str) -> String {
    let comment = text.trim_start().strip_prefix("/**").and_then(|rest| rest.split_once("*/")).map_or("", |(c, _)| c);
    let lines = comment.lines().map(|line| line.trim().trim_start_matches('*').trim());
    lines.collect::<Vec<_>>().join("\n").trim().to_string()
}

/// Adds what a doc comment says; the words of the first overload stand for all.
fn describe(entry: &mut Entry, doc: &str) {
    let mut parts = tagged_parts(doc).into_iter();
    if let Some((_, text)) = parts.next()
        && entry.text.is_empty()
    {
        entry.text = text;
    }
    for (tag, text) in parts {
        match tag {
            "param" => {
                let (name, meaning) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
                if entry.params.iter().all(|(known, _)| known != name) {
                    let meaning = meaning.split_whitespace().collect::<Vec<_>>().join(" ");
                    entry.params.push((name.to_string(), meaning));
                }
            }
            "return" if entry.returns.is_empty() => entry.returns = text,
            "example" => {
                let (title, script) = text.split_once('\n').unwrap_or((&text, ""));
                let script = script.trim_matches('\n').to_string();
                entry.examples.push(Example { title: title.trim().to_string(), script, ..Example::default() });
            }
            "result" | "fails" => {
                let outcome = if tag == "result" { Outcome::Result(text) } else { Outcome::Fails(text) };
                if let Some(example) = entry.examples.last_mut() {
                    example.outcome = outcome;
                }
            }
            _ => {}
        }
    }
}

/// The tags of doc comments; the text before the first one has the empty tag.
const TAGS: [&str; 5] = ["param", "return", "example", "result", "fails"];

/// The text before the first tag, then each tag with its text.
fn tagged_parts(doc: &str) -> Vec<(&'static str, String)> {
    let mut parts = vec![("", String::new())];
    for line in doc.lines() {
        let tag = line.trim_start().strip_prefix('@').and_then(|rest| {
            let word = rest.split_whitespace().next()?;
            TAGS.into_iter().find(|tag| *tag == word).map(|tag| (tag, &rest[word.len()..]))
        });
        match (tag, parts.last_mut()) {
            (Some((tag, rest)), _) => parts.push((tag, rest.to_string())),
            (None, Some((_, text))) => {
                text.push('\n');
                text.push_str(line);
            }
            (None, None) => {}
        }
    }
    // The first line of an example is its title, even if it is empty.
    let trimmed = |(tag, text): (_, String)| (tag, if tag == "example" { text } else { text.trim().to_string() });
    parts.into_iter().map(trimmed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_comments_apart() {
        let mut entry = Entry::default();
        describe(
            &mut entry,
            "Doubles.\n\nTwice.\n@param n  the\n  number\n@return two of it\n@example of one\ndouble(1)\n@result\n2\n@example\ndouble(null)\n@fails null",
        );
        assert_eq!((entry.summary(), entry.text.as_str()), ("Doubles.", "Doubles.\n\nTwice."));
        assert_eq!(entry.params, [("n".to_string(), "the number".to_string())]);
        assert_eq!(entry.returns, "two of it");
        let titles: Vec<_> = entry.examples.iter().map(|e| (e.title.as_str(), e.script.as_str())).collect();
        assert_eq!(titles, [("of one", "double(1)"), ("", "double(null)")]);
        assert!(matches!(&entry.examples[1].outcome, Outcome::Fails(part) if part == "null"));
    }

    #[test]
    fn every_module_has_a_page() {
        for module in modules() {
            let page = page(module).unwrap_or_else(|| panic!("{module} does not parse"));
            assert!(!page.text.is_empty(), "{module} does not say what it is for");
            assert!(!page.entries.is_empty(), "{module} is empty");
        }
    }
}
