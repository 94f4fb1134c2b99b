//! Types as written.

use super::{Builder, Cursor, unexpected};
use crate::diag::Fault;
use crate::syntax::ast::{
    AttributeType, ExprKind, FieldName, FieldType, Ident, KeyName, TypeExpr, TypeExprKind, TypeParam,
};
use crate::syntax::grammar::Rule;
use crate::text::Span;
use pest::iterators::Pair;

impl Builder<'_> {
    pub(super) fn type_params(&mut self, cursor: &mut Cursor<'_>) -> Result<Vec<TypeParam>, Fault> {
        let Some(list) = cursor.take(Rule::type_params) else { return Ok(Vec::new()) };
        list.into_inner()
            .map(|param| {
                let mut param = Cursor::new(param);
                let name = self.ident(&param.next()?);
                let bound = param.take(Rule::type_expr).map(|bound| self.type_expr(bound)).transpose()?;
                Ok(TypeParam { name, bound })
            })
            .collect()
    }

    /// A `type_expr`: a union of intersections of terms.
    pub(super) fn type_expr(&mut self, pair: Pair<'_, Rule>) -> Result<TypeExpr, Fault> {
        let span = self.span(&pair);
        let mut cursor = Cursor::new(pair);
        self.nested(span, 1, |builder| {
            let mut union = Vec::new();
            let mut intersection = vec![builder.type_term(cursor.next()?)?];
            while let Some(joint) = cursor.take(Rule::type_joint) {
                let term = builder.type_term(cursor.next()?)?;
                if joint.as_str() == "|" {
                    union.push(joined(std::mem::take(&mut intersection), TypeExprKind::Intersection)?);
                }
                intersection.push(term);
            }
            union.push(joined(intersection, TypeExprKind::Intersection)?);
            joined(union, TypeExprKind::Union)
        })
    }

    fn type_term(&mut self, pair: Pair<'_, Rule>) -> Result<TypeExpr, Fault> {
        let mut cursor = Cursor::new(pair);
        while cursor.take(Rule::annotation).is_some() {}
        let core = cursor.next()?;
        let ty = match core.as_rule() {
            Rule::named_type => self.named_type(core)?,
            Rule::object_type => self.object_type(core)?,
            Rule::paren_type => self.paren_type(core)?,
            Rule::literal_type => self.literal_type(core)?,
            Rule::native_type => TypeExpr { kind: TypeExprKind::Native, span: self.span(&core) },
            _ => return Err(unexpected(&core)),
        };
        match cursor.take(Rule::schema) {
            Some(schema) => self.with_schema(ty, schema),
            None => Ok(ty),
        }
    }

    fn with_schema(&mut self, ty: TypeExpr, pair: Pair<'_, Rule>) -> Result<TypeExpr, Fault> {
        let span = ty.span.to(self.span(&pair));
        let mut schema = Vec::new();
        for entry in pair.into_inner() {
            let mut entry = Cursor::new(entry);
            let name = self.fixed_name(entry.next()?)?;
            schema.push((name, self.expression(entry.next()?)?));
        }
        Ok(TypeExpr { kind: TypeExprKind::Metadata { ty: Box::new(ty), schema }, span })
    }

    /// `word` or `string` where nothing can be computed.
    fn fixed_name(&mut self, pair: Pair<'_, Rule>) -> Result<Ident, Fault> {
        let span = self.span(&pair);
        match self.key_name(pair)? {
            KeyName::Static(name) => Ok(Ident { name, span }),
            KeyName::Dynamic(_) => {
                self.complain(span, "a name in a type cannot be computed", "");
                Ok(Ident { name: String::new(), span })
            }
        }
    }

    fn named_type(&mut self, pair: Pair<'_, Rule>) -> Result<TypeExpr, Fault> {
        let mut cursor = Cursor::new(pair);
        let path = self.path(&cursor.next()?);
        let mut span = path.span;
        let mut args = Vec::new();
        if let Some(list) = cursor.take(Rule::type_args) {
            span = span.to(self.span(&list));
            args = list.into_inner().map(|arg| self.type_expr(arg)).collect::<Result<_, _>>()?;
        }
        let mut ty = TypeExpr { kind: TypeExprKind::Name { path, args }, span };
        let links = cursor.len();
        self.nested(span, links, |builder| {
            while let Some(field) = cursor.take(Rule::type_field) {
                let span = ty.span.to(builder.span(&field));
                let (prefix, name) = builder.qualified_fixed_name(Cursor::new(field).next()?)?;
                ty = TypeExpr { kind: TypeExprKind::Field { ty: Box::new(ty), prefix, name }, span };
            }
            Ok(ty)
        })
    }

    fn qualified_fixed_name(&mut self, pair: Pair<'_, Rule>) -> Result<(Option<Ident>, Ident), Fault> {
        if pair.as_rule() != Rule::qualified_name {
            return Ok((None, self.fixed_name(pair)?));
        }
        let mut cursor = Cursor::new(pair);
        let prefix = self.ident(&cursor.next()?);
        Ok((Some(prefix), self.fixed_name(cursor.next()?)?))
    }

    fn literal_type(&mut self, pair: Pair<'_, Rule>) -> Result<TypeExpr, Fault> {
        let value = self.atom(Cursor::new(pair).next()?)?;
        let span = value.span;
        if matches!(value.kind, ExprKind::Null) {
            self.complain(span, "`null` is no type", "write `Null`");
        }
        Ok(TypeExpr { kind: TypeExprKind::Literal(Box::new(value)), span })
    }

    /// `(A)`, or a function type.
    fn paren_type(&mut self, pair: Pair<'_, Rule>) -> Result<TypeExpr, Fault> {
        let start = self.span(&pair);
        let mut cursor = Cursor::new(pair);
        let mut params = Vec::new();
        while let Some(param) = cursor.take(Rule::param_type) {
            params.push(self.param_type(param)?);
        }
        if let Some(result) = cursor.take(Rule::result_type) {
            let result = self.type_expr(Cursor::new(result).next()?)?;
            let span = start.to_end(result.span);
            return Ok(TypeExpr { kind: TypeExprKind::Function { params, result: Box::new(result) }, span });
        }
        match params.pop() {
            Some((None, ty, _)) if params.is_empty() => Ok(ty),
            _ => {
                let help = "a function type is written `(A, B) -> C`";
                self.complain(start, "these parameters lack the `->` of a function type", help);
                Ok(TypeExpr { kind: TypeExprKind::Native, span: start })
            }
        }
    }

    fn param_type(&mut self, pair: Pair<'_, Rule>) -> Result<(Option<Ident>, TypeExpr, bool), Fault> {
        let mut cursor = Cursor::new(pair);
        let (mut name, mut optional) = (None, false);
        if let Some(named) = cursor.take(Rule::param_type_name) {
            let mut named = Cursor::new(named);
            name = Some(self.ident(&named.next()?));
            optional = named.take(Rule::optional_mark).is_some();
        }
        Ok((name, self.type_expr(cursor.next()?)?, optional))
    }

    fn object_type(&mut self, pair: Pair<'_, Rule>) -> Result<TypeExpr, Fault> {
        let span = self.span(&pair);
        let text = pair.as_str();
        let ordered = text.starts_with("{-");
        let closed = text.starts_with("{|") || text.starts_with("{-|");
        let fields = pair.into_inner().map(|field| self.field_type(field)).collect::<Result<_, _>>()?;
        Ok(TypeExpr { kind: TypeExprKind::Object { fields, closed, ordered }, span })
    }

    fn field_type(&mut self, pair: Pair<'_, Rule>) -> Result<FieldType, Fault> {
        let mut cursor = Cursor::new(pair);
        let (prefix, name) = self.field_name(&mut cursor)?;
        let attributes = match cursor.take(Rule::attribute_types) {
            Some(list) => list.into_inner().map(|a| self.attribute_type(a)).collect::<Result<_, _>>()?,
            None => Vec::new(),
        };
        let repeated = cursor.take(Rule::repeated_mark).is_some();
        let optional = cursor.take(Rule::optional_mark).is_some();
        let ty = self.type_expr(cursor.next()?)?;
        Ok(FieldType { prefix, name, optional, repeated, attributes, ty })
    }

    fn attribute_type(&mut self, pair: Pair<'_, Rule>) -> Result<AttributeType, Fault> {
        let mut cursor = Cursor::new(pair);
        let (prefix, name) = self.field_name(&mut cursor)?;
        let optional = cursor.take(Rule::optional_mark).is_some();
        Ok(AttributeType { prefix, name, optional, ty: self.type_expr(cursor.next()?)? })
    }

    /// The name of a field or attribute type, after its annotations.
    fn field_name(&mut self, cursor: &mut Cursor<'_>) -> Result<(Option<Ident>, FieldName), Fault> {
        while cursor.take(Rule::annotation).is_some() {}
        let pair = cursor.next()?;
        match pair.as_rule() {
            Rule::word if pair.as_str() == "_" => Ok((None, FieldName::Any)),
            Rule::computed_name => {
                let ty = self.type_expr(Cursor::new(pair).next()?)?;
                Ok((None, FieldName::Computed(Box::new(ty))))
            }
            _ => {
                let (prefix, name) = self.qualified_fixed_name(pair)?;
                Ok((prefix, FieldName::Static(name.name)))
            }
        }
    }
}

/// Several types as one; one stays itself.
fn joined(mut types: Vec<TypeExpr>, kind: fn(Vec<TypeExpr>) -> TypeExprKind) -> Result<TypeExpr, Fault> {
    let span = types.iter().map(|ty| ty.span).reduce(Span::to);
    match (types.len(), span) {
        (1, _) => types.pop().ok_or_else(|| Fault::internal("one type is there")),
        (_, Some(span)) => Ok(TypeExpr { kind: kind(types), span }),
        (_, None) => Err(Fault::internal("a type joins at least one term")),
    }
}
