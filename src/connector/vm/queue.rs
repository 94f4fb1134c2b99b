//! A queue: bounded if it is to be, first in first out; in memory, and on the disk as well where it is persistent.

use super::kept::{Changes, Kept, body};
use super::letter::Letter;
use crate::diag::Fault;
use crate::flow::app::App;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// A queue. Every message of a persistent one is in the database before anybody sees it, and until somebody is done with
/// it.
pub struct Queue {
    /// Its name.
    pub name: String,
    /// The database, where it is persistent.
    pub kept: Option<Kept>,
    inside: Mutex<Inside>,
    /// A permit for each letter.
    letters: Semaphore,
    /// A permit for each free place; unbounded queues have none.
    places: Option<Semaphore>,
}

#[derive(Default)]
struct Inside {
    letters: VecDeque<Letter>,
    /// The flow that listens.
    listener: Option<String>,
}

impl Queue {
    /// An empty queue with so many places.
    pub fn new(name: String, persistent: bool, places: Option<usize>) -> Self {
        let places = places.map(|most| Semaphore::new(most.min(Semaphore::MAX_PERMITS)));
        let kept = persistent.then(Kept::default);
        Self { name, kept, inside: Mutex::default(), letters: Semaphore::new(0), places }
    }

    /// Takes in what was left in the database.
    ///
    /// # Errors
    /// A database that cannot be used.
    pub async fn open(&self, app: &Arc<App>) -> Result<(), Fault> {
        let Some(kept) = &self.kept else { return Ok(()) };
        for letter in kept.open(app, &self.name).await? {
            self.occupy();
            self.put(letter);
        }
        Ok(())
    }

    /// Forgets what is in the database and lets go of it.
    pub fn close(&self) {
        let Some(kept) = &self.kept else { return };
        kept.close();
        self.inside().letters.clear();
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a place; whether there was one in time. It is for [`Queue::put`], or [`Queue::vacate`].
    pub async fn reserve(&self, wait: Duration) -> bool {
        let Some(places) = &self.places else { return true };
        match timeout(wait, places.acquire()).await {
            Ok(Ok(place)) => {
                place.forget();
                true
            }
            _ => false,
        }
    }

    /// Gives a place back.
    pub fn vacate(&self) {
        if let Some(places) = &self.places {
            places.add_permits(1);
        }
    }

    /// Takes a place if there is one: letters that cannot be refused may be more than there are places.
    fn occupy(&self) {
        if let Some(Ok(place)) = self.places.as_ref().map(Semaphore::try_acquire) {
            place.forget();
        }
    }

    /// Writes a letter into the database, where the queue is persistent.
    ///
    /// # Errors
    /// Content that cannot be kept, a database that cannot be written.
    pub async fn keep(&self, letter: &mut Letter) -> Result<(), Fault> {
        let Some(kept) = &self.kept else { return Ok(()) };
        let body = body(&letter.content, letter.correlation_id.as_ref())?;
        let added = vec![(self.name.clone(), body)];
        letter.kept = kept.change(Changes { added, ..Changes::default() }, None).await?.pop();
        Ok(())
    }

    /// Somebody is done with a letter: it need not come back.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub async fn done(&self, letter: Option<i64>) -> Result<(), Fault> {
        let (Some(kept), Some(id)) = (&self.kept, letter) else { return Ok(()) };
        kept.change(Changes { removed: vec![id], ..Changes::default() }, None).await.map(drop)
    }

    /// Puts a letter in, at its place.
    pub fn put(&self, letter: Letter) {
        self.insert(letter, VecDeque::push_back);
    }

    /// Puts a letter back that was taken and not dealt with: it is the next one again.
    pub fn put_back(&self, letter: Letter) {
        self.occupy();
        self.insert(letter, VecDeque::push_front);
    }

    fn insert(&self, mut letter: Letter, add: impl FnOnce(&mut VecDeque<Letter>, Letter)) {
        let mut inside = self.inside();
        letter.waiting = inside.listener.is_some().then(|| letter.context.work.begin());
        add(&mut inside.letters, letter);
        drop(inside);
        self.letters.add_permits(1);
    }

    /// Takes the next letter, as soon as there is one.
    pub async fn pop(&self) -> Option<Letter> {
        self.letters.acquire().await.ok()?.forget();
        let letter = self.inside().letters.pop_front();
        self.vacate();
        letter
    }

    /// Takes the next letter, if there is one in time.
    pub async fn pop_within(&self, wait: Duration) -> Option<Letter> {
        timeout(wait, self.pop()).await.ok().flatten()
    }

    /// The flow that listens.
    pub fn listener(&self) -> Option<String> {
        self.inside().listener.clone()
    }

    /// Lets a flow listen: the letters that wait for it are work now.
    ///
    /// # Errors
    /// The flow that listens already.
    pub fn listen(&self, flow: &str) -> Result<(), String> {
        let mut inside = self.inside();
        if let Some(other) = &inside.listener {
            return Err(other.clone());
        }
        inside.listener = Some(flow.to_string());
        inside.letters.iter_mut().for_each(|letter| letter.waiting = Some(letter.context.work.begin()));
        Ok(())
    }

    /// Nobody listens any more: letters stay, and nobody needs to wait for them.
    pub fn unlisten(&self) {
        let mut inside = self.inside();
        inside.listener = None;
        inside.letters.iter_mut().for_each(|letter| letter.waiting = None);
    }
}
