//! The types of what selectors find.

use super::Checker;
use super::infer::Frame;
use super::join::join;
use super::relate::{fits, members, resolve};
use super::unknown::unknown;
use crate::plan::node::{Field, Select, Selector};
use crate::syntax::ast::Presence;
use crate::value::Type;
use crate::value::ty::{self, Simple};

impl Checker<'_> {
    /// `base.name`
    pub fn field(&mut self, field: &Field, frame: &mut Frame<'_>) -> Type {
        let base = self.infer(&field.base, frame);
        join(members(&base).iter().map(|base| of_field(base, &field.name)).collect())
    }

    /// Every other selector.
    pub fn select(&mut self, select: &Select, frame: &mut Frame<'_>) -> Type {
        let base = self.infer(&select.base, frame);
        match &select.selector {
            Selector::Index(index) => {
                let index = self.infer(index, frame);
                if matches!(select.presence, Presence::Plain) {
                    return of_index(&base, &index);
                }
            }
            Selector::Filter { condition, .. } => self.condition(condition, frame),
            _ => {}
        }
        unknown()
    }
}

fn of_field(base: &Type, name: &str) -> Type {
    let object = match base {
        Type::Object(object) => object,
        Type::Any | Type::Simple(Simple::Null) => return base.clone(),
        _ => return unknown(),
    };
    let named = |f: &&ty::Field| f.name.as_ref().is_some_and(|n| &*n.local == name);
    match object.fields.iter().find(named) {
        Some(known) if !known.optional => known.ty.clone(),
        None if object.closed && object.fields.iter().all(|f| f.name.is_some()) => Type::Simple(Simple::Null),
        _ => unknown(),
    }
}

/// An item of a list; that there may be none is not looked at.
fn of_index(base: &Type, index: &Type) -> Type {
    match (resolve(base), index) {
        (Type::Array(item), Type::Literal(_) | Type::Simple(Simple::Number))
            if fits(index, &Type::Simple(Simple::Number)) =>
        {
            (*item).clone()
        }
        (Type::Any, _) => Type::Any,
        _ => unknown(),
    }
}
