//! What a running test knows: its mocks and spies, the calls it may verify, the assertions that failed, what it stored.
//! The session watches every step of the app.

use super::assert::Failure;
use super::mock::{Call, Mock, Pattern, Spy};
use super::tools::Shelf;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Location, Observer, Step};
use futures_util::future::BoxFuture;
use std::any::Any;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the tests of a suite share while they run one after the other.
pub struct Session {
    /// The processors that tests count calls of; calls of others are not kept.
    counted: Vec<Pattern>,
    /// The names of the suite's tests: steps below them are the test's own.
    tests: HashSet<String>,
    state: Mutex<State>,
    /// The steps that ran, by the address of their location, which lives as long as the app.
    covered: Mutex<HashSet<usize>>,
    /// What the test stored.
    pub shelf: Shelf,
}

/// What belongs to one test.
#[derive(Default)]
struct State {
    mocks: Vec<Arc<Mock>>,
    spies: Vec<Arc<Spy>>,
    calls: Vec<Call>,
    failures: Vec<Failure>,
    spied: Option<Error>,
}

impl Session {
    /// A session of a suite with these tests, which counts calls of these processors.
    pub fn new(tests: HashSet<String>, counted: Vec<Pattern>) -> Self {
        Self { counted, tests, state: Mutex::default(), covered: Mutex::default(), shelf: Shelf::default() }
    }

    /// The session that an event's test belongs to.
    ///
    /// # Errors
    /// Outside of tests.
    pub fn of(event: &Event) -> Result<Arc<Session>, Error> {
        let observer = event.context.observer.clone().map(|observer| observer as Arc<dyn Any + Send + Sync>);
        let found = observer.and_then(|observer| match observer.downcast::<Session>() {
            Ok(session) => Some(session),
            Err(other) => other.downcast::<Aside>().ok().map(|aside| aside.0.clone()),
        });
        found.ok_or_else(|| Error::mule("UNKNOWN", "the elements of MUnit work in tests only: run `dwrun test`"))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets everything that belongs to a test.
    pub fn reset(&self) {
        // Dropped outside of the lock: what it holds may reach the session again.
        let before = std::mem::take(&mut *self.state());
        drop(before);
        self.shelf.clear();
    }

    /// Adds a mock; the last one that fits wins.
    pub fn mock(&self, mock: Mock) {
        self.state().mocks.push(Arc::new(mock));
    }

    /// Adds a spy.
    pub fn spy(&self, spy: Spy) {
        self.state().spies.push(Arc::new(spy));
    }

    /// Notes a failed assertion and gives the error that stands for it.
    pub fn fail(&self, failure: Failure) -> Error {
        let error = failure.error();
        self.state().failures.push(failure);
        error
    }

    /// The failed assertion that an error stands for, if it does.
    pub fn failure(&self, error: &Error) -> Option<Failure> {
        let description = Failure::description_of(error)?;
        self.state().failures.iter().rev().find(|failure| failure.message == description).cloned()
    }

    /// The first error of a spy: it counts even where a handler of the app has taken it.
    pub fn spied(&self) -> Option<Error> {
        self.state().spied.clone()
    }

    /// The calls made so far of processors that tests count.
    pub fn calls(&self) -> Vec<Call> {
        self.state().calls.clone()
    }

    /// Whether the step at this place ran in any test.
    pub fn is_covered(&self, location: &Arc<Location>) -> bool {
        self.covered.lock().unwrap_or_else(PoisonError::into_inner).contains(&address(location))
    }

    /// Notes that a step is called.
    fn note(&self, step: &Step, event: &Event) {
        self.covered.lock().unwrap_or_else(PoisonError::into_inner).insert(address(&step.location));
        if self.counted.iter().any(|pattern| pattern.is(&step.component.name)) {
            let call = Call { component: step.component.clone(), event: event.clone() };
            self.state().calls.push(call);
        }
    }

    /// The mock and the spies that a step has.
    fn watchers(&self, step: &Step, event: &Event) -> (Option<Arc<Mock>>, Vec<Arc<Spy>>) {
        let (mocks, spies) = {
            let state = self.state();
            if state.mocks.is_empty() && state.spies.is_empty() {
                return (None, Vec::new());
            }
            (state.mocks.clone(), state.spies.clone())
        };
        let is_own = || self.tests.contains(step.location.path.split('/').next().unwrap_or_default());
        let mut mocks = mocks.into_iter().rev();
        let mock =
            mocks.find(|mock| mock.selector.takes(&step.component, event) && (mock.selector.is_precise() || !is_own()));
        let spies = spies.into_iter().filter(|spy| spy.selector.takes(&step.component, event)).collect();
        (mock, spies)
    }

    fn spy_failed(&self, error: Error) -> Error {
        self.state().spied.get_or_insert(error).clone()
    }
}

fn address(location: &Arc<Location>) -> usize {
    Arc::as_ptr(location) as usize
}

/// The modules of the tests' own elements, which are neither mocked nor spied on.
const OWN: [&str; 2] = ["munit", "munit-tools"];

impl Observer for Session {
    fn observe<'a>(&'a self, step: &'a Step, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            if OWN.contains(&step.component.name.module.as_str()) {
                return step.processor.process(event).await;
            }
            self.note(step, event);
            let (mock, spies) = self.watchers(step, event);
            for spy in &spies {
                spy.before(event).await.map_err(|error| self.spy_failed(error))?;
            }
            match mock {
                Some(mock) => mock.apply(event).await?,
                None => step.processor.process(event).await?,
            }
            for spy in &spies {
                spy.after(event).await.map_err(|error| self.spy_failed(error))?;
            }
            Ok(())
        })
    }
}

/// Watches what spies do: it counts as theirs alone.
pub struct Aside(pub Arc<Session>);

impl Observer for Aside {
    fn observe<'a>(&'a self, step: &'a Step, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move { step.processor.process(event).await })
    }
}
