//! What `scatter-gather` and `parallel-foreach` share: branches that run at the same time, and the error that sums up
//! their failures.

use crate::diag::Fault;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Item, Message, Typed};
use crate::flow::exec::{Chain, Location, Tied};
use crate::value::{ObjectBuilder, Value};
use futures_util::StreamExt;
use futures_util::stream;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

/// How branches run.
pub(super) struct ForkJoin {
    /// How long each may take.
    timeout: Option<Duration>,
    /// How many may run at once.
    max_concurrency: Option<usize>,
    /// The scope, which fails when a branch takes too long.
    location: Arc<Location>,
}

impl ForkJoin {
    /// What the `timeout` and `maxConcurrency` of an element say.
    pub(super) fn of(node: &Node<'_>) -> Self {
        let timeout = node.limit("timeout").map(|millis| Duration::from_millis(millis as u64));
        Self { timeout, max_concurrency: node.limit("maxConcurrency"), location: node.location() }
    }

    /// Runs every branch to its end, whatever becomes of the others. In a transaction they run one after the other. A branch past its time fails; its work goes on
    /// unseen. When the caller goes away, the branches end.
    ///
    /// # Errors
    /// `MULE:COMPOSITE_ROUTING` with results and failures where a branch failed.
    pub(super) async fn run(&self, branches: Vec<Branch>) -> Result<Vec<Event>, Error> {
        let in_transaction = branches.iter().any(|branch| branch.event.transaction.is_some());
        let most = if in_transaction { 1 } else { self.max_concurrency.unwrap_or(MOST_AT_ONCE) };
        let outcomes = stream::iter(branches.into_iter().enumerate())
            .map(|(index, branch)| async move { (index, self.watch(index, branch).await) })
            .buffer_unordered(most);
        let mut outcomes: Vec<_> = outcomes.collect().await;
        outcomes.sort_unstable_by_key(|(index, _)| *index);
        if outcomes.iter().all(|(_, outcome)| outcome.is_ok()) {
            return Ok(outcomes.into_iter().filter_map(|(_, outcome)| outcome.ok()).collect());
        }
        Err(composite(outcomes.into_iter().map(|(_, outcome)| outcome)))
    }

    /// Runs one branch as a task of its own, for as long as it may take.
    async fn watch(&self, index: usize, branch: Branch) -> Result<Event, Error> {
        let Branch { chain, mut event } = branch;
        event.item = Some(Item { position: index, size: None });
        let work = event.context.work.clone();
        if work.running() >= MOST_RUNNING {
            let text = format!("more than {MOST_RUNNING} branches of one event run at once");
            return Err(Error::mule("UNKNOWN", text).at(&self.location));
        }
        let mut task = Tied::new(work.spawn(async move {
            let outcome = chain.run(&mut event).await;
            outcome.map(|()| event)
        }));
        let ended = match self.timeout {
            None => task.task().await,
            Some(limit) => match tokio::time::timeout(limit, task.task()).await {
                Ok(ended) => ended,
                Err(_) => {
                    task.release();
                    let detail = format!("Timeout while processing route/part: '{index}'");
                    return Err(Error::mule("TIMEOUT", "Route Timeout").with_detail(detail).at(&self.location));
                }
            },
        };
        ended.unwrap_or_else(|e| Err(Error::mule("UNKNOWN", format!("route {index} was cut off: {e}"))))
    }
}

/// How many branches run at once where nothing says so: more would only wait for each other.
const MOST_AT_ONCE: usize = 4096;

/// How many branches an event may have in all its scopes at once: flows that call each other in several routes would
/// otherwise fill the memory long before they are too deep.
const MOST_RUNNING: usize = 100_000;

/// A chain with the event that it gets.
pub(super) struct Branch {
    pub(super) chain: Arc<Chain>,
    pub(super) event: Event,
}

/// The error that sums up what became of all branches.
fn composite(outcomes: impl Iterator<Item = Result<Event, Error>>) -> Error {
    let mut description = "Error(s) were found for route(s):".to_string();
    let (mut results, mut failures, mut children) = (Vec::new(), ObjectBuilder::with_capacity(1), Vec::new());
    for (index, outcome) in outcomes.enumerate() {
        match outcome {
            Ok(event) => results.push((index, event.message)),
            Err(error) => {
                let class = error.cause().unwrap_or("org.mule.runtime.api.exception.DefaultMuleException");
                let _ = write!(description, "\n\tRoute {index}: {class}: {}", error.description());
                failures.field(index.to_string(), error.to_value().unwrap_or_default());
                children.push(error);
            }
        }
    }
    let mut payload = ObjectBuilder::with_capacity(2);
    payload.field("results", keyed(&results).unwrap_or_default()).field("failures", failures.value());
    Error::mule("COMPOSITE_ROUTING", description)
        .with_cause("org.mule.runtime.core.privileged.routing.CompositeRoutingException")
        .with_message(Message::of(Typed::value(payload.value())))
        .with_children(children)
}

/// Messages under their indexes as text: `{"0": message, "1": message}`.
pub(super) fn keyed(messages: &[(usize, Message)]) -> Result<Value, Fault> {
    let mut object = ObjectBuilder::with_capacity(messages.len());
    for (index, message) in messages {
        object.field(index.to_string(), message.to_value()?);
    }
    Ok(object.value())
}

/// A list of messages.
pub(super) fn listed(messages: impl Iterator<Item = Message>) -> Result<Value, Fault> {
    messages.map(|message| message.to_value()).collect::<Result<Vec<_>, _>>().map(Value::array)
}

/// Content of a branch that is not what its label says.
pub(super) fn unreadable(fault: Fault) -> Error {
    Error::expression("payload", fault.into())
}
