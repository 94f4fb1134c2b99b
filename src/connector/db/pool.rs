//! Connections that are kept and lent.

use super::address::Address;
use super::decisions::Decisions;
use super::problem::Problem;
use super::server::{Session, outcomes};
use futures_util::stream::TryStreamExt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The connections to a database.
pub struct Pool {
    address: Address,
    /// Those that are not on loan; the last one was used last.
    idle: Mutex<Vec<Idle>>,
    /// A permit for each connection that may be on loan or under way.
    places: Arc<Semaphore>,
    settings: Settings,
    /// What it has decided for queues.
    pub decisions: Decisions,
}

/// A connection that nobody uses.
struct Idle {
    session: Box<dyn Session>,
    since: Instant,
}

/// How connections are kept.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How many there may be at once.
    pub most: usize,
    /// How many there are, even where nobody needs them.
    pub least: usize,
    /// How many are made at once where there is none.
    pub increment: usize,
    /// How long to wait for one; `None` for ever.
    pub wait: Option<Duration>,
    /// How long one is kept that nobody uses; `None` for ever.
    pub idle: Option<Duration>,
    /// Whether one that lay idle is tried before it is lent.
    pub test: bool,
    /// The isolation of their transactions, as SQL has it.
    pub isolation: Option<&'static str>,
}

impl Default for Settings {
    fn default() -> Self {
        let wait = Some(Duration::from_secs(30));
        Self { most: 20, least: 0, increment: 1, wait, idle: None, test: true, isolation: None }
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
        let session = self.open().await?;
        if self.settings.increment > 1 {
            let (pool, wanted) = (self.clone(), self.count() + self.settings.increment - 1);
            tokio::spawn(async move { pool.fill(wanted).await });
        }
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

    /// Makes a connection.
    async fn open(&self) -> Result<Box<dyn Session>, Problem> {
        let mut session = self.address.connect().await?;
        if let Some(set) = self.settings.isolation.and_then(|level| self.address.family().isolating(level)) {
            outcomes(session.script(set)).try_for_each(|_| std::future::ready(Ok(()))).await?;
        }
        Ok(session)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<Box<dyn Session>> {
        self.idle().pop().map(|idle| idle.session)
    }

    fn keep(&self, session: Box<dyn Session>) {
        if !self.places.is_closed() {
            self.idle().push(Idle { session, since: Instant::now() });
        }
    }

    /// How many connections there are, and are being made.
    fn count(&self) -> usize {
        self.idle().len() + self.settings.most.saturating_sub(self.places.available_permits())
    }

    /// Makes connections until there are so many, or as many as there may be.
    async fn fill(&self, wanted: usize) {
        while let Ok(_place) = self.places.try_acquire() {
            // The place counts as a connection already.
            if self.count() > wanted.min(self.settings.most) {
                return;
            }
            match self.open().await {
                Ok(session) => self.keep(session),
                Err(problem) => return tracing::debug!("a connection cannot be made ahead of its need: {problem}"),
            }
        }
    }

    /// Makes the connections that there always are, and closes those that nobody has used for long, until the pool is
    /// closed or gone.
    pub fn tend(self: &Arc<Self>) {
        let Settings { least, idle, .. } = self.settings;
        if least == 0 && idle.is_none() {
            return;
        }
        let pool = Arc::downgrade(self);
        tokio::spawn(async move {
            while let Some(pool) = Weak::upgrade(&pool).filter(|pool| !pool.places.is_closed()) {
                pool.prune().await;
                pool.fill(least).await;
                drop(pool);
                tokio::time::sleep(idle.map_or(ROUND, |idle| (idle / 4).min(ROUND))).await;
            }
        });
    }

    /// Closes what nobody has used for long.
    async fn prune(&self) {
        let Some(limit) = self.settings.idle else { return };
        let old: Vec<Idle> = {
            let mut idle = self.idle();
            let old = idle.iter().take_while(|one| one.since.elapsed() >= limit).count();
            idle.drain(..old).collect()
        };
        for one in old {
            one.session.close().await;
        }
    }

    /// Closes what is not on loan, and lends no more.
    pub async fn close(&self) {
        self.places.close();
        while let Some(session) = self.take() {
            session.close().await;
        }
    }
}

/// How often the connections are looked at.
const ROUND: Duration = Duration::from_secs(5);

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
        pool.keep(session);
        drop(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::db::address::Login;

    fn pool(settings: Settings) -> Arc<Pool> {
        let address = Address::parse("jdbc:sqlite::memory:", &Login::default()).unwrap();
        let pool = Arc::new(Pool::new(address, settings));
        pool.tend();
        pool
    }

    /// Waits until there are so many connections.
    async fn assert_comes_to(pool: &Pool, wanted: usize) {
        for _ in 0..500 {
            if pool.count() == wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("there are {} connections, not {wanted}", pool.count());
    }

    #[tokio::test]
    async fn some_are_made_ahead() {
        let least = pool(Settings { most: 3, least: 2, ..Settings::default() });
        assert_comes_to(&least, 2).await;
        let increment = pool(Settings { most: 3, increment: 5, ..Settings::default() });
        assert_eq!(increment.count(), 0);
        let lease = increment.lend().await.unwrap();
        assert_comes_to(&increment, 3).await;
        lease.hand_back();
        assert_comes_to(&increment, 3).await;
    }

    #[tokio::test]
    async fn what_nobody_uses_is_closed() {
        let pool = pool(Settings { idle: Some(Duration::from_millis(40)), ..Settings::default() });
        let (one, other) = (pool.lend().await.unwrap(), pool.lend().await.unwrap());
        one.hand_back();
        assert_comes_to(&pool, 1).await;
        other.hand_back();
        assert_comes_to(&pool, 0).await;
    }

    #[tokio::test]
    async fn waiting_has_an_end() {
        let pool = pool(Settings { most: 1, wait: Some(Duration::from_millis(20)), ..Settings::default() });
        let only = pool.lend().await.unwrap();
        let late = pool.lend().await.err().unwrap();
        assert_eq!(late.to_string(), "none of the 1 connections became free within 20ms");
        only.hand_back();
        assert!(pool.lend().await.is_ok());
        pool.close().await;
        assert_eq!(pool.lend().await.err().unwrap().to_string(), "the connections are closed: the app stops");
    }
}
