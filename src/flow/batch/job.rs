//! `batch:job`

use super::load;
use super::step::{STEP, Step};
use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Chain, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec, duration};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

/// `batch:job`
pub(super) static SPEC: Spec = Spec {
    name: "batch:job",
    doc: "Takes the payload apart into records, writes them to disk and lets the flow go on; the records then go through \
          the steps in blocks, many blocks at once. Lists, objects, JSON, XML, CSV and the like can be taken apart, while \
          they are read: the input may be larger than the memory. What waits is on disk: after a crash the job goes on at \
          the blocks it was in. The payload behind the job tells of the instance: `{id, ownerJobName, status, recordCount}`; \
          its attributes are null.",
    attributes: &[
        Attribute::new("jobName", Kind::Text, "Its name; that of its flow and `Batch_Job` without it."),
        Attribute::new("name", Kind::Text, "The same as `jobName`."),
        Attribute::default(
            "maxFailedRecords",
            Kind::Integer,
            "0",
            "How many records of an instance may fail: one more and the instance stops; -1 for any number.",
        ),
        Attribute::default(
            "schedulingStrategy",
            Kind::Choice(&["ORDERED_SEQUENTIAL", "ROUND_ROBIN"]),
            "ORDERED_SEQUENTIAL",
            "Whether its instances run one after the other or take turns, block by block.",
        ),
        Attribute::new(
            "jobInstanceId",
            Kind::Value,
            "The id of an instance, as a script; no two may have the same. A UUID without it.",
        ),
        Attribute::default("blockSize", Kind::Count, "100", "How many records a block has."),
        Attribute::new(
            "maxConcurrency",
            Kind::Count,
            "How many blocks are worked on at once; twice the cores without it.",
        ),
        Attribute::new("target", Kind::Text, "The variable that keeps the input; the message then stays as well."),
    ],
    parts: &[
        Part { spec: &HISTORY, occurs: Occurs::Optional },
        Part { spec: &PROCESS_RECORDS, occurs: Occurs::Once },
        Part { spec: &ON_COMPLETE, occurs: Occurs::Optional },
    ],
    errors: &["MULE:EXPRESSION", "MULE:UNKNOWN"],
    example: r##"<batch:job jobName="orders" maxFailedRecords="-1">
  <batch:process-records>
    <batch:step name="check"><flow-ref name="check-order"/></batch:step>
    <batch:step name="send">
      <batch:aggregator size="200"><flow-ref name="send-orders"/></batch:aggregator>
    </batch:step>
    <batch:step name="mend" acceptPolicy="ONLY_FAILURES">
      <logger message="#[payload.id ++ ': ' ++ Batch::getFirstException().message]"/>
    </batch:step>
  </batch:process-records>
  <batch:on-complete>
    <logger message="#[payload.successfulRecords as String ++ ' orders sent']"/>
  </batch:on-complete>
</batch:job>"##,
    make: Make::Processor(|node| Box::new(BatchJob::of(node))),
    ..Spec::NEW
};

