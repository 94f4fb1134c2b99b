//! What stands for connectors: for those that an app is started without, processors that answer from files and sources
//! that never bring anything; for those that are not there and whose calls tests replace, processors that fail.

use super::missing::missing;
use super::{Builder, Node};
use crate::diag::{Code, Fault};
use crate::flow::app::{Entry, Running, Source};
use crate::flow::config::{Element, Name};
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Make, Registry, Spec};
use crate::text::Source as File;
use futures_util::future::BoxFuture;

/// The connectors that an app does without.
#[derive(Clone, Debug, Default)]
pub struct Stubs {
    /// These, by the short names of their namespaces, whether they are there or not.
    pub named: Vec<String>,
    /// Whether those that are not there need not be: an app under test mocks what it needs. Otherwise an app that uses
    /// an unknown connector is wrong.
    pub unknown: bool,
}

impl Stubs {
    /// Whether an element is of a connector that the app does without.
    pub(super) fn stand_for(&self, name: &Name, registry: &Registry) -> bool {
        let is_missing = || registry.module(&name.module).is_none() || missing(name).is_some();
        self.is_named(name) || (self.unknown && is_missing())
    }

    /// Whether an element is of a connector that the app is started without.
    fn is_named(&self, name: &Name) -> bool {
        self.named.contains(&name.module)
    }

    /// Whether error types of a namespace may be those of a connector that the app does without.
    pub(super) fn may_have(&self, namespace: &str) -> bool {
        self.unknown || self.named.iter().any(|module| module.eq_ignore_ascii_case(namespace))
    }
}

/// What is read of an element that a stub stands for: `target` and `error-mapping`, where it has them.
static OPERATION: Spec = Spec { name: "stub", make: Make::Operation(|node| stub(node)), ..Spec::NEW };

impl Builder<'_> {
    /// The processor that stands for an element.
    pub(super) fn stub(&self, element: &Element, path: &str) -> Box<dyn Processor> {
        if !self.stubs.is_named(&element.name) && !logs(&element.name) {
            return Box::new(Missing { name: element.name.to_string() });
        }
        let node = Node { element, spec: &OPERATION, builder: self, path: path.to_string() };
        super::operation::wrapped(&node, stub(&node))
    }
}

/// Whether an operation writes into a log, as far as its name tells, `audit:log`: the message stays as it is.
fn logs(name: &Name) -> bool {
    name.local.split('-').any(|word| matches!(word, "log" | "logger" | "logging"))
}

/// The answer of a file `stubs/db.select.dwl` beside the app or among its resources, or nothing.
fn stub(node: &Node<'_>) -> Box<dyn Processor> {
    let name = &node.element.name;
    let file = format!("stubs/{}.{}.dwl", name.module, name.local);
    let folders = node.builder.folders();
    let beside = Some(folders.root.join(&file)).filter(|path| path.is_file());
    let path = beside.or_else(|| folders.resource(&file));
    let answer = path.map(|path| match std::fs::read_to_string(&path) {
        Ok(text) => {
            let source = File::new(path.display().to_string(), text);
            node.compiled(node.builder.compiler().source(&source, &[]))
        }
        Err(e) => {
            node.refuse("", Fault::new(Code::Io, format!("cannot read `{}`: {e}", path.display())));
            Expression::literal("")
        }
    });
    let known = node.builder.registry.find(name);
    let gives_nothing = logs(name) || known.is_some_and(|spec| matches!(spec.make, Make::Void(_)));
    Box::new(Stub { name: name.to_string(), file, answer, gives_nothing })
}

/// A processor of a connector that the app is started without.
struct Stub {
    name: String,
    file: String,
    answer: Option<Expression>,
    /// Whether the message stays as it is where no file says something else.
    gives_nothing: bool,
}

impl Processor for Stub {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (name, file) = (&self.name, &self.file);
            let payload = match &self.answer {
                Some(answer) => {
                    tracing::info!("'{name}' is a stub: the answer is that of {file}");
                    answer.typed(event)?
                }
                None => {
                    tracing::info!("'{name}' is a stub: it does nothing, as there is no {file}");
                    if self.gives_nothing {
                        return Ok(());
                    }
                    Typed::null()
                }
            };
            event.message = Message::of(payload);
            Ok(())
        })
    }
}

/// A processor of a connector that is not there, in an app under test.
struct Missing {
    name: String,
}

impl Processor for Missing {
    fn process<'a>(&'a self, _event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let name = &self.name;
            let text = format!("`{name}` belongs to a connector that dwrun does not have: mock it where it is called");
            Err(Error::mule("UNKNOWN", text))
        })
    }
}

/// A source of a connector that the app does without.
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
