//! `until-successful`

use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Chain, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Spec};
use futures_util::future::BoxFuture;
use std::time::Duration;

/// `until-successful`
pub static SPEC: Spec = Spec {
    name: "until-successful",
    doc: "Runs its processors until they succeed, every time on the event as it came in. What they make of it goes on.",
    attributes: &[
        Attribute::default("maxRetries", Kind::Value, "5", "How often to try again after the first failure."),
        Attribute::default("millisBetweenRetries", Kind::Value, "60000", "The pause before a retry, in milliseconds."),
    ],
    body: Body::Processors,
    errors: &["MULE:RETRY_EXHAUSTED", "MULE:EXPRESSION"],
    example: r##"<until-successful maxRetries="3" millisBetweenRetries="#[vars.pause default 500]">
  <flow-ref name="send"/>
</until-successful>"##,
    make: Make::Processor(|node| Box::new(UntilSuccessful::of(node))),
    ..Spec::NEW
};

struct UntilSuccessful {
    chain: Chain,
    max_retries: Expression,
    pause: Expression,
}

impl UntilSuccessful {
    fn of(node: &Node<'_>) -> Self {
        let number = |name| {
            node.whole_number(name);
            node.value(name).unwrap_or_else(|| Expression::literal("0"))
        };
        Self { chain: node.chain(), max_retries: number("maxRetries"), pause: number("millisBetweenRetries") }
    }
}

impl Processor for UntilSuccessful {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let mut retries = self.max_retries.integer(event)?;
            let pause = Duration::from_millis(self.pause.integer(event)?.max(0) as u64);
            let original = event.clone();
            loop {
                let Err(error) = self.chain.run(event).await else { return Ok(()) };
                if retries <= 0 {
                    return Err(exhausted(error));
                }
                retries -= 1;
                tracing::debug!(correlation_id = %event.correlation_id, "{error}; {retries} retries are left");
                tokio::time::sleep(pause).await;
                *event = original.clone();
            }
        })
    }
}

/// The error of the last try as the scope's own. Handlers of its type take it as well.
fn exhausted(last: Error) -> Error {
    Error::mule("RETRY_EXHAUSTED", last.description())
        .with_detail("'until-successful' retries exhausted")
        .with_cause("org.mule.runtime.core.api.retry.policy.RetryPolicyExhaustedException")
        .suppressing(last)
}
