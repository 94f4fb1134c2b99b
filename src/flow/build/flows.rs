//! The top level of an app: globals first, then error handlers, then flows.

use super::folders::Folders;
use super::stub::StubSource;
use super::{Builder, Node, Stubs, types};
use crate::diag::{Code, Fault, Report};
use crate::flow::app::{Global, Source};
use crate::flow::config::{Element, Name};
use crate::flow::event::ErrorTypes;
use crate::flow::exec::{ErrorHandler, Flow, Place, Redelivery};
use crate::flow::expression::{Compiler, Expression};
use crate::flow::scope::{error_handler, redelivery};
use crate::flow::spec::{Make, Registry, Spec};
use indexmap::IndexMap;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::sync::Semaphore;

/// Flows and sub-flows by name.
type Flows = IndexMap<String, Arc<Flow>>;
/// What starts flows, by the flow's name.
type Sources = IndexMap<String, Box<dyn Source>>;

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
    /// What gives new events their correlation ids; chance where there is none.
    pub correlation: Option<Expression>,
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
    folders: Folders,
    stubs: Stubs,
) -> Result<Built, Report> {
    let mut faults = Vec::new();
    let types = types::declared(elements, registry, &stubs, &mut faults);
    let is_flow = |name: &Name| registry.find(name).is_some_and(|spec| matches!(spec.make, Make::Flow));
    let flows = elements.iter().filter(|element| is_flow(&element.name));
    let flows = flows.filter_map(|element| Some(element.attribute("name")?.text.clone())).collect();
    let builder = Builder {
        registry,
        elements,
        compiler,
        types,
        globals: RefCell::default(),
        handlers: RefCell::default(),
        flows,
        faults: RefCell::new(faults),
        folders,
        stubs,
        places: RefCell::default(),
        making: RefCell::default(),
        flow_limit: Cell::default(),
    };
    duplicates(&builder);
    builder.all_globals();
    let default_handler = builder.default_handler();
    let correlation = builder.correlation();
    let (flows, sources) = builder.all_flows(default_handler.as_ref());
    let faults = builder.faults.into_inner();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let (globals, places) = (builder.globals.into_inner(), builder.places.into_inner());
    let (types, compiler) = (builder.types, builder.compiler);
    Ok(Built { flows, sources, globals, types, default_handler, places, correlation, compiler })
}

/// Notes names that two global elements have.
fn duplicates(builder: &Builder<'_>) {
    let mut seen: HashMap<&str, &Element> = HashMap::new();
    for element in builder.elements.iter().filter(|e| !e.name.is("", "global-property")) {
        let Some(name) = element.attribute("name") else { continue };
        if let Some(first) = seen.insert(&name.text, element) {
            let fault = Fault::new(Code::Configuration, format!("two elements have the name `{}`", name.text));
            let help = format!("the other one is at {}", first.start());
            builder.note(fault.help(help).at(|| element.place(name.span)));
        }
    }
}

impl<'a> Builder<'a> {
    /// Makes the global elements other than flows; unknown ones are noted.
    fn all_globals(&self) {
        for element in self.elements.iter().filter(|element| !self.is_stubbed(element)) {
            let Some(spec) = self.spec(element) else { continue };
            match spec.make {
                Make::Global(_) => drop(self.made_global(element, spec)),
                Make::Handler => drop(self.made_handler(element, spec)),
                Make::Loaded => drop(self.node(element, spec, name_of(element))),
                Make::Flow => {}
                _ => {
                    let message = format!("`{}` cannot stand at the top level", element.name);
                    self.note(
                        Fault::new(Code::Configuration, message).help("put it into a flow").at(|| element.start()),
                    );
                }
            }
        }
    }

    /// A global element. Those that another one needs are made before it, wherever they stand.
    pub fn global(&self, name: &str) -> Option<Arc<dyn Global>> {
        let (element, spec) = self.top_level(name, |make| matches!(make, Make::Global(_)))?;
        self.made_global(element, spec)
    }

    /// A global error handler, wherever it stands.
    pub fn handler(&self, name: &str) -> Option<Arc<ErrorHandler>> {
        let (element, spec) = self.top_level(name, |make| matches!(make, Make::Handler))?;
        self.made_handler(element, spec)
    }

    fn top_level(&self, name: &str, wanted: impl Fn(&Make) -> bool) -> Option<(&'a Element, &'static Spec)> {
        let named = self.elements.iter().filter(|element| element.attribute("name").is_some_and(|n| n.text == name));
        let mut found = named.filter_map(|element| Some((element, self.registry.find(&element.name)?)));
        found.find(|(_, spec)| wanted(&spec.make))
    }

    fn made_global(&self, element: &Element, spec: &'static Spec) -> Option<Arc<dyn Global>> {
        let (name, Make::Global(make)) = (name_of(element), spec.make) else { return None };
        if let Some(known) = self.globals.borrow().get(&name) {
            return Some(known.clone());
        }
        let made = self.once(&name, || make(&self.node(element, spec, name.clone())))?;
        self.globals.borrow_mut().insert(name, made.clone());
        Some(made)
    }

