//! The `json-logger` module of MuleSoft's consultants, which many apps use: lines of the log as JSON objects.

use crate::diag::Fault;
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Typed, media};
use crate::flow::exec::{Chain, Location, Processor};
use crate::flow::expression::Expression;
use crate::flow::log::{self, Level};
use crate::flow::spec::{Attribute, Body, Kind, Make, Module, Occurs, Part, Spec};
use crate::value::{ObjectBuilder, Value};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Instant;

/// The module.
pub static MODULE: Module = Module {
    name: "json-logger",
    doc: "Lines of the log as JSON objects.",
    errors: &[],
    functions: &[],
    components: &[&CONFIG, &LOGGER, &SCOPE],
};

const TRACE_POINT: Kind = Kind::Choice(&[
    "START",
    "BEFORE_TRANSFORM",
    "AFTER_TRANSFORM",
    "BEFORE_REQUEST",
    "AFTER_REQUEST",
    "DATA_TRANSFORM_SCOPE",
    "OUTBOUND_REQUEST_SCOPE",
    "FLOW_LOGIC_SCOPE",
    "FLOW",
    "END",
    "EXCEPTION",
]);
const PRIORITY: Attribute = Attribute::default(
    "priority",
    Kind::Choice(&["TRACE", "DEBUG", "INFO", "WARN", "ERROR"]),
    "INFO",
    "How grave the line is.",
);
const CONFIG_REF: Attribute = Attribute::new("config-ref", Kind::Reference, "The `json-logger:config`.");
const CORRELATION: Attribute =
    Attribute::default("correlationId", Kind::Value, "#[correlationId]", "The correlation id in the line.");
const CATEGORY: Attribute = Attribute::new("category", Kind::Text, "The name that the line carries.");

static CONFIG: Spec = Spec {
    name: "json-logger:config",
    doc: "What all lines say.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::new("applicationName", Kind::Text, "The field `applicationName`."),
        Attribute::new("applicationVersion", Kind::Text, "The field `applicationVersion`."),
        Attribute::new("environment", Kind::Text, "The field `environment`."),
        Attribute::default("prettyPrint", Kind::Boolean, "true", "Whether the objects take several lines."),
        Attribute::new(
            "disabledFields",
            Kind::Text,
            "The names of fields that are left out, with commas between them.",
        ),
        Attribute::new("contentFieldsDataMasking", Kind::Text, "Fields of the content that show `*****`."),
        Attribute::default("logLocationInfo", Kind::Boolean, "true", "Has no effect here: lines say where they are."),
        Attribute::default(
            "parseContentFieldsInJsonOutput",
            Kind::Boolean,
            "false",
            "Has no effect here: content that is JSON is shown as such.",
        ),
    ],
    parts: &[Part { spec: &DESTINATION, occurs: Occurs::Optional }],
    example: r#"<json-logger:config name="log" environment="${env}" prettyPrint="false"/>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

static DESTINATION: Spec = Spec {
    name: "json-logger:external-destination",
    doc: "Has no effect here: lines go to the log alone.",
    body: Body::Processors,
    ..Spec::NEW
};

static CONTENT: Spec =
    Spec { name: "json-logger:content", doc: "The field `content`.", body: Body::Value, ..Spec::NEW };

static LOGGER: Spec = Spec {
    name: "json-logger:logger",
    doc: "Writes a line.",
    attributes: &[
        CONFIG_REF,
        Attribute::new("message", Kind::Value, "The field `message`."),
        Attribute::default("tracePoint", TRACE_POINT, "START", "Where the flow is."),
        PRIORITY,
        CORRELATION,
        CATEGORY,
    ],
    parts: &[Part { spec: &CONTENT, occurs: Occurs::Optional }],
    example: r##"<json-logger:logger config-ref="log" message="order taken" tracePoint="END">
  <json-logger:content>#[{id: payload.id}]</json-logger:content>
</json-logger:logger>"##,
    make: Make::Processor(|node| Box::new(Logger::of(node))),
    ..Spec::NEW
};

static SCOPE: Spec = Spec {
    name: "json-logger:logger-scope",
    doc: "Writes a line before and after its processors, with the time that they took.",
    attributes: &[
        CONFIG_REF,
        Attribute::default("scopeTracePoint", TRACE_POINT, "OUTBOUND_REQUEST_SCOPE", "What the processors do."),
        PRIORITY,
        CORRELATION,
        CATEGORY,
    ],
    body: Body::Processors,
    example: r#"<json-logger:logger-scope config-ref="log"><flow-ref name="call-bank"/></json-logger:logger-scope>"#,
    make: Make::Processor(|node| Box::new(Scope { logger: Logger::of(node), chain: node.chain() })),
    ..Spec::NEW
};

