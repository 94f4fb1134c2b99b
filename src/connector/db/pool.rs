//! Connections that are kept and lent.

use super::address::Address;
use super::decisions::Decisions;
use super::problem::Problem;
use super::server::Session;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The connections to a database.
pub struct Pool {
    address: Address,
    idle: Mutex<Vec<Box<dyn Session>>>,
    places: Arc<Semaphore>,
    settings: Settings,
    /// What it has decided for queues.
    pub decisions: Decisions,
}

/// How connections are kept.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How many there may be at once.
    pub most: usize,
    /// How long to wait for one; `None` for ever.
    pub wait: Option<Duration>,
    /// Whether one that lay idle is tried before it is lent.
    pub test: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { most: 20, wait: Some(Duration::from_secs(30)), test: true }
    }
}

/// A connection on loan. It goes back where it is handed back, and is closed where it is dropped: a statement that was
/// left in its midst still goes on in it.
pub struct Lease {
    session: Box<dyn Session>,
    pool: Arc<Pool>,
    place: OwnedSemaphorePermit,
}

impl Pool {
    /// A pool without connections yet.
    pub fn new(address: Address, settings: Settings) -> Self {
        let places = Arc::new(Semaphore::new(settings.most));
        Self { address, idle: Mutex::default(), places, settings, decisions: Decisions::default() }
    }

    /// Where its connections lead.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// A connection that works.
    ///
    /// # Errors
    /// A database that cannot be reached; no connection that becomes free in time.
    pub async fn lend(self: &Arc<Self>) -> Result<Lease, Problem> {
        let place = self.place().await?;
        while let Some(mut session) = self.take() {
            if !self.settings.test || session.ping().await.is_ok() {
                return Ok(Lease { session, pool: self.clone(), place });
            }
        }
        let session = self.address.connect().await?;
        Ok(Lease { session, pool: self.clone(), place })
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let place = self.places.clone().acquire_owned();
        let most = self.settings.most;
        let place = match self.settings.wait {
            None => place.await,
            Some(wait) => tokio::time::timeout(wait, place).await.map_err(|_| {
                Problem::connectivity(format!("none of the {most} connections became free within {wait:?}"))
            })?,
        };
        place.map_err(|_| Problem::connectivity("the connections are closed: the app stops"))
    }

    fn take(&self) -> Option<Box<dyn Session>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    /// Closes what is not on loan, and lends no more.
    pub async fn close(&self) {
        self.places.close();
        while let Some(session) = self.take() {
            session.close().await;
        }
    }
}

impl Lease {
    /// The connection.
    pub fn session(&mut self) -> &mut dyn Session {
        &mut *self.session
    }

    /// The pool that it is from.
    pub fn pool(&self) -> &Arc<Pool> {
        &self.pool
    }

    /// Hands it back after its work is done.
    pub fn hand_back(self) {
        let Self { session, pool, place } = self;
        if !pool.places.is_closed() {
            pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session);
        }
        drop(place);
    }
}
