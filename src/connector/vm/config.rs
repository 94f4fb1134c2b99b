//! `vm:config`: the queues of an app.

use super::SEND;
use super::kept::settle_all;
use super::queue::Queue;
use crate::diag::{Code, Fault};
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::event::Error;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use indexmap::IndexMap;
use std::any::Any;
use std::sync::Arc;

/// `vm:config`
pub static SPEC: Spec = Spec {
    name: "vm:config",
    doc: "Declares queues.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::default("sendCorrelationId", SEND, "AUTO", "Whether messages take the correlation id with them."),
    ],
    parts: &[Part { spec: &CONNECTION, occurs: Occurs::Optional }, Part { spec: &QUEUES, occurs: Occurs::Once }],
    example: r#"<vm:config name="post">
  <vm:queues><vm:queue queueName="letters" maxOutstandingMessages="1000"/><vm:queue queueName="questions"/></vm:queues>
</vm:config>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

static CONNECTION: Spec = Spec { name: "vm:connection", doc: "Has nothing to set.", ..Spec::NEW };

static QUEUES: Spec = Spec {
    name: "vm:queues",
    doc: "The queues.",
    parts: &[Part { spec: &QUEUE, occurs: Occurs::AtLeast(1) }],
    ..Spec::NEW
};

static QUEUE: Spec = Spec {
    name: "vm:queue",
    doc: "A queue.",
    attributes: &[
        Attribute::required("queueName", Kind::Text, "Its name, which no other queue of the app has."),
        Attribute::default(
            "queueType",
            Kind::Choice(&["TRANSIENT", "PERSISTENT"]),
            "TRANSIENT",
            "Whether its messages survive the app.",
        ),
        Attribute::default(
            "maxOutstandingMessages",
            Kind::Integer,
            "0",
            "How many messages may wait in it; 0: as many as there are.",
        ),
    ],
    ..Spec::NEW
};

/// The queues of a configuration.
pub struct Config {
    /// Its name.
    pub name: String,
    /// Whether messages take the correlation id with them, unless their operation says something else.
    pub send_correlation_id: String,
    queues: IndexMap<String, Arc<Queue>>,
}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        let all = node.part("vm:queues").map(|queues| queues.parts("vm:queue")).unwrap_or_default();
        let mut queues = IndexMap::new();
        for node in &all {
            let name = node.required("queueName");
            let persistent = node.text("queueType").as_deref() == Some("PERSISTENT");
            let queue = Queue::new(name.clone(), persistent, node.limit("maxOutstandingMessages"));
            if queues.insert(name.clone(), Arc::new(queue)).is_some() {
                let fault = Fault::new(Code::Configuration, format!("two queues have the name `{name}`"));
                node.refuse("queueName", fault);
            }
        }
        Self { name: node.name(), send_correlation_id: node.required("sendCorrelationId"), queues }
    }

    /// A queue.
    pub fn queue(&self, name: &str) -> Option<&Arc<Queue>> {
        self.queues.get(name)
    }

    /// A queue that an operation names.
    ///
    /// # Errors
    /// `MULE:UNKNOWN` where it is not declared; that is how the reference has it.
    pub fn declared(&self, name: &str) -> Result<&Arc<Queue>, Error> {
        self.queue(name).ok_or_else(|| Error::mule("UNKNOWN", format!("queue '{name}' is not defined")))
    }

    /// Another configuration that declares a queue of this one.
    fn clash(&self, app: &App) -> Option<Fault> {
        let others = app.globals().values().filter_map(|global| {
            let global = global.clone() as Arc<dyn Any + Send + Sync>;
            global.downcast::<Config>().ok().filter(|other| other.name != self.name)
        });
        others.into_iter().find_map(|other| {
            let queue = self.queues.keys().find(|queue| other.queues.contains_key(*queue))?;
            let message = format!(
                "<vm:config> '{}' is trying to define queue '{queue}' which is already defined by config '{}'",
                self.name, other.name
            );
            Some(Fault::new(Code::Configuration, message))
        })
    }
}

impl Global for Config {
    fn start<'a>(&'a self, app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            self.clash(app).map_or(Ok(()), Err)?;
            if self.queues.values().any(|queue| queue.kept.is_some()) {
                settle_all(app).await?;
            }
            for queue in self.queues.values() {
                queue.open(app).await?;
            }
            Ok(())
        })
    }

    fn stop<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, ()> {
        self.queues.values().for_each(|queue| queue.close());
        Box::pin(async {})
    }
}
