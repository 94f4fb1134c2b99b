//! Work that outlives the scope it was started in: counted, waited for, and cut only at the end.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinHandle};

/// Counts running work. What is counted here is counted in all that it belongs to as well: an event's work is part of
/// the app's.
#[derive(Debug, Default)]
pub struct Work {
    parent: Option<Arc<Work>>,
    running: AtomicUsize,
    ended: Notify,
}

/// One piece of work; it counts until this is dropped.
#[derive(Debug)]
pub struct Busy(Arc<Work>);

impl Work {
    /// Work that is part of other work.
    pub fn part_of(parent: &Arc<Work>) -> Arc<Self> {
        Arc::new(Self { parent: Some(parent.clone()), ..Self::default() })
    }

    /// Begins a piece of work.
    pub fn begin(self: &Arc<Self>) -> Busy {
        self.lineage(|work| {
            work.running.fetch_add(1, Ordering::AcqRel);
        });
        Busy(self.clone())
    }

    /// How many pieces are not done.
    pub fn running(&self) -> usize {
        self.running.load(Ordering::Acquire)
    }

    /// Waits until nothing runs.
    pub async fn idle(&self) {
        loop {
            let ended = self.ended.notified();
            if self.running() == 0 {
                return;
            }
            ended.await;
        }
    }

    /// Runs a future on its own, as a piece of this work.
    pub fn spawn<T: Send + 'static>(
        self: &Arc<Self>,
        future: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        let busy = self.begin();
        tokio::spawn(async move {
            let result = future.await;
            drop(busy);
            result
        })
    }

    /// Ends a piece of work, the outermost first: who sees that an event's work has ended sees it of the app's, too.
    fn end(&self) {
        if let Some(parent) = &self.parent {
            parent.end();
        }
        if self.running.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.ended.notify_waiters();
        }
    }

    fn lineage(&self, mut each: impl FnMut(&Work)) {
        let mut next = Some(self);
        while let Some(work) = next {
            each(work);
            next = work.parent.as_deref();
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// A task that ends when its owner goes away, unless the owner lets go of it: the routes of a request end with the
/// request.
pub struct Tied<T> {
    task: JoinHandle<T>,
    abort: Option<AbortHandle>,
}

impl<T: Send + 'static> Tied<T> {
    /// Ties a task to this handle.
    pub fn new(task: JoinHandle<T>) -> Self {
        let abort = Some(task.abort_handle());
        Self { task, abort }
    }

    /// The task, to be waited for.
    pub fn task(&mut self) -> &mut JoinHandle<T> {
        &mut self.task
    }

    /// Lets the task run on by itself.
    pub fn release(mut self) {
        self.abort = None;
    }
}

impl<T> Drop for Tied<T> {
    fn drop(&mut self) {
        if let Some(abort) = self.abort.take() {
            abort.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    async fn work_counts_in_all_it_belongs_to() {
        let app = Arc::new(Work::default());
        let event = Work::part_of(&app);
        let busy = event.begin();
        assert_eq!((app.running(), event.running()), (1, 1));
        let waiting = tokio::spawn({
            let app = app.clone();
            async move { app.idle().await }
        });
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert!(!waiting.is_finished());
        drop(busy);
        waiting.await.unwrap();
        assert_eq!((app.running(), event.running()), (0, 0));
    }
}
