//! How far instances at work are, for the log and for whoever shows it.

use super::run::Run;
use super::store::Key;
use std::fmt;
use std::time::Instant;

/// How far an instance at work is.
#[derive(Clone, Debug)]
pub struct Figures {
    /// The instance's key in the store.
    pub key: Key,
    /// Its id.
    pub id: String,
    /// Its job.
    pub job: String,
    /// How many records it has.
    pub total: i64,
    /// How many of them have failed.
    pub failed: i64,
    /// How many steps of records are done, of how many.
    pub steps: (i64, i64),
    /// How many were done when the work began, and when that was.
    pub began: (i64, Instant),
}

impl Figures {
    /// Those of an instance at work.
    pub(super) fn of(run: &Run) -> Self {
        let queue = run.queue();
        let all = queue.counts.total * run.job.steps.len() as i64;
        let at_first = run.instance.counts.steps.iter().map(|s| s.successful + s.failed + s.skipped).sum();
        Self {
            key: run.instance.key,
            id: run.instance.id.clone(),
            job: run.job.name.clone(),
            total: queue.counts.total,
            failed: queue.counts.failed,
            steps: (all - queue.steps_left(), all),
            began: (at_first, run.began),
        }
    }

    /// How many steps of records are done in a second.
    pub fn rate(&self) -> f64 {
        (self.steps.0 - self.began.0) as f64 / self.began.1.elapsed().as_secs_f64().max(1e-3)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (done, all) = self.steps;
        let percent = done as f64 * 100.0 / (all.max(1)) as f64;
        let left = (all - done) as f64 / self.rate().max(1e-3);
        write!(
            f,
            "instance '{}' of job '{}': {percent:.1} % of {} records, {} failed, {:.0} steps of records a second, about \
             {left:.0} s left",
            self.id,
            self.job,
            self.total,
            self.failed,
            self.rate()
        )
    }
}
