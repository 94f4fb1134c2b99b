//! Compiling the expressions of a configuration, so that their mistakes show at their place in the XML.

use super::script::{Script, is_part};
use super::{Expression, Template};
use crate::diag::{Fault, Report};
use crate::flow::config::Text;
use crate::flow::event::Typed;
use crate::script::{self, Engine};
use crate::text::{Place, Source, Span};
use std::sync::Arc;

/// The names that every expression of a flow may use.
pub const BINDINGS: [&str; 11] = [
    "payload",
    "attributes",
    "vars",
    "message",
    "error",
    "correlationId",
    "itemSequenceInfo",
    "flow",
    "app",
    "mule",
    "server",
];

/// Compiles the expressions of one app.
#[derive(Clone)]
pub struct Compiler {
    engine: Engine,
    /// Whether the mistakes of scripts show when they are run.
    late: bool,
}

impl Compiler {
    /// A compiler on this engine.
    pub fn new(engine: Engine) -> Self {
        Self { engine, late: false }
    }

    /// A compiler for apps under test: the reference checks no more than the syntax of scripts before it runs them (mule
    /// `ExpressionParametersSyntacticallyValid`), and an app may have mistakes where no test comes.
    pub fn late(self, late: bool) -> Self {
        Self { late, ..self }
    }

    /// A value of the configuration: a script in `#[…]`, or else a literal, trimmed and without tabs and carriage
    /// returns (mule `AttributeEvaluator`).
    ///
    /// # Errors
    /// The mistakes of the script.
    pub fn value(&self, text: &Text, source: &Arc<Source>) -> Result<Expression, Vec<Fault>> {
        match unwrapped(&text.text) {
            Some((inner, at)) => self.script_at(inner, text, at, source),
            None => Ok(Expression::Literal(Typed::literal(&text.text.trim().replace(['\t', '\r'], "")))),
        }
    }

    /// `#[payload]`, which stands for much that a configuration leaves out.
    ///
    /// # Errors
    /// None: there is nothing wrong with it.
    pub fn payload(&self) -> Result<Expression, Vec<Fault>> {
        self.source(&Source::new("payload", "payload"), &[])
    }

    /// A script, with or without `#[…]` around it.
    ///
    /// # Errors
    /// The mistakes of the script.
    pub fn script(&self, text: &Text, source: &Arc<Source>) -> Result<Expression, Vec<Fault>> {
        let (inner, at) = unwrapped(&text.text).unwrap_or((&text.text, 0));
        self.script_at(inner, text, at, source)
    }

    /// A value of the configuration whose place is not known any more.
    ///
    /// # Errors
    /// The mistakes of the script.
    pub fn loose(&self, text: &str) -> Result<Expression, Vec<Fault>> {
        let span = Span::new(0, text.len());
        self.value(&Text { text: text.to_string(), span }, &Source::new("<attribute>", text))
    }

    /// Text with `#[…]` anywhere in it.
    ///
    /// # Errors
    /// The mistakes of its scripts.
    pub fn template(&self, text: &Text, source: &Arc<Source>) -> Result<Template, Vec<Fault>> {
        Template::parse(&text.text, |inner, at| self.script_at(inner, text, at, source))
    }

    /// A script of the program's own making or from a file, with further names in scope.
    ///
    /// # Errors
    /// The mistakes of the script.
    pub fn source(&self, source: &Arc<Source>, more: &[&str]) -> Result<Expression, Vec<Fault>> {
        let names: Vec<&str> = BINDINGS.iter().chain(more).copied().collect();
        self.compile(source, &names)
    }

    fn compile(&self, source: &Arc<Source>, names: &[&str]) -> Result<Expression, Vec<Fault>> {
        let compiled = self.engine.compile_source(source, names).map_err(faults);
        self.expression(compiled, source.text())
    }

    fn expression(&self, compiled: Result<script::Script, Vec<Fault>>, text: &str) -> Result<Expression, Vec<Fault>> {
        let script = match compiled {
            Ok(compiled) => Script::new(compiled, text),
            Err(faults) if self.late => Script::wrong(faults, text),
            Err(faults) => return Err(faults),
        };
        Ok(Expression::Script(Arc::new(script)))
    }

    /// A script that is run without an event, with or without `#[…]`: it may not ask for any part of one.
    ///
    /// # Errors
    /// The mistakes of the script.
    pub fn without_event(&self, text: &Text, source: &Arc<Source>) -> Result<Expression, Vec<Fault>> {
        let (inner, at) = unwrapped(&text.text).unwrap_or((&text.text, 0));
        self.compile_at(inner, text, at, source, &["app", "mule", "server"])
    }

    /// Compiles `inner`, which begins at byte `at` of a text of the configuration.
    fn script_at(&self, inner: &str, text: &Text, at: usize, source: &Arc<Source>) -> Result<Expression, Vec<Fault>> {
        self.compile_at(inner, text, at, source, &BINDINGS)
    }

    /// Compiles `inner`, which begins at byte `at` of a text of the configuration, where it stands in its file. What was
    /// escaped there is a text of its own, whose mistakes are told at the place of the whole text.
    fn compile_at(
        &self,
        inner: &str,
        text: &Text,
        at: usize,
        source: &Arc<Source>,
        names: &[&str],
    ) -> Result<Expression, Vec<Fault>> {
        let start = text.span.start as usize + at;
        let span = Span::new(start, start + inner.len());
        if source.text().get(span.range()) == Some(inner) {
            // A script that only names a part of the event is not run, and must not count as one that never ran.
            let engine = if is_part(inner) { self.engine.clone().uncounted() } else { self.engine.clone() };
            let compiled = engine.compile_part(source, span, names).map_err(faults);
            return self.expression(compiled, inner);
        }
        let script = Source::new(source.name(), inner);
        let in_file = |place: &Place| {
            Arc::ptr_eq(&place.source, &script).then(|| Place { source: source.clone(), span: text.span })
        };
        self.compile(&script, names).map_err(|faults| faults.into_iter().map(|f| f.relocated(in_file)).collect())
    }
}

/// What stands in `#[…]`, and at which byte it begins.
fn unwrapped(text: &str) -> Option<(&str, usize)> {
    let inner = text.trim().strip_prefix("#[")?.strip_suffix(']')?;
    Some((inner, inner.as_ptr() as usize - text.as_ptr() as usize))
}

fn faults(report: Report) -> Vec<Fault> {
    report.faults().to_vec()
}
