//! The top level of an app: globals first, then error handlers, then flows.

use super::stub::StubSource;
use super::{Builder, Node, Stubs, types};
use crate::diag::{Code, Fault, Report};
use crate::flow::app::{Global, Source};
use crate::flow::config::{Element, Name};
use crate::flow::event::ErrorTypes;
use crate::flow::exec::{ErrorHandler, Flow, Place};
use crate::flow::expression::Compiler;
use crate::flow::scope::error_handler;
use crate::flow::spec::{Make, Registry};
use indexmap::IndexMap;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::sync::Semaphore;

/// What a configuration comes to.
pub struct Built {
    /// Flows and sub-flows by name.
    pub flows: IndexMap<String, Arc<Flow>>,
    /// What starts flows, by the flow's name.
    pub sources: IndexMap<String, Box<dyn Source>>,
    /// The other global elements by name, in the order they were made.
    pub globals: IndexMap<String, Arc<dyn Global>>,
    /// The error types.
    pub types: ErrorTypes,
    /// What handles the errors of flows that have no handler.
    pub default_handler: Option<Arc<ErrorHandler>>,
    /// Every processor of the app, also those inside of others.
    pub places: Vec<Place>,
    /// What compiles further expressions.
    pub compiler: Compiler,
}

/// Builds an app from the top-level elements of its configuration.
///
/// # Errors
/// Every mistake in it.
pub fn build(
    elements: &[Element],
    registry: &Registry,
    compiler: Compiler,
    resources: Vec<PathBuf>,
    stubs: Stubs,
) -> Result<Built, Report> {
    let mut faults = Vec::new();
    let types = types::declared(elements, registry, &stubs, &mut faults);
    let is_flow = |name: &Name| registry.find(name).is_some_and(|spec| matches!(spec.make, Make::Flow));
    let flows = elements.iter().filter(|element| is_flow(&element.name));
    let flows = flows.filter_map(|element| Some(element.attribute("name")?.text.clone())).collect();
    let builder = Builder {
        registry,
        compiler,
        types,
        globals: RefCell::default(),
        handlers: RefCell::default(),
        flows,
        faults: RefCell::new(faults),
        resources,
        stubs,
        places: RefCell::default(),
    };
    duplicates(&builder, elements);
    builder.globals(elements);
    let default_handler = builder.default_handler(elements);
    let (flows, sources) = builder.all_flows(elements, default_handler.as_ref());
    let faults = builder.faults.into_inner();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let (globals, places) = (builder.globals.into_inner(), builder.places.into_inner());
    let (types, compiler) = (builder.types, builder.compiler);
    Ok(Built { flows, sources, globals, types, default_handler, places, compiler })
}

/// Notes names that two global elements have.
fn duplicates(builder: &Builder<'_>, elements: &[Element]) {
    let mut seen: HashMap<&str, &Element> = HashMap::new();
    for element in elements.iter().filter(|e| !e.name.is("", "global-property")) {
        let Some(name) = element.attribute("name") else { continue };
        if let Some(first) = seen.insert(&name.text, element) {
            let fault = Fault::new(Code::Configuration, format!("two elements have the name `{}`", name.text));
            let help = format!("the other one is at {}", first.start());
            builder.note(fault.help(help).at(|| element.place(name.span)));
        }
    }
}

impl Builder<'_> {
    /// Makes the global elements other than flows; unknown ones are noted.
    fn globals(&self, elements: &[Element]) {
        for element in elements.iter().filter(|element| !self.is_stubbed(element)) {
            let Some(spec) = self.spec(element) else { continue };
            match spec.make {
                Make::Global(make) => {
                    let node = self.node(element, spec, name_of(element));
                    let global = make(&node);
                    self.globals.borrow_mut().insert(name_of(element), global);
                }
                Make::Handler => {
                    let node = self.node(element, spec, name_of(element));
                    let handler = Arc::new(error_handler::global(&node));
                    self.handlers.borrow_mut().insert(name_of(element), handler);
                }
                Make::Flow | Make::Loaded => {}
                _ => {
                    let message = format!("`{}` cannot stand at the top level", element.name);
                    self.note(
                        Fault::new(Code::Configuration, message).help("put it into a flow").at(|| element.start()),
                    );
                }
            }
        }
    }

    /// `configuration defaultErrorHandler-ref`.
    fn default_handler(&self, elements: &[Element]) -> Option<Arc<ErrorHandler>> {
        let configuration = elements.iter().find(|element| element.name.is("", "configuration"))?;
        let name = configuration.attribute("defaultErrorHandler-ref")?;
        let found = self.handler(name.text.trim());
        if found.is_none() {
            let fault = Fault::new(Code::Configuration, format!("there is no error handler `{}`", name.text));
            self.note(fault.at(|| configuration.place(name.span)));
        }
        found
    }

    /// A global error handler.
    pub fn handler(&self, name: &str) -> Option<Arc<ErrorHandler>> {
        self.handlers.borrow().get(name).cloned()
    }

    fn all_flows(
        &self,
        elements: &[Element],
        default_handler: Option<&Arc<ErrorHandler>>,
    ) -> (IndexMap<String, Arc<Flow>>, IndexMap<String, Box<dyn Source>>) {
        let (mut flows, mut sources) = (IndexMap::new(), IndexMap::new());
        for element in elements {
            let Some(spec) = self.registry.find(&element.name).filter(|s| matches!(s.make, Make::Flow)) else {
                continue;
            };
            let node = self.node(element, spec, name_of(element));
            if let Some(source) = self.source(&node) {
                sources.insert(name_of(element), source);
            }
            let flow = flow(&node, default_handler);
            flows.insert(name_of(element), Arc::new(flow));
        }
        (flows, sources)
    }

    /// Whether an element starts flows.
    pub(super) fn is_source(&self, element: &Element) -> bool {
        let is_made_so = self.registry.find(&element.name).is_some_and(|spec| matches!(spec.make, Make::Source(_)));
        is_made_so || (StubSource::is_one(element) && self.is_stubbed(element))
    }

    /// The source that a flow begins with.
    fn source(&self, flow: &Node<'_>) -> Option<Box<dyn Source>> {
        let first = flow.element.children.first()?;
        if StubSource::is_one(first) && self.is_stubbed(first) {
            return Some(Box::new(StubSource::of(first)));
        }
        let spec = self.registry.find(&first.name)?;
        match spec.make {
            Make::Source(make) => Some(make(&self.node(first, spec, format!("{}/source", flow.path)))),
            _ => None,
        }
    }
}

fn name_of(element: &Element) -> String {
    element.attribute("name").map_or_else(|| element.name.to_string(), |name| name.text.clone())
}

fn flow(node: &Node<'_>, default_handler: Option<&Arc<ErrorHandler>>) -> Flow {
    let is_sub_flow = node.element.name.is("", "sub-flow");
    let own = node.part("error-handler").map(|handler| Arc::new(error_handler::make(&handler)));
    let max_concurrency = node.limit("maxConcurrency");
    Flow {
        name: Arc::from(node.name()),
        chain: node.chain(),
        handler: if is_sub_flow { None } else { own.or_else(|| default_handler.cloned()) },
        is_sub_flow,
        limit: max_concurrency.map(|limit| Arc::new(Semaphore::new(limit))),
        max_concurrency,
        started: AtomicBool::new(node.text("initialState").as_deref() != Some("stopped")),
    }
}
