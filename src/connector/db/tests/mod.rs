//! The connector on small apps: with SQLite always, with servers where they are installed.

mod mysql;
mod postgres;
mod server;
mod sqlite;

use crate::connector::testing::{outcome, start};
use crate::flow::app::App;
use crate::value::Value;
use std::sync::Arc;

/// An app with this connection, and flows named `f0`, `f1` … of these operations.
async fn app(connection: &str, operations: &[&str]) -> Arc<App> {
    let flows = operations.iter().enumerate().map(|(i, inside)| format!("<flow name=\"f{i}\">{inside}</flow>"));
    start(&format!("<db:config name=\"d\">{connection}</db:config>{}", flows.collect::<String>())).await
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
