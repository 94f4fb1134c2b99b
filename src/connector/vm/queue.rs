//! A queue in memory: bounded if it is to be, first in first out.

use super::letter::Letter;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// A queue in memory.
pub struct Queue {
    /// Its name.
    pub name: String,
    /// Whether it is to survive the app.
    pub persistent: bool,
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
        Self { name, persistent, inside: Mutex::default(), letters: Semaphore::new(0), places }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a letter in, as soon as there is a place for it; whether there was one in time.
    pub async fn push(&self, mut letter: Letter, wait: Duration) -> bool {
        if let Some(places) = &self.places {
            match timeout(wait, places.acquire()).await {
                Ok(Ok(place)) => place.forget(),
                _ => return false,
            }
        }
        let mut inside = self.inside();
        if inside.listener.is_some() {
            letter.busy = Some(letter.context.work.begin());
        }
        inside.letters.push_back(letter);
        drop(inside);
        self.letters.add_permits(1);
        true
    }

    /// Takes the next letter, as soon as there is one.
    pub async fn pop(&self) -> Option<Letter> {
        self.letters.acquire().await.ok()?.forget();
        let letter = self.inside().letters.pop_front();
        if let Some(places) = &self.places {
            places.add_permits(1);
        }
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
        inside.letters.iter_mut().for_each(|letter| letter.busy = Some(letter.context.work.begin()));
        Ok(())
    }

    /// Nobody listens any more: letters stay, and nobody needs to wait for them.
    pub fn unlisten(&self) {
        let mut inside = self.inside();
        inside.listener = None;
        inside.letters.iter_mut().for_each(|letter| letter.busy = None);
    }
}
