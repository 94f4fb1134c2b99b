//! An element whose spec is known, and what construction reads of it. Mistakes are noted, and construction goes on, so
//! that all of them are reported at once.

use super::{Builder, component};
use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::config::{Element, Text};
use crate::flow::exec::{Chain, Component, Location};
use crate::flow::expression::{Expression, Template};
use crate::flow::spec::{Body, Spec};
use crate::flow::store::Store;
use crate::text::{Source, Span};
use std::any::Any;
use std::sync::Arc;

/// An element with its spec and its place in the app.
pub struct Node<'a> {
    /// The element; its properties are resolved.
    pub element: &'a Element,
    /// What it is.
    pub spec: &'static Spec,
    /// What builds the app.
    pub builder: &'a Builder<'a>,
    /// `flow/processors/0`, as Mule counts.
    pub path: String,
}

impl<'a> Node<'a> {
    /// An attribute as written, or its default.
    fn attribute(&self, name: &str) -> Option<Text> {
        match self.element.attribute(name) {
            Some(text) => Some(text.clone()),
            None => {
                let default = self.spec.attribute(name)?.default?;
                Some(Text { text: default.to_string(), span: self.element.span })
            }
        }
    }

    /// Whether an attribute is written.
    pub fn has(&self, name: &str) -> bool {
        self.element.attribute(name).is_some()
    }

    /// A text attribute, or its default.
    pub fn text(&self, name: &str) -> Option<String> {
        self.attribute(name).map(|text| text.text.trim().to_string())
    }

    /// A text attribute that may not be missing; the check has reported it where it is.
    pub fn required(&self, name: &str) -> String {
        self.text(name).unwrap_or_default()
    }

    /// The `name` attribute.
    pub fn name(&self) -> String {
        self.required("name")
    }

    /// A number attribute, or its default.
    pub fn integer(&self, name: &str) -> Option<i64> {
        let text = self.attribute(name)?;
        let number = text.text.trim().parse();
        if number.is_err() && !is_open(&text) {
            self.refuse_value(name, &text, "a whole number");
        }
        number.ok()
    }

    /// Notes a `#[…]` attribute that is text, but no whole number.
    pub fn whole_number(&self, name: &str) {
        if self.attribute(name).is_some_and(|text| !text.text.contains("#[")) {
            let _ = self.integer(name);
        }
    }

