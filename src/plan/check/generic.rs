//! Type parameters: bound by the arguments of a call, put into the result.

use super::join::{join, without_null};
use super::relate::resolve;
use super::unknown::{is_unknown, unknown};
use crate::value::ty::{Field, FunctionType, ObjectType};
use crate::value::{Str, Type};
use std::sync::Arc;

/// What the type parameters of one call stand for.
#[derive(Clone, Default)]
pub struct Bindings(Vec<(Str, Type)>);

impl Bindings {
    /// Learns from an argument of type `given` what the parameters in `declared` stand for; the first to tell wins.
    pub fn learn(&mut self, declared: &Type, given: &Type) {
        match (declared, given) {
            (Type::Param(name), _) => self.bind(name, given),
            // A bounded parameter: `T & Bound`.
            (Type::Intersection(members), _) => members.iter().for_each(|member| self.learn(member, given)),
            (Type::Named(_) | Type::Meta(..), _) => self.learn(&resolve(declared), given),
            (_, Type::Named(_) | Type::Meta(..)) => self.learn(declared, &resolve(given)),
            (Type::Array(a), Type::Array(b)) => self.learn(a, b),
            (Type::Object(a), Type::Object(b)) => self.learn_fields(a, b),
            (Type::Function(Some(a)), Type::Function(Some(b))) => self.learn(&a.result, &b.result),
            // `T | Null` says of `T` what is left of the argument without its null.
            (Type::Union(members), given) => {
                let given = without_null(given);
                let is_param = |ty: &&Type| matches!(ty, Type::Param(_));
                // `Array<T> | Q`: a list says what `T` is and nothing of `Q`.
                match members.iter().find(|member| !is_param(member) && alike(member, &given)) {
                    Some(member) => self.learn(member, &given),
                    None => members.iter().filter(is_param).for_each(|member| self.learn(member, &given)),
                }
            }
            _ => {}
        }
    }

    fn bind(&mut self, name: &Str, given: &Type) {
        if !is_unknown(given) && !matches!(given, Type::Nothing) && self.0.iter().all(|(known, _)| known != name) {
            self.0.push((name.clone(), widen(given)));
        }
    }

    fn learn_fields(&mut self, declared: &ObjectType, given: &ObjectType) {
        for field in &declared.fields {
            let same = |g: &&Field| match (&g.name, &field.name) {
                (Some(a), Some(b)) => a.local == b.local,
                _ => false,
            };
            if let Some(known) = given.fields.iter().find(same) {
                self.learn(&field.ty, &known.ty);
            }
        }
    }

    fn bound(&self, name: &Str) -> Option<Type> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, ty)| ty.clone())
    }

    /// The type with its parameters replaced; one that is not bound is unknown.
    pub fn apply(&self, ty: &Type) -> Type {
        match ty {
            Type::Param(name) => self.bound(name).unwrap_or(unknown()),
            Type::Array(item) => Type::Array(Arc::new(self.apply(item))),
            Type::Intersection(members) => match members.as_ref() {
                [Type::Param(name), _] => self.bound(name).unwrap_or(unknown()),
                _ => ty.clone(),
            },
            Type::Union(members) => join(members.iter().map(|m| self.apply(m)).collect()),
            Type::Function(Some(function)) => Type::Function(Some(Arc::new(self.apply_function(function)))),
            Type::Object(object) => Type::Object(Arc::new(self.apply_object(object))),
            // A declared type may contain itself; without parameters of its own there is nothing to replace.
            other => other.clone(),
        }
    }

    fn apply_function(&self, function: &FunctionType) -> FunctionType {
        let params = function.params.iter().map(|(name, ty, optional)| (name.clone(), self.apply(ty), *optional));
        FunctionType { params: params.collect(), result: self.apply(&function.result) }
    }

    fn apply_object(&self, object: &ObjectType) -> ObjectType {
        let fields = object.fields.iter().map(|field| Field { ty: self.apply(&field.ty), ..field.clone() });
        ObjectType { fields: fields.collect(), ..object.clone() }
    }
}

/// What a type parameter stands for is the literal's type, not the literal.
fn widen(ty: &Type) -> Type {
    match ty {
        Type::Literal(value) => super::relate::literal_base(value).map_or(unknown(), Type::Simple),
        other => other.clone(),
    }
}

/// Whether both are lists, or both objects, or both functions.
fn alike(a: &Type, b: &Type) -> bool {
    std::mem::discriminant(&resolve(a)) == std::mem::discriminant(&resolve(b))
}
