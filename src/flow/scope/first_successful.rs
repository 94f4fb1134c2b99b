//! `first-successful`

use super::route::ROUTE;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Chain, Processor};
use crate::flow::spec::{Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;

/// `first-successful`
pub static SPEC: Spec = Spec {
    name: "first-successful",
    doc: "Takes its routes one after the other until one succeeds, each on the event as it came in. Where all fail, the error \
          is that of the last one.",
    parts: &[Part { spec: &ROUTE, occurs: Occurs::AtLeast(1) }],
    example: r##"<first-successful>
  <route><flow-ref name="rates-of-bank"/></route>
  <route><flow-ref name="rates-of-yesterday"/></route>
</first-successful>"##,
    make: Make::Processor(|node| Box::new(FirstSuccessful::of(node))),
    ..Spec::NEW
};

struct FirstSuccessful {
    routes: Vec<Chain>,
}

impl FirstSuccessful {
    fn of(node: &Node<'_>) -> Self {
        Self { routes: node.parts("route").iter().map(|route| route.chain()).collect() }
    }
}

impl Processor for FirstSuccessful {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let original = event.clone();
            let mut outcome = Ok(());
            for (index, route) in self.routes.iter().enumerate() {
                if index > 0 {
                    *event = original.clone();
                }
                outcome = route.run(event).await;
                if outcome.is_ok() {
                    break;
                }
            }
            outcome
        })
    }
}
