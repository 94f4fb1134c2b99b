//! The scopes that gather: by number, by time, by group.

use super::group::{Group, Stage, now};
use super::keeper::Keeper;
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, new_correlation_id};
use crate::flow::exec::{Chain, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec, duration, time_unit};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

const NAME: Attribute = Attribute::required("name", Kind::Text, "Its name, for those who listen.");
const STORE: Attribute = Attribute::new(
    "objectStore",
    Kind::Reference,
    "The object store that keeps what was gathered; the app's own one, which outlives it, if it is left out.",
);
const TIMEOUT: Attribute =
    Attribute::new("timeout", Kind::Integer, "How long after its first value a group is given up; never without it.");
const TIMEOUT_UNIT: Attribute = time_unit("timeoutUnit", "SECONDS");

/// `aggregators:size-based-aggregator`
pub static SIZE: Spec = Spec {
    name: "aggregators:size-based-aggregator",
    doc: "Gathers values until there are so many. The event goes on as it came; variables that the routes set stay.",
    attributes: &[
        NAME,
        Attribute::required("maxSize", Kind::Count, "How many values there have to be."),
        TIMEOUT,
        TIMEOUT_UNIT,
        STORE,
    ],
    parts: &[
        Part { spec: &CONTENT, occurs: Occurs::Optional },
        Part { spec: &INCREMENTAL, occurs: Occurs::Optional },
        Part { spec: &COMPLETE, occurs: Occurs::Once },
    ],
    errors: &["AGGREGATORS:OBJECT_STORE_ACCESS"],
    example: r##"<aggregators:size-based-aggregator name="tens" maxSize="10">
  <aggregators:aggregation-complete><logger message="#[sum(payload)]"/></aggregators:aggregation-complete>
</aggregators:size-based-aggregator>"##,
    make: Make::Processor(|node| Box::new(Aggregator::of(node, By::Size))),
    ..Spec::NEW
};

/// `aggregators:time-based-aggregator`
pub static TIME: Spec = Spec {
    name: "aggregators:time-based-aggregator",
    doc: "Gathers values for so long after the first one, or until there are so many; an `aggregator-listener` gets them. \
          The event goes on as it came; variables that the route sets stay.",
    attributes: &[
        NAME,
        Attribute::required("period", Kind::Count, "How long values are gathered."),
        time_unit("periodUnit", "SECONDS"),
        Attribute::default("maxSize", Kind::Integer, "-1", "How many values are enough; -1: no number is."),
        STORE,
    ],
    parts: &[Part { spec: &CONTENT, occurs: Occurs::Optional }, Part { spec: &INCREMENTAL, occurs: Occurs::Optional }],
    errors: &["AGGREGATORS:OBJECT_STORE_ACCESS"],
    example: r##"<aggregators:time-based-aggregator name="orders-of-a-minute" period="1" periodUnit="MINUTES">
  <aggregators:content>#[payload.order]</aggregators:content>
</aggregators:time-based-aggregator>"##,
    make: Make::Processor(|node| Box::new(Aggregator::of(node, By::Time))),
    ..Spec::NEW
};

/// `aggregators:group-based-aggregator`
pub static GROUP: Spec = Spec {
    name: "aggregators:group-based-aggregator",
    doc: "Gathers values in groups until a group has all of its own. The event goes on as it came; variables that the routes \
          set stay. A group that has ended takes no more values until it is forgotten.",
    attributes: &[
        NAME,
        Attribute::default("groupId", Kind::Value, "#[correlationId]", "The group of a value."),
        Attribute::default(
            "groupSize",
            Kind::Value,
            "#[itemSequenceInfo.sequenceSize]",
            "How many values the group has; its first value decides.",
        ),
        Attribute::default(
            "evictionTime",
            Kind::Integer,
            "180",
            "How long a group that has ended is remembered; 0: not at all, less: for good.",
        ),
        time_unit("evictionTimeUnit", "SECONDS"),
        TIMEOUT,
        TIMEOUT_UNIT,
        STORE,
    ],
    parts: &[
        Part { spec: &CONTENT, occurs: Occurs::Optional },
        Part { spec: &INCREMENTAL, occurs: Occurs::Optional },
        Part { spec: &COMPLETE, occurs: Occurs::Once },
    ],
    errors: &[
        "AGGREGATORS:NO_GROUP_ID",
        "AGGREGATORS:NO_GROUP_SIZE",
        "AGGREGATORS:AGGREGATOR_CONFIG",
        "AGGREGATORS:GROUP_COMPLETED",
        "AGGREGATORS:GROUP_TIMED_OUT",
        "AGGREGATORS:OBJECT_STORE_ACCESS",
    ],
    example: r##"<aggregators:group-based-aggregator name="parcels" groupId="#[payload.order]" groupSize="#[payload.parcels]">
  <aggregators:content>#[payload.number]</aggregators:content>
  <aggregators:aggregation-complete><logger message="#['all parcels: ' ++ (payload joinBy ',')]"/></aggregators:aggregation-complete>
</aggregators:group-based-aggregator>"##,
    make: Make::Processor(|node| Box::new(Aggregator::of(node, By::Group))),
    ..Spec::NEW
};

static CONTENT: Spec = Spec {
    name: "aggregators:content",
    doc: "What is gathered of an event, `#[payload]` if it is left out.",
    body: Body::Value,
    ..Spec::NEW
};

