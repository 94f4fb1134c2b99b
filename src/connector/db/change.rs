//! `db:insert`, `db:update`, `db:delete`.

use super::access::Access;
use super::problem::Problem;
use super::select::ERRORS;
use super::server::{Family, Session, Step};
use super::statement::{
    CONFIG, FETCH_SIZE, INPUT_PART, MAX_ROWS, SQL_PART, Statement, TIMEOUT, TIMEOUT_UNIT, TYPES_PART,
};
use super::template::Template;
use crate::connector::reconnection;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::flow::transaction::JOINS;
use crate::value::{Object, ObjectBuilder, Value};
use futures_util::future::{BoxFuture, ready};
use futures_util::stream::TryStreamExt;
use std::sync::Arc;

const KEYS: Attribute = Attribute::default(
    "autoGenerateKeys",
    Kind::Boolean,
    "false",
    "Whether `generatedKeys` of the result has the keys that the database made.",
);

/// `db:insert`
pub static INSERT: Spec = Spec {
    name: "db:insert",
    doc: "Adds rows. Gives `{affectedRows, generatedKeys}`. The keys are those of the last row: with \
          `db:auto-generated-keys-column-names` under those names; else all of its columns on PostgreSQL, \
          `GENERATED_KEY` on MySQL, and `last_insert_rowid()` on SQLite.",
    attributes: &[CONFIG, JOINS, TIMEOUT, TIMEOUT_UNIT, FETCH_SIZE, MAX_ROWS, KEYS],
    parts: PARTS,
    errors: ERRORS,
    example: r##"<db:insert config-ref="ledger" autoGenerateKeys="true">
  <db:sql>INSERT INTO entries (account, amount) VALUES (:account, :amount)</db:sql>
  <db:input-parameters>#[payload]</db:input-parameters>
</db:insert>"##,
    make: Make::Operation(|node| Box::new(Change::of(node))),
    ..Spec::NEW
};

/// `db:update`
pub static UPDATE: Spec = Spec {
    name: "db:update",
    doc: "Changes rows. Gives `{affectedRows, generatedKeys}`.",
    attributes: &[CONFIG, JOINS, TIMEOUT, TIMEOUT_UNIT, FETCH_SIZE, MAX_ROWS, KEYS],
    parts: PARTS,
    errors: ERRORS,
    example: r##"<db:update config-ref="ledger">
  <db:sql>UPDATE accounts SET balance = balance + :amount WHERE iban = :iban</db:sql>
  <db:input-parameters>#[payload]</db:input-parameters>
</db:update>"##,
    make: Make::Operation(|node| Box::new(Change::of(node))),
    ..Spec::NEW
};

/// `db:delete`
pub static DELETE: Spec = Spec {
    name: "db:delete",
    doc: "Removes rows. Gives how many.",
    attributes: &[CONFIG, JOINS, TIMEOUT, TIMEOUT_UNIT, FETCH_SIZE, MAX_ROWS],
    parts: &[reconnection::TIMES, reconnection::FOREVER, SQL_PART, TYPES_PART, INPUT_PART],
    errors: ERRORS,
    example: r##"<db:delete config-ref="ledger" target="removed">
  <db:sql>DELETE FROM entries WHERE booked &lt; :before</db:sql>
  <db:input-parameters>#[{before: now() - |P1Y|}]</db:input-parameters>
</db:delete>"##,
    make: Make::Operation(|node| Box::new(Change { counts_only: true, ..Change::of(node) })),
    ..Spec::NEW
};

const PARTS: &[Part] = &[
    reconnection::TIMES,
    reconnection::FOREVER,
    SQL_PART,
    TYPES_PART,
    INPUT_PART,
    Part { spec: &KEY_INDEXES, occurs: Occurs::Optional },
    Part { spec: &KEY_NAMES, occurs: Occurs::Optional },
];

static KEY_INDEXES: Spec = Spec {
    name: "db:auto-generated-keys-column-indexes",
    doc: "Has no effect here: name the columns instead.",
    parts: &[Part { spec: &KEY_INDEX, occurs: Occurs::Any }],
    ..Spec::NEW
};

