//! `db:bulk-insert`, `db:bulk-update`, `db:bulk-delete`: one statement for each object of a list.

use super::access::Access;
use super::problem::Problem;
use super::select::ERRORS;
use super::server::{Session, outcomes};
use super::statement::{CONFIG, FETCH_SIZE, MAX_ROWS, SQL_PART, Statement, TIMEOUT, TIMEOUT_UNIT, TYPES_PART, bound};
use super::template::Template;
use crate::connector::reconnection;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Make, Occurs, Part, Spec};
use crate::flow::transaction::JOINS;
use crate::value::Value;
use futures_util::future::{BoxFuture, ready};
use futures_util::stream::TryStreamExt;

const ATTRIBUTES: &[Attribute] = &[CONFIG, JOINS, TIMEOUT, TIMEOUT_UNIT, FETCH_SIZE, MAX_ROWS];
const PARTS: &[Part] = &[
    reconnection::TIMES,
    reconnection::FOREVER,
    Part { spec: &INPUT, occurs: Occurs::Optional },
    SQL_PART,
    TYPES_PART,
];

static INPUT: Spec = Spec {
    name: "db:bulk-input-parameters",
    doc: "A list of objects with the values of the input parameters, `#[payload]` if it is left out.",
    body: Body::Value,
    ..Spec::NEW
};

/// `db:bulk-insert`
pub static INSERT: Spec = Spec {
    name: "db:bulk-insert",
    doc: "Adds a row for each object of a list: all of them, or none where one fails. Gives a list of how many rows \
          each has added.",
    attributes: ATTRIBUTES,
    parts: PARTS,
    errors: ERRORS,
    example: r##"<db:bulk-insert config-ref="ledger">
  <db:bulk-input-parameters>#[payload.entries]</db:bulk-input-parameters>
  <db:sql>INSERT INTO entries (account, amount) VALUES (:account, :amount)</db:sql>
</db:bulk-insert>"##,
    make: Make::Operation(|node| Box::new(Bulk::of(node))),
    ..Spec::NEW
};

/// `db:bulk-update`
pub static UPDATE: Spec = Spec {
    name: "db:bulk-update",
    doc: "Changes rows for each object of a list: for all of them, or none where one fails. Gives a list of how many \
          rows each has changed.",
    attributes: ATTRIBUTES,
    parts: PARTS,
    errors: ERRORS,
    example: r##"<db:bulk-update config-ref="ledger">
  <db:sql>UPDATE accounts SET limit_ = :limit WHERE iban = :iban</db:sql>
</db:bulk-update>"##,
    make: Make::Operation(|node| Box::new(Bulk::of(node))),
    ..Spec::NEW
};

/// `db:bulk-delete`
pub static DELETE: Spec = Spec {
    name: "db:bulk-delete",
    doc: "Removes rows for each object of a list: for all of them, or none where one fails. Gives a list of how many \
          rows each has removed.",
    attributes: ATTRIBUTES,
    parts: PARTS,
    errors: ERRORS,
    example: r##"<db:bulk-delete config-ref="ledger">
  <db:sql>DELETE FROM entries WHERE id = :id</db:sql>
</db:bulk-delete>"##,
    make: Make::Operation(|node| Box::new(Bulk::of(node))),
    ..Spec::NEW
};

struct Bulk {
    access: Access,
    statement: Statement,
    input: Expression,
}

impl Bulk {
    fn of(node: &Node<'_>) -> Self {
        Self { access: Access::of(node), statement: Statement::of(node), input: node.content_of(INPUT.name) }
    }
}

impl Processor for Bulk {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let family = self.access.family().map_err(|problem| problem.error(event))?;
            let template = self.statement.template(event, family)?;
            let input = self.input.value(event)?;
            let task = (template, input);
            let counts = self.access.work(event, &task, |session, (sql, input)| Box::pin(run(session, sql, input)));
            let counts = counts.await?;
            event.message = Message::of(Typed::value(Value::array(counts)));
            Ok(())
        })
    }
}

/// Runs the statement for each object, in the transaction that is there or one of its own: what one of them fails with undoes the others.
async fn run(session: &mut dyn Session, template: &Template, input: &Value) -> Result<Vec<Value>, Problem> {
    if session.is_in_transaction() {
        return each(session, template, input).await;
    }
    session.begin().await?;
    match each(session, template, input).await {
        Ok(counts) => session.commit().await.map(|()| counts),
        Err(problem) => {
            let undone = session.roll_back().await;
            Err(if undone.is_ok() { problem } else { problem.breaking() })
        }
    }
}

async fn each(session: &mut dyn Session, template: &Template, input: &Value) -> Result<Vec<Value>, Problem> {
    let items = input.elements().ok_or_else(|| {
        let kind = input.type_name();
        Problem::execution(format!("bulk input parameters have to be a list of objects, not a {kind}"))
    })?;
    let mut counts = Vec::new();
    for item in items {
        let item = item.map_err(|fault| Problem::execution(fault.to_string()))?;
        let values = bound(template, &item)?;
        let ends = outcomes(session.run(template, &values));
        let count = ends.try_fold(0, |count, end| ready(Ok(count + end.affected))).await?;
        counts.push(Value::Int(count));
    }
    Ok(counts)
}
