//! The instances of one job: who gets the next free worker.

use super::job::Job;
use super::queue::{Halt, Task};
use super::run::Run;
use super::work;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The instances of one job that are at work.
pub struct Line {
    most: usize,
    takes_turns: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// In the order they came.
    runs: Vec<Arc<Run>>,
    busy: usize,
    /// Whose turn it is, where instances take turns.
    turn: usize,
}

impl State {
    /// The next piece of work and the instance that it belongs to.
    fn take(&mut self, takes_turns: bool) -> Option<(Arc<Run>, Task)> {
        let (count, first) = if takes_turns { (self.runs.len(), self.turn) } else { (self.runs.len().min(1), 0) };
        for at in (0..count).map(|at| (first + at) % count) {
            if let Some(task) = self.runs[at].next() {
                self.turn = at + 1;
                return Some((self.runs[at].clone(), task));
            }
        }
        None
    }
}

impl Line {
    /// The line of a job.
    pub fn of(job: &Job) -> Arc<Self> {
        Arc::new(Self { most: job.max_concurrency, takes_turns: job.takes_turns, state: Mutex::default() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets an instance in.
    pub fn add(self: &Arc<Self>, run: Arc<Run>) {
        {
            let mut state = self.state();
            state.runs.push(run);
            state.runs.sort_by_key(|run| (run.instance.created, run.instance.key));
        }
        self.pump();
    }

    /// The instances that are at work.
    pub fn runs(&self) -> Vec<Arc<Run>> {
        self.state().runs.clone()
    }

    /// Stops all instances where they are; they go on another time.
    pub fn pause(self: &Arc<Self>) {
        let runs = self.runs();
        runs.iter().for_each(|run| run.halt(Halt::Pause));
        self.pump();
        // Those whose turn has not come have nothing under way.
        runs.iter().filter(|run| self.is_waiting(run)).for_each(|run| run.end());
    }

    /// Whether an instance is one that waits for those before it.
    fn is_waiting(&self, run: &Arc<Run>) -> bool {
        !self.takes_turns && self.state().runs.first().is_some_and(|first| !Arc::ptr_eq(first, run))
    }

    /// Gives work to free workers.
    pub fn pump(self: &Arc<Self>) {
        loop {
            let (run, task) = {
                let mut state = self.state();
                if state.busy >= self.most {
                    return;
                }
                let Some(next) = state.take(self.takes_turns) else { return };
                state.busy += 1;
                next
            };
            let guard = Worker { line: self.clone(), run: run.clone(), is_last: task.is_last() };
            // Nobody waits for the task itself: the instance counts as work until it is over.
            drop(run.context.work.clone().spawn(async move {
                work::perform(&run, task).await;
                drop(guard);
            }));
        }
    }
}

/// A worker at work; it is free again when this is dropped, however the work ended.
struct Worker {
    line: Arc<Line>,
    run: Arc<Run>,
    is_last: bool,
}

impl Drop for Worker {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.run.queue().break_off();
        }
        if self.is_last {
            self.run.end();
        }
        self.run.queue().landed();
        {
            let mut state = self.line.state();
            state.busy -= 1;
            state.runs.retain(|run| !run.is_over());
        }
        self.line.pump();
    }
}
