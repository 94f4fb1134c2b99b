//! SQLite.

use super::mistakes::{Operations, TABLES, tell_losses, tell_mistakes, tell_recovery};
use super::{TYPES, app_with, assert_comes_to, assert_starts, operation};
use crate::connector::testing::{folder, load, outcome, run, start};
use crate::value::Value;

const MEMORY: &str = r#"<db:generic-connection url="jdbc:sqlite::memory:"/>"#;

async fn outcomes(operations: &[&str]) -> Vec<String> {
    super::outcomes(MEMORY, operations).await
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_come_and_go() {
    let all = outcomes(&[
        &operation("execute-ddl", "create table t (Id integer primary key, name text, price numeric)", ""),
        &operation(
            "insert",
            "insert into t (name, price) values (:name, :price)",
            "{name: \"O'Neil; drop table t\", price: 1.25}",
        ),
        &operation("insert", "insert into t (name) values (':name'), (:name)", "{name: 'b'}"),
        &operation("select", "select * from t where id < :most order by id -- :nothing", "{most: 3}"),
        &operation("update", "update t set price = :p where name in (:n, :p)", "{p: 2, n: 'b', more: 1}"),
        &operation("query-single", "select price, ID from t where id = 3", ""),
        &operation("query-single", "select 1 from t where id = 9", ""),
        &operation("delete", "delete from t where id > :id", "{id: 1}"),
        &format!(
            "{}<set-payload value='#[sizeOf(payload) ++ payload[0].ID ++ payload[0].nAmE]'/>",
            operation("select", "select * from t", "")
        ),
    ])
    .await;
    assert_eq!(
        all,
        [
            "0",
            r#"{"affectedRows":1,"generatedKeys":{}}"#,
            r#"{"affectedRows":2,"generatedKeys":{}}"#,
            r#"[{"Id":1,"name":"O'Neil; drop table t","price":1.25},{"Id":2,"name":":name","price":null}]"#,
            r#"{"affectedRows":1,"generatedKeys":{}}"#,
            r#"{"price":2,"Id":3}"#,
            "",
            "2",
            "11O'Neil; drop table t",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn values_keep_their_types() {
    let input = "{n: null, b: true, i: 9007199254740993, d: 0.1, x: 12345678901234567890.123456789, t: 'é', \
                 y: 'ab' as Binary, day: |2024-02-29|, at: |2024-02-29T10:20:30|, moment: |2024-02-29T10:20:30+02:00|}";
    let sql = "select :n n, :b b, :i i, :d d, :x x, :t t, :y y, :day day, :at at, :moment moment";
    let all = outcomes(&[&format!("{}{TYPES}", operation("select", sql, input))]).await;
    assert_eq!(
        all[0],
        "n=Null null; b=Number 1; i=Number 9007199254740993; d=Number 0.1; x=String 12345678901234567890.123456789; \
         t=String é; y=Binary 2; day=String 2024-02-29; at=String 2024-02-29 10:20:30; moment=String 2024-02-29 08:20:30"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_the_database_makes() {
    let insert = |keys: &str| {
        format!(
            "<db:insert config-ref='d' autoGenerateKeys='true'><db:sql>insert into t (v) values ('x'), ('y');</db:sql>{keys}</db:insert>"
        )
    };
    let named = "<db:auto-generated-keys-column-names><db:auto-generated-keys-column-name value='id'/><db:auto-generated-keys-column-name value='v'/></db:auto-generated-keys-column-names>";
    let all = outcomes(&[
        &operation("execute-ddl", "create table t (id integer primary key, v text)", ""),
        &insert(""),
        &insert(named),
    ])
    .await;
    assert_eq!(all[1], r#"{"affectedRows":2,"generatedKeys":{"last_insert_rowid()":2}}"#);
    assert_eq!(all[2], r#"{"affectedRows":2,"generatedKeys":{"id":4,"v":"y"}}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_or_none() {
    let bulk = |name: &str, sql: &str, input: &str| {
        format!(
            "<db:{name} config-ref='d'><db:bulk-input-parameters>#[{input}]</db:bulk-input-parameters><db:sql>{sql}</db:sql></db:{name}>"
        )
    };
    let all = outcomes(&[
        &operation(
            "execute-script",
            "create table t (id integer primary key, v text); insert into t values (1, 'a'), (2, 'b');",
            "",
        ),
        &bulk("bulk-insert", "insert into t values (:id, :v)", "(3 to 5) map {id: $, v: 'v' ++ $}"),
        &bulk("bulk-insert", "insert into t values (:id, 'x')", "[{id: 6}, {id: 6}]"),
        &bulk("bulk-update", "update t set v = :v where id > :id", "[{id: 3, v: 'z'}, {id: 9, v: 'n'}]"),
        &bulk("bulk-delete", "delete from t where id = :id", "[{id: 1}, {id: 8}]"),
        &bulk("bulk-delete", "delete from t where id = :id", "[{ID: 1}]"),
        &bulk("bulk-delete", "delete from t where id = :id", "'no list'"),
        &operation("select", "select group_concat(id) ids, group_concat(v) vs from t", ""),
    ])
    .await;
    assert_eq!(
        all,
        [
            "[0,2]",
            "[1,1,1]",
            "DB:QUERY_EXECUTION:UNIQUE constraint failed:t.id",
            "[2,0]",
            "[1,0]",
            "DB:QUERY_EXECUTION:Parameter 'id' was not bound for query 'delete from t where id = :id'",
            "DB:QUERY_EXECUTION:bulk input parameters have to be a list of objects,not a String",
            r#"[{"ids":"2,3,4,5","vs":"b,v3,z,z"}]"#,
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_have_types() {
    let all = outcomes(&[
        &operation("select", "selec 1", ""),
        &operation("select", "select * from nowhere", ""),
        &operation("select", "select :a", "{b: 1}"),
        &operation("select", "select :a", "[1]"),
        &operation("select", "", ""),
        &operation("execute-ddl", "create table t (v int check (v > 0))", ""),
        &operation("insert", "insert into t values (:v)", "{v: -1}"),
        &operation("insert", "insert into t values (:v)", "{v: (x) -> x}"),
        "<db:execute-script config-ref='d' file='missing.sql'/>",
        "<db:select config-ref='d' queryTimeout='50' queryTimeoutUnit='MILLISECONDS'><db:sql>with recursive n(i) as (select 1 union all select i + 1 from n limit 3000000) select max(i) from n</db:sql></db:select>",
    ])
    .await;
    let starts = [
        "DB:BAD_SQL_SYNTAX:near \"selec\"",
        "DB:BAD_SQL_SYNTAX:no such table:nowhere",
        "DB:QUERY_EXECUTION:Parameter 'a' was not bound",
        "DB:QUERY_EXECUTION:input parameters have to be an object",
        "DB:BAD_SQL_SYNTAX:the statement is empty",
        "0",
        "DB:QUERY_EXECUTION:CHECK constraint failed",
        "DB:QUERY_EXECUTION:parameter 'v' is a Function",
        "DB:QUERY_EXECUTION:the script 'missing.sql' cannot be read",
        "DB:QUERY_EXECUTION:Statement cancelled due to timeout",
    ];
    assert_starts(&all, &starts);
}

#[tokio::test(flavor = "multi_thread")]
async fn databases_that_are_not_there() {
    let config = |inside: &str| {
        format!("<db:config name='d'>{inside}</db:config><flow name='f'>{}</flow>", operation("select", "select 1", ""))
    };
    let missing = folder().join("no/such/folder/x.db");
    let file = format!("<db:generic-connection url='jdbc:sqlite:{}'/>", missing.display());
    let retried = format!(
        "<db:generic-connection url='jdbc:sqlite:{}'><reconnection><reconnect count='2' frequency='1'/></reconnection></db:generic-connection>",
        missing.display()
    );
    for (inside, want) in [
        (
            "<db:generic-connection url='jdbc:h2:mem:test' driverClassName='org.h2.Driver'/>",
            "DB:CONNECTIVITY: H2 is not there",
        ),
        (
            "<db:oracle-connection host='h' port='1' instance='i' user='u' password='p'/>",
            "DB:CONNECTIVITY: `db:oracle-connection`",
        ),
        (
            "<db:my-sql-connection host='127.0.0.1' port='1' user='u' password='p' database='d'/>",
            "DB:CONNECTIVITY: error communicating",
        ),
        (
            "<db:generic-connection url='jdbc:postgresql://127.0.0.1:1/x' user='u'/>",
            "DB:CONNECTIVITY: error communicating",
        ),
        (&file, "DB:CONNECTIVITY: unable to open"),
        (&retried, "DB:RETRY_EXHAUSTED: unable to open"),
    ] {
        let app = start(&config(inside)).await;
        let got = outcome(&app, "f", Value::Null).await;
        assert!(got.starts_with(want), "{got}\n{want}");
    }
    let needed = retried.replace("<reconnection>", "<reconnection failsDeployment='true'>");
    let app = load(&config(&needed)).unwrap();
    assert!(app.start().await.unwrap_err().message().contains("the database of `d` cannot be reached"));
    assert!(load(&config("")).is_err());
}

const LARGE: &str = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20) select i, hex(zeroblob(600000)) t from n";
const NUMBERS: &str = "with recursive n(i) as (select 1 union all select i + 1 from n limit 5000) select i, 'row ' || i as name, i / 4.0 as q from n";

#[tokio::test(flavor = "multi_thread")]
async fn many_rows_can_be_gone_through_again() {
    let twice = "<set-payload value=\"#[sum(payload.i) ++ ' ' ++ sizeOf(payload) ++ ' ' ++ payload[-1].name ++ ' ' ++ payload[4998].q]\"/>";
    let select = |strategy: &str, attributes: &str| {
        format!("<db:select config-ref='d' {attributes}>{strategy}<db:sql>{}</db:sql></db:select>", NUMBERS)
    };
    let all = outcomes(&[
        &format!("{}{twice}", select("", "")),
        &format!("{}<foreach><set-variable variableName='sum' value='#[(vars.sum default 0) + payload.i]'/></foreach><set-payload value='#[vars.sum]'/>", select("", "fetchSize='7'")),
        &format!("{}<set-payload value='#[sizeOf(payload)]'/>", select("", "maxRows='1000'")),
        &format!("{}<set-payload value='#[sum(payload.i)]'/>", select("<non-repeatable-iterable/>", "")),
        &format!("{}<set-payload value='#[sizeOf(payload)]'/>", select("<repeatable-in-memory-iterable maxBufferSize='6000'/>", "")),
        &format!("{}<set-payload value='#[sizeOf(payload)]'/>", select("<repeatable-in-memory-iterable/>", "")),
        &format!("{}<set-payload value='#[sum(payload map sizeOf($.t)) ++ \" \" ++ payload[19].i]'/>", operation("select", LARGE, "")),
    ])
    .await;
    assert_eq!(all[..5], ["12502500 5000 row 5000 1249.75", "12502500", "1000", "12502500", "5000"]);
    assert_eq!(all[6], "24000000 20");
    assert!(all[5].starts_with("MULE:EXPRESSION:\"the result has more than 500 rows"), "{}", all[5]);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_operation_tells_what_went_wrong() {
    let home = folder().join("later");
    let connection = format!("<db:generic-connection url='jdbc:sqlite:{}/x.db'/>", home.display());
    let operations = Operations::on(&connection, &[]).await;
    tell_losses(&operations).await;
    std::fs::create_dir(&home).unwrap();
    super::outcomes(&connection, &[&operation("execute-script", TABLES, "")]).await;
    tell_mistakes(&operations).await;
    tell_recovery(&operations).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_isolation_is_less_than_its_own_but_none() {
    let select = operation("query-single", "select 1 v", "");
    for (level, want) in [
        ("READ_UNCOMMITTED", r#"{"v":1}"#),
        ("SERIALIZABLE", r#"{"v":1}"#),
        ("NONE", r#"DB:CONNECTIVITY:no database runs transactions with `transactionIsolation="NONE"`"#),
    ] {
        let connection = MEMORY.replace("/>", &format!(" transactionIsolation='{level}'/>"));
        assert_starts(&super::outcomes(&connection, &[&select]).await, &[want]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_shared_and_files_stay() {
    let file = folder().join("kept.db");
    let elements = format!(
        "<db:config name='d'><db:generic-connection url='jdbc:sqlite:{}'><db:pooling-profile maxPoolSize='1' preparedStatementCacheSize='0' maxWait='100' maxWaitUnit='MILLISECONDS'/></db:generic-connection></db:config>\
         <flow name='make'>{}</flow><flow name='hold'><db:select config-ref='d'><db:sql>{NUMBERS}</db:sql></db:select></flow><flow name='read'>{}</flow>",
        file.display(),
        operation("execute-script", "create table t as select 7 as v", ""),
        operation("query-single", "select v from t where v < :most", "{most: 9}"),
    );
    let app = start(&elements).await;
    outcome(&app, "make", Value::Null).await;
    let held = run(&app, "hold", Value::Null).await.unwrap();
    let none = outcome(&app, "read", Value::Null).await;
    assert!(none.starts_with("DB:CONNECTIVITY: none of the 1 connections became free"), "{none}");
    drop(held);
    app.stop().await;
    let again = start(&elements).await;
    assert_eq!(outcome(&again, "read", Value::Null).await.replace([' ', '\n'], ""), r#"{"v":7}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn new_rows_start_flows() {
    let listener = "<db:listener config-ref='d' table='orders' watermarkColumn='id' idColumn='ID'><scheduling-strategy><fixed-frequency frequency='20'/></scheduling-strategy></db:listener>";
    let elements = format!(
        "<db:config name='d'>{MEMORY}</db:config><flow name='listen'>{listener}{}</flow><flow name='make'>{}</flow><flow name='add'>{}</flow><flow name='seen'>{}</flow>",
        operation("insert", "insert into seen values (:id)", "{id: payload.id}"),
        operation(
            "execute-script",
            "create table orders (id integer primary key); create table seen (id integer); insert into orders values (1), (2)",
            ""
        ),
        operation("insert", "insert into orders default values", ""),
        operation("query-single", "select group_concat(id) ids from (select id from seen order by id)", ""),
    );
    let app = start(&elements).await;
    outcome(&app, "make", Value::Null).await;
    app.start_source("listen").await.unwrap();
    assert_comes_to(&app, "seen", r#"{"ids":"1,2"}"#).await;
    outcome(&app, "add", Value::Null).await;
    assert_comes_to(&app, "seen", r#"{"ids":"1,2,3"}"#).await;
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_rows_are_read_than_a_listener_wants() {
    // The third row of the view cannot be read.
    let tables = "create table orders (id integer primary key); create table seen (id integer); \
                  insert into orders values (1), (2), (3); \
                  create view v as select id, case id when 3 then abs(-9223372036854775807 - 1) end x from orders";
    let operations = [
        operation("execute-script", tables, ""),
        operation("query-single", "select group_concat(id) ids from (select distinct id from seen order by id)", ""),
        operation("select", "select * from v", ""),
    ];
    let listener = "<db:listener config-ref='d' table='v' maxRows='2'><scheduling-strategy><fixed-frequency frequency='20'/></scheduling-strategy></db:listener>";
    let insert = operation("insert", "insert into seen values (:id)", "{id: payload.id}");
    let listen = format!("<flow name='listen'>{listener}{insert}</flow>");
    let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
    let app = app_with(&listen, MEMORY, &operations).await;
    super::compact(&app, "f0").await;
    app.start_source("listen").await.unwrap();
    assert_comes_to(&app, "f1", r#"{"ids":"1,2"}"#).await;
    assert!(super::compact(&app, "f2").await.starts_with("DB:"));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn procedures_are_not_there() {
    let all = outcomes(&[&operation("stored-procedure", "{ call f() }", "")]).await;
    assert_eq!(all, ["DB:BAD_SQL_SYNTAX:SQLite has no stored procedures"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_in_transactions() {
    super::transactions(MEMORY).await;
}

#[tokio::test]
async fn it_decides_for_queues() {
    let file = folder().join("decided.db");
    super::decisions(&format!(
        "<db:generic-connection url='jdbc:sqlite:{}' driverClassName='org.sqlite.JDBC'/>",
        file.display()
    ))
    .await;
}
