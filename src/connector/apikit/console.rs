//! `apikit:console`, which says that there is none.

use super::config::Config;
use super::router::CONFIG_REF;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed, media};
use crate::flow::exec::Processor;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::value::Value;
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `apikit:console`
pub static SPEC: Spec = Spec {
    name: "apikit:console",
    doc: "Stands for the vendor's console, a web application for trying an API out, which is left out: the answer, of \
          status 501, says so.",
    attributes: &[CONFIG_REF, Attribute::new("name", Kind::Text, "Has no effect here.")],
    example: r#"<apikit:console config-ref="orders-api"/>"#,
    make: Make::Processor(|node| Box::new(Console::of(node))),
    ..Spec::NEW
};

struct Console {
    config: Option<Arc<Config>>,
}

impl Console {
    fn of(node: &Node<'_>) -> Self {
        Self { config: node.global::<Config>("config-ref") }
    }
}

impl Processor for Console {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Some(config) = &self.config else { return Ok(()) };
            let text = format!("dwrun has no API console. The API of `{}` itself is served.\n", config.name);
            event.message = Message::of(Typed::labelled(Value::string(text), media("text/plain")));
            event.variables.set(&config.headers_variable, Typed::value(Value::empty_object()));
            event.variables.set(&config.status_variable, Typed::value("501".into()));
            Ok(())
        })
    }
}
