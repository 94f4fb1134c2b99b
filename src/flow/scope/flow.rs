//! `flow`, `sub-flow`, and the elements at the top of a configuration that the loader deals with.

use super::error_handler::ERROR_HANDLER;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};

/// `flow`
pub static FLOW: Spec = Spec {
    name: "flow",
    doc: "A chain of processors with a name, perhaps with a source that starts it and a handler of its errors.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::default(
            "initialState",
            Kind::Choice(&["started", "stopped"]),
            "started",
            "Whether it takes events.",
        ),
        Attribute::new("maxConcurrency", Kind::Count, "How many events of its source may be in it at once."),
    ],
    parts: &[Part { spec: &ERROR_HANDLER, occurs: Occurs::Optional }],
    body: Body::Flow,
    example: r#"<flow name="hello"><set-payload value="Hello"/></flow>"#,
    make: Make::Flow,
    ..Spec::NEW
};

/// `sub-flow`
pub static SUB_FLOW: Spec = Spec {
    name: "sub-flow",
    doc: "A chain of processors with a name. It has no error handler: whoever calls it handles its errors.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    body: Body::Processors,
    example: r#"<sub-flow name="greet"><set-payload value="Hello"/></sub-flow>"#,
    make: Make::Flow,
    ..Spec::NEW
};

/// `configuration`
pub static CONFIGURATION: Spec = Spec {
    name: "configuration",
    doc: "Settings of the whole app.",
    attributes: &[
        Attribute::new("defaultErrorHandler-ref", Kind::Reference, "What handles errors where nothing else does."),
        Attribute::default(
            "defaultResponseTimeout",
            Kind::Integer,
            "10000",
            "How long a response may take, in milliseconds.",
        ),
        Attribute::default(
            "defaultTransactionTimeout",
            Kind::Integer,
            "30000",
            "How long a transaction may take, in milliseconds. One that took longer is rolled back in place of its commit, \
             with `MULE:TRANSACTION`. 0 is for ever.",
        ),
        Attribute::default(
            "shutdownTimeout",
            Kind::Integer,
            "5000",
            "How long running events may take when the app stops, in milliseconds.",
        ),
        Attribute::new(
            "correlationIdGeneratorExpression",
            Kind::Script,
            "What gives the correlation ids of new events.",
        ),
        Attribute::default("maxQueueTransactionFilesSize", Kind::Integer, "500", "Has no effect here."),
        Attribute::default("inheritIterableRepeatability", Kind::Boolean, "false", "Has no effect here."),
    ],
    body: Body::Processors,
    example: r#"<configuration defaultErrorHandler-ref="last-resort"/>"#,
    make: Make::Loaded,
    ..Spec::NEW
};

/// `global-property`
pub static GLOBAL_PROPERTY: Spec = Spec {
    name: "global-property",
    doc: "A property that anything else overrides.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::required("value", Kind::Text, "Its value."),
    ],
    example: r#"<global-property name="env" value="dev"/>"#,
    make: Make::Loaded,
    ..Spec::NEW
};

/// `configuration-properties`
pub static CONFIGURATION_PROPERTIES: Spec = Spec {
    name: "configuration-properties",
    doc: "Properties of a file, YAML or Java properties. Of two files with the same property, the first one wins.",
    attributes: &[
        Attribute::required("file", Kind::Text, "The file, among the app's resources."),
        Attribute::new("encoding", Kind::Text, "Its character set."),
    ],
    example: r#"<configuration-properties file="${env}-properties.yaml"/>"#,
    make: Make::Loaded,
    ..Spec::NEW
};