    /// A number attribute that counts something; 0 and less mean that there is no limit.
    pub fn limit(&self, name: &str) -> Option<usize> {
        self.integer(name).and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0)
    }

    /// A yes-or-no attribute, or its default.
    pub fn boolean(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|text| text.text.trim() == "true")
    }

    /// A text or `#[…]` attribute, or its default.
    pub fn value(&self, name: &str) -> Option<Expression> {
        let text = self.attribute(name)?;
        Some(self.compiled(self.builder.compiler().value(&text, &self.element.source)))
    }

    /// A text or `#[…]` attribute that may not be missing; the check has reported it where it is.
    pub fn expression(&self, name: &str) -> Expression {
        self.value(name).unwrap_or_else(|| Expression::literal(""))
    }

    /// A script attribute, with or without `#[…]`, or its default.
    pub fn script(&self, name: &str) -> Option<Expression> {
        let text = self.attribute(name)?;
        Some(self.compiled(self.builder.compiler().script(&text, &self.element.source)))
    }

    /// A text attribute with `#[…]` anywhere in it.
    pub fn template(&self, name: &str) -> Option<Template> {
        let text = self.attribute(name)?;
        self.compiled_template(&text, &self.element.source)
    }

    /// The text inside of the element, with `#[…]` anywhere in it.
    pub fn content_template(&self) -> Option<Template> {
        let text = self.element.text.clone().unwrap_or(Text { text: String::new(), span: self.element.span });
        self.compiled_template(&text, &self.element.source)
    }

    /// A whole file with `#[…]` anywhere in it.
    pub fn template_of(&self, file: &Arc<Source>) -> Option<Template> {
        let text = Text { text: file.text().to_string(), span: Span::new(0, file.text().len()) };
        self.compiled_template(&text, file)
    }

    fn compiled_template(&self, text: &Text, source: &Arc<Source>) -> Option<Template> {
        let compiled = self.builder.compiler().template(text, source);
        compiled.map_err(|faults| self.builder.note_all(faults, || self.element.start())).ok()
    }

    /// The text inside of the element, as its body says; `None` where there is none.
    pub fn content(&self) -> Option<Expression> {
        let text = self.element.text.as_ref()?;
        let (compiler, source) = (self.builder.compiler(), &self.element.source);
        Some(self.compiled(match self.spec.body {
            Body::Script => compiler.script(text, source),
            _ => compiler.value(text, source),
        }))
    }

    /// The content of a part, `#[payload]` where there is no such part or nothing in it.
    pub fn content_of(&self, part: &str) -> Expression {
        let written = self.part(part).and_then(|part| part.content());
        written.unwrap_or_else(|| self.compiled(self.builder.compiler().payload()))
    }

    /// The expression, or one that stands for it after its mistakes have been noted.
    pub fn compiled(&self, compiled: Result<Expression, Vec<Fault>>) -> Expression {
        compiled.unwrap_or_else(|faults| {
            self.builder.note_all(faults, || self.element.start());
            Expression::literal("")
        })
    }

    /// The global element that an attribute names.
    pub fn global<T: Global>(&self, attribute: &str) -> Option<Arc<T>> {
        let name = self.element.attribute(attribute)?;
        let found = self.builder.global(name.text.trim());
        let found = found.and_then(|global| (global as Arc<dyn Any + Send + Sync>).downcast::<T>().ok());
        if found.is_none() {
            let fault =
                Fault::new(Code::Configuration, format!("`{attribute}` names `{}`, which is not there", name.text));
            let near = self.builder.nearest_global(&name.text);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "declare it at the top level of a configuration file".to_string(),
            };
            self.builder.note(fault.help(help).at(|| self.element.place(name.span)));
        }
        found
    }

    /// The store that an attribute names, or that stands in the element.
    pub fn store(&self, attribute: &str) -> Option<Arc<dyn Store>> {
        let is_part = |child: &&Element| self.spec.part(&child.name.to_string()).is_some();
        if let Some(inside) = self.element.children.iter().find(|child| !is_part(child)) {
            let spec = self.builder.spec(inside)?;
            let global = self.builder.made_inside(inside, spec, &self.path)?;
            return global.store();
        }
        let name = self.element.attribute(attribute)?;
        let found = self.builder.global(name.text.trim()).and_then(|global| global.store());
        if found.is_none() {
            let message = format!("`{attribute}` names `{}`, which is no object store", name.text);
            self.note_at(name.span, Fault::new(Code::Configuration, message));
        }
        found
    }

    /// The processors in the element.
    pub fn chain(&self) -> Chain {
        self.chain_at("processors")
    }

    /// The processors in the element, under this name in their paths.
    fn chain_at(&self, name: &str) -> Chain {
        let is_part = |child: &Element| self.spec.part(&child.name.to_string()).is_some();
        let is_source = |child: &Element| self.spec.body == Body::Flow && self.builder.is_source(child);
        let steps = self
            .element
            .children
            .iter()
            .filter(|child| !is_part(child) && !is_source(child))
            .enumerate()
            .filter_map(|(index, child)| self.builder.step(child, format!("{}/{name}/{index}", self.path)));
        Chain::new(steps.collect())
    }

    /// The part of this name.
    pub fn part(&self, name: &str) -> Option<Node<'a>> {
        self.parts(name).into_iter().next()
    }

    /// The parts of this name; they were checked with the element.
    pub fn parts(&self, name: &str) -> Vec<Node<'a>> {
        let Some(spec) = self.spec.part(name) else { return Vec::new() };
        let children = self.element.children.iter().filter(|child| child.name.to_string() == name);
        let local = name.rsplit(':').next().unwrap_or(name);
        let node = |(index, element): (usize, &'a Element)| {
            let path = format!("{}/{local}/{index}", self.path);
            Node { element, spec, builder: self.builder, path }
        };
        children.enumerate().map(node).collect()
    }

    /// What can be known of it without running it.
    pub fn component(&self) -> Component {
        component(self.element, Some(self.spec))
    }

    /// Where it is.
    pub fn location(&self) -> Arc<Location> {
        Arc::new(Location::of(self.element, self.path.clone()))
    }

    /// Notes a mistake in an attribute, or in the element where it has no such attribute.
    pub fn refuse(&self, attribute: &str, fault: Fault) {
        let span = self.element.attribute(attribute).map_or(self.element.span, |text| text.span);
        self.builder.note(fault.at(|| self.element.place(span)));
    }

    fn refuse_value(&self, name: &str, text: &Text, wanted: &str) {
        let message = format!("`{name}` has to be {wanted}, not `{}`", text.text);
        self.note_at(text.span, Fault::new(Code::Configuration, message));
    }

    fn note_at(&self, span: Span, fault: Fault) {
        self.builder.note(fault.at(|| self.element.place(span)));
    }
}

/// Whether a text still has a property in it that is not there, which has been reported.
pub(super) fn is_open(text: &Text) -> bool {
    text.text.contains("${")
}
