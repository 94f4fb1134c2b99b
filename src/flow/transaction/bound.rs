//! Resources that commit as one, though the process may be killed at any moment.
//!
//! One of them decides, a database: it commits the transaction's id with everything else. The others promise before, on
//! the disk, what they will do. Who finds a promise when the app starts asks the database whether it has that id.

use super::Joined;
use crate::diag::Fault;
use futures_util::future::BoxFuture;

/// Which transaction a promise belongs to, and who knows what became of it.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The transaction.
    pub id: String,
    /// The name of the global element that knows ([`Global::decided`](crate::flow::app::Global::decided)).
    pub decider: String,
}

/// A resource that can put off what it is to do until another one has decided.
pub trait Promiser: Send {
    /// Writes down what is to be done, so that it outlives the process. `commit` does it and `rollback` forgets it.
    ///
    /// # Errors
    /// The resource cannot: then nothing has happened.
    fn promise<'a>(&'a mut self, decision: &'a Decision) -> BoxFuture<'a, Result<(), Fault>>;
}

/// What is to be called when nobody will ask for a decision any more.
pub type Forget = Box<dyn FnOnce() + Send>;

/// A resource that remembers which transactions it has committed.
pub trait Decider: Send {
    /// Adds the transaction's id to what is committed.
    ///
    /// # Errors
    /// The resource cannot.
    fn sign<'a>(&'a mut self, id: &'a str) -> BoxFuture<'a, Result<Forget, Fault>>;
}

/// The one that decides, if there are others and all of them can promise.
pub(super) fn decider(joined: &mut [Joined]) -> Option<usize> {
    let mut found = None;
    for (at, one) in joined.iter_mut().enumerate() {
        let is_second = one.participant.decider().is_some() && found.replace(at).is_some();
        if is_second || found != Some(at) && one.participant.promiser().is_none() {
            return None;
        }
    }
    found.filter(|_| joined.len() > 1)
}

/// Commits all, or none.
pub(super) async fn commit(mut joined: Vec<Joined>, decider: usize) -> Result<(), Fault> {
    let mut decider = joined.remove(decider);
    let decision = Decision { id: uuid::Uuid::new_v4().to_string(), decider: decider.resource.clone() };
    let forget = match signed(&mut joined, &mut decider, &decision).await {
        Ok(forget) => forget,
        Err(fault) => {
            decider.participant.rollback().await;
            roll_back(joined).await;
            return Err(fault);
        }
    };
    if let Err(fault) = decider.participant.commit().await {
        roll_back(joined).await;
        return Err(fault);
    }
    let mut is_forgotten = true;
    for Joined { participant, resource } in joined {
        if let Err(fault) = participant.commit().await {
            tracing::error!("'{resource}' does what it has promised when the app starts again: {fault}");
            is_forgotten = false;
        }
    }
    if is_forgotten {
        forget();
    }
    Ok(())
}

async fn signed(joined: &mut [Joined], decider: &mut Joined, decision: &Decision) -> Result<Forget, Fault> {
    for one in joined {
        if let Some(promiser) = one.participant.promiser() {
            promiser.promise(decision).await?;
        }
    }
    match decider.participant.decider() {
        Some(decider) => decider.sign(&decision.id).await,
        None => Err(Fault::internal("a resource decides no more")),
    }
}

async fn roll_back(joined: Vec<Joined>) {
    for Joined { participant, .. } in joined.into_iter().rev() {
        participant.rollback().await;
    }
}
