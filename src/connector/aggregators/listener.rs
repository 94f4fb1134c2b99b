//! `aggregators:aggregator-listener`

use super::keeper::{Keeper, Listener};
use crate::diag::{Code, Fault};
use crate::flow::app::{Entry, Running, Source};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;
use std::any::Any;
use std::sync::Arc;

/// `aggregators:aggregator-listener`
pub static SPEC: Spec = Spec {
    name: "aggregators:aggregator-listener",
    doc: "Starts its flow with each group that an aggregator completes: the payload is the list of values.",
    attributes: &[
        Attribute::required("aggregatorName", Kind::Text, "The aggregator."),
        Attribute::default(
            "includeTimedOutGroups",
            Kind::Boolean,
            "false",
            "Whether groups come as well that were not complete when their time was up.",
        ),
    ],
    example: r#"<aggregators:aggregator-listener aggregatorName="orders-of-a-minute" includeTimedOutGroups="true"/>"#,
    make: Make::Source(|node| Box::new(Listening::of(node))),
    ..Spec::NEW
};

struct Listening {
    aggregator: String,
    takes_timed_out: bool,
}

impl Listening {
    fn of(node: &Node<'_>) -> Self {
        Self { aggregator: node.required("aggregatorName"), takes_timed_out: node.boolean("includeTimedOutGroups") }
    }
}

impl Source for Listening {
    fn start<'a>(&'a self, entry: Entry) -> BoxFuture<'a, Result<Box<dyn Running>, Fault>> {
        Box::pin(async move {
            let found = entry.app.globals().get(&Keeper::global_name(&self.aggregator)).cloned();
            let keeper = found.and_then(|global| (global as Arc<dyn Any + Send + Sync>).downcast::<Keeper>().ok());
            let Some(keeper) = keeper else {
                let message = format!("there is no aggregator `{}` to listen to", self.aggregator);
                return Err(Fault::new(Code::Configuration, message).help("name it as the aggregator's `name`"));
            };
            keeper.listen(Some(Listener { entry, takes_timed_out: self.takes_timed_out }));
            keeper.resume().await?;
            Ok(Box::new(Attached(keeper)) as Box<dyn Running>)
        })
    }

    fn describe(&self) -> String {
        format!("groups of {}", self.aggregator)
    }
}

struct Attached(Arc<Keeper>);

impl Running for Attached {
    fn stop(self: Box<Self>) -> BoxFuture<'static, ()> {
        self.0.listen(None);
        Box::pin(async {})
    }
}
