//! `db:execute-ddl` and `db:execute-script`: statements as they stand.

use super::access::Access;
use super::problem::Problem;
use super::select::ERRORS;
use super::server::{Session, outcomes};
use super::statement::{CONFIG, FETCH_SIZE, MAX_ROWS, SQL, SQL_PART, Statement, TIMEOUT, TIMEOUT_UNIT};
use crate::connector::reconnection;
use crate::diag::{Code, Fault};
use crate::flow::build::{Folders, Node};
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use crate::flow::transaction::JOINS;
use crate::value::Value;
use futures_util::future::BoxFuture;
use futures_util::stream::TryStreamExt;
use std::path::PathBuf;

/// `db:execute-ddl`
pub static DDL: Spec = Spec {
    name: "db:execute-ddl",
    doc: "Runs a statement that makes or changes tables. Gives how many rows it has changed.",
    attributes: &[CONFIG, JOINS, TIMEOUT, TIMEOUT_UNIT, FETCH_SIZE, MAX_ROWS],
    parts: &[reconnection::TIMES, reconnection::FOREVER, SQL_PART],
    errors: ERRORS,
    example: r#"<db:execute-ddl config-ref="ledger">
  <db:sql>CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, account TEXT, amount NUMERIC)</db:sql>
</db:execute-ddl>"#,
    make: Make::Operation(|node| Box::new(Script { counts_only: true, ..Script::of(node) })),
    ..Spec::NEW
};

/// `db:execute-script`
pub static SCRIPT: Spec = Spec {
    name: "db:execute-script",
    doc: "Runs the statements of a text or of a file, without parameters. Gives a list of how many rows each has \
          changed.",
    attributes: &[
        CONFIG,
        JOINS,
        TIMEOUT,
        TIMEOUT_UNIT,
        FETCH_SIZE,
        MAX_ROWS,
        Attribute::new(
            "file",
            Kind::Value,
            "A file with the statements: among the app's resources, or where the path leads.",
        ),
    ],
    parts: &[reconnection::TIMES, reconnection::FOREVER, Part { spec: &SQL, occurs: Occurs::Optional }],
    errors: ERRORS,
    example: r#"<db:execute-script config-ref="ledger" file="schema.sql"/>"#,
    make: Make::Operation(|node| {
        if node.has("file") == node.part(SQL.name).is_some() {
            let fault = Fault::new(Code::Configuration, "`db:execute-script` takes one of `file` and `db:sql`");
            node.refuse("file", fault);
        }
        Box::new(Script::of(node))
    }),
    ..Spec::NEW
};

struct Script {
    access: Access,
    statement: Statement,
    file: Option<Expression>,
    folders: Folders,
    counts_only: bool,
}

impl Script {
    fn of(node: &Node<'_>) -> Self {
        Self {
            access: Access::of(node),
            statement: Statement::of(node),
            file: node.value("file"),
            folders: node.builder.folders().clone(),
            counts_only: false,
        }
    }

    async fn text(&self, event: &Event) -> Result<String, Error> {
        let Some(file) = &self.file else { return self.statement.text(event) };
        let name = file.text(event)?.unwrap_or_default();
        let path = self.folders.resource(&name).unwrap_or_else(|| PathBuf::from(&name));
        let read = tokio::task::spawn_blocking(move || std::fs::read_to_string(path)).await;
        let wrong = |why: String| Problem::execution(format!("the script '{name}' cannot be read: {why}")).error(event);
        read.map_err(|e| wrong(e.to_string()))?.map_err(|e| wrong(e.to_string()))
    }
}

impl Processor for Script {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let sql = self.text(event).await?;
            let counts = self.access.work(event, &sql, |session, sql| Box::pin(run(session, sql))).await?;
            let result = match self.counts_only {
                true => Value::Int(counts.iter().sum()),
                false => Value::array(counts.into_iter().map(Value::Int).collect()),
            };
            event.message = Message::of(Typed::value(result));
            Ok(())
        })
    }
}

async fn run(session: &mut dyn Session, sql: &str) -> Result<Vec<i64>, Problem> {
    outcomes(session.script(sql.to_string())).map_ok(|end| end.affected).try_collect().await
}
