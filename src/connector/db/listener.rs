//! `db:listener`: starts its flow with the rows of a table that are new.

use super::access::Access;
use super::server::rows;
use super::statement::{CONFIG, FETCH_SIZE, MAX_ROWS, TIMEOUT, TIMEOUT_UNIT};
use super::template::Template;
use crate::connector::reconnection;
use crate::diag::Fault;
use crate::flow::app::{Entry, Loop, Running, Source};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::scheduler::{STRATEGY, Strategy};
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use crate::flow::store::{KeptStore, Limits, Store};
use crate::value::{Value, coerce, ops};
use futures_util::future::BoxFuture;
use futures_util::stream::TryStreamExt;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// `db:listener`
pub static SPEC: Spec = Spec {
    name: "db:listener",
    doc: "Looks at a table again and again, and starts its flow with each row. With a watermark, these are the rows \
          whose value in that column is greater than any before; the value is remembered beyond the end of the app.",
    attributes: &[
        CONFIG,
        Attribute::required("table", Kind::Text, "The table."),
        Attribute::new("watermarkColumn", Kind::Text, "The column whose values grow with every new row."),
        Attribute::new(
            "idColumn",
            Kind::Text,
            "The column that tells rows apart: a row does not enter the flow while it is still in it.",
        ),
        TIMEOUT,
        TIMEOUT_UNIT,
        FETCH_SIZE,
        MAX_ROWS,
    ],
    parts: &[reconnection::TIMES, reconnection::FOREVER, Part { spec: &STRATEGY, occurs: Occurs::Once }],
    example: r#"<db:listener config-ref="ledger" table="entries" watermarkColumn="id" idColumn="id">
  <scheduling-strategy><fixed-frequency frequency="5000"/></scheduling-strategy>
</db:listener>"#,
    make: Make::Source(|node| Box::new(Listener(Arc::new(Table::of(node))))),
    ..Spec::NEW
};

struct Listener(Arc<Table>);

/// What is looked at, and what is known of it.
struct Table {
    access: Access,
    name: String,
    watermark: Option<String>,
    id: Option<String>,
    most: Option<usize>,
    strategy: Strategy,
    /// The greatest value of the watermark.
    kept: KeptStore,
    /// The rows that are in the flow.
    busy: Mutex<HashSet<String>>,
}

/// The key of the watermark in its store.
const KEY: &str = "watermark";

impl Table {
    fn of(node: &Node<'_>) -> Self {
        Self {
            access: Access::of(node),
            name: node.required("table"),
            watermark: node.text("watermarkColumn"),
            id: node.text("idColumn"),
            most: node.limit("maxRows"),
            strategy: Strategy::of(node),
            kept: KeptStore::new(&format!("{}/watermark", node.path), Limits::default()),
            busy: Mutex::default(),
        }
    }

    /// Looks at the table once, and brings what is new into the flow.
    async fn look(self: &Arc<Self>, entry: &Entry) -> Result<(), Error> {
        let event = entry.event();
        let unkept = |fault: Fault| Error::mule("UNKNOWN", format!("the watermark cannot be kept: {fault}"));
        let mut latest = match self.watermark {
            Some(_) => self.kept.get(KEY).await.map_err(unkept)?,
            None => None,
        };
        let since = latest.as_ref().map(Typed::read).transpose().map_err(unkept)?;
        for row in self.rows(&event, since).await? {
            let column = |name: &Option<String>| name.as_ref().and_then(|name| field(&row, name));
            if let Some(value) = column(&self.watermark).filter(|value| !value.is_null()) {
                let known = latest.as_ref().map(Typed::read).transpose().map_err(unkept)?;
                if known.is_none_or(|known| matches!(ops::compare(&value, &known), Ok(Ordering::Greater))) {
                    latest = Some(Typed::value(value));
                }
            }
            let id = column(&self.id).and_then(|id| coerce::to_text(&id).ok()).map(|id| id.to_string());
            self.bring(entry, row, id).await;
        }
        match latest {
            Some(latest) => self.kept.put(KEY, latest).await.map_err(unkept),
            None => Ok(()),
        }
    }

    async fn rows(&self, event: &Event, since: Option<Value>) -> Result<Vec<Value>, Error> {
        let family = self.access.family().map_err(|problem| problem.error(event))?;
        let sql = match (&self.watermark, &since) {
            (None, _) => format!("SELECT * FROM {}", self.name),
            (Some(column), None) => format!("SELECT * FROM {} ORDER BY {column}", self.name),
            (Some(column), Some(_)) => {
                format!("SELECT * FROM {} WHERE {column} > :watermark ORDER BY {column}", self.name)
            }
        };
        let limit = self.most.map(|most| format!(" LIMIT {most}")).unwrap_or_default();
        let task = (Template::parse(&(sql + &limit), family), since.into_iter().collect::<Vec<_>>());
        let rows = self
            .access
            .work(event, &task, |session, (sql, values)| Box::pin(rows(session.run(sql, values)).try_collect()));
        rows.await
    }

    /// Brings a row into the flow, unless it is there.
    async fn bring(self: &Arc<Self>, entry: &Entry, row: Value, id: Option<String>) {
        if let Some(id) = &id
            && !self.busy().insert(id.clone())
        {
            return;
        }
        let (table, entry, admitted) = (self.clone(), entry.clone(), entry.admit().await);
        let mut event = entry.event().with_message(Message::of(Typed::value(row)));
        let work = event.context.work.clone();
        work.spawn(async move {
            // What the flow fails with is in the log.
            let _ = entry.run_admitted(&mut event, admitted).await;
            if let Some(id) = id {
                table.busy().remove(&id);
            }
        });
    }

    fn busy(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn field(row: &Value, name: &str) -> Option<Value> {
    match row {
        Value::Object(object) => object.get(name).cloned(),
        _ => None,
    }
}

impl Source for Listener {
    fn start<'a>(&'a self, entry: Entry) -> BoxFuture<'a, Result<Box<dyn Running>, Fault>> {
        Box::pin(async move {
            if self.0.watermark.is_some() && !self.0.kept.is_open() {
                self.0.kept.open(entry.app.database()?).await?;
            }
            let table = self.0.clone();
            let mut ticks = table.strategy.ticks();
            let task = tokio::spawn(async move {
                loop {
                    ticks.next().await;
                    if let Err(error) = table.look(&entry).await {
                        tracing::error!("the table '{}' cannot be looked at: {error}", table.name);
                    }
                }
            });
            Ok(Loop::new(task) as Box<dyn Running>)
        })
    }

    fn describe(&self) -> String {
        format!("table {}, {}", self.0.name, self.0.strategy)
    }
}
