//! Documents that may hold data only: `onlyData=true` of the DataWeave reader.

use crate::diag::{Code, Fault};
use crate::syntax::ast::{ArrayItem, Document, Expr, ExprKind, Key, KeyName, ObjectItem, StringPart};
use crate::text::{Place, Source};
use std::sync::Arc;

/// Fails at the first part of the document that is no literal.
pub fn refuse_code(document: &Document, source: &Arc<Source>) -> Result<(), Fault> {
    let Some(body) = &document.body else { return Ok(()) };
    match first_code(body) {
        None => Ok(()),
        Some(code) => {
            let fault = Fault::new(Code::Read, "the document may hold data only, but this has to be computed");
            let fault = fault.help("leave out `onlyData`, or write the value itself");
            Err(fault.at(|| Place { source: source.clone(), span: code.span }))
        }
    }
}

/// The first expression that is no literal.
fn first_code(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Null | ExprKind::Boolean(_) | ExprKind::Number(_) | ExprKind::Regex(_) | ExprKind::Temporal(_) => {
            None
        }
        ExprKind::String(parts) => parts.iter().find_map(|part| match part {
            StringPart::Text(_) => None,
            StringPart::Expr(expr) => Some(expr),
        }),
        ExprKind::Array(items) => items.iter().find_map(code_in_item),
        ExprKind::Object(items) => items.iter().find_map(code_in_entry),
        ExprKind::As { value, .. } => first_code(value),
        ExprKind::Parens(inner) => first_code(inner),
        _ => Some(expr),
    }
}

fn code_in_item(item: &ArrayItem) -> Option<&Expr> {
    item.condition.as_ref().or_else(|| first_code(&item.value))
}

fn code_in_entry(entry: &ObjectItem) -> Option<&Expr> {
    match entry {
        ObjectItem::Pair { key, value, condition, .. } => {
            condition.as_ref().or_else(|| code_in_key(key)).or_else(|| first_code(value))
        }
        ObjectItem::Spread(expr) => Some(expr),
    }
}

fn code_in_key(key: &Key) -> Option<&Expr> {
    let name = match &key.name {
        KeyName::Static(_) => None,
        KeyName::Dynamic(expr) => Some(&**expr),
    };
    name.or_else(|| key.attributes.iter().flatten().find_map(code_in_entry))
}
