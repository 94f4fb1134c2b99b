//! Literals whose text must be read: numbers, regular expressions, dates and times.

use super::Planner;
use crate::diag::{Code, Fault};
use crate::plan::node::{Kind, Node};
use crate::text::Span;
use crate::value::{Number, Regex, Value, temporal};
use std::sync::Arc;

impl Planner<'_> {
    pub(super) fn number(&mut self, text: &str, span: Span) -> Node {
        match Number::parse(text) {
            Some(number) => constant(number.into(), span),
            None => self.wrong(span, Code::Syntax, format!("`{text}` is no number")),
        }
    }

    pub(super) fn regex(&mut self, pattern: &str, span: Span) -> Node {
        self.literal(Regex::new(pattern).map(|regex| Value::Regex(Arc::new(regex))), span)
    }

    pub(super) fn temporal(&mut self, text: &str, span: Span) -> Node {
        self.literal(temporal::parse_literal(text).map(Value::from), span)
    }

    fn literal(&mut self, value: Result<Value, Fault>, span: Span) -> Node {
        match value {
            Ok(value) => constant(value, span),
            Err(fault) => {
                self.report(span, fault);
                self.wrong_already(span)
            }
        }
    }
}

fn constant(value: Value, span: Span) -> Node {
    Node { kind: Kind::Const(value), span }
}
