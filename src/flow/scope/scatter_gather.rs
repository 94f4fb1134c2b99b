//! `scatter-gather`

use super::fork_join::{Branch, ForkJoin, keyed, listed, unreadable};
use super::route::ROUTE;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed, Variables};
use crate::flow::exec::{Chain, Processor};
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use crate::value::Value;
use futures_util::future::BoxFuture;
use std::sync::Arc;

static COLLECT_LIST: Spec = Spec {
    name: "collect-list",
    doc: "Makes the result a list of messages in place of an object of them.",
    ..Spec::NEW
};

/// `scatter-gather`
pub static SPEC: Spec = Spec {
    name: "scatter-gather",
    doc: "Sends a copy of the event through all routes at the same time and gathers what they give: an object with a \
          message for each route, under the keys `\"0\"`, `\"1\"` … Variables that routes add or change are merged when all \
          routes have succeeded; the property `dwrun.scatterGather.variables=isolated` keeps them inside.",
    attributes: &[
        Attribute::new("timeout", Kind::Integer, "How long each route may take, in milliseconds."),
        Attribute::new("maxConcurrency", Kind::Count, "How many routes run at once; all of them without it."),
    ],
    parts: &[Part { spec: &ROUTE, occurs: Occurs::AtLeast(2) }, Part { spec: &COLLECT_LIST, occurs: Occurs::Optional }],
    errors: &["MULE:COMPOSITE_ROUTING"],
    example: r##"<scatter-gather timeout="2000">
  <route><flow-ref name="accounts"/></route>
  <route><flow-ref name="holdings"/></route>
</scatter-gather>"##,
    make: Make::Operation(|node| Box::new(ScatterGather::of(node))),
    ..Spec::NEW
};

/// The property that keeps the variables of routes inside of them.
const ISOLATION: &str = "dwrun.scatterGather.variables";

struct ScatterGather {
    routes: Vec<Arc<Chain>>,
    fork_join: ForkJoin,
    collects_list: bool,
}

impl ScatterGather {
    fn of(node: &Node<'_>) -> Self {
        Self {
            routes: node.parts("route").iter().map(|route| Arc::new(route.chain())).collect(),
            fork_join: ForkJoin::of(node),
            collects_list: node.part("collect-list").is_some(),
        }
    }
}

impl Processor for ScatterGather {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let branch = |chain: &Arc<Chain>| Branch { chain: chain.clone(), event: event.clone() };
            let branches: Vec<_> = self.routes.iter().map(branch).collect();
            let ended = self.fork_join.run(branches).await?;
            let isolated = event.context.app.properties.get(ISOLATION).ok().flatten().is_some_and(|v| v == "isolated");
            if !isolated {
                let merged =
                    merged(&event.variables, ended.iter().map(|event| &event.variables)).map_err(unreadable)?;
                merged.into_iter().for_each(|(name, value)| event.variables.set(&name, value));
            }
            let messages = ended.into_iter().map(|event| event.message);
            let result = match self.collects_list {
                true => listed(messages),
                false => keyed(&messages.enumerate().collect::<Vec<_>>()),
            };
            event.message = Message::of(Typed::value(result.map_err(unreadable)?));
            Ok(())
        })
    }
}

/// What the routes make of the variables (mule `AbstractForkJoinStrategyFactory.mergeVariables`): one that a single route
/// added or changed has its value; one that several did is a list of their values, and where the first of them is a list
/// itself, the others are appended to it.
fn merged<'a>(
    before: &Variables,
    routes: impl Iterator<Item = &'a Variables>,
) -> Result<Vec<(String, Typed)>, crate::diag::Fault> {
    let mut values: indexmap::IndexMap<String, Vec<Typed>> = indexmap::IndexMap::new();
    for route in routes {
        for (name, value) in route.changed_since(before) {
            values.entry(name.to_string()).or_default().push(value.clone());
        }
    }
    let join = |(name, mut values): (String, Vec<Typed>)| {
        if values.len() == 1 {
            return Ok((name, values.remove(0)));
        }
        let mut list = Vec::new();
        for (index, value) in values.iter().enumerate() {
            match (index, value.read()?.bare()) {
                (0, Value::Array(first)) => list.extend(first.force()?.iter().cloned()),
                (_, other) => list.push(other.clone()),
            }
        }
        Ok((name, Typed::value(Value::array(list))))
    };
    values.into_iter().map(join).collect()
}
