//! `transactionalAction` and `transactionType`: who begins transactions and who joins them.

use super::{Scope, Transaction, failed};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::spec::{Attribute, Kind};

/// `transactionalAction` of operations.
pub const JOINS: Attribute = Attribute::default(
    "transactionalAction",
    Kind::Choice(&["ALWAYS_JOIN", "JOIN_IF_POSSIBLE", "NOT_SUPPORTED"]),
    "JOIN_IF_POSSIBLE",
    "Whether it takes part in the transaction that is there: it has to be there, it may be, or it is left alone.",
);

/// `transactionalAction` of sources.
pub const BEGINS: Attribute = Attribute::default(
    "transactionalAction",
    Kind::Choice(&["NONE", "ALWAYS_BEGIN"]),
    "NONE",
    "Whether the flow runs in a transaction: it commits when the flow ends well or its error is handled with \
     `on-error-continue`, else it is rolled back.",
);

/// `transactionType`
pub const TYPE: Attribute = Attribute::default(
    "transactionType",
    Kind::Choice(&["LOCAL", "XA"]),
    "LOCAL",
    "Whether one resource may join, or several. Queues commit as one with a database, which keeps the ids of such \
     transactions for a while in its table `dwrun_transactions`; several databases commit one after the other: a crash in \
     between leaves the later ones undone.",
);

/// What an operation does with the transaction that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joins {
    /// There has to be one.
    Always,
    /// It takes part if there is one.
    IfPossible,
    /// It stays outside.
    Never,
}

impl Joins {
    /// What the `transactionalAction` of an operation says.
    pub fn of(node: &Node<'_>) -> Self {
        match node.text(JOINS.name).as_deref() {
            Some("ALWAYS_JOIN") => Self::Always,
            Some("NOT_SUPPORTED") => Self::Never,
            _ => Self::IfPossible,
        }
    }
}

/// The transaction that an operation takes part in.
///
/// # Errors
/// `MULE:TRANSACTION` where there has to be one and is not.
pub fn current(event: &Event, joins: Joins) -> Result<Option<&Transaction>, Error> {
    match (joins, &event.transaction) {
        (Joins::Never, _) => Ok(None),
        (Joins::Always, None) => {
            Err(failed("A transaction is not available for this session, but transaction action is \"Always Join\""))
        }
        (_, transaction) => Ok(transaction.as_ref()),
    }
}

/// What a source or a scope begins; `None` where it begins none.
pub fn begins(node: &Node<'_>) -> Option<Begins> {
    let scope = if node.text(TYPE.name).as_deref() == Some("XA") { Scope::Xa } else { Scope::Local };
    match node.text(BEGINS.name).as_deref() {
        Some("ALWAYS_BEGIN") => Some(Begins { scope, may_join: false }),
        Some("BEGIN_OR_JOIN") => Some(Begins { scope, may_join: true }),
        _ => None,
    }
}

/// How a transaction is begun.
#[derive(Clone, Copy, Debug)]
pub struct Begins {
    scope: Scope,
    may_join: bool,
}

impl Begins {
    /// Begins a transaction for the event; `None` where it takes part in the one that is there. Whoever gets one ends it.
    ///
    /// # Errors
    /// `MULE:TRANSACTION` where there is one already, and it cannot be joined.
    pub fn begin(self, event: &mut Event) -> Result<Option<Transaction>, Error> {
        match &event.transaction {
            Some(_) if self.may_join => return Ok(None),
            Some(_) => {
                return Err(failed(
                    "A transaction is available for this session, but transaction action is \"Always Begin\". Non-XA \
                     transactions can't be nested.",
                ));
            }
            None => {}
        }
        let transaction = Transaction::new(self.scope, event.context.app.transaction_timeout);
        event.transaction = Some(transaction.clone());
        Ok(Some(transaction))
    }
}
