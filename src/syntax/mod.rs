//! From text to AST: the pest parser over `grammar/`, and the tree it builds. pest's types end here.

pub mod ast;
mod grammar;
mod pairs;
#[cfg(test)]
mod tests;

use crate::diag::{Code, Fault};
use crate::text::{Place, Source, Span};
use ast::{Directive, Document};
use grammar::Rule;
use pairs::Builder;
use std::sync::Arc;

/// Parses a script, a mapping or a module: the last has directives only, and no body.
///
/// # Errors
/// All mistakes that could be told apart, each with its place; one, as a rule.
pub fn parse_script(source: &Arc<Source>) -> Result<Document, Vec<Fault>> {
    let whole = Span::new(0, source.text().len());
    parse(source, whole, Rule::script, |builder, pair| builder.document(pair))
}

/// Parses the one declaration that stands at `span` in a library module; places count from the start of `source`.
///
/// # Errors
/// As for [`parse_script`].
pub fn parse_directive(source: &Arc<Source>, span: Span) -> Result<Directive, Vec<Fault>> {
    parse(source, span, Rule::declaration, |builder, pair| builder.declaration(pair))
}

/// Parses the text at `span` as `rule` and builds its tree.
fn parse<T>(
    source: &Arc<Source>,
    span: Span,
    rule: Rule,
    build: impl FnOnce(&mut Builder<'_>, pest::iterators::Pair<'_, Rule>) -> Result<T, Fault>,
) -> Result<T, Vec<Fault>> {
    let text = source.slice(span);
    grammar::with_stack(text, || {
        let pair = grammar::parse(rule, text).map_err(|e| vec![refusal(source, span, &e)])?;
        let mut builder = Builder::new(source, span.start as usize);
        let tree = build(&mut builder, pair).map_err(|fault| vec![fault])?;
        let faults = builder.into_faults();
        if faults.is_empty() { Ok(tree) } else { Err(faults) }
    })
}

fn refusal(source: &Arc<Source>, span: Span, error: &grammar::Refusal) -> Fault {
    let at = span.start as usize + error.offset;
    let fault = if error.too_deep {
        Fault::new(Code::Limit, "this script is nested too deeply")
    } else {
        Fault::new(Code::Syntax, "this cannot be read here")
    };
    fault.at(|| Place { source: source.clone(), span: Span::new(at, at) })
}
