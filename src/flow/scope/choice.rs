//! `choice`

use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Chain, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;

static WHEN: Spec = Spec {
    name: "when",
    doc: "A route with its condition.",
    attributes: &[Attribute::required("expression", Kind::Script, "The condition; null counts as false.")],
    body: Body::Processors,
    ..Spec::NEW
};

static OTHERWISE: Spec = Spec {
    name: "otherwise",
    doc: "The route that is taken where no condition holds.",
    body: Body::Processors,
    ..Spec::NEW
};

/// `choice`
pub static SPEC: Spec = Spec {
    name: "choice",
    doc: "Takes the first route whose condition holds. Where none does, the event passes unchanged.",
    parts: &[Part { spec: &WHEN, occurs: Occurs::AtLeast(1) }, Part { spec: &OTHERWISE, occurs: Occurs::Optional }],
    errors: &["MULE:EXPRESSION"],
    example: r##"<choice>
  <when expression="#[payload.total > 100]"><set-variable variableName="rebate" value="#[5]"/></when>
  <otherwise><set-variable variableName="rebate" value="#[0]"/></otherwise>
</choice>"##,
    make: Make::Processor(|node| Box::new(Choice::of(node))),
    ..Spec::NEW
};

struct Choice {
    routes: Vec<(Expression, Chain)>,
    otherwise: Chain,
}

impl Choice {
    fn of(node: &Node<'_>) -> Self {
        let route = |node: &Node<'_>| Some((node.script("expression")?, node.chain()));
        Self {
            routes: node.parts("when").iter().filter_map(route).collect(),
            otherwise: node.part("otherwise").map(|node| node.chain()).unwrap_or_default(),
        }
    }
}

impl Processor for Choice {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            for (condition, chain) in &self.routes {
                if condition.boolean(event)? {
                    return chain.run(event).await;
                }
            }
            self.otherwise.run(event).await
        })
    }
}