    /// A global element that stands inside of a component.
    pub(super) fn made_inside(&self, element: &Element, spec: &'static Spec, path: &str) -> Option<Arc<dyn Global>> {
        let Make::Global(make) = spec.make else { return None };
        let name = format!("{path}/{}", element.name);
        let made = make(&self.node(element, spec, name.clone()));
        self.globals.borrow_mut().insert(name, made.clone());
        Some(made)
    }

    /// Adds a global that stands inside of a flow, such as a batch job; whether its name was free.
    pub fn add_global(&self, name: String, global: Arc<dyn Global>) -> bool {
        self.globals.borrow_mut().insert(name, global).is_none()
    }

    /// Takes in a global element that a component brings, to be started and stopped with the app; `false` where there is
    /// one of this name already.
    pub fn adopt(&self, name: String, global: Arc<dyn Global>) -> bool {
        self.globals.borrow_mut().insert(name, global).is_none()
    }

    fn made_handler(&self, element: &Element, spec: &'static Spec) -> Option<Arc<ErrorHandler>> {
        let name = name_of(element);
        if let Some(known) = self.handlers.borrow().get(&name) {
            return Some(known.clone());
        }
        let made = self.once(&name, || Arc::new(error_handler::global(&self.node(element, spec, name.clone()))))?;
        self.handlers.borrow_mut().insert(name, made.clone());
        Some(made)
    }

    /// Makes something, unless that is going on already: a global element that needs itself.
    fn once<T>(&self, name: &str, make: impl FnOnce() -> T) -> Option<T> {
        if self.making.borrow().iter().any(|known| known == name) {
            return None;
        }
        self.making.borrow_mut().push(name.to_string());
        let made = make();
        self.making.borrow_mut().pop();
        Some(made)
    }

    /// The `configuration` element.
    fn configuration(&self) -> Option<&'a Element> {
        self.elements.iter().find(|element| element.name.is("", "configuration"))
    }

    /// `configuration defaultErrorHandler-ref`.
    fn default_handler(&self) -> Option<Arc<ErrorHandler>> {
        let configuration = self.configuration()?;
        let name = configuration.attribute("defaultErrorHandler-ref")?;
        let found = self.handler(name.text.trim());
        if found.is_none() {
            let fault = Fault::new(Code::Configuration, format!("there is no error handler `{}`", name.text));
            self.note(fault.at(|| configuration.place(name.span)));
        }
        found
    }

    /// `configuration correlationIdGeneratorExpression`. There is no event yet that it could ask for anything.
    fn correlation(&self) -> Option<Expression> {
        let configuration = self.configuration()?;
        let text = configuration.attribute("correlationIdGeneratorExpression")?;
        let compiled = self.compiler.without_event(text, &configuration.source);
        compiled.map_err(|faults| self.note_all(faults, || configuration.place(text.span))).ok()
    }

    fn all_flows(&self, default_handler: Option<&Arc<ErrorHandler>>) -> (Flows, Sources) {
        let (mut flows, mut sources) = (IndexMap::new(), IndexMap::new());
        for element in self.elements {
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
        if self.is_source(first) && self.is_stubbed(first) {
            return Some(Box::new(StubSource::of(first)));
        }
        let spec = self.registry.find(&first.name)?;
        match spec.make {
            Make::Source(make) => Some(make(&self.node(first, spec, format!("{}/source", flow.path)))),
            _ => None,
        }
    }
}

impl Builder<'_> {
    /// The redelivery policy of the source that a flow begins with.
    fn redelivery(&self, flow: &Node<'_>) -> Option<Redelivery> {
        let first = flow.element.children.first()?;
        let spec = self.registry.find(&first.name).filter(|spec| matches!(spec.make, Make::Source(_)))?;
        let source = Node { element: first, spec, builder: self, path: format!("{}/source", flow.path) };
        source.part(redelivery::SPEC.name).map(|policy| redelivery::make(&policy))
    }
}

fn name_of(element: &Element) -> String {
    element.attribute("name").map_or_else(|| element.name.to_string(), |name| name.text.clone())
}

fn flow(node: &Node<'_>, default_handler: Option<&Arc<ErrorHandler>>) -> Flow {
    let is_sub_flow = node.element.name.is("", "sub-flow");
    let max_concurrency = node.limit("maxConcurrency");
    node.builder.flow_limit.set(max_concurrency);
    let own = node.part("error-handler").map(|handler| Arc::new(error_handler::make(&handler)));
    Flow {
        name: Arc::from(node.name()),
        chain: node.chain(),
        handler: if is_sub_flow { None } else { own.or_else(|| default_handler.cloned()) },
        is_sub_flow,
        redelivery: node.builder.redelivery(node),
        limit: max_concurrency.map(|limit| Arc::new(Semaphore::new(limit))),
        started: AtomicBool::new(node.text("initialState").as_deref() != Some("stopped")),
    }
}
