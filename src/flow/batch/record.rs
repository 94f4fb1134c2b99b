//! Records: what a batch job takes its input apart into.

use crate::flow::event::{Error, Typed, Variables};
use crate::value::{ObjectBuilder, Str, Value};
use std::sync::Arc;

/// A record on its way through the steps.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its place in the input, from 0.
    pub number: u64,
    /// Its content.
    pub payload: Typed,
    /// The variables that it has other than those its instance began with.
    pub changed: Changed,
    /// In which steps it failed, and why.
    pub failures: Failures,
    /// What it was when it reached the step in which it failed first: a retry begins there.
    pub origin: Option<Box<Origin>>,
}

/// Variables that differ from those an instance began with; `None` for one that was removed.
pub type Changed = Vec<(Str, Option<Typed>)>;

/// The failures of a record, in the order of the steps.
pub type Failures = Arc<Vec<Failure>>;

/// A record as it reached a step.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The step's place in its job.
    pub step: usize,
    /// The content.
    pub payload: Typed,
    /// The variables.
    pub changed: Changed,
    /// What became of the record in that step and in those behind it.
    pub fates: Vec<Fate>,
}

/// What becomes of a record in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The step has worked on it.
    Successful,
    /// It failed.
    Failed,
    /// The step did not take it.
    Skipped,
}

/// Why a record failed in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The step's name.
    pub step: String,
    /// The error type, `NS:ID`.
    pub error_type: String,
    /// What failed.
    pub description: String,
    /// The same at length.
    pub detail: String,
    /// The name of what raised it.
    pub cause: String,
    /// The component that failed.
    pub place: String,
}

impl Record {
    /// A record as it comes out of the input.
    pub fn new(number: u64, payload: Typed) -> Self {
        Self { number, payload, changed: Vec::new(), failures: Failures::default(), origin: None }
    }

    /// The variables of the record.
    pub fn variables(&self, base: &Variables) -> Variables {
        let mut variables = base.clone();
        for (name, value) in &self.changed {
            match value {
                Some(value) => variables.set(name, value.clone()),
                None => drop(variables.remove(name)),
            }
        }
        variables
    }

    /// Takes over the variables that an event of the record ended with.
    pub fn take_variables(&mut self, base: &Variables, now: &Variables) {
        let set = now.changed_since(base).map(|(name, value)| (name.clone(), Some(value.clone())));
        let removed = base.iter().filter(|(name, _)| now.get(name).is_none()).map(|(name, _)| (name.clone(), None));
        self.changed = set.chain(removed).collect();
    }

    /// Notes what became of the record in a step, once it has failed in one.
    pub fn meet(&mut self, fate: Fate) {
        if let Some(origin) = &mut self.origin {
            origin.fates.push(fate);
        }
    }

    /// Takes back the last fate, which has turned out otherwise.
    pub fn unmeet(&mut self) {
        if let Some(origin) = &mut self.origin {
            origin.fates.pop();
        }
    }

    /// Notes that the record failed in a step.
    pub fn fail(&mut self, step: usize, failure: Failure) {
        if self.origin.is_none() {
            let (payload, changed) = (self.payload.clone(), self.changed.clone());
            self.origin = Some(Box::new(Origin { step, payload, changed, fates: Vec::new() }));
        }
        self.meet(Fate::Failed);
        Arc::make_mut(&mut self.failures).push(failure);
    }

    /// Makes a failed record what it was when it reached the step in which it failed first; gives that step, with what
    /// became of it there and behind. `None` for one that did not fail.
    pub fn rewind(&mut self) -> Option<(usize, Vec<Fate>)> {
        let origin = *self.origin.take()?;
        self.payload = origin.payload;
        self.changed = origin.changed;
        self.failures = Failures::default();
        Some((origin.step, origin.fates))
    }

    /// Whether it failed in any step.
    pub fn is_failed(&self) -> bool {
        !self.failures.is_empty()
    }
}

impl Failure {
    /// The failure of a step.
    pub fn of(step: &str, error: &Error) -> Self {
        Self {
            step: step.to_string(),
            error_type: error.error_type().to_string(),
            description: error.description().to_string(),
            detail: error.detail().to_string(),
            cause: error.cause().unwrap_or("org.mule.runtime.api.exception.DefaultMuleException").to_string(),
            place: error.location().map_or_else(String::new, ToString::to_string),
        }
    }

    /// The exception as expressions see it.
    pub fn to_value(&self) -> Value {
        let (namespace, identifier) = self.error_type.split_once(':').unwrap_or(("MULE", &self.error_type));
        let mut error_type = ObjectBuilder::with_capacity(2);
        error_type.field("namespace", namespace).field("identifier", identifier);
        let mut object = ObjectBuilder::with_capacity(8);
        object.field("class", self.cause.as_str()).field("message", self.description.as_str());
        object.field("localizedMessage", self.description.as_str()).field("errorType", error_type.value());
        object.field("description", self.description.as_str()).field("detailedDescription", self.detail.as_str());
        object.field("failingComponent", self.place.as_str()).field("step", self.step.as_str());
        object.value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(step: &str) -> Failure {
        let text = String::new;
        let error_type = "A:B".to_string();
        Failure { step: step.into(), error_type, description: text(), detail: text(), cause: text(), place: text() }
    }

    #[test]
    fn a_retry_begins_where_the_record_failed_first() {
        let mut record = Record::new(0, Typed::value(1.into()));
        record.fail(1, failure("one"));
        record.payload = Typed::value(2.into());
        record.fail(2, failure("two"));
        record.meet(Fate::Skipped);
        assert_eq!(record.rewind(), Some((1, vec![Fate::Failed, Fate::Failed, Fate::Skipped])));
        assert!(record.payload.is_equal(&Typed::value(1.into())) && !record.is_failed());
        assert_eq!(record.rewind(), None);
    }

    #[test]
    fn variables_are_kept_as_differences() {
        let mut base = Variables::default();
        base.set("season", Typed::value("autumn".into()));
        base.set("gone", Typed::value(1.into()));
        let mut now = base.clone();
        now.set("basket", Typed::value(2.into()));
        now.remove("gone");
        let mut record = Record::new(0, Typed::null());
        record.take_variables(&base, &now);
        assert_eq!(record.changed.len(), 2);
        let again = record.variables(&base);
        assert!(again.get("gone").is_none() && again.get("basket").is_some() && again.get("season").is_some());
    }
}