static HISTORY: Spec = Spec {
    name: "batch:history",
    doc: "How long what is known of ended instances is kept.",
    parts: &[Part { spec: &EXPIRATION, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static EXPIRATION: Spec = Spec {
    name: "batch:expiration",
    doc: "When an ended instance is forgotten.",
    attributes: &[
        Attribute::default("maxAge", Kind::Count, "7", "How old it may become."),
        Attribute::default(
            "ageUnit",
            Kind::Choice(&["DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS"]),
            "DAYS",
            "The unit of time of `maxAge`.",
        ),
    ],
    ..Spec::NEW
};

static PROCESS_RECORDS: Spec = Spec {
    name: "batch:process-records",
    doc: "The steps, in their order.",
    parts: &[Part { spec: &STEP, occurs: Occurs::AtLeast(1) }],
    ..Spec::NEW
};

static ON_COMPLETE: Spec = Spec {
    name: "batch:on-complete",
    doc: "Runs when all records have gone through all steps, or the instance was stopped by its failures. The payload is \
          the result: `totalRecords`, `successfulRecords`, `failedRecords` and more; the only variable is \
          `batchJobInstanceId`.",
    body: Body::Processors,
    ..Spec::NEW
};

/// How long history is kept where nothing else is said: seven days.
const HISTORY_AGE: Duration = Duration::from_secs(7 * 24 * 3600);

/// A batch job of an app.
pub struct Job {
    /// Its name.
    pub name: String,
    /// Its steps.
    pub steps: Vec<Step>,
    /// What runs at the end of an instance.
    pub on_complete: Chain,
    /// How many records a block has.
    pub block_size: usize,
    /// How many blocks are worked on at once.
    pub max_concurrency: usize,
    /// How many records of an instance may fail; `None` for any number.
    pub max_failed: Option<i64>,
    /// Whether its instances take turns.
    pub takes_turns: bool,
    /// How long ended instances are kept.
    pub history: Duration,
}

impl Global for Job {}

impl Job {
    fn of(node: &Node<'_>) -> Self {
        let flow = node.path.split('/').next().unwrap_or_default();
        let name = node.text("jobName").or_else(|| node.text("name")).unwrap_or_else(|| format!("{flow}Batch_Job"));
        let steps = node.part(PROCESS_RECORDS.name).map(|all| all.parts(STEP.name)).unwrap_or_default();
        let steps: Vec<_> = steps.iter().enumerate().map(|(at, step)| Step::of(step, at)).collect();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let expiration = node.part(HISTORY.name).and_then(|history| history.part(EXPIRATION.name));
        let age = |part: Node<'_>| Some(duration(part.integer("maxAge")?, &part.required("ageUnit")));
        Self {
            name,
            steps,
            on_complete: node.part(ON_COMPLETE.name).map(|part| part.chain()).unwrap_or_default(),
            block_size: node.limit("blockSize").unwrap_or(100),
            max_concurrency: node.limit("maxConcurrency").unwrap_or(2 * cores),
            max_failed: node.integer("maxFailedRecords").filter(|most| *most >= 0),
            takes_turns: node.required("schedulingStrategy") == "ROUND_ROBIN",
            history: expiration.and_then(age).unwrap_or(HISTORY_AGE),
        }
    }

    /// Notes what is wrong with names.
    fn check(&self, node: &Node<'_>) {
        for (at, step) in self.steps.iter().enumerate() {
            if self.steps[..at].iter().any(|before| before.name == step.name) {
                let message = format!("two steps of the batch job `{}` have the name `{}`", self.name, step.name);
                node.refuse("jobName", Fault::new(Code::Configuration, message));
            }
        }
        let id = node.element.attribute("jobInstanceId");
        if id.is_some_and(|id| !id.text.trim_start().starts_with("#[")) {
            let fault =
                Fault::new(Code::Configuration, "`jobInstanceId` has to be a script: no two instances have the same");
            node.refuse("jobInstanceId", fault.help("as in `#['orders of ' ++ now() as String]`"));
        }
    }

    /// What globals call a job of this name.
    pub fn global_name(name: &str) -> String {
        format!("batch:job/{name}")
    }
}

/// A job at its place in a flow.
struct BatchJob {
    job: Arc<Job>,
    id: Option<Expression>,
    target: Option<String>,
}

impl BatchJob {
    fn of(node: &Node<'_>) -> Self {
        let job = Arc::new(Job::of(node));
        job.check(node);
        if !node.builder.add_global(Job::global_name(&job.name), job.clone()) {
            let message = format!("two batch jobs have the name `{}`", job.name);
            node.refuse("jobName", Fault::new(Code::Configuration, message));
        }
        Self { job, id: node.value("jobInstanceId"), target: node.text("target") }
    }
}

impl Processor for BatchJob {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let id = match &self.id {
                Some(id) => id.text(event)?.unwrap_or_default(),
                None => uuid::Uuid::new_v4().to_string(),
            };
            let input = event.message.clone();
            let told = load::run(&self.job, id, event).await?;
            match &self.target {
                Some(target) => event.variables.set(target, input.payload),
                None => event.message = told,
            }
            Ok(())
        })
    }
}
