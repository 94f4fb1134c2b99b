//! The connector on small apps: with SQLite always, with servers where they are installed.

mod mistakes;
mod mysql;
mod postgres;
mod server;
mod sqlite;

use crate::connector::testing::{outcome, start};
use crate::flow::app::App;
use crate::value::Value;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// An app with this connection, and flows named `f0`, `f1` … of these operations.
async fn app(connection: &str, operations: &[&str]) -> Arc<App> {
    app_with("", connection, operations).await
}

/// The same with further global elements.
async fn app_with(globals: &str, connection: &str, operations: &[&str]) -> Arc<App> {
    let flows = operations.iter().enumerate().map(|(i, inside)| format!("<flow name=\"f{i}\">{inside}</flow>"));
    let flows = flows.collect::<String>();
    start(&format!("{globals}<db:config name=\"d\">{connection}</db:config>{flows}")).await
}

/// An operation with its statement and input.
fn operation(name: &str, sql: &str, input: &str) -> String {
    let sql = sql.replace('&', "&amp;").replace('<', "&lt;");
    let input =
        if input.is_empty() { String::new() } else { format!("<db:input-parameters>#[{input}]</db:input-parameters>") };
    format!("<db:{name} config-ref=\"d\"><db:sql>{sql}</db:sql>{input}</db:{name}>")
}

/// What a flow gives, as compact JSON.
async fn compact(app: &Arc<App>, flow: &str) -> String {
    let text = outcome(app, flow, Value::Null).await;
    text.replace("\n", "").replace("  ", "").replace(": ", ":").replace(", ", ",")
}

/// Waits until a flow gives this.
async fn assert_comes_to(app: &Arc<App>, flow: &str, want: &str) {
    let start = Instant::now();
    loop {
        let got = compact(app, flow).await;
        if got == want {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{got}\ndoes not come to {want}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What the operations give one after the other.
async fn outcomes(connection: &str, operations: &[&str]) -> Vec<String> {
    let app = app(connection, operations).await;
    let mut all = Vec::new();
    for i in 0..operations.len() {
        all.push(compact(&app, &format!("f{i}")).await);
    }
    app.stop().await;
    all
}

/// Checks that each outcome starts as it should.
fn assert_starts(got: &[String], want: &[&str]) {
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        assert!(got.starts_with(want), "{i}: {got}\nis not {want}");
    }
    assert_eq!(got.len(), want.len());
}

/// Shows the types and the values of the first row.
const TYPES: &str = r##"<set-payload value="#[%dw 2.0 output text/plain --- (payload[0] pluck ((v, k) -> k ++ '=' ++ typeOf(v) ++ ' ' ++ (if (v is Binary) sizeOf(v) else if (v is Array) write(v, 'application/json', {indent: false}) else v default 'null'))) joinBy '; ']"/>"##;

/// What transactions leave behind, on any database: `t` is made, filled and looked at.
async fn transactions(connection: &str) {
    let insert = |v: &str| operation("insert", "insert into t values (:v)", &format!("{{v: {v}}}"));
    let fail = "<raise-error type='APP:NO'/>";
    let go_on = "<error-handler><on-error-continue/></error-handler>";
    let inside = |content: &str| format!("<try transactionalAction='ALWAYS_BEGIN'>{content}</try>");
    let bulk = "<db:bulk-insert config-ref='d'><db:bulk-input-parameters>#[[{v: 8}, {v: 9}]]</db:bulk-input-parameters><db:sql>insert into t values (:v)</db:sql></db:bulk-insert>";
    let many = "<db:select config-ref='d'><db:sql>with recursive n(i) as (select 1 union all select i + 1 from n where i &lt; 900) select i from n</db:sql></db:select>";
    let count =
        "<db:query-single config-ref='d' target='seen'><db:sql>select count(*) n from t</db:sql></db:query-single>";
    let always = insert("7").replace("<db:insert", "<db:insert transactionalAction='ALWAYS_JOIN'");
    let outside = insert("6").replace("<db:insert", "<db:insert transactionalAction='NOT_SUPPORTED'");
    let operations = [
        operation("execute-ddl", "create table t (v int)", ""),
        inside(&format!("{}{}", insert("1"), insert("2"))),
        inside(&format!("{}{fail}", insert("3"))),
        inside(&format!("{}{fail}{go_on}", insert("4"))),
        inside(&format!("{many}{bulk}<set-payload value='#[sizeOf(payload) + sum(vars.none default [0])]'/>{fail}")),
        format!(
            "{}{count}<set-payload value='#[vars.seen.n]'/>",
            inside(&format!("{many}<set-variable variableName='rows' value='#[payload]'/>{always}"))
        ),
        always.clone(),
        inside(&format!("<try transactionalAction='BEGIN_OR_JOIN'>{}</try>{fail}", insert("5"))),
        outside,
        operation("query-single", "select count(*) n, sum(v) s from t", ""),
    ];
    let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
    let all = outcomes(connection, &operations).await;
    assert_starts(
        &all[2..9],
        &[
            "APP:NO",
            "",
            "APP:NO",
            "4",
            "MULE:TRANSACTION:A transaction is not available",
            "APP:NO",
            r#"{"affectedRows":1"#,
        ],
    );
    assert_eq!(all[9], r#"{"n":5,"s":20}"#);
}

/// What a transaction over a queue and any database leaves behind: its id, until nobody asks for it any more.
async fn decisions(connection: &str) {
    let insert = operation("insert", "insert into decided values (1)", "");
    let publish = "<vm:publish config-ref='q' queueName='x'/>";
    let both = format!(
        "<try transactionalAction='ALWAYS_BEGIN' transactionType='XA'>{insert}{publish}</try><set-payload value='done'/>"
    );
    let operations = [
        operation("execute-ddl", "create table decided (v int)", ""),
        both.clone(),
        both,
        operation("select", "select id from dwrun_transactions", ""),
        operation("query-single", "select count(*) n from decided", ""),
    ];
    let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
    let queue = "<vm:config name='q'><vm:queues><vm:queue queueName='x'/></vm:queues></vm:config>";
    let app = app_with(queue, connection, &operations).await;
    for flow in ["f0", "f1", "f2"] {
        compact(&app, flow).await;
    }
    let ids = compact(&app, "f3").await;
    let id = ids.strip_prefix(r#"[{"id":""#).and_then(|rest| rest.strip_suffix(r#""}]"#)).expect(&ids);
    let database = app.globals().get("d").unwrap();
    assert!(database.decided(id).await.unwrap());
    assert!(!database.decided("another").await.unwrap());
    assert_eq!(compact(&app, "f4").await, r#"{"n":2}"#);
    app.stop().await;
}
