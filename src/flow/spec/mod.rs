//! What components are: their names, attributes, children, error types. Checking, construction and the reference pages
//! all read the same specs.

mod registry;
mod time_unit;

pub use registry::Registry;
pub use time_unit::{duration, time_unit};

use crate::diag::Fault;
use crate::flow::app::{Global, Source};
use crate::flow::build::{ERROR_MAPPING, Node};
use crate::flow::event::Event;
use crate::flow::exec::Processor;
use crate::flow::scope::redelivery::SPEC as REDELIVERY_POLICY;
use crate::value::Value;
use std::sync::Arc;

/// A module: Mule's core or a connector, with the error types and components it brings.
pub struct Module {
    /// The short name of its namespace; `""` for the core.
    pub name: &'static str,
    /// One sentence for the reference pages.
    pub doc: &'static str,
    /// Its error types, each with the type above it: `("CONNECTIVITY", "MULE:CONNECTIVITY")`.
    pub errors: &'static [(&'static str, &'static str)],
    /// What expressions may call, each declared in the library under this name: `Validation::isEmail`.
    pub functions: &'static [(&'static str, Function)],
    /// Its components; the parts of a component belong to it and are not listed.
    pub components: &'static [&'static Spec],
}

/// A function that expressions may call: it gets the event that the expression works on and its arguments.
pub type Function = fn(&Event, &[Value]) -> Result<Value, Fault>;

/// An element of the configuration.
pub struct Spec {
    /// As it is written: `set-payload`, `http:listener`.
    pub name: &'static str,
    /// What it does, in Markdown.
    pub doc: &'static str,
    /// Its attributes.
    pub attributes: &'static [Attribute],
    /// The elements that may stand in it beside the processors of its body.
    pub parts: &'static [Part],
    /// What else may stand in it.
    pub body: Body,
    /// The error types it raises, such as `HTTP:TIMEOUT`.
    pub errors: &'static [&'static str],
    /// A use of it, as XML.
    pub example: &'static str,
    /// How it is made.
    pub make: Make,
}

impl Spec {
    /// A spec with nothing in it, to be filled in: `Spec { name: "logger", ..Spec::NEW }`.
    pub const NEW: Spec = Spec {
        name: "",
        doc: "",
        attributes: &[],
        parts: &[],
        body: Body::Nothing,
        errors: &[],
        example: "",
        make: Make::Part,
    };

    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        self.all_attributes().find(|known| known.name == name)
    }

    /// The part of this name.
    pub fn part(&self, name: &str) -> Option<&'static Spec> {
        self.all_parts().map(|part| part.spec).find(|known| known.name == name)
    }

    /// All its attributes, those of every operation included.
    pub fn all_attributes(&self) -> impl Iterator<Item = &'static Attribute> {
        let shared: &'static [Attribute] = if matches!(self.make, Make::Operation(_)) { OPERATION } else { &[] };
        self.attributes.iter().chain(shared)
    }

    /// All its parts, those of every operation, source or configuration included.
    pub fn all_parts(&self) -> impl Iterator<Item = &'static Part> {
        let shared: &'static [Part] = match self.make {
            Make::Operation(_) | Make::Void(_) => OPERATION_PARTS,
            Make::Source(_) => SOURCE_PARTS,
            Make::Global(_) if self.name.ends_with("config") => CONFIG_PARTS,
            _ => &[],
        };
        self.parts.iter().chain(shared)
    }
}

/// An attribute.
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it means.
    pub doc: &'static str,
    /// What holds where it is left out.
    pub default: Option<&'static str>,
    /// Whether it may not be left out.
    pub required: bool,
}

impl Attribute {
    /// An attribute that may be left out.
    pub const fn new(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { name, kind, doc, default: None, required: false }
    }

    /// An attribute that may not be left out.
    pub const fn required(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { required: true, ..Self::new(name, kind, doc) }
    }

    /// An attribute with a default.
    pub const fn default(name: &'static str, kind: Kind, default: &'static str, doc: &'static str) -> Self {
        Self { default: Some(default), ..Self::new(name, kind, doc) }
    }
}

/// What an attribute takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text as it stands.
    Text,
    /// Text, or a script in `#[…]`.
    Value,
    /// A script, with or without `#[…]`.
    Script,
    /// Text with `#[…]` anywhere in it.
    Template,
    /// A whole number.
    Integer,
    /// A whole number from 1.
    Count,
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The name of a global element.
    Reference,
}

/// An element that may stand in another one.
pub struct Part {
    /// The element.
    pub spec: &'static Spec,
    /// How often.
    pub occurs: Occurs,
}

/// How often a part may stand in its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurs {
    /// At most once.
    Optional,
    /// Exactly once.
    Once,
    /// As often as one likes.
    Any,
    /// At least so often.
    AtLeast(usize),
}

/// What may stand in an element beside its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Nothing,
    /// Processors.
    Processors,
    /// A source, then processors.
    Flow,
    /// Text or a script in `#[…]`.
    Value,
    /// A script, with or without `#[…]`.
    Script,
    /// Text with `#[…]` anywhere in it.
    Template,
    /// An element that can stand at the top level as well, such as an object store.
    Global,
}

/// How an element becomes part of the app.
#[derive(Clone, Copy)]
pub enum Make {
    /// A processor that steers other processors, or changes the event in ways of its own.
    Processor(fn(&Node<'_>) -> Box<dyn Processor>),
    /// A processor that gives a message: `target`, `targetValue` and `error-mapping` apply to it.
    Operation(fn(&Node<'_>) -> Box<dyn Processor>),
    /// A processor that gives nothing, so that `error-mapping` applies to it and `target` does not.
    Void(fn(&Node<'_>) -> Box<dyn Processor>),
    /// What starts flows.
    Source(fn(&Node<'_>) -> Box<dyn Source>),
    /// A global element with a name: a connector's configuration, a test.
    Global(fn(&Node<'_>) -> Arc<dyn Global>),
    /// A flow or a sub-flow.
    Flow,
    /// A global error handler.
    Handler,
    /// What the loader has dealt with before anything is made: `import`, `global-property`.
    Loaded,
    /// A part of another element.
    Part,
}

/// The attributes of every operation.
const OPERATION: &[Attribute] = &[
    Attribute::new("target", Kind::Text, "The variable that takes the result; the message then stays as it was."),
    Attribute::default("targetValue", Kind::Value, "#[payload]", "What of the result goes into `target`."),
];

/// The parts of every source.
const SOURCE_PARTS: &[Part] = &[Part { spec: &REDELIVERY_POLICY, occurs: Occurs::Optional }];

/// The parts of every operation.
const OPERATION_PARTS: &[Part] = &[Part { spec: &ERROR_MAPPING, occurs: Occurs::Any }];

/// The parts of every configuration.
const CONFIG_PARTS: &[Part] = &[Part { spec: &EXPIRATION_POLICY, occurs: Occurs::Optional }];

static EXPIRATION_POLICY: Spec = Spec {
    name: "expiration-policy",
    doc: "Has no effect here: it is for configurations that differ from event to event.",
    attributes: &[
        Attribute::default("maxIdleTime", Kind::Integer, "5", "For how long nothing has to use one."),
        Attribute::default("timeUnit", Kind::Text, "MINUTES", "The unit of that."),
    ],
    ..Spec::NEW
};
