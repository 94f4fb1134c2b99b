//! `scheduler`: a source that starts its flow by the clock.

mod cron;

use self::cron::Cron;
use crate::diag::{Code, Fault};
use crate::flow::app::{Entry, Loop, Running, Source};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec, duration, time_unit};
use futures_util::future::BoxFuture;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep};

/// `scheduler`
pub static SPEC: Spec = Spec {
    name: "scheduler",
    doc: "Starts its flow by the clock. Runs overlap where one takes longer than the time to the next.",
    attributes: &[Attribute::default(
        "disallowConcurrentExecution",
        Kind::Boolean,
        "false",
        "Whether a run is left out while the one before it goes on.",
    )],
    parts: &[Part { spec: &STRATEGY, occurs: Occurs::Once }],
    example: r#"<scheduler><scheduling-strategy><cron expression="0 0 6 ? * MON-FRI" timeZone="Europe/Berlin"/></scheduling-strategy></scheduler>"#,
    make: Make::Source(|node| Box::new(Scheduler::of(node))),
    ..Spec::NEW
};

static STRATEGY: Spec = Spec {
    name: "scheduling-strategy",
    doc: "When the flow starts: `fixed-frequency` or `cron`.",
    parts: &[Part { spec: &FIXED_FREQUENCY, occurs: Occurs::Optional }, Part { spec: &CRON, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static FIXED_FREQUENCY: Spec = Spec {
    name: "fixed-frequency",
    doc: "Starts the flow again and again after the same time.",
    attributes: &[
        Attribute::default("frequency", Kind::Integer, "1000", "The time from one start to the next."),
        Attribute::default("startDelay", Kind::Integer, "0", "The time before the first start."),
        time_unit("timeUnit", "MILLISECONDS"),
    ],
    ..Spec::NEW
};

static CRON: Spec = Spec {
    name: "cron",
    doc: "Starts the flow at the times of a Quartz expression.",
    attributes: &[
        Attribute::required("expression", Kind::Text, "Second, minute, hour, day of month, month, day of week."),
        Attribute::new("timeZone", Kind::Text, "The zone of these times, the system's if it is left out."),
    ],
    ..Spec::NEW
};

enum Strategy {
    Fixed {
        frequency: Duration,
        delay: Duration,
    },
    Cron {
        schedule: Arc<Cron>,
        expression: String,
        zone: TimeZone,
    },
    /// A mistake in the configuration, which was noted.
    Never,
}

struct Scheduler {
    strategy: Strategy,
    overlaps: bool,
}

impl Scheduler {
    fn of(node: &Node<'_>) -> Self {
        let strategy = node.part("scheduling-strategy");
        let strategy = strategy.as_ref().map_or(Strategy::Never, Strategy::of);
        Self { strategy, overlaps: !node.boolean("disallowConcurrentExecution") }
    }
}

impl Strategy {
    fn of(node: &Node<'_>) -> Self {
        match (node.part("fixed-frequency"), node.part("cron")) {
            (Some(fixed), None) => Self::fixed(&fixed),
            (None, Some(cron)) => Self::cron(&cron),
            _ => {
                let message = "`scheduling-strategy` takes one of `fixed-frequency` and `cron`";
                node.builder.note(Fault::new(Code::Configuration, message).at(|| node.element.start()));
                Strategy::Never
            }
        }
    }

    fn fixed(node: &Node<'_>) -> Self {
        let unit = node.required("timeUnit");
        let time = |name| duration(node.integer(name).unwrap_or_default(), &unit);
        let frequency = time("frequency");
        if frequency.is_zero() {
            let fault = Fault::new(Code::Configuration, "`frequency` has to be more than nothing");
            node.refuse("frequency", fault);
            return Strategy::Never;
        }
        Strategy::Fixed { frequency, delay: time("startDelay") }
    }

    fn cron(node: &Node<'_>) -> Self {
        let expression = node.required("expression");
        let zone = node.text("timeZone").map_or_else(|| Ok(TimeZone::system()), |name| TimeZone::get(&name));
        let zone = zone.map_err(|_| {
            let name = node.required("timeZone");
            let fault = Fault::new(Code::Configuration, format!("there is no time zone `{name}`"));
            node.refuse("timeZone", fault.help("name one as in `Europe/Berlin` or `UTC`"));
        });
        match (Cron::parse(&expression).map_err(|fault| node.refuse("expression", fault)), zone) {
            (Ok(schedule), Ok(zone)) => Strategy::Cron { schedule: Arc::new(schedule), expression, zone },
            _ => Strategy::Never,
        }
    }
}

impl Source for Scheduler {
    fn start<'a>(&'a self, entry: Entry) -> BoxFuture<'a, Result<Box<dyn Running>, Fault>> {
        Box::pin(async move {
            let trigger = Trigger { entry, overlaps: self.overlaps, busy: Arc::default() };
            let task = match &self.strategy {
                Strategy::Fixed { frequency, delay } => tokio::spawn(by_frequency(trigger, *frequency, *delay)),
                Strategy::Cron { schedule, zone, .. } => tokio::spawn(by_cron(trigger, schedule.clone(), zone.clone())),
                Strategy::Never => tokio::spawn(async {}),
            };
            Ok(Loop::new(task) as Box<dyn Running>)
        })
    }

    fn describe(&self) -> String {
        match &self.strategy {
            Strategy::Fixed { frequency, .. } => format!("every {frequency:?}"),
            Strategy::Cron { expression, zone, .. } => {
                format!("cron {expression} ({})", zone.iana_name().unwrap_or("local time"))
            }
            Strategy::Never => "never".to_string(),
        }
    }
}

async fn by_frequency(trigger: Trigger, frequency: Duration, delay: Duration) {
    let mut ticks = interval_at(Instant::now() + delay, frequency);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        ticks.tick().await;
        trigger.fire();
    }
}

/// The longest sleep: the clock of the system may be set in the meantime.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

async fn by_cron(trigger: Trigger, schedule: Arc<Cron>, zone: TimeZone) {
    let mut last = Zoned::now().with_time_zone(zone);
    while let Some(next) = schedule.after(&last) {
        while let Some(rest) = until(&next) {
            sleep(rest.min(LONGEST_SLEEP)).await;
        }
        trigger.fire();
        // What was missed while the machine slept is not made up for.
        let now = Zoned::now().with_time_zone(next.time_zone().clone());
        last = if now > next { now } else { next };
    }
}

/// How long it is to a moment; `None` once it has come.
fn until(moment: &Zoned) -> Option<Duration> {
    Duration::try_from(moment.timestamp().duration_since(Timestamp::now())).ok().filter(|rest| !rest.is_zero())
}

/// Starts runs of a flow.
struct Trigger {
    entry: Entry,
    overlaps: bool,
    busy: Arc<AtomicBool>,
}

impl Trigger {
    /// Starts a run, unless one that goes on is in the way or the flow is full.
    fn fire(&self) {
        let flow = &self.entry.flow.name;
        if !self.overlaps && self.busy.swap(true, Ordering::AcqRel) {
            tracing::info!(
                "Flow '{flow}' is already running and 'disallowConcurrentExecution' is 'true'. Execution skipped."
            );
            return;
        }
        let (entry, busy) = (self.entry.clone(), self.busy.clone());
        let mut event = entry.event();
        let work = event.context.work.clone();
        work.spawn(async move {
            if let Err(error) = entry.run(&mut event).await
                && error.error_type().identifier() == "FLOW_BACK_PRESSURE"
            {
                tracing::warn!("a trigger of flow '{}' was rejected: {}", entry.flow.name, error.description());
            }
            busy.store(false, Ordering::Release);
        });
    }
}
