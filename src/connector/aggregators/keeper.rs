//! What stands behind an aggregator: its groups in a store, their times, and the flow that listens.

use super::group::{Group, Stage, now};
use crate::diag::Fault;
use crate::flow::app::{App, Entry, Global};
use crate::flow::event::{Event, Message, Stored, Typed};
use crate::flow::store::Store;
use crate::value::Value;
use futures_util::future::BoxFuture;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::MutexGuard;

/// The groups of an aggregator.
pub struct Keeper {
    /// The aggregator's name.
    pub name: String,
    /// How long a group that has ended is remembered; `None`: for good.
    pub remembered: Option<Duration>,
    /// Whether a group whose time is up is complete, as one of a `time-based-aggregator` is.
    ends_by_time: bool,
    /// The store that the element names; the app's own one otherwise.
    named: Option<Arc<dyn Store>>,
    app: OnceLock<Weak<App>>,
    listener: Mutex<Option<Listener>>,
    /// One change after the other.
    turn: tokio::sync::Mutex<()>,
}

/// A flow that gets groups.
#[derive(Clone)]
pub struct Listener {
    /// The way into the flow.
    pub entry: Entry,
    /// Whether it gets groups that are not complete as well.
    pub takes_timed_out: bool,
}

impl Keeper {
    /// The groups of an aggregator of this name.
    pub fn new(name: String, named: Option<Arc<dyn Store>>, remembered: Option<Duration>, ends_by_time: bool) -> Self {
        Self {
            name,
            remembered,
            ends_by_time,
            named,
            app: OnceLock::new(),
            listener: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }
    }

    /// The name under which the app has it.
    pub fn global_name(aggregator: &str) -> String {
        format!("aggregators:{aggregator}")
    }

    /// Lets a flow listen, or nobody.
    pub fn listen(&self, listener: Option<Listener>) {
        *self.listener.lock().unwrap_or_else(PoisonError::into_inner) = listener;
    }

    /// Waits for the turn to change groups.
    pub async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    async fn place(&self) -> Result<Arc<dyn Store>, Fault> {
        match (&self.named, self.app.get().and_then(Weak::upgrade)) {
            (Some(named), _) => Ok(named.clone()),
            (None, Some(app)) => app.store().await,
            (None, None) => Err(Fault::internal("an aggregator runs before its app has started")),
        }
    }

    fn prefix(&self) -> String {
        format!("AGGREGATORS:{}:", self.name)
    }

    /// A group; one whose time is up is dealt with first.
    ///
    /// # Errors
    /// A store that cannot be used.
    pub async fn group(&self, key: &str) -> Result<Option<Group>, Fault> {
        let Some(found) = self.place().await?.get(&format!("{}{key}", self.prefix())).await? else { return Ok(None) };
        let Some(group) = group_of(&found)? else { return Ok(None) };
        if group.is_due() { self.end(key, group).await } else { Ok(Some(group)) }
    }

    /// Keeps a group as it is now; its time begins to run.
    ///
    /// # Errors
    /// A store that cannot be used, values that cannot be kept.
    pub async fn keep(self: &Arc<Self>, key: &str, group: &Group) -> Result<(), Fault> {
        self.save(key, group).await?;
        self.time(key, group);
        Ok(())
    }

    async fn save(&self, key: &str, group: &Group) -> Result<(), Fault> {
        let bytes = Typed::value(Value::Binary(Arc::new(group.to_stored()?)));
        self.place().await?.put(&format!("{}{key}", self.prefix()), bytes).await
    }

    /// Forgets a group.
    ///
    /// # Errors
    /// A store that cannot be used.
    pub async fn forget(&self, key: &str) -> Result<(), Fault> {
        self.place().await?.remove(&format!("{}{key}", self.prefix())).await.map(drop)
    }

    /// A group is complete: who listens gets it, and it is remembered for as long as it is to be.
    ///
    /// # Errors
    /// A store that cannot be used.
    pub async fn complete(self: &Arc<Self>, key: &str, mut group: Group, remembers: bool) -> Result<(), Fault> {
        self.tell(&group)?;
        let until = self.remembered_until();
        if !remembers || until == Some(None) {
            return self.forget(key).await;
        }
        group.close(until.flatten());
        self.keep(key, &group).await
    }

    /// Until when groups that have ended are remembered: `None` for good, `Some(None)` not at all.
    fn remembered_until(&self) -> Option<Option<i64>> {
        let time = self.remembered?;
        let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        Some(Some(now().saturating_add(millis)).filter(|_| !time.is_zero()))
    }

    /// The time of a group is up: one that takes values ends, one that has ended is forgotten.
    async fn end(&self, key: &str, mut group: Group) -> Result<Option<Group>, Fault> {
        if group.stage != Stage::Open {
            self.forget(key).await?;
            return Ok(None);
        }
        if !self.ends_by_time {
            group.stage = Stage::TimedOut;
        }
        self.tell(&group)?;
        let until = self.remembered_until();
        if self.ends_by_time || until == Some(None) {
            self.forget(key).await?;
            return Ok(None);
        }
        group.close(until.flatten());
        self.save(key, &group).await?;
        Ok(Some(group))
    }

    /// Hands a group to the flow that listens.
    fn tell(&self, group: &Group) -> Result<(), Fault> {
        let listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match listener {
            Some(listener) if group.stage != Stage::TimedOut || listener.takes_timed_out => {
                start(listener.entry, group.message()?);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Waits for the end of a group's time.
    fn time(self: &Arc<Self>, key: &str, group: &Group) {
        let Some(due) = group.due else { return };
        let wait = Duration::from_millis(u64::try_from(due.saturating_sub(now())).unwrap_or_default());
        let (keeper, key) = (Arc::downgrade(self), key.to_string());
        drop(tokio::spawn(async move {
            tokio::time::sleep(wait + Duration::from_millis(1)).await;
            if let Some(keeper) = keeper.upgrade() {
                keeper.look(&key).await;
            }
        }));
    }

    /// Looks at a group whose time may be up.
    async fn look(self: &Arc<Self>, key: &str) {
        let _turn = self.turn().await;
        match self.group(key).await {
            Ok(Some(group)) if group.stage != Stage::Open => self.time(key, &group),
            Ok(_) => {}
            Err(fault) => tracing::error!("the aggregator '{}' cannot look after its groups: {fault}", self.name),
        }
    }

    /// Lets the times of all groups run on that were there before the app started.
    ///
    /// # Errors
    /// A store that cannot be used.
    pub async fn resume(self: &Arc<Self>) -> Result<(), Fault> {
        let prefix = self.prefix();
        for (key, value) in self.place().await?.entries().await? {
            // A store may hold entries of others, which are not looked at.
            let Some(key) = key.strip_prefix(&prefix) else { continue };
            if let Some(group) = group_of(&value)? {
                self.time(key, &group);
            }
        }
        Ok(())
    }
}

impl Global for Keeper {
    fn start<'a>(&'a self, app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        let _ = self.app.set(Arc::downgrade(app));
        Box::pin(async { Ok(()) })
    }
}

fn group_of(kept: &Typed) -> Result<Option<Group>, Fault> {
    match kept.read()?.bare() {
        Value::Binary(bytes) => Group::from_stored(bytes).map(Some),
        _ => Ok(None),
    }
}

/// Starts a flow with a group, as work of the app.
fn start(entry: Entry, message: Message) {
    let mut event: Event = entry.event().with_message(message);
    let work = event.context.work.clone();
    drop(work.spawn(async move {
        // What the flow fails with has been told by its handler or the log.
        let _ = entry.run(&mut event).await;
    }));
}
