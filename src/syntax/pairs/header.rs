//! Documents, their directives and what declares.

use super::{Builder, Cursor};
use crate::diag::Fault;
use crate::syntax::ast::{
    Annotation, Directive, DirectiveKind, Document, Ident, ImportDirective, Imported, InputDirective, OutputDirective,
    Param, Property,
};
use crate::syntax::grammar::Rule;
use crate::text::Span;
use pest::iterators::Pair;

/// A directive's kind and where it ends.
type Built = (DirectiveKind, Span);

impl Builder<'_> {
    /// A `script`.
    pub fn document(&mut self, pair: Pair<'_, Rule>) -> Result<Document, Fault> {
        let mut document = Document { version: None, header: Vec::new(), body: None };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::version => document.version = self.version(part)?.or(document.version),
                Rule::directive => document.header.push(self.directive(part)?),
                Rule::expr => document.body = Some(self.expression(part)?),
                _ => {}
            }
        }
        Ok(document)
    }

    /// A `declaration`.
    pub fn declaration(&mut self, pair: Pair<'_, Rule>) -> Result<Directive, Fault> {
        let directive = Cursor::new(pair).next()?;
        self.directive(directive)
    }

    fn version(&mut self, pair: Pair<'_, Rule>) -> Result<Option<(u32, u32)>, Fault> {
        let number = Cursor::new(pair).next()?;
        let parts = number.as_str().split_once('.').map(|(major, minor)| (major.parse(), minor.parse()));
        if let Some((Ok(major @ 2), Ok(minor @ 0..=12))) = parts {
            return Ok(Some((major, minor)));
        }
        let message = format!("there is no DataWeave {}", number.as_str());
        self.complain(self.span(&number), message, "the versions are 2.0 to 2.12");
        Ok(None)
    }

    /// A directive of a `do` block.
    pub(super) fn local_directive(&mut self, pair: Pair<'_, Rule>) -> Result<Directive, Fault> {
        let directive = self.directive(pair)?;
        let word = match directive.kind {
            DirectiveKind::Output(_) => "output",
            DirectiveKind::Input(_) => "input",
            DirectiveKind::Annotation { .. } => "annotation",
            _ => return Ok(directive),
        };
        let help = "`var`, `fun`, `type`, `ns` and `import` can stand in a `do` block";
        self.complain(directive.span, format!("`{word}` belongs in the header of the script"), help);
        Ok(directive)
    }

    fn directive(&mut self, pair: Pair<'_, Rule>) -> Result<Directive, Fault> {
        let doc = self.doc_before(self.span(&pair).start as usize);
        let mut cursor = Cursor::new(pair);
        let annotations = self.annotations(&mut cursor)?;
        let body = cursor.next()?;
        let start = self.span(&body);
        let (kind, end) = self.directive_kind(body)?;
        Ok(Directive { kind, annotations, doc, span: start.to_end(end) })
    }

    fn directive_kind(&mut self, pair: Pair<'_, Rule>) -> Result<Built, Fault> {
        let rule = pair.as_rule();
        let span = self.span(&pair);
        let mut cursor = Cursor::new(pair);
        match rule {
            Rule::var_directive => {
                let name = self.ident(&cursor.next()?);
                let ty = cursor.take(Rule::type_expr).map(|ty| self.type_expr(ty)).transpose()?;
                let value = self.expression(cursor.next()?)?;
                let end = value.span;
                Ok((DirectiveKind::Var { name, ty, value }, end))
            }
            Rule::fun_directive => {
                let name = self.ident(&cursor.next()?);
                let function = self.function(&mut cursor)?;
                let end = function.body.span;
                Ok((DirectiveKind::Fun { name, function }, end))
            }
            Rule::type_directive => {
                let name = self.ident(&cursor.next()?);
                let params = self.type_params(&mut cursor)?;
                let ty = self.type_expr(cursor.next()?)?;
                let end = ty.span;
                Ok((DirectiveKind::Type { name, params, ty }, end))
            }
            Rule::annotation_directive => {
                let name = self.ident(&cursor.next()?);
                Ok((DirectiveKind::Annotation { name, params: self.params(&mut cursor)? }, span))
            }
            Rule::namespace_directive => {
                let prefix = self.ident(&cursor.next()?);
                let uri = cursor.next()?.as_str().to_owned();
                Ok((DirectiveKind::Namespace { prefix, uri }, span))
            }
            Rule::import_directive => self.import(cursor),
            Rule::output_directive => self.output(cursor),
            Rule::input_directive => self.input(cursor),
            _ => Err(Fault::internal(format!("unexpected {rule:?}"))),
        }
    }

    /// What is left are parameters.
    pub(super) fn params(&mut self, cursor: &mut Cursor<'_>) -> Result<Vec<Param>, Fault> {
        let mut params = Vec::new();
        while let Some(param) = cursor.take(Rule::param) {
            let mut param = Cursor::new(param);
            let annotations = self.annotations(&mut param)?;
            let name = self.ident(&param.next()?);
            let ty = param.take(Rule::type_expr).map(|ty| self.type_expr(ty)).transpose()?;
            let default = param.take(Rule::expr).map(|value| self.expression(value)).transpose()?;
            params.push(Param { name, ty, default, annotations });
        }
        self.check_defaults(&params);
        Ok(params)
    }

    /// Defaults stand only at the head or only at the tail.
    fn check_defaults(&mut self, params: &[Param]) {
        let changes = params.windows(2).filter(|pair| pair[0].default.is_some() != pair[1].default.is_some()).count();
        let Some(last) = params.last().filter(|_| changes > 1) else { return };
        let help = "put the parameters with a default all first or all last";
        self.complain(last.name.span, "parameters with and without a default are mixed", help);
    }

    fn annotations(&mut self, cursor: &mut Cursor<'_>) -> Result<Vec<Annotation>, Fault> {
        let mut annotations = Vec::new();
        while let Some(annotation) = cursor.take(Rule::annotation) {
            let mut span = self.span(&annotation);
            let mut inner = Cursor::new(annotation);
            let name = self.path(&inner.next()?);
            let mut args = Vec::new();
            span = span.to_end(name.span);
            if let Some(list) = inner.take(Rule::annotation_args) {
                span = span.to(self.span(&list));
                for arg in list.into_inner() {
                    let mut arg = Cursor::new(arg);
                    let name = self.ident(&arg.next()?);
                    args.push((Some(name), self.expression(arg.next()?)?));
                }
            }
            annotations.push(Annotation { name, args, span });
        }
        Ok(annotations)
    }

    fn import(&mut self, mut cursor: Cursor<'_>) -> Result<Built, Fault> {
        let mut names = Vec::new();
        let all = cursor.take(Rule::import_all).is_some();
        while let Some(name) = cursor.take(Rule::import_name) {
            let mut inner = Cursor::new(name);
            let name = self.ident(&inner.next()?);
            names.push((name, self.alias(&mut inner)?));
        }
        let module = self.path(&cursor.next()?);
        let alias = self.alias(&mut cursor)?;
        let end = alias.as_ref().map_or(module.span, |alias| alias.span);
        let what = match (all, names.is_empty()) {
            (true, _) => Imported::All,
            (false, false) => Imported::Names(names),
            (false, true) => Imported::Module { alias },
        };
        Ok((DirectiveKind::Import(ImportDirective { module, what }), end))
    }

    fn alias(&mut self, cursor: &mut Cursor<'_>) -> Result<Option<Ident>, Fault> {
        match cursor.take(Rule::alias) {
            Some(alias) => Ok(Some(self.ident(&Cursor::new(alias).next()?))),
            None => Ok(None),
        }
    }

    fn output(&mut self, mut cursor: Cursor<'_>) -> Result<Built, Fault> {
        let ty = cursor.take(Rule::type_expr).map(|ty| self.type_expr(ty)).transpose()?;
        let (mime, with) = self.mime_and_format(&mut cursor)?;
        let (properties, last) = self.properties(&mut cursor)?;
        let end = [last, with.as_ref().map(|w| w.span), mime.as_ref().map(|m| m.span)].into_iter().flatten().next();
        let end = end.ok_or_else(|| Fault::internal("an output has a type"))?;
        Ok((DirectiveKind::Output(OutputDirective { ty, mime, with, properties }), end))
    }

    fn input(&mut self, mut cursor: Cursor<'_>) -> Result<Built, Fault> {
        let name = self.ident(&cursor.next()?);
        let ty = cursor.take(Rule::type_expr).map(|ty| self.type_expr(ty)).transpose()?;
        let (mime, with) = self.mime_and_format(&mut cursor)?;
        let (properties, last) = self.properties(&mut cursor)?;
        let mut end = name.span;
        for part in [ty.as_ref().map(|t| t.span), mime.as_ref().map(|m| m.span), with.as_ref().map(|w| w.span), last] {
            end = part.unwrap_or(end);
        }
        Ok((DirectiveKind::Input(InputDirective { name, ty, mime, with, properties }), end))
    }

    fn mime_and_format(&mut self, cursor: &mut Cursor<'_>) -> Result<(Option<Ident>, Option<Ident>), Fault> {
        let mime = cursor.take(Rule::mime).map(|mime| self.ident(&mime));
        let with = match cursor.take(Rule::format) {
            Some(format) => Some(self.ident(&Cursor::new(format).next()?)),
            None => None,
        };
        Ok((mime, with))
    }

    /// The properties, and where the last one ends.
    fn properties(&mut self, cursor: &mut Cursor<'_>) -> Result<(Vec<Property>, Option<Span>), Fault> {
        let Some(list) = cursor.take(Rule::properties) else { return Ok((Vec::new(), None)) };
        let mut properties = Vec::new();
        for property in list.into_inner() {
            let mut property = Cursor::new(property);
            let name = self.ident(&property.next()?);
            let value = self.atom(property.next()?)?;
            properties.push(Property { name, value });
        }
        let end = properties.last().map(|property| property.value.span);
        Ok((properties, end))
    }

    /// The doc comment that ends right before `start`, without its stars.
    fn doc_before(&self, start: usize) -> Option<String> {
        let before = self.source.text().get(..start)?.trim_end().strip_suffix("*/")?;
        let since_last = before.rfind("*/").map_or(0, |end| end + 2);
        let comment = &before[since_last..];
        let comment = comment[comment.find("/*")?..].strip_prefix("/**")?;
        let lines: Vec<&str> = comment.lines().map(|line| line.trim().trim_start_matches('*').trim()).collect();
        Some(lines.join("\n").trim().to_owned())
    }
}
