//! `round-robin`

use super::route::ROUTE;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Chain, Processor};
use crate::flow::spec::{Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::sync::atomic::{AtomicUsize, Ordering};

/// `round-robin`
pub static SPEC: Spec = Spec {
    name: "round-robin",
    doc: "Takes one of its routes, every time the next one, beginning with the first. What the route makes of the event goes \
          on.",
    parts: &[Part { spec: &ROUTE, occurs: Occurs::AtLeast(1) }],
    example: r##"<round-robin>
  <route><set-variable variableName="node" value="a"/></route>
  <route><set-variable variableName="node" value="b"/></route>
</round-robin>"##,
    make: Make::Processor(|node| Box::new(RoundRobin::of(node))),
    ..Spec::NEW
};

struct RoundRobin {
    routes: Vec<Chain>,
    next: AtomicUsize,
}

impl RoundRobin {
    fn of(node: &Node<'_>) -> Self {
        let routes = node.parts("route").iter().map(|route| route.chain()).collect();
        Self { routes, next: AtomicUsize::new(0) }
    }
}

impl Processor for RoundRobin {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let turn = self.next.fetch_add(1, Ordering::Relaxed);
            match self.routes.get(turn % self.routes.len().max(1)) {
                Some(route) => route.run(event).await,
                None => Ok(()),
            }
        })
    }
}
