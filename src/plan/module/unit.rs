//! A text with declarations: the script, a user's module, or a module of the library.

use super::scan::{self, Index};
use crate::diag::Fault;
use crate::plan::resolve::Functions;
use crate::syntax::{self, ast};
use crate::text::{Place, Source, Span};
use crate::value::{Namespace, Type};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

/// A text with declarations.
#[derive(Debug)]
pub(in crate::plan) struct Unit {
    /// `a::b::C`; empty for a script.
    pub name: String,
    /// The text.
    pub source: Arc<Source>,
    /// Whether it belongs to the standard library.
    pub library: bool,
    /// What it imports, in order.
    pub imports: Vec<Import>,
    /// The tree of a script or of a user's module.
    pub document: Option<Arc<ast::Document>>,
    /// Whether it is a module with a body: it exports `main` and nothing else.
    pub is_mapping: bool,
    directives: Directives,
    declared: Mutex<FxHashMap<String, Option<Declared>>>,
}

/// The declarations by name.
#[derive(Debug)]
enum Directives {
    /// A user's text is parsed as a whole.
    Parsed(FxHashMap<String, Vec<Arc<ast::Directive>>>),
    /// A library text is parsed declaration by declaration.
    Scanned(Index),
}

/// What a name of a unit stands for.
#[derive(Clone, Debug)]
pub(in crate::plan) enum Declared {
    /// Functions, among them variables that hold a lambda.
    Functions(Arc<Functions>),
    /// A variable.
    Variable(Arc<Variable>),
    /// A type.
    Type(Arc<TypeDeclaration>),
    /// A namespace.
    Namespace(Arc<Namespace>),
    /// An annotation.
    Annotation,
}

/// A variable of the script or of a user's module.
#[derive(Debug, Default)]
pub(in crate::plan) struct Variable {
    /// Its global, once some function reads it.
    pub global: OnceLock<u32>,
    /// Whether it is computed when it is first read.
    pub lazy: bool,
}

/// A declared type.
#[derive(Debug)]
pub(in crate::plan) struct TypeDeclaration {
    /// The directive.
    pub directive: Arc<ast::Directive>,
    /// The unit its names belong to; dead for a type declared in a `do`.
    pub home: Weak<Unit>,
    /// The type, once some use has resolved it; generic types are resolved at each use.
    pub resolved: OnceLock<Type>,
}

/// An import.
#[derive(Clone, Debug)]
pub(in crate::plan) struct Import {
    /// `a::b::C`.
    pub module: String,
    /// What comes in.
    pub what: Imported,
    /// Where the module is named.
    pub span: Span,
}

/// What an import brings in.
#[derive(Clone, Debug)]
pub(in crate::plan) enum Imported {
    /// The module under this name.
    Module(String),
    /// Everything.
    All,
    /// Names: that of the module, and that here.
    Names(Vec<(ast::Ident, String)>),
}

impl Import {
    /// An import from its directive.
    pub fn new(directive: &ast::ImportDirective) -> Self {
        let parts: Vec<&str> = directive.module.parts.iter().map(|p| p.name.as_str()).collect();
        let what = match &directive.what {
            ast::Imported::Module { alias } => {
                let own = alias.as_ref().map(|a| a.name.as_str()).or(parts.last().copied());
                Imported::Module(own.unwrap_or_default().to_string())
            }
            ast::Imported::All => Imported::All,
            ast::Imported::Names(names) => {
                let here = |(name, alias): &(ast::Ident, Option<ast::Ident>)| {
                    (name.clone(), alias.as_ref().unwrap_or(name).name.clone())
                };
                Imported::Names(names.iter().map(here).collect())
            }
        };
        Self { module: parts.join("::"), what, span: directive.module.span }
    }

    /// The name in the module that `name` stands for here, if this import brings it in.
    pub fn original<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        match &self.what {
            Imported::Module(_) => None,
            Imported::All => Some(name),
            Imported::Names(names) => names.iter().find(|(_, here)| here == name).map(|(name, _)| name.name.as_str()),
        }
    }
}

impl Unit {
    /// A module of the library.
    pub(super) fn library(name: &str, text: &'static str) -> Self {
        let index = scan::index(text);
        let source = Source::new(format!("{name}.dwl"), text);
        let imports = index.imports.iter().filter_map(|span| parse_import(&source, *span)).collect();
        Self {
            name: name.to_string(),
            source,
            library: true,
            imports,
            document: None,
            is_mapping: false,
            directives: Directives::Scanned(index),
            declared: Mutex::default(),
        }
    }

    /// A script or a user's module.
    pub fn parsed(name: &str, source: Arc<Source>, document: ast::Document, is_module: bool) -> Self {
        let mut imports = Vec::new();
        let mut names: FxHashMap<String, Vec<Arc<ast::Directive>>> = FxHashMap::default();
        for directive in &document.header {
            match &directive.kind {
                ast::DirectiveKind::Import(import) => imports.push(Import::new(import)),
                kind => {
                    if let Some(name) = declared_name(kind) {
                        names.entry(name.name.clone()).or_default().push(Arc::new(directive.clone()));
                    }
                }
            }
        }
        Self {
            name: name.to_string(),
            source,
            library: false,
            imports,
            is_mapping: is_module && document.body.is_some(),
            document: Some(Arc::new(document)),
            directives: Directives::Parsed(names),
            declared: Mutex::default(),
        }
    }

    /// The declarations of a name, in order.
    ///
    /// # Errors
    /// Library text that does not parse.
    pub fn directives(&self, name: &str) -> Result<Vec<Arc<ast::Directive>>, Vec<Fault>> {
        match &self.directives {
            Directives::Parsed(names) => Ok(names.get(name).cloned().unwrap_or_default()),
            Directives::Scanned(index) => {
                let spans = index.names.get(name).map(Vec::as_slice).unwrap_or_default();
                spans.iter().map(|span| syntax::parse_directive(&self.source, *span).map(Arc::new)).collect()
            }
        }
    }

    /// The names declared here.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = match &self.directives {
            Directives::Parsed(names) => names.keys().map(String::as_str).collect(),
            Directives::Scanned(index) => index.names.keys().copied().collect(),
        };
        names.sort_unstable();
        names
    }

    /// What is known of a name: `None` if nobody asked yet.
    pub fn known(&self, name: &str) -> Option<Option<Declared>> {
        self.declared.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Notes what a name stands for.
    pub fn remember(&self, name: &str, declared: Option<Declared>) {
        self.declared.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_string(), declared);
    }

    /// A place in this text.
    pub fn place(&self, span: Span) -> Place {
        Place { source: self.source.clone(), span }
    }
}

fn parse_import(source: &Arc<Source>, span: Span) -> Option<Import> {
    match syntax::parse_directive(source, span).ok()?.kind {
        ast::DirectiveKind::Import(import) => Some(Import::new(&import)),
        _ => None,
    }
}

/// The name that a directive declares.
pub(in crate::plan) fn declared_name(kind: &ast::DirectiveKind) -> Option<&ast::Ident> {
    match kind {
        ast::DirectiveKind::Namespace { prefix, .. } => Some(prefix),
        ast::DirectiveKind::Var { name, .. }
        | ast::DirectiveKind::Fun { name, .. }
        | ast::DirectiveKind::Type { name, .. }
        | ast::DirectiveKind::Annotation { name, .. } => Some(name),
        ast::DirectiveKind::Output(_) | ast::DirectiveKind::Input(_) | ast::DirectiveKind::Import(_) => None,
    }
}
