//! `munit:config`, `munit:dynamic-port`: what the suite's file says before the app is loaded.

use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};

static PARAMETER: Spec = Spec {
    name: "munit:parameter",
    doc: "A property of the app in this run of the suite.",
    attributes: &[
        Attribute::required("propertyName", Kind::Text, "Its name."),
        Attribute::required("value", Kind::Text, "Its value."),
    ],
    ..Spec::NEW
};

static PARAMETERS: Spec = Spec {
    name: "munit:parameters",
    doc: "The properties of one run of the suite.",
    parts: &[Part { spec: &PARAMETER, occurs: Occurs::Any }],
    ..Spec::NEW
};

static PARAMETERIZATION: Spec = Spec {
    name: "munit:parameterization",
    doc: "One run of the suite with properties of its own.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    parts: &[Part { spec: &PARAMETERS, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static PARAMETERIZATIONS: Spec = Spec {
    name: "munit:parameterizations",
    doc: "Runs the suite several times, each time with other properties.",
    attributes: &[Attribute::new(
        "file",
        Kind::Text,
        "A YAML file among the resources: names, each with its properties.",
    )],
    parts: &[Part { spec: &PARAMETERIZATION, occurs: Occurs::Any }],
    ..Spec::NEW
};

/// `munit:config`
pub static CONFIG: Spec = Spec {
    name: "munit:config",
    doc: "Makes a configuration file a suite of tests.",
    attributes: &[
        Attribute::new("name", Kind::Text, "The suite's name."),
        Attribute::new("description", Kind::Text, "What it is about."),
        Attribute::default("ignore", Kind::Text, "false", "Whether its tests are passed over."),
        Attribute::new("minMuleVersion", Kind::Text, "Has no effect here."),
        Attribute::new("requiredProduct", Kind::Text, "Has no effect here."),
    ],
    parts: &[Part { spec: &PARAMETERIZATIONS, occurs: Occurs::Optional }],
    example: r#"<munit:config name="orders-suite.xml"/>"#,
    make: Make::Loaded,
    ..Spec::NEW
};

/// `munit:dynamic-port`
pub static DYNAMIC_PORT: Spec = Spec {
    name: "munit:dynamic-port",
    doc: "Sets a property to a network port that nobody uses, before the app starts.",
    attributes: &[
        Attribute::required("propertyName", Kind::Text, "The property."),
        Attribute::default("min", Kind::Integer, "40000", "The lowest port."),
        Attribute::default("max", Kind::Integer, "50000", "The highest port."),
    ],
    example: r#"<munit:dynamic-port propertyName="http.port" min="6000" max="7000"/>"#,
    make: Make::Loaded,
    ..Spec::NEW
};
