//! `munit:test`: behavior, execution, validation.

use super::assert::Failure;
use super::event_parts::optional;
use super::expected::{Expected, Wanted};
use super::session::Session;
use crate::diag::Style;
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Chain;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::suite::{Line, Mark, Outcome};
use std::sync::Arc;
use std::time::Duration;

const fn scope(name: &'static str, doc: &'static str) -> Spec {
    Spec { name, doc, body: Body::Processors, ..Spec::NEW }
}

static BEHAVIOR: Spec = scope("munit:behavior", "What has to be there before: the event, mocks, spies.");
static EXECUTION: Spec = scope("munit:execution", "What is tested; all work that it starts is waited for.");
static VALIDATION: Spec = scope("munit:validation", "What should have come of it.");

static ENABLE_FLOW_SOURCE: Spec = Spec {
    name: "munit:enable-flow-source",
    doc: "A flow whose source starts with the test.",
    attributes: &[Attribute::required("value", Kind::Value, "The flow's name.")],
    ..Spec::NEW
};

static ENABLE_FLOW_SOURCES: Spec = Spec {
    name: "munit:enable-flow-sources",
    doc: "The flows whose sources start with the test and stop at its end; no other source starts.",
    parts: &[Part { spec: &ENABLE_FLOW_SOURCE, occurs: Occurs::Any }],
    ..Spec::NEW
};

/// `munit:test`
pub static SPEC: Spec = Spec {
    name: "munit:test",
    doc: "A test. Its event goes through behavior, execution and validation; a failed execution is not validated.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::new("description", Kind::Text, "What it is about."),
        Attribute::default("ignore", Kind::Value, "false", "Whether it is passed over."),
        Attribute::new("tags", Kind::Text, "Words that select it, with commas between them."),
        Attribute::new("timeOut", Kind::Value, "How long it may take, in milliseconds; two minutes without it."),
        Attribute::new("expectedErrorType", Kind::Value, "The type of the error that it should end with."),
        Attribute::new("expectedException", Kind::Value, "The class of the exception that it should end with."),
        Attribute::new("expectedErrorDescription", Kind::Value, "What the error should say, or a part of it."),
    ],
    parts: &[optional(&ENABLE_FLOW_SOURCES), optional(&BEHAVIOR), optional(&EXECUTION), optional(&VALIDATION)],
    example: r##"<munit:test name="gold-gets-a-rebate">
  <munit:behavior><munit:set-event><munit:payload value="#['gold']"/></munit:set-event></munit:behavior>
  <munit:execution><flow-ref name="rebate"/></munit:execution>
  <munit:validation><munit-tools:assert-equals actual="#[payload]" expected="#[5]"/></munit:validation>
</munit:test>"##,
    make: Make::Global(|node| Arc::new(TestCase::of(node))),
    ..Spec::NEW
};

/// A test.
pub struct TestCase {
    ignore: Option<Expression>,
    time_out: Option<Expression>,
    sources: Vec<Expression>,
    behavior: Chain,
    execution: Chain,
    validation: Chain,
    expected: Expected,
}

impl Global for TestCase {}

impl TestCase {
    fn of(node: &Node<'_>) -> Self {
        let chain = |name| node.part(name).map(|part| part.chain()).unwrap_or_default();
        let sources = node.part(ENABLE_FLOW_SOURCES.name).map(|all| all.parts(ENABLE_FLOW_SOURCE.name));
        Self {
            ignore: node.value("ignore"),
            time_out: node.value("timeOut"),
            sources: sources.unwrap_or_default().iter().filter_map(|source| source.value("value")).collect(),
            behavior: chain(BEHAVIOR.name),
            execution: chain(EXECUTION.name),
            validation: chain(VALIDATION.name),
            expected: Expected::of(node),
        }
    }

    /// Whether it is passed over.
    ///
    /// # Errors
    /// A script that fails.
    pub fn is_ignored(&self, event: &Event) -> Result<bool, Error> {
        self.ignore.as_ref().map_or(Ok(false), |ignore| ignore.boolean(event))
    }

    /// How long it may take, where it says so.
    ///
    /// # Errors
    /// A script that fails.
    pub fn time_limit(&self, event: &Event) -> Result<Option<Duration>, Error> {
        let millis = self.time_out.as_ref().map(|limit| limit.integer(event)).transpose()?;
        Ok(millis.and_then(|millis| u64::try_from(millis).ok()).map(Duration::from_millis))
    }

    /// The flows whose sources start with it.
    ///
    /// # Errors
    /// A script that fails.
    pub fn sources(&self, event: &Event) -> Result<Vec<String>, Error> {
        self.sources.iter().map(|source| Ok(source.text(event)?.unwrap_or_default())).collect()
    }

    /// Runs it on an event that has what comes before it.
    pub async fn run(&self, event: &mut Event, session: &Session) -> Outcome {
        let wanted = match self.expected.compute(event) {
            Ok(wanted) => wanted,
            Err(why) => return Outcome::error(why),
        };
        let result = self.stages(event).await;
        if let Some(error) = session.spied() {
            return outcome_of(&error, session);
        }
        judge(result, &wanted, session)
    }

    async fn stages(&self, event: &mut Event) -> Result<(), Error> {
        self.behavior.run(event).await?;
        let executed = self.execution.run(event).await;
        event.context.work.idle().await;
        executed?;
        self.validation.run(event).await
    }
}

fn judge(result: Result<(), Error>, wanted: &Wanted, session: &Session) -> Outcome {
    match result {
        Ok(()) if wanted.is_nothing() => Outcome::passed(),
        Ok(()) => Outcome::failed(format!("expected {}, but nothing failed", wanted.text())),
        Err(error) if wanted.is_nothing() => outcome_of(&error, session),
        Err(error) => match wanted.refuses(&error) {
            None => Outcome::passed(),
            Some(_) if Failure::description_of(&error).is_some() => outcome_of(&error, session),
            Some(why) => {
                let mut outcome = Outcome::failed(why);
                outcome.detail = explained(&error);
                outcome
            }
        },
    }
}

/// What an error makes of a test: a failed assertion is a failure, anything else an error.
pub fn outcome_of(error: &Error, session: &Session) -> Outcome {
    let mut outcome = match session.failure(error) {
        Some(failure) => {
            let mut outcome = Outcome::failed(failure.message);
            outcome.detail = failure.detail;
            outcome.detail.push(Line::new(Mark::Plain, format!("at {}", failure.location)));
            return outcome;
        }
        None => Outcome::error(error.to_string()),
    };
    outcome.detail = explained(error);
    outcome
}

/// Where an error comes from, with the script that failed.
fn explained(error: &Error) -> Vec<Line> {
    let mut text = String::new();
    if let Some(report) = error.report() {
        text = report.render(Style::default());
    }
    if let Some(location) = error.location() {
        text += &format!("at {location}\n{}", location.element);
    }
    text.trim_end().lines().map(|line| Line::new(Mark::Plain, line)).collect()
}
