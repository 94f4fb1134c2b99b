//! Types as bytes: a type may be a value.

use super::{Decoder, Encoder, damaged};
use crate::diag::Fault;
use crate::value::depth;
use crate::value::ty::{Field, FunctionType, NamedType, ObjectType, Simple, Type};
use std::sync::Arc;

const ANY: u8 = 0;
const NOTHING: u8 = 1;
const SIMPLE: u8 = 2;
const ARRAY: u8 = 3;
const OBJECT: u8 = 4;
const ANY_FUNCTION: u8 = 5;
const FUNCTION: u8 = 6;
const UNION: u8 = 7;
const INTERSECTION: u8 = 8;
const LITERAL: u8 = 9;
const NAMED: u8 = 10;
const RECURSIVE: u8 = 11;
const PARAM: u8 = 12;
const TYPE: u8 = 13;
const META: u8 = 14;

impl Encoder {
    pub(super) fn ty(&mut self, ty: &Type, level: usize) -> Result<(), Fault> {
        depth::check(level)?;
        let level = level + 1;
        depth::with_stack(|| match ty {
            Type::Any => self.bare_type(ANY),
            Type::Nothing => self.bare_type(NOTHING),
            Type::Simple(simple) => self.type_called(SIMPLE, simple.name()),
            Type::Array(item) => self.type_in(ARRAY, item, level),
            Type::Type(inner) => self.type_in(TYPE, inner, level),
            Type::Object(object) => self.object_type(object, level),
            Type::Function(None) => self.bare_type(ANY_FUNCTION),
            Type::Function(Some(function)) => self.function_type(function, level),
            Type::Union(types) => self.types(UNION, types, level),
            Type::Intersection(types) => self.types(INTERSECTION, types, level),
            Type::Literal(value) => {
                self.tag(LITERAL);
                self.value_at(value, level)
            }
            Type::Named(named) => self.named_type(named, level),
            Type::Recursive(named) => match named.upgrade() {
                Some(named) => self.named_type(&named, level),
                None => self.bare_type(ANY),
            },
            Type::Param(name) => self.type_called(PARAM, name),
            Type::Meta(inner, schema) => {
                self.type_in(META, inner, level)?;
                self.schema(schema, level)
            }
        })
    }

    fn bare_type(&mut self, tag: u8) -> Result<(), Fault> {
        self.tag(tag);
        Ok(())
    }

    fn type_called(&mut self, tag: u8, name: &str) -> Result<(), Fault> {
        self.tag(tag);
        self.text(name);
        Ok(())
    }

    fn type_in(&mut self, tag: u8, inner: &Type, level: usize) -> Result<(), Fault> {
        self.tag(tag);
        self.ty(inner, level)
    }

    fn types(&mut self, tag: u8, types: &[Type], level: usize) -> Result<(), Fault> {
        self.tag(tag);
        self.count(types.len() as u64);
        types.iter().try_for_each(|ty| self.ty(ty, level))
    }

    /// Writes a declared type; inside of itself only how many declarations further out it stands.
    fn named_type(&mut self, named: &Arc<NamedType>, level: usize) -> Result<(), Fault> {
        if let Some(place) = self.named.iter().position(|outer| Arc::ptr_eq(outer, named)) {
            self.tag(RECURSIVE);
            self.count(place as u64);
            return Ok(());
        }
        self.tag(NAMED);
        self.text(&named.name);
        self.named.push(named.clone());
        let written = self.ty(&named.ty, level);
        self.named.pop();
        written
    }

    fn object_type(&mut self, object: &ObjectType, level: usize) -> Result<(), Fault> {
        self.tag(OBJECT);
        self.flags([object.closed, object.ordered]);
        self.count(object.fields.len() as u64);
        for field in &object.fields {
            self.flags([field.optional, field.repeated]);
            self.flags([field.name.is_some(), false]);
            if let Some(name) = &field.name {
                self.name(name);
            }
            self.count(field.attributes.len() as u64);
            for (name, optional, ty) in &field.attributes {
                self.name(name);
                self.flags([*optional, false]);
                self.ty(ty, level)?;
            }
            self.ty(&field.ty, level)?;
        }
        Ok(())
    }

