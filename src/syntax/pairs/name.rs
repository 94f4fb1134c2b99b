//! Names: identifiers, paths, keys and what may not be one.

use super::{Builder, Cursor, unexpected};
use crate::diag::Fault;
use crate::syntax::ast::{Expr, ExprKind, Ident, KeyName, Path, StringPart};
use crate::syntax::grammar::Rule;
use crate::text::Span;
use pest::iterators::Pair;

/// The words that name nothing unless quoted. `type` is reserved, too, but where a name stands it can be nothing else.
const RESERVED: [&str; 27] = [
    "if", "else", "unless", "using", "as", "is", "null", "true", "false", "default", "case", "fun", "input", "output",
    "ns", "import", "var", "and", "or", "throw", "do", "for", "yield", "enum", "private", "async", "---",
];

/// A name of a key, field or attribute, perhaps with a namespace prefix.
pub(super) struct QualifiedName {
    pub prefix: Option<Ident>,
    pub name: KeyName,
    pub span: Span,
}

impl Builder<'_> {
    pub(super) fn ident(&self, pair: &Pair<'_, Rule>) -> Ident {
        Ident { name: pair.as_str().to_owned(), span: self.span(pair) }
    }

    pub(super) fn path(&self, pair: &Pair<'_, Rule>) -> Path {
        let span = self.span(pair);
        if !pair.as_str().contains(':') {
            return Path { parts: vec![self.ident(pair)], span };
        }
        let mut start = span.start as usize;
        let parts = pair.as_str().split("::").map(|part| {
            let span = Span::new(start, start + part.len());
            start = span.end as usize + "::".len();
            Ident { name: part.to_owned(), span }
        });
        Path { parts: parts.collect(), span }
    }

    /// `qualified_name`, `word` or `string`.
    pub(super) fn qualified_name(&mut self, pair: Pair<'_, Rule>) -> Result<QualifiedName, Fault> {
        let span = self.span(&pair);
        if pair.as_rule() != Rule::qualified_name {
            return Ok(QualifiedName { prefix: None, name: self.key_name(pair)?, span });
        }
        let mut inner = Cursor::new(pair);
        let prefix = self.ident(&inner.next()?);
        Ok(QualifiedName { prefix: Some(prefix), name: self.key_name(inner.next()?)?, span })
    }

    /// `word` or `string` as the name of a key.
    pub(super) fn key_name(&mut self, pair: Pair<'_, Rule>) -> Result<KeyName, Fault> {
        match pair.as_rule() {
            Rule::word => Ok(KeyName::Static(self.word(&pair))),
            Rule::string => Ok(key_of_string(self.string(pair)?)),
            _ => Err(unexpected(&pair)),
        }
    }

    /// A name without quotes that is to follow the naming rules.
    pub(super) fn word(&mut self, pair: &Pair<'_, Rule>) -> String {
        let (name, span) = (pair.as_str(), self.span(pair));
        if RESERVED.contains(&name) {
            self.complain(span, format!("`{name}` is a reserved word"), &format!("quote it: \"{name}\""));
        } else if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let message = format!("`{name}` is no name: names start with a letter");
            self.complain(span, message, &format!("quote it: \"{name}\""));
        }
        name.to_owned()
    }
}

/// The key that a string literal gives.
pub(super) fn key_of_string(string: Expr) -> KeyName {
    match &string.kind {
        ExprKind::String(parts) => match parts.as_slice() {
            [] => KeyName::Static(String::new()),
            [StringPart::Text(text)] => KeyName::Static(text.clone()),
            _ => KeyName::Dynamic(Box::new(string)),
        },
        _ => KeyName::Dynamic(Box::new(string)),
    }
}
