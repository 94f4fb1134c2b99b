//! From element trees to apps: every element is checked against its spec and made by it.

mod check;
mod flows;
mod folders;
mod missing;
mod node;
mod operation;
mod stub;
mod types;

pub use folders::{Folders, find};
pub use node::Node;
pub use operation::ERROR_MAPPING;
pub use stub::Stubs;

use crate::diag::{Code, Fault, nearest};
use crate::flow::app::Global;
use crate::flow::config::Element;
use crate::flow::event::ErrorTypes;
use crate::flow::exec::{Component, ErrorHandler, Location, Place as StepPlace, Processor, Step};
use crate::flow::expression::Compiler;
use crate::flow::spec::{Make, Registry, Spec};
use crate::text::Place;
use indexmap::IndexMap;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

pub use flows::{Built, build};

/// Builds one app.
pub struct Builder<'a> {
    registry: &'a Registry,
    /// The top-level elements of the configuration.
    elements: &'a [Element],
    compiler: Compiler,
    types: ErrorTypes,
    globals: RefCell<IndexMap<String, Arc<dyn Global>>>,
    handlers: RefCell<IndexMap<String, Arc<ErrorHandler>>>,
    /// The names of flows and sub-flows.
    flows: Vec<String>,
    faults: RefCell<Vec<Fault>>,
    folders: Folders,
    stubs: Stubs,
    /// Every processor made so far.
    places: RefCell<Vec<StepPlace>>,
    /// Global elements that are being made, outermost first: one that needs itself is not there.
    making: RefCell<Vec<String>>,
    /// `maxConcurrency` of the flow that is being made.
    flow_limit: Cell<Option<usize>>,
}

impl<'a> Builder<'a> {
    /// What compiles expressions.
    pub fn compiler(&self) -> &Compiler {
        &self.compiler
    }

    /// The error types of the app.
    pub fn types(&self) -> &ErrorTypes {
        &self.types
    }

    /// Where the files of the app are.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Whether the app is under test: what only matters once sources run or services are called is no mistake then.
    pub fn is_under_test(&self) -> bool {
        self.stubs.unknown
    }

    /// `maxConcurrency` of the flow that is being made.
    pub fn flow_limit(&self) -> Option<usize> {
        self.flow_limit.get()
    }

    /// The names of the flows and sub-flows of the app.
    pub fn flows(&self) -> &[String] {
        &self.flows
    }

    /// Notes a mistake; the report tells each once.
    pub fn note(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    /// Notes mistakes; those without a place get this one.
    pub fn note_all(&self, faults: Vec<Fault>, place: impl Fn() -> Place) {
        self.faults.borrow_mut().extend(faults.into_iter().map(|fault| fault.at(&place)));
    }

    fn nearest_global(&self, name: &str) -> Option<&'a str> {
        let is_global = |element: &&Element| {
            self.registry.find(&element.name).is_some_and(|spec| matches!(spec.make, Make::Global(_)))
        };
        let names = self.elements.iter().filter(is_global).filter_map(|element| element.attribute("name"));
        nearest(name, names.map(|name| name.text.as_str()))
    }

    /// The processor of an element, or `None` after the reason why there is none was noted.
    pub fn step(&self, element: &Element, path: String) -> Option<Step> {
        if self.is_stubbed(element) {
            let stub = self.stub(element, &path);
            return Some(self.placed(element, path, stub));
        }
        let spec = self.spec(element)?;
        let node = self.node(element, spec, path);
        let processor = match spec.make {
            Make::Processor(make) => make(&node),
            Make::Operation(make) | Make::Void(make) => operation::wrapped(&node, make(&node)),
            _ => {
                let message = format!("`{}` cannot stand among processors", element.name);
                self.note(Fault::new(Code::Configuration, message).at(|| element.start()));
                return None;
            }
        };
        let path = node.path;
        Some(self.placed(element, path, processor))
    }

    /// A processor at its place, which is noted.
    fn placed(&self, element: &Element, path: String, processor: Box<dyn Processor>) -> Step {
        let location = Arc::new(Location::of(element, path));
        let component = Arc::new(component(element, self.registry.find(&element.name)));
        let source = element.source.clone();
        self.places.borrow_mut().push(StepPlace { location: location.clone(), source });
        Step { processor, component, location }
    }

    /// Whether an element belongs to a connector that the app does without.
    pub(super) fn is_stubbed(&self, element: &Element) -> bool {
        self.stubs.stand_for(&element.name, self.registry)
    }

    /// An element with its spec, checked.
    pub fn node<'n>(&'n self, element: &'n Element, spec: &'static Spec, path: String) -> Node<'n> {
        let node = Node { element, spec, builder: self, path };
        check::check(&node);
        node
    }

    /// What an element is; an unknown one is noted.
    fn spec(&self, element: &Element) -> Option<&'static Spec> {
        let spec = self.registry.find(&element.name);
        if spec.is_none() {
            self.note(check::unknown_element(self.registry, element));
        }
        spec
    }
}

/// What can be known of an element without running it.
fn component(element: &Element, spec: Option<&'static Spec>) -> Component {
    let written = element.attributes.iter().map(|a| (a.name.to_string(), a.value.text.clone()));
    let known = spec.map_or(&[][..], |spec| spec.attributes).iter();
    let left_out = known.filter(|known| element.attribute(known.name).is_none());
    let defaults = left_out.filter_map(|known| Some((known.name.to_string(), known.default?.to_string())));
    let attributes = written.chain(defaults);
    Component {
        name: element.name.clone(),
        label: element.label().map(str::to_string),
        attributes: attributes.collect(),
    }
}
