//! Each operation with each of its error types, on any database.

use super::{app, assert_comes_to, compact};
use crate::flow::app::App;
use std::sync::Arc;

/// An operation with a statement that the database runs, and one that it refuses.
pub type Case = (&'static str, &'static str, &'static str);

/// The operations that every database has.
pub const CASES: &[Case] = &[
    ("select", "select v from once order by v", "select v from once where v = :nobody"),
    ("query-single", "select v from once", "select v from once where v = :nobody"),
    ("insert", "insert into twice values (3)", "insert into once values (1)"),
    ("update", "update twice set v = 1", "update once set v = 1"),
    ("delete", "delete from twice where v = 3", "delete from once where v = :nobody"),
    ("bulk-insert", "insert into twice values (:v)", "insert into once values (:v)"),
    ("bulk-update", "update twice set v = :v", "update once set v = :v"),
    ("bulk-delete", "delete from twice where v = :v + 9", "delete from once where v = :nobody"),
    ("execute-ddl", "create table if not exists more (v int)", "create unique index u on twice (v)"),
    ("execute-script", "insert into twice values (1)", "insert into once values (1)"),
];

/// What the operations work on.
pub const TABLES: &str = "create table once (v int primary key); insert into once values (1), (2);
    create table twice (v int); insert into twice values (1), (1);";

/// The operations of an app, each of them four times.
pub struct Operations {
    app: Arc<App>,
    cases: Vec<Case>,
}

/// How an operation is run.
#[derive(Clone, Copy)]
enum Way {
    /// With the statement that the database runs.
    Right,
    /// With what is no statement.
    Wrong,
    /// With the statement that it refuses.
    Refused,
    /// With the statement that it runs, and another attempt.
    Patient,
}

impl Operations {
    /// An app that has them; `cases` are those of this database alone.
    pub async fn on(connection: &str, cases: &[Case]) -> Self {
        let cases = [CASES, cases].concat();
        let flows: Vec<String> = cases.iter().flat_map(flows).collect();
        let flows: Vec<&str> = flows.iter().map(String::as_str).collect();
        Self { app: app(connection, &flows).await, cases }
    }

    /// Checks how each operation ends.
    async fn assert_all(&self, way: Way, want: &str) {
        for (at, (name, ..)) in self.cases.iter().enumerate() {
            let got = compact(&self.app, &format!("f{}", at * 4 + way as usize)).await;
            let is_right = if want.is_empty() { !got.starts_with("DB:") } else { got.starts_with(want) };
            assert!(is_right, "{name}: {got}\nis not {want}");
        }
    }
}

/// An operation in all ways, in their order.
fn flows((name, right, refused): &Case) -> [String; 4] {
    let wrong = if *name == "stored-procedure" { "{ call nowhere() }" } else { "selec 1" };
    let bulk = match name.starts_with("bulk") {
        true => "<db:bulk-input-parameters>#[[{v: 1}]]</db:bulk-input-parameters>",
        false => "",
    };
    let element =
        |before: &str, sql: &str| format!("<db:{name} config-ref='d'>{before}{bulk}<db:sql>{sql}</db:sql></db:{name}>");
    let again = "<reconnect count='1' frequency='1'/>";
    [element("", right), element("", wrong), element("", refused), element(again, right)]
}

/// What each operation says of statements that are wrong, on a database that has the tables.
pub async fn tell_mistakes(operations: &Operations) {
    operations.assert_all(Way::Right, "").await;
    operations.assert_all(Way::Wrong, "DB:BAD_SQL_SYNTAX:").await;
    operations.assert_all(Way::Refused, "DB:QUERY_EXECUTION:").await;
    operations.assert_all(Way::Right, "").await;
}

/// What each operation says while the database cannot be reached.
pub async fn tell_losses(operations: &Operations) {
    operations.assert_all(Way::Right, "DB:CONNECTIVITY:").await;
    operations.assert_all(Way::Patient, "DB:RETRY_EXHAUSTED:").await;
}

/// That each operation works again; a server may take a while to let anybody in.
pub async fn tell_recovery(operations: &Operations) {
    assert_comes_to(&operations.app, "f0", r#"[{"v":1},{"v":2}]"#).await;
    operations.assert_all(Way::Right, "").await;
    operations.assert_all(Way::Patient, "").await;
}