static INCREMENTAL: Spec = Spec {
    name: "aggregators:incremental-aggregation",
    doc: "What is done with the values so far, each time one more comes and there are not enough.",
    body: Body::Processors,
    ..Spec::NEW
};

static COMPLETE: Spec = Spec {
    name: "aggregators:aggregation-complete",
    doc: "What is done with the values when all are there.",
    body: Body::Processors,
    ..Spec::NEW
};

/// What decides that there are enough values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Size,
    Time,
    Group,
}

struct Aggregator {
    by: By,
    keeper: Arc<Keeper>,
    content: Expression,
    size: Option<u64>,
    group: Option<(Expression, Expression)>,
    /// How long a group is open.
    time: Option<Duration>,
    incremental: Option<Chain>,
    complete: Option<Chain>,
}

impl Aggregator {
    fn of(node: &Node<'_>, by: By) -> Self {
        let (time, unit) = if by == By::Time { ("period", "periodUnit") } else { ("timeout", "timeoutUnit") };
        let span = |amount: &str, unit: &str| node.integer(amount).map(|n| duration(n, &node.required(unit)));
        let remembered = match by {
            By::Group => span("evictionTime", "evictionTimeUnit"),
            By::Size | By::Time => Some(Duration::ZERO),
        };
        let for_good = by == By::Group && node.integer("evictionTime").is_some_and(|time| time < 0);
        let named = node.has(STORE.name).then(|| node.store(STORE.name)).flatten();
        let remembered = remembered.filter(|_| !for_good);
        let keeper = Arc::new(Keeper::new(node.name(), named, remembered, by == By::Time));
        if !node.builder.adopt(Keeper::global_name(&keeper.name), keeper.clone()) {
            let message = format!("two aggregators have the name `{}`", keeper.name);
            node.refuse("name", Fault::new(Code::Configuration, message));
        }
        let chain = |part: &str| node.part(part).map(|part| part.chain());
        Self {
            by,
            keeper,
            content: node.content_of(CONTENT.name),
            size: node.limit("maxSize").map(|size| size as u64),
            group: (by == By::Group).then(|| (node.expression("groupId"), node.expression("groupSize"))),
            time: span(time, unit).filter(|time| !time.is_zero()),
            incremental: chain(INCREMENTAL.name),
            complete: chain(COMPLETE.name),
        }
    }

    /// The group of an event's value, and how many values it has.
    fn wanted(&self, event: &Event) -> Result<(String, Option<u64>), Error> {
        let Some((id, size)) = &self.group else { return Ok((String::new(), self.size)) };
        let Some(id) = id.text(event)? else {
            return Err(Error::named(event, "AGGREGATORS:NO_GROUP_ID", "groupId expression resolves to null"));
        };
        if size.value(event)?.is_null() {
            return Err(Error::named(event, "AGGREGATORS:NO_GROUP_SIZE", "groupSize expression resolves to null"));
        }
        let size = size.integer(event)?;
        match u64::try_from(size).ok().filter(|size| *size > 0) {
            Some(size) => Ok((id, Some(size))),
            None => {
                let text = format!("groupSize should be bigger than 0, got: {size}");
                Err(Error::named(event, "AGGREGATORS:AGGREGATOR_CONFIG", text))
            }
        }
    }

    /// Adds the value of an event to its group; gives the group as it is then.
    async fn gather(&self, event: &Event) -> Result<Group, Error> {
        let (key, size) = self.wanted(event)?;
        let value = self.content.typed(event)?;
        let failed = |fault: Fault| Error::named(event, "AGGREGATORS:OBJECT_STORE_ACCESS", fault.to_string());
        let _turn = self.keeper.turn().await;
        let known = self.keeper.group(&key).await.map_err(failed)?;
        let mut group = known.unwrap_or_else(|| self.new_group(&key, size));
        self.refuse_late(event, &group)?;
        group.add(value, event.item);
        match group.stage {
            Stage::Complete => self.keeper.complete(&key, group.clone(), self.by == By::Group).await,
            _ => self.keeper.keep(&key, &group).await,
        }
        .map_err(failed)?;
        Ok(group)
    }

    fn new_group(&self, key: &str, size: Option<u64>) -> Group {
        let id = if self.by == By::Group { key.to_string() } else { new_correlation_id().to_string() };
        let due = self.time.map(|time| now().saturating_add(i64::try_from(time.as_millis()).unwrap_or(i64::MAX)));
        Group::new(id, size, due)
    }

    fn refuse_late(&self, event: &Event, group: &Group) -> Result<(), Error> {
        let (kind, why) = match group.stage {
            Stage::Open => return Ok(()),
            Stage::Complete => ("GROUP_COMPLETED", "it's already complete"),
            Stage::TimedOut => ("GROUP_TIMED_OUT", "it has already timed out"),
        };
        let text = format!("Trying to aggregate a new element to the group with id: {} ,but {why}", group.id);
        Err(Error::named(event, &format!("AGGREGATORS:{kind}"), text))
    }
}

impl Processor for Aggregator {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let group = self.gather(event).await?;
            let route = if group.stage == Stage::Complete { &self.complete } else { &self.incremental };
            let Some(route) = route else { return Ok(()) };
            let values = group.message().map_err(|fault| Error::expression("payload", fault.into()))?;
            let before = std::mem::replace(&mut event.message, values);
            route.run(event).await?;
            event.message = before;
            Ok(())
        })
    }
}
