//! `db:select` and `db:query-single`.

use super::access::{Access, timed};
use super::problem::Problem;
use super::server::{Session, rows};
use super::spool::{self, Batches, Collected, Keep, NEAR};
use super::statement::{
    CONFIG, FETCH_SIZE, INPUT_PART, MAX_ROWS, SQL_PART, Statement, TIMEOUT, TIMEOUT_UNIT, TYPES_PART,
};
use super::template::Template;
use crate::connector::reconnection;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use crate::flow::transaction::JOINS;
use crate::value::{Array, Value};
use futures_util::future::{BoxFuture, ready};
use futures_util::stream::{StreamExt, TryStreamExt};
use std::pin::pin;
use std::sync::Arc;
use tokio::sync::mpsc::{Sender, channel};

/// `db:select`
pub static SPEC: Spec = Spec {
    name: "db:select",
    doc: "Gives the rows of a query as a list of objects. Names of columns are found in any case. Rows come from the \
          database as they are asked for, and any number of them can be gone through in constant memory: the first 500 \
          stay in the memory, the rest goes into a temporary file, so that they can be gone through again.",
    attributes: &[CONFIG, JOINS, TIMEOUT, TIMEOUT_UNIT, FETCH_SIZE, MAX_ROWS],
    parts: &[
        reconnection::TIMES,
        reconnection::FOREVER,
        Part { spec: &IN_FILE, occurs: Occurs::Optional },
        Part { spec: &IN_MEMORY, occurs: Occurs::Optional },
        Part { spec: &ONCE, occurs: Occurs::Optional },
        SQL_PART,
        TYPES_PART,
        INPUT_PART,
    ],
    errors: ERRORS,
    example: r##"<db:select config-ref="ledger" target="open">
  <db:sql><![CDATA[SELECT id, amount FROM entries WHERE account = :account AND amount > :least ORDER BY id]]></db:sql>
  <db:input-parameters><![CDATA[#[{account: vars.account, least: 0}]]]></db:input-parameters>
</db:select>"##,
    make: Make::Operation(|node| Box::new(Select::of(node))),
    ..Spec::NEW
};

/// `db:query-single`
pub static SINGLE: Spec = Spec {
    name: "db:query-single",
    doc: "Gives the first row of a query as an object, null where there is none.",
    attributes: &[CONFIG, JOINS, TIMEOUT, TIMEOUT_UNIT, FETCH_SIZE, MAX_ROWS],
    parts: &[reconnection::TIMES, reconnection::FOREVER, SQL_PART, TYPES_PART, INPUT_PART],
    errors: ERRORS,
    example: r##"<db:query-single config-ref="ledger" target="account">
  <db:sql>SELECT * FROM accounts WHERE iban = :iban</db:sql>
  <db:input-parameters>#[{iban: payload.iban}]</db:input-parameters>
</db:query-single>"##,
    make: Make::Operation(|node| Box::new(Single::of(node))),
    ..Spec::NEW
};

/// The error types of every operation.
pub const ERRORS: &[&str] = &["DB:CONNECTIVITY", "DB:RETRY_EXHAUSTED", "DB:BAD_SQL_SYNTAX", "DB:QUERY_EXECUTION"];

const BUFFER: &[Attribute] = &[
    Attribute::default("inMemoryObjects", Kind::Integer, "500", "How many rows stay in the memory."),
    Attribute::new("bufferUnit", Kind::Text, "Has no effect here."),
];

static IN_FILE: Spec = Spec {
    name: "ee:repeatable-file-store-iterable",
    doc: "How many rows stay in the memory; the others go into a temporary file.",
    attributes: BUFFER,
    ..Spec::NEW
};

static IN_MEMORY: Spec = Spec {
    name: "repeatable-in-memory-iterable",
    doc: "All rows stay in the memory.",
    attributes: &[
        Attribute::default("initialBufferSize", Kind::Integer, "100", "Has no effect here."),
        Attribute::default("bufferSizeIncrement", Kind::Integer, "100", "Has no effect here."),
        Attribute::default("maxBufferSize", Kind::Integer, "500", "How many rows there may be."),
    ],
    ..Spec::NEW
};

static ONCE: Spec =
    Spec { name: "non-repeatable-iterable", doc: "The rows are gone through once and not kept.", ..Spec::NEW };

/// How many rows are handed on at once.
const BATCH: usize = 256;
/// How many bytes of text and binary values are enough for fewer rows.
const HEAVY: usize = 1 << 20;
/// How many batches wait for whoever reads them.
const WAITING: usize = 4;

struct Select {
    access: Access,
    statement: Statement,
    fetch_size: Option<Expression>,
    max_rows: Option<Expression>,
    keep: Keep,
}

impl Select {
    fn of(node: &Node<'_>) -> Self {
        Self {
            access: Access::of(node),
            statement: Statement::of(node),
            fetch_size: node.value("fetchSize"),
            max_rows: node.value("maxRows"),
            keep: keep(node),
        }
    }

    /// Starts the query; its first rows are here when this ends.
    async fn rows(&self, event: &Event) -> Result<Array, Error> {
        let family = self.access.family().map_err(|problem| problem.error(event))?;
        let template = self.statement.template(event, family)?;
        let values = self.statement.values(event, &template)?;
        let query = Arc::new(Query {
            template,
            values,
            batch: count(self.fetch_size.as_ref(), event)?.unwrap_or(BATCH),
            most: count(self.max_rows.as_ref(), event)?.unwrap_or(usize::MAX),
        });
        if self.access.transaction(event)?.is_some() {
            // The next step of the transaction needs the connection: all rows are read at once.
            let task = (query, self.keep);
            let rows = self.access.work(event, &task, |session, (query, keep)| Box::pin(query.collect(session, *keep)));
            return rows.await;
        }
        let limit = self.access.timeout(event)?;
        let once = || async {
            let mut batches = query.clone().start(&self.access).await?;
            let first = timed(limit, async { batches.recv().await.transpose() }).await?;
            Ok((first.unwrap_or_default(), batches))
        };
        let (first, mut batches) = self.access.attempts(once).await.map_err(|problem| problem.error(event))?;
        // Most results are short: what came at once is all there is.
        if first.len() < query.batch {
            return match batches.recv().await {
                None => Ok(first.into()),
                Some(Ok(more)) => Ok(spool::rows([first, more].concat(), batches, self.keep)),
                Some(Err(problem)) => Err(problem.error(event)),
            };
        }
        Ok(spool::rows(first, batches, self.keep))
    }
}

/// What an element says of its rows.
fn keep(node: &Node<'_>) -> Keep {
    if node.part(ONCE.name).is_some() {
        return Keep::Nothing;
    }
    if let Some(part) = node.part(IN_MEMORY.name) {
        return Keep::Memory(part.limit("maxBufferSize").unwrap_or(usize::MAX));
    }
    Keep::File(node.part(IN_FILE.name).and_then(|part| part.limit("inMemoryObjects")).unwrap_or(NEAR))
}

/// A number that counts rows; 0 and less count as left out.
fn count(expression: Option<&Expression>, event: &Event) -> Result<Option<usize>, Error> {
    let count = expression.map(|expression| expression.integer(event)).transpose()?;
    Ok(count.and_then(|count| usize::try_from(count).ok()).filter(|count| *count > 0))
}

impl Processor for Select {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let rows = self.rows(event).await?;
            event.message = Message::of(Typed::value(Value::Array(rows)));
            Ok(())
        })
    }
}

