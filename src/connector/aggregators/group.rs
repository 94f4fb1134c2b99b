//! A group of gathered values, as it is kept in a store.

use crate::connector::clock::zoned_time;
use crate::diag::Fault;
use crate::flow::event::{Item, Message, Stored, Typed};
use crate::state::{Decoder, Encoder, damaged};
use crate::value::temporal::Temporal;
use crate::value::{ObjectBuilder, Value};
use std::time::{SystemTime, UNIX_EPOCH};

/// How far a group has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It takes values.
    Open,
    /// It had all its values.
    Complete,
    /// Its time was up before it was complete.
    TimedOut,
}

/// Values that belong together. Times are in milliseconds since 1970.
#[derive(Clone, Debug)]
pub struct Group {
    /// What tells it from others; made up where nothing does.
    pub id: String,
    /// When the first value came.
    pub first: i64,
    /// When the last value came.
    pub last: i64,
    /// How many values there will be; as many as come where that is not known.
    pub size: Option<u64>,
    /// When it is complete whether or not all values have come; after that, when it is forgotten.
    pub due: Option<i64>,
    /// How far it has come.
    pub stage: Stage,
    /// Each with its place in the sequence it belongs to.
    values: Vec<(Option<u64>, Typed)>,
}

/// Milliseconds since 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

impl Group {
    /// An empty group.
    pub fn new(id: String, size: Option<u64>, due: Option<i64>) -> Self {
        let first = now();
        Self { id, first, last: first, size, due, stage: Stage::Open, values: Vec::new() }
    }

    /// Adds a value.
    pub fn add(&mut self, value: Typed, item: Option<Item>) {
        self.last = now();
        self.values.push((item.map(|item| item.position as u64), value));
        if self.size.is_some_and(|size| self.values.len() as u64 >= size) {
            self.stage = Stage::Complete;
        }
    }

    /// Whether its time is up.
    pub fn is_due(&self) -> bool {
        self.due.is_some_and(|due| due <= now())
    }

    /// Forgets the values: the group is only remembered.
    pub fn close(&mut self, due: Option<i64>) {
        self.values.clear();
        self.due = due;
    }

    /// The list of values, with what is known of the group as attributes. Values are in the order of the sequence they
    /// belong to, or as they came.
    ///
    /// # Errors
    /// A value that is not what its media type says.
    pub fn message(&self) -> Result<Message, Fault> {
        let mut values: Vec<_> = self.values.iter().collect();
        values.sort_by_key(|(place, _)| *place);
        let values = values.into_iter().map(|(_, value)| value.read()).collect::<Result<Vec<_>, _>>()?;
        let mut attributes = ObjectBuilder::with_capacity(4);
        attributes.field("aggregationId", self.id.as_str());
        attributes.field("firstItemArrivalTime", moment(self.first)).field("lastItemArrivalTime", moment(self.last));
        attributes.field("isAggregationComplete", self.stage == Stage::Complete);
        let attributes = Typed::value(attributes.value());
        Ok(Message { payload: Typed::value(Value::array(values)), attributes })
    }
}

/// A time as a date with the zone of the system.
fn moment(millis: i64) -> Value {
    let moment = zoned_time(i128::from(millis) * 1_000_000);
    moment.map_or(Value::Null, |moment| Value::from(Temporal::from(moment)))
}

impl Stored for Group {
    fn write(&self, encoder: &mut Encoder) -> Result<(), Fault> {
        encoder.text(&self.id);
        encoder.signed(self.first);
        encoder.signed(self.last);
        optional(encoder, self.size);
        optional(encoder, self.due.map(|due| due.max(0).unsigned_abs()));
        encoder.tag(match self.stage {
            Stage::Open => 0,
            Stage::Complete => 1,
            Stage::TimedOut => 2,
        });
        encoder.count(self.values.len() as u64);
        for (place, value) in &self.values {
            optional(encoder, *place);
            value.write(encoder)?;
        }
        Ok(())
    }

    fn read_from(decoder: &mut Decoder<'_>) -> Result<Self, Fault> {
        let id = decoder.text()?.to_string();
        let (first, last) = (decoder.signed()?, decoder.signed()?);
        let (size, due) = (read_optional(decoder)?, read_optional(decoder)?);
        let stage = match decoder.tag()? {
            0 => Stage::Open,
            1 => Stage::Complete,
            2 => Stage::TimedOut,
            _ => return Err(damaged("a group of no known stage")),
        };
        let mut values = Vec::new();
        for _ in 0..decoder.count()? {
            values.push((read_optional(decoder)?, Typed::read_from(decoder)?));
        }
        let due = due.map(|due| i64::try_from(due).unwrap_or(i64::MAX));
        Ok(Self { id, first, last, size, due, stage, values })
    }
}

fn optional(encoder: &mut Encoder, number: Option<u64>) {
    encoder.presence(number.is_some());
    if let Some(number) = number {
        encoder.count(number);
    }
}

fn read_optional(decoder: &mut Decoder<'_>) -> Result<Option<u64>, Fault> {
    if decoder.is_present()? { decoder.count().map(Some) } else { Ok(None) }
}
