//! Types as written become types of values: names are resolved, parameters of types filled in.

use super::Planner;
use super::names::CORE;
use super::scope::{Binding, Block};
use crate::diag::{Code, Fault, nearest};
use crate::plan::fold;
use crate::plan::module::{Declared, TypeDeclaration};
use crate::plan::node::Kind;
use crate::syntax::ast::{
    AttributeType, DirectiveKind, Expr, FieldName, FieldType, Ident, Path, TypeExpr, TypeExprKind, TypeParam,
};
use crate::text::Span;
use crate::value::ty::{Field, FunctionType, NamedType, ObjectType, Simple};
use crate::value::{Namespace, QName, Schema, Type};
use rustc_hash::FxHashSet;
use std::sync::Arc;

impl Planner<'_> {
    /// The type that is written here; a mistake in it is reported, and gives `Any`.
    pub(super) fn resolve_type(&mut self, ty: &TypeExpr) -> Type {
        crate::value::depth::with_stack(|| self.type_of(ty))
    }

    fn type_of(&mut self, ty: &TypeExpr) -> Type {
        match &ty.kind {
            TypeExprKind::Name { path, args } => self.named_type(path, args),
            TypeExprKind::Literal(expr) => self.literal_type(expr),
            TypeExprKind::Object { fields, closed, ordered } => Type::Object(Arc::new(ObjectType {
                fields: fields.iter().map(|field| self.field(field)).collect(),
                closed: *closed,
                ordered: *ordered,
            })),
            TypeExprKind::Function { params, result } => {
                let param = |(name, ty, optional): &(Option<Ident>, TypeExpr, bool)| {
                    (name.as_ref().map(|n| n.name.as_str().into()), self.resolve_type(ty), *optional)
                };
                let params = params.iter().map(param).collect();
                Type::Function(Some(Arc::new(FunctionType { params, result: self.resolve_type(result) })))
            }
            TypeExprKind::Union(members) => Type::Union(members.iter().map(|m| self.resolve_type(m)).collect()),
            TypeExprKind::Intersection(members) => {
                Type::Intersection(members.iter().map(|m| self.resolve_type(m)).collect())
            }
            TypeExprKind::Metadata { ty, schema } => {
                let nodes: Vec<_> =
                    schema.iter().map(|(name, value)| (name.name.as_str().into(), self.plan(value))).collect();
                match fold::schema(&nodes) {
                    Some(schema) => self.with_schema(ty, schema),
                    None => {
                        let fault = Fault::new(Code::Type, "the metadata of a type must be constants");
                        self.report(ty.span, fault.help("computed metadata stands right behind `as Type`"));
                        Type::Any
                    }
                }
            }
            TypeExprKind::Field { ty: base, prefix, name, .. } => {
                let base = self.resolve_type(base);
                let ns = prefix.as_ref().and_then(|prefix| self.namespace(prefix));
                self.field_type(&base, name, ns.as_deref())
            }
            TypeExprKind::Native => Type::Any,
        }
    }

    /// A type with metadata.
    pub(super) fn with_schema(&mut self, ty: &TypeExpr, schema: Schema) -> Type {
        Type::Meta(Arc::new(self.resolve_type(ty)), schema)
    }

    fn literal_type(&mut self, expr: &Expr) -> Type {
        match self.plan(expr).kind {
            Kind::Const(value) => Type::Literal(value),
            _ => {
                self.report(expr.span, Fault::new(Code::Type, "a literal type must be a constant"));
                Type::Any
            }
        }
    }

    fn field(&mut self, field: &FieldType) -> Field {
        Field {
            name: self.field_name(field.prefix.as_ref(), &field.name),
            attributes: field.attributes.iter().map(|a| self.attribute(a)).collect(),
            optional: field.optional,
            repeated: field.repeated,
            ty: self.resolve_type(&field.ty),
        }
    }

    fn attribute(&mut self, attribute: &AttributeType) -> (QName, bool, Type) {
        let name = self.field_name(attribute.prefix.as_ref(), &attribute.name);
        (name.unwrap_or_else(|| QName::local("_")), attribute.optional, self.resolve_type(&attribute.ty))
    }

    fn field_name(&mut self, prefix: Option<&Ident>, name: &FieldName) -> Option<QName> {
        let FieldName::Static(local) = name else { return None };
        let ns = prefix.and_then(|prefix| self.namespace(prefix));
        Some(QName { local: local.as_str().into(), ns })
    }

    fn field_type(&mut self, base: &Type, name: &Ident, ns: Option<&Namespace>) -> Type {
        match selected(base, &name.name, ns) {
            Some(ty) => ty,
            None => {
                self.report(name.span, Fault::new(Code::Type, format!("the type has no field `{}`", name.name)));
                Type::Any
            }
        }
    }

    fn named_type(&mut self, path: &Path, args: &[TypeExpr]) -> Type {
        let args: Vec<Type> = args.iter().map(|arg| self.resolve_type(arg)).collect();
        if let [name] = path.parts.as_slice() {
            let parameter = self
                .levels
                .blocks()
                .find_map(|block| block.types.iter().find(|(own, _)| *own == name.name).map(|(_, ty)| ty.clone()));
            if let Some(ty) = parameter {
                return ty;
            }
            if let Some((_, Binding::Type(declaration))) = self.levels.find(&name.name) {
                return self.declared_type(&declaration, &args, path.span);
            }
        }
        match self.type_declaration(path) {
            Some(Ok(declaration)) => self.declared_type(&declaration, &args, path.span),
            Some(Err(name)) => builtin(name, &args).unwrap_or(Type::Any),
            None => {
                self.unknown_type(path);
                Type::Any
            }
        }
    }

    /// The declaration that a path names, or the name of a built-in type that nothing hides.
    fn type_declaration<'p>(&mut self, path: &'p Path) -> Option<Result<Arc<TypeDeclaration>, &'p str>> {
        let declared = match path.parts.as_slice() {
            [name] => {
                let unit = self.unit.clone();
                let own = if unit.name == CORE { None } else { self.own_name(&unit, &name.name) };
                if own.is_none() && builtin(&name.name, &[]).is_some() {
                    return Some(Err(&name.name));
                }
                own.or_else(|| self.foreign_name(&unit, &name.name))
            }
            [module @ .., name] => {
                let unit = self.module_of(module, path.span)?;
                self.export(&unit, &name.name)
            }
            [] => None,
        };
        match declared {
            Some(Declared::Type(declaration)) => Some(Ok(declaration)),
            _ => None,
        }
    }

    fn unknown_type(&mut self, path: &Path) {
        let name = path.parts.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("::");
        let mut fault = Fault::new(Code::UnknownName, format!("unknown type `{name}`"));
        let own = self.unit.names();
        let known = Simple::ALL.iter().map(|s| s.name()).chain(["Any", "Array", "Object", "Nothing", "Function"]);
        if let Some(near) = nearest(&name, known.chain(own)) {
            fault = fault.help(format!("did you mean `{near}`?"));
        }
        self.report(path.span, fault);
    }

    /// The type that a declaration stands for, with these arguments for its parameters.
    pub(super) fn declared_type(&mut self, declaration: &Arc<TypeDeclaration>, args: &[Type], span: Span) -> Type {
        if let Some(ty) = declaration.resolved.get() {
            return ty.clone();
        }
        let directive = declaration.directive.clone();
        let DirectiveKind::Type { name, params, ty } = &directive.kind else { return Type::Any };
        if matches!(ty.kind, TypeExprKind::Native) {
            return builtin(&name.name, args).unwrap_or(Type::Any);
        }
        let key = Arc::as_ptr(&directive);
        if let Some((_, outer)) = self.resolving.iter().find(|(open, _)| *open == key) {
            return Type::Recursive(outer.clone());
        }
        if args.len() != params.len() {
            let message = format!("`{}` takes {} types, not {}", name.name, params.len(), args.len());
            self.report(span, Fault::new(Code::Type, message));
        }
        let named = Arc::new_cyclic(|own| {
            self.resolving.push((key, own.clone()));
            let ty = match declaration.home.upgrade() {
                Some(home) => self.within(home, |planner| planner.with_type_args(params, args, ty)),
                None => self.with_type_args(params, args, ty),
            };
            self.resolving.pop();
            NamedType { name: name.name.as_str().into(), ty }
        });
        if is_itself(&named.ty, &named, &mut FxHashSet::default()) {
            let fault = Fault::new(Code::Declaration, format!("the type `{}` is declared as itself", name.name));
            self.report(
                span,
                fault.help("a type may contain itself only as the type of a field, an item or a parameter"),
            );
            // Told once.
            let _ = declaration.resolved.set(Type::Any);
            return Type::Any;
        }
        let resolved = Type::Named(named);
        if params.is_empty() && self.resolving.is_empty() {
            let _ = declaration.resolved.set(resolved.clone());
        }
        resolved
    }

    /// Reports the mistakes of a declared type, its parameters standing for themselves.
    pub(super) fn check_type(&mut self, declaration: &Arc<TypeDeclaration>) {
        let DirectiveKind::Type { params, .. } = &declaration.directive.kind else { return };
        let args: Vec<Type> = params.iter().map(|p| Type::Param(p.name.name.as_str().into())).collect();
        self.declared_type(declaration, &args, declaration.directive.span);
    }

    fn with_type_args(&mut self, params: &[TypeParam], args: &[Type], ty: &TypeExpr) -> Type {
        let filled = params.iter().enumerate().map(|(i, param)| {
            let ty = args.get(i).cloned().unwrap_or_else(|| Type::Param(param.name.name.as_str().into()));
            (param.name.name.clone(), ty)
        });
        let types = filled.collect();
        let mark = self.levels.top().open(Block { types, ..Block::default() });
        let ty = self.resolve_type(ty);
        self.levels.top().close(mark);
        ty
    }
}

