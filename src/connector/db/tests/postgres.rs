//! PostgreSQL, on a server that the test starts.

use super::mistakes::{self, Operations, TABLES, tell_losses, tell_mistakes, tell_recovery};
use super::server::{Server, USER};
use super::{
    TYPES, app, app_with, assert_comes_to, assert_starts, compact, decisions, operation, outcomes, transactions,
};
use std::thread;
use std::time::Duration;

fn connection(server: &Server, password: &str, inside: &str) -> String {
    let url = format!("jdbc:postgresql://127.0.0.1:{}/postgres", server.port);
    format!("<db:generic-connection url='{url}' user='{USER}' password='{password}'>{inside}</db:generic-connection>")
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_server() {
    let Some(mut server) = Server::postgres() else { return };
    types(&server).await;
    statements(&server).await;
    procedures(&server).await;
    let other = connection(&server, "secret", "").replace("/postgres'", "/template1'");
    transactions(&other).await;
    decisions(&other).await;
    mistakes(&server).await;
    pools(&server).await;
    connections_come_back(&mut server).await;
    work_goes_on(&mut server).await;
    every_operation(&mut server).await;
}

async fn every_operation(server: &mut Server) {
    let connection = connection(server, "secret", "");
    outcomes(&connection, &[&operation("execute-script", TABLES, "")]).await;
    let procedure: mistakes::Case = ("stored-procedure", "{ call pg_backend_pid() }", "{ call abs(:nobody) }");
    let operations = Operations::on(&connection, &[procedure]).await;
    tell_mistakes(&operations).await;
    server.stop();
    tell_losses(&operations).await;
    server.start();
    tell_recovery(&operations).await;
}

/// What connections are made and how, as the server sees it.
async fn pools(server: &Server) {
    let seen = operation("query-single", "select count(*) n from pg_stat_activity where application_name = 'kept'", "");
    let level = operation("query-single", "select current_setting(:name) v", "{name: 'transaction_isolation'}");
    let inside = format!("<try transactionalAction='ALWAYS_BEGIN'>{level}</try>");
    let kept = connection(server, "secret", "<db:pooling-profile minPoolSize='3' preparedStatementCacheSize='0'/>");
    let kept = kept.replace("/postgres'", "/postgres?ApplicationName=kept' transactionIsolation='REPEATABLE_READ'");
    let app = app(&kept, &[&seen, &level, &inside]).await;
    assert_comes_to(&app, "f0", r#"{"n":3}"#).await;
    for flow in ["f1", "f2"] {
        assert_eq!(compact(&app, flow).await, r#"{"v":"repeatable read"}"#);
    }
    app.stop().await;
}

async fn types(server: &Server) {
    let make = "create type mood as enum ('sad', 'ok'); create table t (b boolean, i2 smallint, i8 bigint, n numeric(20, 4), \
                huge numeric, r real, d double precision, c char(3), v varchar(9), x text, y bytea, day date, at time, \
                stamp timestamp, moment timestamptz, u uuid, j json, jb jsonb, m mood, a int[], p interval, s inet)";
    let insert = "insert into t values (:b, :i2, :i8, :n, :huge, :r, :d, :c, :v, :x, :y, :day, :at, :stamp, :moment, :u, :j, \
                  :jb, :m, :a, :p, :s)";
    let input = "{b: true, i2: 7, i8: 9007199254740993, n: 1234567890123456.5, huge: 12345678901234567890123456789.000001, \
                 r: 0.1, d: 0.1, c: 'ab', v: 'vé', x: \"it's :x\", y: 'abc' as Binary, day: |2024-02-29|, at: |10:20:30.5|, \
                 stamp: |2024-02-29T10:20:30|, moment: |2024-02-29T10:20:30+02:00|, \
                 u: 'b5a9d2b0-0000-4000-8000-000000000001', j: {a: [1]}, jb: '[2]', m: 'ok', a: [1, null, 3], p: '1 day', \
                 s: '10.0.0.1'}";
    let nulls = "{} ++ ((('b,i2,i8,n,huge,r,d,c,v,x,y,day,at,stamp,moment,u,j,jb,m,a,p,s' splitBy ',') map {($): null}) reduce ($$ ++ $))";
    let read = "select b, i2, i8, n, huge, r, d, c, v, x, y, day, at, stamp, moment, u, j, jb, m, a, p, s::text from t";
    let all = outcomes(
        &connection(server, "secret", ""),
        &[
            &operation("execute-script", make, ""),
            &operation("insert", insert, input),
            &format!("{}{TYPES}", operation("select", read, "")),
            &operation("insert", insert, nulls),
            &operation("query-single", "select count(*) as n from t where i2 is null", ""),
            &operation("select", "select s from t", ""),
        ],
    )
    .await;
    assert_eq!(all[1], r#"{"affectedRows":1,"generatedKeys":{}}"#);
    assert_eq!(
        all[2],
        "b=Boolean true; i2=Number 7; i8=Number 9007199254740993; n=Number 1234567890123456.5; \
         huge=Number 12345678901234567890123456789.000001; r=Number 0.1; d=Number 0.1; c=String ab ; v=String vé; \
         x=String it's :x; y=Binary 3; day=Date 2024-02-29; at=LocalTime 10:20:30.5; \
         stamp=LocalDateTime 2024-02-29T10:20:30; moment=DateTime 2024-02-29T08:20:30Z; \
         u=String b5a9d2b0-0000-4000-8000-000000000001; j=String {\"a\":[1]}; jb=String [2]; m=String ok; \
         a=Array [1,null,3]; p=String P1D; s=String 10.0.0.1/32"
            .replace(": ", ":")
            .replace(", ", ",")
    );
    assert_eq!(all[4], r#"{"n":1}"#);
    assert!(
        all[5].starts_with("DB:QUERY_EXECUTION:column `s` of type INET cannot be read:cast it to text"),
        "{}",
        all[5]
    );
}

async fn statements(server: &Server) {
    let keys = |sql: &str, names: &str| {
        format!("<db:insert config-ref='d' autoGenerateKeys='true'><db:sql>{sql}</db:sql>{names}</db:insert>")
    };
    let id = "<db:auto-generated-keys-column-names><db:auto-generated-keys-column-name value='id'/></db:auto-generated-keys-column-names>";
    let bulk = "<db:bulk-insert config-ref='d'><db:bulk-input-parameters>#[(1 to 500) map {v: 'v' ++ $}]</db:bulk-input-parameters><db:sql>insert into k (v) values (:v)</db:sql></db:bulk-insert>";
    let first = "<db:select config-ref='d'><db:sql>select i from generate_series(1, 200000) i</db:sql></db:select>";
    let all = outcomes(
        &connection(server, "secret", ""),
        &[
            &operation(
                "execute-ddl",
                "create table k (id serial primary key, v text, made date default '2024-01-01')",
                "",
            ),
            &keys("insert into k (v) values ('a')", ""),
            &keys("insert into k (v) values ('b')", id),
            &format!("{bulk}<set-payload value='#[sizeOf(payload)]'/>"),
            &operation(
                "query-single",
                "select count(*) n from k where id = any(:ids) and v::text like :v",
                "{ids: 1 to 3, v: 'v%'}",
            ),
            &operation("update", "update k set v = $$:v$$ where id <= :id::int", "{id: 2}"),
            &format!("{first}<set-payload value='#[sum(payload.i)]'/>"),
            &format!("{first}<set-payload value='#[payload[1].i]'/>"),
            &operation("delete", "delete from k", ""),
        ],
    )
    .await;
    assert_starts(
        &all,
        &[
            "0",
            r#"{"affectedRows":1,"generatedKeys":{"id":1,"v":"a","made":"2024-01-01"}}"#,
            r#"{"affectedRows":1,"generatedKeys":{"id":2}}"#,
            "500",
            r#"{"n":1}"#,
            r#"{"affectedRows":2"#,
            "20000100000",
            "2",
            "502",
        ],
    );
}

async fn procedures(server: &Server) {
    let make = "create function f(a int, out b int, out c text) language sql as $$ select a * 2, 'c' || a $$; \
                create procedure p(a int, inout b int) language plpgsql as $$ begin b := a + b; end $$; \
                create function rows_of(n int) returns table (i int) language sql as $$ select generate_series(1, n) $$;";
    let call = |sql: &str, parts: &str| {
        format!(
            "<db:stored-procedure config-ref='d'><db:sql>{sql}</db:sql><db:input-parameters>#[{{a: 20}}]</db:input-parameters>{parts}</db:stored-procedure>"
        )
    };
    let out = "<db:output-parameters><db:output-parameter key='b' type='INTEGER'/><db:output-parameter key='c'/></db:output-parameters>";
    let in_out = "<db:in-out-parameters><db:in-out-parameter key='b' value='#[1]'/></db:in-out-parameters>";
    let all = outcomes(
        &connection(server, "secret", ""),
        &[
            &operation("execute-script", make, ""),
            &call("{ call f(:a, :b, :c) }", out),
            &call("call p(:a, :b)", in_out),
            &call(
                "{ :b = call length(repeat('x', :a)) }",
                "<db:output-parameters><db:output-parameter key='b'/></db:output-parameters>",
            ),
            &format!("{}<set-payload value='#[sizeOf(payload.resultSet1)]'/>", call("{ call rows_of(:a) }", "")),
            &call("{ call rows_of(:a - 20) }", ""),
        ],
    )
    .await;
    assert_eq!(all[1..], [r#"{"b":40,"c":"c20"}"#, r#"{"b":21}"#, r#"{"b":20}"#, "20", r#"{"resultSet1":[]}"#]);
}

async fn mistakes(server: &Server) {
    let slow = "<db:select config-ref='d' queryTimeout='100' queryTimeoutUnit='MILLISECONDS'><db:sql>select pg_sleep(20)</db:sql></db:select>";
    let all = outcomes(
        &connection(server, "secret", ""),
        &[
            &operation("select", "selec 1", ""),
            &operation("select", "select * from nowhere where a = :a", "{a: 1}"),
            &operation("select", "select 1 / :zero", "{zero: 0}"),
            &operation("select", "select * from t where i2 = :i", "{i: 'x'}"),
            slow,
            &operation("select", "select 'still here' as a", ""),
        ],
    )
    .await;
    assert_starts(
        &all,
        &[
            "DB:BAD_SQL_SYNTAX:syntax error at or near \"selec\"",
            "DB:BAD_SQL_SYNTAX:relation \"nowhere\" does not exist",
            "DB:QUERY_EXECUTION:division by zero",
            "DB:QUERY_EXECUTION:invalid input syntax for type smallint",
            "DB:QUERY_EXECUTION:Statement cancelled due to timeout",
            r#"[{"a":"still here"}]"#,
        ],
    );
    let select = operation("select", "select 1", "");
    let wrong = outcomes(&connection(server, "wrong", ""), &[&select]).await;
    assert_starts(&wrong, &["DB:INVALID_CREDENTIALS:password authentication failed"]);
    let nowhere = connection(server, "secret", "").replace("/postgres'", "/nowhere'");
    assert_starts(&outcomes(&nowhere, &[&select]).await, &["DB:INVALID_DATABASE:database \"nowhere\" does not exist"]);
}

/// A statement that is cut off, and a listener that finds its table again.
async fn work_goes_on(server: &mut Server) {
    let listen = format!(
        "<flow name='listen'><db:listener config-ref='d' table='ticks' watermarkColumn='id'><scheduling-strategy>\
         <fixed-frequency frequency='50'/></scheduling-strategy></db:listener>{}</flow>",
        operation("insert", "insert into ticked values (:id)", "{id: payload.id}")
    );
    let flows = [
        operation("execute-script", "create table ticks (id serial primary key); create table ticked (id int);", ""),
        operation("insert", "insert into ticks default values", ""),
        operation("query-single", "select count(*) n from ticked", ""),
        operation("query-single", "select count(*) n from pg_stat_activity where query like 'select pg_sleep(3%'", ""),
        operation("select", "select pg_sleep(300)", ""),
    ];
    let flows: Vec<&str> = flows.iter().map(String::as_str).collect();
    let app = app_with(&listen, &connection(server, "secret", ""), &flows).await;
    compact(&app, "f0").await;
    compact(&app, "f1").await;
    app.start_source("listen").await.unwrap();
    assert_comes_to(&app, "f2", r#"{"n":1}"#).await;
    let cut = tokio::spawn({
        let app = app.clone();
        async move { compact(&app, "f4").await }
    });
    assert_comes_to(&app, "f3", r#"{"n":1}"#).await;
    server.stop();
    assert_starts(&[cut.await.unwrap()], &["DB:CONNECTIVITY:terminating connection"]);
    server.start();
    assert_comes_to(&app, "f2", r#"{"n":1}"#).await;
    compact(&app, "f1").await;
    assert_comes_to(&app, "f2", r#"{"n":2}"#).await;
    app.stop().await;
}

async fn connections_come_back(server: &mut Server) {
    let select = operation("select", "select 1 as a", "");
    let twice = select.replace("<db:sql>", "<reconnect count='2' frequency='10'/><db:sql>");
    let forever = "<reconnection><reconnect-forever frequency='50'/></reconnection>";
    let plain = app(&connection(server, "secret", ""), &[&select, &twice]).await;
    let patient = app(&connection(server, "secret", forever), &[&select]).await;
    for app in [&plain, &patient] {
        assert_eq!(compact(app, "f0").await, r#"[{"a":1}]"#);
    }
    server.stop();
    assert_starts(
        &[compact(&plain, "f0").await, compact(&plain, "f1").await],
        &["DB:CONNECTIVITY:", "DB:RETRY_EXHAUSTED:"],
    );
    let waiting = tokio::spawn({
        let patient = patient.clone();
        async move { compact(&patient, "f0").await }
    });
    thread::sleep(Duration::from_millis(200));
    assert!(!waiting.is_finished());
    server.start();
    assert_eq!(waiting.await.unwrap(), r#"[{"a":1}]"#);
    assert_eq!(compact(&plain, "f0").await, r#"[{"a":1}]"#);
}
