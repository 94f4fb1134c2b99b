//! `logger`

use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Location, Processor};
use crate::flow::expression::Template;
use crate::flow::log::{self, Level};
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `logger`
pub static SPEC: Spec = Spec {
    name: "logger",
    doc: "Writes a line to the log. Without a message it writes the whole event. The message is computed only if its \
          level is logged.",
    attributes: &[
        Attribute::new("message", Kind::Template, "The text; `#[…]` may stand anywhere in it."),
        Attribute::default(
            "level",
            Kind::Choice(&["TRACE", "DEBUG", "INFO", "WARN", "ERROR"]),
            "INFO",
            "How grave it is.",
        ),
        Attribute::new("category", Kind::Text, "The name that the line carries in place of the component's."),
    ],
    example: r##"<logger level="WARN" message="late: #[payload.id]"/>"##,
    make: Make::Processor(|node| Box::new(Logger::of(node))),
    ..Spec::NEW
};

/// The name of lines without a category.
const CATEGORY: &str = "org.mule.runtime.core.internal.processor.LoggerMessageProcessor";

struct Logger {
    message: Option<Template>,
    level: Level,
    category: String,
    location: Arc<Location>,
}

impl Logger {
    fn of(node: &Node<'_>) -> Self {
        Self {
            message: node.template("message"),
            level: Level::named(&node.required("level")),
            category: node.text("category").unwrap_or_else(|| CATEGORY.to_string()),
            location: node.location(),
        }
    }
}

impl Processor for Logger {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            if !log::enabled(self.level, &self.category) {
                return Ok(());
            }
            let text = match &self.message {
                Some(message) => message.text(event)?,
                None => whole(event),
            };
            log::write(self.level, &self.category, event, &self.location.path, &text);
            Ok(())
        })
    }
}

/// The whole message, as Mule shows it.
fn whole(event: &Event) -> String {
    let part = |name: &str, value: &crate::flow::event::Typed| {
        format!("  {name}={}\n  {name}MediaType={}\n", value.to_text(), value.media())
    };
    format!(
        "\nMessage\n{{\n{}{}}}",
        part("payload", &event.message.payload),
        part("attributes", &event.message.attributes)
    )
}