static KEY_INDEX: Spec = Spec {
    name: "db:auto-generated-keys-column-index",
    doc: "A position.",
    attributes: &[Attribute::required("value", Kind::Value, "The position.")],
    ..Spec::NEW
};

static KEY_NAMES: Spec = Spec {
    name: "db:auto-generated-keys-column-names",
    doc: "The columns whose values the database makes.",
    body: Body::Nothing,
    parts: &[Part { spec: &KEY_NAME, occurs: Occurs::Any }],
    ..Spec::NEW
};

static KEY_NAME: Spec = Spec {
    name: "db:auto-generated-keys-column-name",
    doc: "A column.",
    attributes: &[Attribute::required("value", Kind::Text, "Its name.")],
    ..Spec::NEW
};

struct Change {
    access: Access,
    statement: Statement,
    /// The columns whose values the database makes; `None` where nobody wants them.
    keys: Option<Vec<String>>,
    counts_only: bool,
}

impl Change {
    fn of(node: &Node<'_>) -> Self {
        let names = node.part(KEY_NAMES.name).map(|part| part.parts(KEY_NAME.name)).unwrap_or_default();
        let names = names.iter().map(|name| name.required("value")).collect();
        let keys = node.boolean("autoGenerateKeys").then_some(names);
        Self { access: Access::of(node), statement: Statement::of(node), keys, counts_only: false }
    }

    /// The statement, which gives the keys where it has to say so itself.
    fn telling_keys(&self, template: Arc<Template>, family: Family) -> Arc<Template> {
        let returning = match (&self.keys, family) {
            (None, _) | (_, Family::MySql) => return template,
            (Some(names), Family::Sqlite) if names.is_empty() => return template,
            (Some(names), _) if names.is_empty() => "*".to_string(),
            (Some(names), _) => {
                let quoted = names.iter().map(|name| format!("\"{}\"", name.replace('"', "\"\"")));
                quoted.collect::<Vec<_>>().join(", ")
            }
        };
        let text = template.render(|_| String::new());
        let says_so = text.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("returning"));
        if says_so { template } else { Arc::new(template.followed_by(&format!(" RETURNING {returning}"))) }
    }

    fn result(&self, done: Done, family: Family) -> Value {
        if self.counts_only {
            return Value::Int(done.affected);
        }
        let mut result = ObjectBuilder::with_capacity(2);
        result.field("affectedRows", done.affected);
        let names = self.keys.as_ref();
        let keys = match (names, done.row, done.key) {
            (None, _, _) => Object::default(),
            (Some(_), Some(row), _) => row,
            (Some(names), None, Some(key)) => {
                let default = if family == Family::MySql { "GENERATED_KEY" } else { "last_insert_rowid()" };
                let mut keys = ObjectBuilder::with_capacity(1);
                keys.field(names.first().map_or(default, String::as_str), key);
                keys.build()
            }
            (Some(_), None, None) => Object::default(),
        };
        result.field("generatedKeys", Value::Object(keys));
        result.value()
    }
}

/// What a statement has done.
#[derive(Default)]
struct Done {
    affected: i64,
    key: Option<i64>,
    /// The last row that it gave.
    row: Option<Object>,
}

async fn run(session: &mut dyn Session, template: &Template, values: &[Value]) -> Result<Done, Problem> {
    let add = |done: Done, step| match step {
        Step::Row(Value::Object(row)) => Done { row: Some(row), ..done },
        Step::Row(_) => done,
        Step::Done(end) => Done { affected: done.affected + end.affected, key: end.key, ..done },
    };
    session.run(template, values).try_fold(Done::default(), |done, step| ready(Ok(add(done, step)))).await
}

impl Processor for Change {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let family = self.access.family().map_err(|problem| problem.error(event))?;
            let template = self.telling_keys(self.statement.template(event, family)?, family);
            let values = self.statement.values(event, &template)?;
            let task = (template, values);
            let done = self.access.work(event, &task, |session, (sql, values)| Box::pin(run(session, sql, values)));
            let done = done.await?;
            event.message = Message::of(Typed::value(self.result(done, family)));
            Ok(())
        })
    }
}
