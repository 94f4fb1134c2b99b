//! What stands for connectors that are not there: processors that fail with a clear error unless they are mocked, and
//! sources that never bring anything.

use crate::diag::Fault;
use crate::flow::app::{Entry, Running, Source};
use crate::flow::config::{Element, Name};
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::spec::Registry;
use futures_util::future::BoxFuture;

/// The connectors that need not be there.
#[derive(Clone, Debug, Default)]
pub enum Stubs {
    /// An app that uses an unknown connector is wrong.
    #[default]
    None,
    /// These, by the short names of their namespaces.
    Named(Vec<String>),
    /// Any: an app under test mocks what it needs.
    All,
}

impl Stubs {
    /// Whether an element may be of a connector that is not there, and is.
    pub(super) fn stand_for(&self, name: &Name, registry: &Registry) -> bool {
        let stubbed = match self {
            Stubs::None => false,
            Stubs::Named(modules) => modules.contains(&name.module),
            Stubs::All => true,
        };
        stubbed && registry.module(&name.module).is_none()
    }

    /// Whether error types of a namespace may be those of a connector that is not there.
    pub(super) fn may_have(&self, namespace: &str) -> bool {
        match self {
            Stubs::None => false,
            Stubs::Named(modules) => modules.iter().any(|module| module.eq_ignore_ascii_case(namespace)),
            Stubs::All => true,
        }
    }
}

/// A processor of a connector that is not there.
pub(super) struct Stub {
    name: String,
}

impl Stub {
    pub(super) fn of(element: &Element) -> Self {
        Self { name: element.name.to_string() }
    }
}

impl Processor for Stub {
    fn process<'a>(&'a self, _event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let name = &self.name;
            let text = format!("`{name}` belongs to a connector that dwrun does not have: mock it where it is called");
            Err(Error::mule("UNKNOWN", text))
        })
    }
}

/// A source of a connector that is not there.
pub(super) struct StubSource {
    name: String,
}

impl StubSource {
    /// Whether the first element of a flow is a source, as far as its name tells: `jms:listener`, `salesforce:new-object`.
    pub(super) fn is_one(element: &Element) -> bool {
        let name = &element.name.local;
        SOURCE_NAMES.iter().any(|part| name.contains(part)) || name.starts_with("on-") || name.starts_with("new-")
    }

    pub(super) fn of(element: &Element) -> Self {
        Self { name: element.name.to_string() }
    }
}

/// Parts of the names that connectors give their sources.
const SOURCE_NAMES: [&str; 6] = ["listener", "subscriber", "trigger", "poll", "watch", "source"];

impl Source for StubSource {
    fn start<'a>(&'a self, _entry: Entry) -> BoxFuture<'a, Result<Box<dyn Running>, Fault>> {
        Box::pin(async move { Ok(Box::new(Silent) as Box<dyn Running>) })
    }

    fn describe(&self) -> String {
        format!("{}, a stub", self.name)
    }
}

/// A source that brings nothing.
struct Silent;

impl Running for Silent {
    fn stop(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {})
    }
}
