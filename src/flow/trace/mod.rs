//! What an event did: the tree of its steps with times, as text or as a page.

mod page;
mod text;

pub use page::page;
pub use text::text;

use crate::flow::event::{Error, Event};
use crate::flow::exec::{Context, Observer, Step};
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many steps of one event are kept.
const MOST_STEPS: usize = 10_000;

/// A step that ran, or still runs.
#[derive(Clone, Debug)]
pub struct Span {
    /// Its number, from 1.
    pub id: u32,
    /// The step that it ran in; 0 for none.
    pub parent: u32,
    /// Its element, and its `doc:name`.
    pub name: String,
    /// Where it is: `flow/processors/0`.
    pub path: String,
    /// When it began, counted from the event's beginning.
    pub begin: Duration,
    /// When it ended; `None` where it was cut.
    pub end: Option<Duration>,
    /// The error that it ended with.
    pub error: Option<String>,
}

/// What an event did.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The event's correlation id.
    pub event: String,
    /// The flow that it came into.
    pub flow: String,
    /// How long its flow took; work that it left behind may go on.
    pub answered: Duration,
    /// The steps, in the order they began.
    pub spans: Vec<Span>,
    /// How many steps are not kept.
    pub dropped: usize,
}

impl Trace {
    /// When the last step ended.
    pub fn total(&self) -> Duration {
        self.spans.iter().filter_map(|span| span.end).max().unwrap_or(self.answered).max(self.answered)
    }

    /// The steps in the order of their tree, each with its depth.
    pub fn tree(&self) -> Vec<(usize, &Span)> {
        let mut children: HashMap<u32, Vec<&Span>> = HashMap::new();
        self.spans.iter().for_each(|span| children.entry(span.parent).or_default().push(span));
        let mut rows = Vec::with_capacity(self.spans.len());
        let mut open: Vec<(usize, &Span)> = Vec::new();
        let below =
            |id: u32, depth: usize| children.get(&id).into_iter().flatten().rev().map(move |span| (depth, *span));
        open.extend(below(0, 0));
        while let Some((depth, span)) = open.pop() {
            rows.push((depth, span));
            open.extend(below(span.id, depth + 1));
        }
        rows
    }
}

/// Records what events do, and hands each trace on when all that its event started has ended.
pub struct Recorder {
    running: Mutex<HashMap<usize, Open>>,
    done: Box<dyn Fn(Trace) + Send + Sync>,
}

/// The trace of an event under way.
struct Open {
    began: Instant,
    spans: Vec<Span>,
    dropped: usize,
}

impl Recorder {
    /// A recorder that hands traces to this.
    pub fn new(done: Box<dyn Fn(Trace) + Send + Sync>) -> Self {
        Self { running: Mutex::default(), done }
    }

    /// Works on the open trace of an event.
    fn with<T>(&self, event: usize, work: impl FnOnce(&mut Open) -> T) -> T {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let open =
            running.entry(event).or_insert_with(|| Open { began: Instant::now(), spans: Vec::new(), dropped: 0 });
        work(open)
    }

    /// Notes that a step begins; gives its number, 0 where it is not kept.
    fn begin(&self, step: &Step, event: &Event) -> u32 {
        let component = &step.component;
        let name = match &component.label {
            Some(label) => format!("{} \"{label}\"", component.name),
            None => component.name.to_string(),
        };
        self.with(key(&event.context), |open| {
            if open.spans.len() >= MOST_STEPS {
                open.dropped += 1;
                return 0;
            }
            let id = open.spans.len() as u32 + 1;
            let (parent, path, begin) = (event.step, step.location.path.clone(), open.began.elapsed());
            open.spans.push(Span { id, parent, name, path, begin, end: None, error: None });
            id
        })
    }

    fn end(&self, id: u32, event: &Event, outcome: &Result<(), Error>) {
        self.with(key(&event.context), |open| {
            let end = open.began.elapsed();
            if let Some(span) = (id as usize).checked_sub(1).and_then(|at| open.spans.get_mut(at)) {
                span.end = Some(end);
                span.error = outcome.as_ref().err().map(|error| error.error_type().to_string());
            }
        });
    }
}

/// What tells events apart that are under way.
fn key(context: &Arc<Context>) -> usize {
    Arc::as_ptr(context) as usize
}

impl Observer for Recorder {
    fn observe<'a>(&'a self, step: &'a Step, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let id = self.begin(step, event);
            let outer = std::mem::replace(&mut event.step, id);
            let outcome = step.processor.process(event).await;
            event.step = outer;
            self.end(id, event, &outcome);
            outcome
        })
    }

    fn ended(self: Arc<Self>, event: &Event, flow: &str) {
        let (context, flow) = (event.context.clone(), flow.to_string());
        let correlation = event.correlation_id.to_string();
        let answered = self.with(key(&context), |open| open.began.elapsed());
        // A piece of the app's work, so that the app does not end before the trace is told.
        let telling = context.app.work.clone();
        drop(telling.spawn(async move {
            context.work.idle().await;
            let open = self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(&context));
            if let Some(Open { spans, dropped, .. }) = open {
                (self.done)(Trace { event: correlation, flow, answered, spans, dropped });
            }
        }));
    }
}

/// A time as people read it.
fn shown(time: Duration) -> String {
    match time.as_micros() {
        micros @ 0..1000 => format!("{micros} µs"),
        micros @ 1000..1_000_000 => format!("{}.{} ms", micros / 1000, micros % 1000 / 100),
        _ => format!("{:.2} s", time.as_secs_f64()),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A scatter-gather of two routes, the second one failing.
    pub fn sample() -> Trace {
        let ms = Duration::from_millis;
        let span = |id, parent, name: &str, begin, end: u64| Span {
            id,
            parent,
            name: name.into(),
            path: format!("main/processors/{id}"),
            begin: ms(begin),
            end: Some(ms(end)),
            error: (id == 3).then(|| "HTTP:TIMEOUT".to_string()),
        };
        let spans = vec![
            span(1, 0, "scatter-gather", 0, 100),
            span(2, 1, "http:request", 0, 40),
            span(3, 1, "http:request", 0, 100),
            span(4, 0, "ee:transform \"Merge <all>\"", 100, 200),
        ];
        Trace { event: "e-1".into(), flow: "main".into(), answered: ms(200), spans, dropped: 0 }
    }

    #[test]
    fn steps_stand_below_those_they_ran_in() {
        let trace = sample();
        let rows: Vec<_> = trace.tree().iter().map(|(depth, span)| (*depth, span.id)).collect();
        assert_eq!(rows, [(0, 1), (1, 2), (1, 3), (0, 4)]);
    }
}