/// A query that runs on a connection of its own.
struct Query {
    template: Arc<Template>,
    values: Vec<Value>,
    batch: usize,
    most: usize,
}

impl Query {
    /// Runs it; the rows come in batches, none of them empty.
    async fn start(self: Arc<Self>, access: &Access) -> Result<Batches, Problem> {
        let mut lease = access.lease().await?;
        let (sender, batches) = channel(WAITING);
        tokio::spawn(async move {
            match self.feed(lease.session(), &sender).await {
                Ok(true) => lease.hand_back(),
                Ok(false) => {}
                Err(problem) => {
                    if !problem.broken {
                        lease.hand_back();
                    }
                    let _ = sender.send(Err(problem)).await;
                }
            }
        });
        Ok(batches)
    }

    /// Reads all rows. What is more than wanted is read all the same: the connection has to be free for the next step.
    async fn collect(&self, session: &mut dyn Session, keep: Keep) -> Result<Array, Problem> {
        let mut batches = rows(session.run(&self.template, &self.values)).try_chunks(BATCH);
        let (mut kept, mut room) = (Collected::new(keep), self.most);
        while let Some(mut batch) = batches.next().await.transpose().map_err(|cut| cut.1)? {
            batch.truncate(room);
            room -= batch.len();
            kept.add(&batch).map_err(|fault| Problem::execution(fault.to_string()))?;
        }
        Ok(kept.finish())
    }

    /// Hands on rows until there are no more, or nobody wants them; gives whether the query came to its end.
    async fn feed(
        &self,
        session: &mut dyn Session,
        sender: &Sender<Result<Vec<Value>, Problem>>,
    ) -> Result<bool, Problem> {
        let mut rows = pin!(rows(session.run(&self.template, &self.values)).take(self.most));
        let (mut batch, mut bytes, mut room) = (Vec::new(), 0, self.most);
        while let Some(row) = rows.try_next().await? {
            bytes += weight(&row);
            batch.push(row);
            room -= 1;
            if batch.len() == self.batch || bytes >= HEAVY {
                bytes = 0;
                if sender.send(Ok(std::mem::take(&mut batch))).await.is_err() {
                    return Ok(false);
                }
            }
        }
        if !batch.is_empty() {
            let _ = sender.send(Ok(batch)).await;
        }
        Ok(room > 0)
    }
}

/// How many bytes of text and binary values a row has.
fn weight(row: &Value) -> usize {
    let Value::Object(row) = row else { return 0 };
    let bytes = row.values().iter().map(|cell| match cell {
        Value::String(text) => text.len(),
        Value::Binary(bytes) => bytes.len(),
        _ => 0,
    });
    bytes.sum()
}

struct Single {
    access: Access,
    statement: Statement,
}

impl Single {
    fn of(node: &Node<'_>) -> Self {
        Self { access: Access::of(node), statement: Statement::of(node) }
    }
}

impl Processor for Single {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let family = self.access.family().map_err(|problem| problem.error(event))?;
            let template = self.statement.template(event, family)?;
            let values = self.statement.values(event, &template)?;
            let task = (template, values);
            let row = self.access.work(event, &task, |session, (sql, values)| Box::pin(first(session, sql, values)));
            let row = row.await?;
            event.message = Message::of(Typed::value(row));
            Ok(())
        })
    }
}

async fn first(session: &mut dyn Session, template: &Template, values: &[Value]) -> Result<Value, Problem> {
    let first = |known: Option<Value>, row| ready(Ok(known.or(Some(row))));
    Ok(rows(session.run(template, values)).try_fold(None, first).await?.unwrap_or_default())
}
