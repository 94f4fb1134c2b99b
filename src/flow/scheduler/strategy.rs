//! When something is done again and again: `scheduling-strategy` of schedulers and of sources that look for news.

use super::cron::Cron;
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Occurs, Part, Spec, duration, time_unit};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep};

/// `scheduling-strategy`
pub static STRATEGY: Spec = Spec {
    name: "scheduling-strategy",
    doc: "When it happens: `fixed-frequency` or `cron`.",
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

/// When something is done.
#[derive(Clone)]
pub enum Strategy {
    /// Again and again after the same time.
    Fixed {
        /// The time from one to the next.
        frequency: Duration,
        /// The time before the first.
        delay: Duration,
    },
    /// At the times of a Quartz expression.
    Cron(Arc<Times>),
    /// A mistake in the configuration, which was noted.
    Never,
}

/// The times of a Quartz expression.
pub struct Times {
    schedule: Cron,
    expression: String,
    zone: TimeZone,
}

impl Strategy {
    /// The `scheduling-strategy` of an element.
    pub fn of(node: &Node<'_>) -> Self {
        node.part(STRATEGY.name).map_or(Strategy::Never, |strategy| Self::read(&strategy))
    }

    fn read(node: &Node<'_>) -> Self {
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
            (Ok(schedule), Ok(zone)) => Strategy::Cron(Arc::new(Times { schedule, expression, zone })),
            _ => Strategy::Never,
        }
    }

    /// The moments from now on.
    pub fn ticks(&self) -> Ticks {
        Ticks(match self {
            Strategy::Fixed { frequency, delay } => {
                let mut ticks = interval_at(Instant::now() + *delay, *frequency);
                ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
                Waiting::Interval(Box::new(ticks))
            }
            Strategy::Cron(times) => {
                Waiting::Times { times: times.clone(), last: Box::new(Zoned::now().with_time_zone(times.zone.clone())) }
            }
            Strategy::Never => Waiting::Ended,
        })
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Strategy::Fixed { frequency, .. } => write!(f, "every {frequency:?}"),
            Strategy::Cron(times) => {
                write!(f, "cron {} ({})", times.expression, times.zone.iana_name().unwrap_or("local time"))
            }
            Strategy::Never => f.write_str("never"),
        }
    }
}

/// Moments to wait for.
pub struct Ticks(Waiting);

enum Waiting {
    Interval(Box<Interval>),
    Times { times: Arc<Times>, last: Box<Zoned> },
    Ended,
}

/// The longest sleep: the clock of the system may be set in the meantime.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

impl Ticks {
    /// Waits for the next moment; never returns where there is none. What was missed is not made up for.
    pub async fn next(&mut self) {
        match &mut self.0 {
            Waiting::Interval(ticks) => {
                ticks.tick().await;
            }
            Waiting::Times { times, last } => {
                let Some(next) = times.schedule.after(last) else {
                    self.0 = Waiting::Ended;
                    return std::future::pending().await;
                };
                while let Some(rest) = until(&next) {
                    sleep(rest.min(LONGEST_SLEEP)).await;
                }
                let now = Zoned::now().with_time_zone(next.time_zone().clone());
                **last = if now > next { now } else { next };
            }
            Waiting::Ended => std::future::pending().await,
        }
    }
}

/// How long it is to a moment; `None` once it has come.
fn until(moment: &Zoned) -> Option<Duration> {
    Duration::try_from(moment.timestamp().duration_since(Timestamp::now())).ok().filter(|rest| !rest.is_zero())
}
