//! `ee:dynamic-evaluate`

use crate::diag::{Code, Fault, Report};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::text::Source;
use crate::value::Value;
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

static PARAMETERS: Spec = Spec {
    name: "ee:parameters",
    doc: "An object; the script sees its fields as names of their own.",
    body: Body::Value,
    ..Spec::NEW
};

/// `ee:dynamic-evaluate`
pub static SPEC: Spec = Spec {
    name: "ee:dynamic-evaluate",
    doc: "Runs a script that is known only when the event comes: the expression gives its text. Its result is the payload.",
    attributes: &[Attribute::required("expression", Kind::Value, "What gives the text of the script.")],
    parts: &[Part { spec: &PARAMETERS, occurs: Occurs::Optional }],
    errors: &["MULE:EXPRESSION"],
    example: r##"<ee:dynamic-evaluate expression="#[vars.scriptOfCustomer]">
  <ee:parameters>#[{joiner: ' and ', id: payload.user.id}]</ee:parameters>
</ee:dynamic-evaluate>"##,
    make: Make::Operation(|node| Box::new(DynamicEvaluate::of(node))),
    ..Spec::NEW
};

struct DynamicEvaluate {
    expression: Expression,
    parameters: Option<Expression>,
    /// Scripts of the last events, by their parameters and text.
    compiled: Mutex<HashMap<(Vec<String>, String), Expression>>,
}

/// How many compiled scripts are kept.
const KEPT: usize = 64;

impl DynamicEvaluate {
    fn of(node: &Node<'_>) -> Self {
        Self {
            expression: node.value("expression").unwrap_or_else(|| Expression::literal("")),
            parameters: node.part("ee:parameters").and_then(|part| part.content()),
            compiled: Mutex::default(),
        }
    }

    fn parameters(&self, event: &Event) -> Result<Vec<(String, Value)>, Error> {
        let Some(parameters) = &self.parameters else { return Ok(Vec::new()) };
        match parameters.value(event)?.bare() {
            Value::Null => Ok(Vec::new()),
            Value::Object(object) => {
                Ok(object.iter().map(|pair| (pair.name.local.to_string(), pair.value.clone())).collect())
            }
            other => {
                let message = format!("the parameters have to be an Object, not {}", other.type_name());
                Err(Error::expression(&parameters.source(), Fault::new(Code::Type, message).into()))
            }
        }
    }

    fn script(&self, event: &Event, names: Vec<String>, text: String) -> Result<Expression, Error> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (names, text);
        if let Some(script) = compiled.get(&key) {
            return Ok(script.clone());
        }
        let more: Vec<_> = key.0.iter().map(String::as_str).collect();
        let source = Source::new("dynamic-evaluate", key.1.as_str());
        let script = event.context.app.compiler().source(&source, &more);
        let script = script.map_err(|faults| Error::expression(&key.1, Report::from(faults)))?;
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        compiled.insert(key, script.clone());
        Ok(script)
    }
}

impl Processor for DynamicEvaluate {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let text = self.expression.text(event)?.ok_or_else(|| {
                let fault = Fault::new(Code::Argument, "there is no script to run: the expression gives null");
                Error::expression(&self.expression.source(), fault.into())
            })?;
            let parameters = self.parameters(event)?;
            let script = self.script(event, parameters.iter().map(|(name, _)| name.clone()).collect(), text)?;
            let more: Vec<_> = parameters.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
            event.message.payload = script.typed_with(event, &more)?;
            Ok(())
        })
    }
}