/// Whether a declared type comes back to itself with nothing but names, unions and metadata on the way.
fn is_itself(ty: &Type, own: &Arc<NamedType>, seen: &mut FxHashSet<*const NamedType>) -> bool {
    match ty {
        Type::Recursive(named) => named.ptr_eq(&Arc::downgrade(own)),
        Type::Named(named) => seen.insert(Arc::as_ptr(named)) && is_itself(&named.ty, own, seen),
        Type::Meta(inner, _) => is_itself(inner, own, seen),
        Type::Union(members) | Type::Intersection(members) => members.iter().any(|m| is_itself(m, own, seen)),
        _ => false,
    }
}

/// The type of a field: in a union every member must have it, in an intersection one of them.
fn selected(base: &Type, local: &str, ns: Option<&Namespace>) -> Option<Type> {
    match base {
        Type::Object(object) => {
            let is_it = |name: &QName| name.local == local && name.ns.as_deref() == ns;
            let field = object.fields.iter().find(|field| field.name.as_ref().is_some_and(is_it))?;
            Some(field.ty.clone())
        }
        Type::Named(named) => selected(&named.ty, local, ns),
        Type::Meta(inner, _) => selected(inner, local, ns),
        Type::Union(members) => {
            let types = members.iter().map(|member| selected(member, local, ns));
            Some(Type::Union(types.collect::<Option<Arc<[Type]>>>()?))
        }
        Type::Intersection(members) => members.iter().find_map(|member| selected(member, local, ns)),
        _ => None,
    }
}

/// A type that the language itself supplies.
fn builtin(name: &str, args: &[Type]) -> Option<Type> {
    let arg = || Arc::new(args.first().cloned().unwrap_or(Type::Any));
    Some(match name {
        "Any" => Type::Any,
        "Nothing" => Type::Nothing,
        "Array" => Type::Array(arg()),
        "Object" => Type::Object(Arc::default()),
        "Type" => Type::Type(arg()),
        "Function" => Type::Function(None),
        _ => Type::Simple(*Simple::ALL.iter().find(|simple| simple.name() == name)?),
    })
}