#[derive(Default)]
struct Config {
    fields: Vec<(&'static str, String)>,
    pretty: bool,
    disabled: Vec<String>,
    masked: Vec<String>,
}

impl Global for Config {}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        let names = |name| {
            let text = node.text(name).unwrap_or_default();
            text.split(',').map(|name| name.trim().to_string()).filter(|name| !name.is_empty()).collect()
        };
        let field = |name: &'static str| node.has(name).then(|| node.text(name)).flatten().map(|text| (name, text));
        Self {
            fields: ["applicationName", "applicationVersion", "environment"].into_iter().filter_map(field).collect(),
            pretty: node.boolean("prettyPrint"),
            disabled: names("disabledFields"),
            masked: names("contentFieldsDataMasking"),
        }
    }
}

struct Logger {
    config: Arc<Config>,
    message: Option<Expression>,
    content: Option<Expression>,
    trace_point: String,
    level: Level,
    priority: String,
    correlation: Expression,
    category: String,
    location: Arc<Location>,
}

/// The name of lines without a category, that of the original.
const DEFAULT_CATEGORY: &str = "org.mule.extension.jsonlogger.JsonLogger";

impl Logger {
    fn of(node: &Node<'_>) -> Self {
        let priority = node.required("priority");
        let trace_point = node.text("tracePoint").or_else(|| node.text("scopeTracePoint"));
        Self {
            config: node.global::<Config>("config-ref").unwrap_or_default(),
            message: node.value("message"),
            content: node.part(CONTENT.name).and_then(|part| part.content()),
            trace_point: trace_point.unwrap_or_default(),
            level: Level::named(&priority),
            priority,
            correlation: node.expression("correlationId"),
            category: node.text("category").unwrap_or_else(|| DEFAULT_CATEGORY.to_string()),
            location: node.location(),
        }
    }

    fn write(&self, event: &Event, more: &[(&str, Value)]) -> Result<(), Error> {
        if !log::enabled(self.level, &self.category) {
            return Ok(());
        }
        let mut line = ObjectBuilder::with_capacity(10);
        let mut add = |name: &str, value: Value| {
            if !self.config.disabled.iter().any(|disabled| disabled == name) {
                line.field(name, value);
            }
        };
        add("correlationId", self.correlation.value(event)?);
        if let Some(message) = &self.message {
            add("message", message.value(event)?);
        }
        if let Some(content) = &self.content {
            add("content", masked(content.value(event)?, &self.config.masked)?);
        }
        add("tracePoint", self.trace_point.as_str().into());
        add("priority", self.priority.as_str().into());
        for (name, value) in more {
            add(name, value.clone());
        }
        add("location", self.location.path.as_str().into());
        add("timestamp", jiff::Timestamp::now().to_string().into());
        for (name, value) in &self.config.fields {
            add(name, value.as_str().into());
        }
        let label = if self.config.pretty { "application/json" } else { "application/json; indent=false" };
        let text = Typed::labelled(line.value(), media(label)).to_text();
        log::write(self.level, &self.category, event, &self.location.path, &text);
        Ok(())
    }
}

/// A value in which the fields of these names show nothing.
fn masked(value: Value, names: &[String]) -> Result<Value, Error> {
    if names.is_empty() {
        return Ok(value);
    }
    let failed = |fault: Fault| Error::expression("content", fault.into());
    Ok(match value.bare() {
        Value::Object(object) => {
            let mut out = ObjectBuilder::with_capacity(object.len());
            for pair in object.iter() {
                let hides = names.iter().any(|name| *name == pair.name.local.as_str());
                let shown = if hides { "*****".into() } else { masked(pair.value.clone(), names)? };
                out.pair(pair.name.clone(), pair.attributes.cloned(), shown);
            }
            out.value()
        }
        Value::Array(items) => {
            let all: Result<Vec<_>, _> = items.iter().map(|item| masked(item.map_err(failed)?, names)).collect();
            Value::array(all?)
        }
        _ => value,
    })
}

impl Processor for Logger {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move { self.write(event, &[]) })
    }
}

struct Scope {
    logger: Logger,
    chain: Chain,
}

impl Processor for Scope {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let start = Instant::now();
            self.logger.write(event, &[("scopeElapsed", Value::Int(0))])?;
            let outcome = self.chain.run(event).await;
            let elapsed = i64::try_from(start.elapsed().as_millis()).unwrap_or(i64::MAX);
            self.logger.write(event, &[("scopeElapsed", Value::Int(elapsed))])?;
            outcome
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked_fields_show_nothing() {
        let value = |text: &str| Typed::bytes(text.to_string(), media("application/json")).read().unwrap();
        let shown = masked(value(r#"{"a": 1, "b": [{"a": {"c": 2}}]}"#), &["a".to_string()]).unwrap();
        let text = Typed::labelled(shown, media("application/json; indent=false")).to_text();
        assert_eq!(text.replace(' ', ""), r#"{"a":"*****","b":[{"a":"*****"}]}"#);
    }
}