    fn function_type(&mut self, function: &FunctionType, level: usize) -> Result<(), Fault> {
        self.tag(FUNCTION);
        self.count(function.params.len() as u64);
        for (name, ty, optional) in &function.params {
            self.flags([*optional, name.is_some()]);
            if let Some(name) = name {
                self.text(name);
            }
            self.ty(ty, level)?;
        }
        self.ty(&function.result, level)
    }

    fn flags(&mut self, [first, second]: [bool; 2]) {
        self.tag(u8::from(first) | u8::from(second) << 1);
    }
}

impl Decoder<'_> {
    pub(super) fn ty(&mut self, level: usize) -> Result<Type, Fault> {
        depth::check(level)?;
        depth::with_stack(|| self.type_at(level + 1))
    }

    fn type_at(&mut self, level: usize) -> Result<Type, Fault> {
        Ok(match self.tag()? {
            ANY => Type::Any,
            NOTHING => Type::Nothing,
            SIMPLE => {
                let name = self.text()?;
                let simple = Simple::ALL.iter().find(|simple| simple.name() == name);
                Type::Simple(*simple.ok_or_else(|| damaged("a type that there is not"))?)
            }
            ARRAY => Type::Array(Arc::new(self.ty(level)?)),
            TYPE => Type::Type(Arc::new(self.ty(level)?)),
            OBJECT => Type::Object(Arc::new(self.object_type(level)?)),
            ANY_FUNCTION => Type::Function(None),
            FUNCTION => Type::Function(Some(Arc::new(self.function_type(level)?))),
            UNION => Type::Union(self.types(level)?),
            INTERSECTION => Type::Intersection(self.types(level)?),
            LITERAL => Type::Literal(self.value_at(level)?),
            NAMED => Type::Named(self.named_type(level)?),
            RECURSIVE => {
                let place = usize::try_from(self.count()?).unwrap_or(usize::MAX);
                let outer = self.named.get(place).ok_or_else(|| damaged("a type that is not declared"))?;
                Type::Recursive(outer.clone())
            }
            PARAM => Type::Param(self.text()?),
            META => Type::Meta(Arc::new(self.ty(level)?), self.schema(level)?),
            _ => return Err(damaged("a type of no known kind")),
        })
    }

    fn types(&mut self, level: usize) -> Result<Arc<[Type]>, Fault> {
        let length = self.length()?;
        (0..length).map(|_| self.ty(level)).collect()
    }

    fn named_type(&mut self, level: usize) -> Result<Arc<NamedType>, Fault> {
        let name = self.text()?;
        let mut fault = None;
        let named = Arc::new_cyclic(|own| {
            self.named.push(own.clone());
            let ty = self.ty(level).unwrap_or_else(|why| {
                fault = Some(why);
                Type::Any
            });
            self.named.pop();
            NamedType { name, ty }
        });
        fault.map_or(Ok(named), Err)
    }

    fn object_type(&mut self, level: usize) -> Result<ObjectType, Fault> {
        let [closed, ordered] = self.flags()?;
        let length = self.length()?;
        let fields = (0..length).map(|_| self.field(level)).collect::<Result<_, _>>()?;
        Ok(ObjectType { fields, closed, ordered })
    }

    fn field(&mut self, level: usize) -> Result<Field, Fault> {
        let [optional, repeated] = self.flags()?;
        let [has_name, _] = self.flags()?;
        let name = if has_name { Some(self.name()?) } else { None };
        let length = self.length()?;
        let attribute = |_| Ok((self.name()?, self.flags()?[0], self.ty(level)?));
        let attributes = (0..length).map(attribute).collect::<Result<_, Fault>>()?;
        Ok(Field { name, attributes, optional, repeated, ty: self.ty(level)? })
    }

    fn function_type(&mut self, level: usize) -> Result<FunctionType, Fault> {
        let length = self.length()?;
        let parameter = |_| {
            let [optional, has_name] = self.flags()?;
            let name = if has_name { Some(self.text()?) } else { None };
            Ok((name, self.ty(level)?, optional))
        };
        let params = (0..length).map(parameter).collect::<Result<_, Fault>>()?;
        Ok(FunctionType { params, result: self.ty(level)? })
    }

    fn flags(&mut self) -> Result<[bool; 2], Fault> {
        let flags = self.tag()?;
        if flags > 3 { Err(damaged("a mark of no known kind")) } else { Ok([flags & 1 != 0, flags & 2 != 0]) }
    }
}
