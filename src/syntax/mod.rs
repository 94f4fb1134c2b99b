//! From text to AST: the pest parser over `grammar/`, and the tree it builds. pest's types end here.

pub mod ast;
mod grammar;
mod lexeme;
mod pairs;
mod refusal;
#[cfg(test)]
mod tests;

pub use lexeme::{Class, Lexeme, lexemes};

use crate::diag::{Code, Fault};
use crate::text::{Place, Source, Span};
use ast::{Directive, Document};
use grammar::{Refusal, Rule};
use pairs::Builder;
use pest::iterators::Pair;
use std::sync::Arc;

/// Parses a script, a mapping or a module: the last has directives only, and no body.
///
/// # Errors
/// All mistakes that could be told apart, each with its place; one, as a rule.
pub fn parse_script(source: &Arc<Source>) -> Result<Document, Vec<Fault>> {
    parse_part(source, source.whole())
}

/// Parses the script that stands at `span` in a text that is none as a whole, such as a configuration.
///
/// # Errors
/// As for [`parse_script`].
pub fn parse_part(source: &Arc<Source>, span: Span) -> Result<Document, Vec<Fault>> {
    parse(source, span, Rule::script, |builder, pair| builder.document(pair)).map_err(|wrong| wrong.faults)
}

/// Parses the one declaration that stands at `span` in a library module; places count from the start of `source`, and
/// the doc comment may stand in front of the span.
///
/// # Errors
/// As for [`parse_script`].
pub fn parse_directive(source: &Arc<Source>, span: Span) -> Result<Directive, Vec<Fault>> {
    parse(source, span, Rule::declaration, |builder, pair| builder.declaration(pair)).map_err(|wrong| wrong.faults)
}

/// Parses what has been typed so far: directives, an expression, or both. `None` says that the text only lacks its end.
///
/// # Errors
/// As for [`parse_script`].
pub fn parse_line(source: &Arc<Source>) -> Result<Option<Document>, Vec<Fault>> {
    match parse(source, source.whole(), Rule::script, |builder, pair| builder.document(pair)) {
        Ok(document) => Ok(Some(document)),
        Err(wrong) if wrong.is_incomplete => Ok(None),
        Err(wrong) => Err(wrong.faults),
    }
}

/// What is wrong with a text.
struct Wrong {
    faults: Vec<Fault>,
    /// It may become right by going on.
    is_incomplete: bool,
}

/// Parses the text at `span` as `rule` and builds its tree.
fn parse<T>(
    source: &Arc<Source>,
    span: Span,
    rule: Rule,
    build: impl FnOnce(&mut Builder<'_>, Pair<'_, Rule>) -> Result<T, Fault>,
) -> Result<T, Wrong> {
    let text = source.slice(span);
    grammar::with_stack(text, || {
        let pair = grammar::parse(rule, text).map_err(|refusal| explain(source, span, &refusal))?;
        let mut builder = Builder::new(source, span.start as usize);
        let tree = build(&mut builder, pair);
        let mut faults = builder.into_faults();
        match tree {
            Ok(tree) if faults.is_empty() => return Ok(tree),
            Ok(_) => {}
            Err(fault) => faults.push(fault),
        }
        Err(Wrong { faults, is_incomplete: false })
    })
}

fn explain(source: &Arc<Source>, span: Span, refusal: &Refusal) -> Wrong {
    let limit = |message: &str, help: &str| {
        let fault = Fault::new(Code::Limit, message).help(help).at(|| Place { source: source.clone(), span });
        Wrong { faults: vec![fault], is_incomplete: false }
    };
    match *refusal {
        Refusal::TooDeep => limit("this script is nested too deeply", "move inner parts into variables or functions"),
        Refusal::TooLong => limit("this script takes too long to read", "divide it into modules"),
        Refusal::Unreadable(offset) => Wrong {
            faults: vec![refusal::explain(source, span, offset)],
            is_incomplete: refusal::is_incomplete(source.slice(span), offset),
        },
    }
}
