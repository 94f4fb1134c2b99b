//! MySQL's protocol, on a MariaDB server that the test starts.

use super::mistakes::{self, Operations, TABLES, tell_losses, tell_mistakes, tell_recovery};
use super::server::{Server, USER};
use super::{TYPES, app, assert_starts, compact, decisions, operation, outcomes, transactions};

fn connection(server: &Server, password: &str) -> String {
    let port = server.port;
    format!("<db:my-sql-connection host='127.0.0.1' port='{port}' user='{USER}' password='{password}' database='app'/>")
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_server() {
    let Some(mut server) = Server::mariadb() else { return };
    types(&server).await;
    statements(&server).await;
    procedures(&server).await;
    let other = connection(&server, "secret").replace("app'/>", "other'/>");
    transactions(&other).await;
    decisions(&other).await;
    mistakes(&server).await;
    isolation(&server).await;
    connections_come_back(&mut server).await;
    every_operation(&mut server).await;
}

async fn every_operation(server: &mut Server) {
    let connection = connection(server, "secret");
    let make = operation("execute-ddl", "create procedure nothing(in a int) set @nothing = a", "");
    outcomes(&connection, &[&operation("execute-script", TABLES, ""), &make]).await;
    let procedure: mistakes::Case = ("stored-procedure", "{ call nothing(1) }", "{ call nothing(:nobody) }");
    let operations = Operations::on(&connection, &[procedure]).await;
    tell_mistakes(&operations).await;
    server.stop();
    tell_losses(&operations).await;
    server.start();
    tell_recovery(&operations).await;
}

async fn isolation(server: &Server) {
    let level = operation("query-single", "select @@tx_isolation v", "");
    for (given, want) in [("SERIALIZABLE", "SERIALIZABLE"), ("READ_UNCOMMITTED", "READ-UNCOMMITTED")] {
        let connection = connection(server, "secret").replace("/>", &format!(" transactionIsolation='{given}'/>"));
        assert_eq!(outcomes(&connection, &[&level]).await, [format!(r#"{{"v":"{want}"}}"#)]);
    }
}

async fn types(server: &Server) {
    let make = "create table t (b tinyint(1), i1 tinyint, i8 bigint, u8 bigint unsigned, n decimal(30, 4), r float, d double, \
                c char(3), v varchar(9), x longtext, y blob, bin binary(2), day date, at time, long_ time, stamp timestamp(3) null, \
                dt datetime, yr year, bit1 bit(1), bit9 bit(9), e enum('a', 'b'), j json)";
    let insert = "insert into t values (:b, :i1, :i8, :u8, :n, :r, :d, :c, :v, :x, :y, :bin, :day, :at, :long, :stamp, :dt, :yr, \
                  :bit1, 256, :e, :j)";
    let input = "{b: true, i1: -7, i8: -9007199254740993, u8: 18446744073709551615, n: 12345678901234567890.5, r: 0.1, d: 0.1, \
                 c: 'ab', v: 'vé', x: \"it's :x\", y: 'abc' as Binary, bin: 'xy' as Binary, day: |2024-02-29|, at: |10:20:30|, \
                 long: '-30:00:01', stamp: |2024-02-29T10:20:30.125|, dt: |2024-02-29T10:20:30|, yr: 2024, bit1: true, e: 'b', \
                 j: {a: [1]}}";
    let nulls = "('b,i1,i8,u8,n,r,d,c,v,x,y,bin,day,at,long,stamp,dt,yr,bit1,e,j' splitBy ',') reduce ((k, all = {}) -> all ++ {(k): null})";
    let all = outcomes(
        &connection(server, "secret"),
        &[
            &operation("execute-ddl", make, ""),
            &operation("insert", insert, input),
            &format!("{}{TYPES}", operation("select", "select * from t", "")),
            &operation("insert", insert, nulls),
            &operation("query-single", "select count(*) as n from t where i1 is null", ""),
        ],
    )
    .await;
    assert_eq!(all[1], r#"{"affectedRows":1,"generatedKeys":{}}"#);
    assert_eq!(
        all[2],
        "b=Boolean true; i1=Number -7; i8=Number -9007199254740993; u8=Number 18446744073709551615; \
         n=Number 12345678901234567890.5; r=Number 0.1; d=Number 0.1; c=String ab; v=String vé; x=String it's :x; y=Binary 3; \
         bin=Binary 2; day=Date 2024-02-29; at=LocalTime 10:20:30; long_=String -30:00:01; \
         stamp=LocalDateTime 2024-02-29T10:20:30.125; dt=LocalDateTime 2024-02-29T10:20:30; yr=Number 2024; bit1=Boolean true; \
         bit9=Binary 2; e=String b; j=String {\"a\":[1]}"
            .replace(": ", ":")
            .replace(", ", ",")
    );
    assert_eq!(all[4], r#"{"n":1}"#);
}

async fn statements(server: &Server) {
    let keys =
        |sql: &str| format!("<db:insert config-ref='d' autoGenerateKeys='true'><db:sql>{sql}</db:sql></db:insert>");
    let bulk = "<db:bulk-insert config-ref='d'><db:bulk-input-parameters>#[(1 to 500) map {v: 'v' ++ $}]</db:bulk-input-parameters><db:sql>insert into k (v) values (:v)</db:sql></db:bulk-insert>";
    let all = outcomes(&connection(server, "secret"), &[
        &operation("execute-script", "create table k (id int auto_increment primary key, v text);\ninsert into k (v) values ('a;'), ('b');", ""),
        &keys("insert into k (v) values ('c')"),
        &format!("{bulk}<set-payload value='#[sizeOf(payload)]'/>"),
        &operation("select", "select id from k where v like :v order by id limit :n # :comment", "{v: 'v1%', n: 2}"),
        &operation("update", "update k set v = 'it\\'s :v' where id <= :id", "{id: 2}"),
        &operation("select", "select v, @@sql_mode like '%STRICT%' as strict from k where id = 1", ""),
        "<db:select config-ref='d'><db:sql>select seq from seq_1_to_200000</db:sql></db:select><set-payload value='#[sum(payload.seq)]'/>",
        &operation("delete", "delete from k", ""),
    ])
    .await;
    assert_starts(
        &all,
        &[
            "[0,2]",
            r#"{"affectedRows":1,"generatedKeys":{"GENERATED_KEY":3}}"#,
            "500",
            r#"[{"id":4},{"id":13}]"#,
            r#"{"affectedRows":2"#,
            r#"[{"v":"it's :v","strict":1}]"#,
            "20000100000",
            "503",
        ],
    );
}

async fn procedures(server: &Server) {
    let make = "create procedure p(in a int, inout b int, out c int) begin select a as x union select b; set c = a * b; set b = b + 1; end";
    let call = "<db:stored-procedure config-ref='d'><db:sql>{ call p(:a, :b, :c) }</db:sql>\
        <db:input-parameters>#[{a: 6}]</db:input-parameters>\
        <db:in-out-parameters><db:in-out-parameter key='b' value='#[7]'/></db:in-out-parameters>\
        <db:output-parameters><db:output-parameter key='c' type='INTEGER'/></db:output-parameters></db:stored-procedure>";
    let all = outcomes(&connection(server, "secret"), &[&operation("execute-ddl", make, ""), call, call]).await;
    let want = r#"{"resultSet1":[{"x":6},{"x":7}],"updateCount1":0,"b":8,"c":42}"#;
    assert_eq!(all[1..], [want, want]);
    let make = "create procedure none() begin select 1 as x from t where 1 = 0; select 2 as y; end";
    let call = operation("stored-procedure", "{ call none() }", "");
    let all = outcomes(&connection(server, "secret"), &[&operation("execute-ddl", make, ""), &call]).await;
    assert_eq!(all[1], r#"{"resultSet1":[],"resultSet2":[{"y":2}],"updateCount1":0}"#);
}

async fn mistakes(server: &Server) {
    let slow = "<db:select config-ref='d' queryTimeout='100' queryTimeoutUnit='MILLISECONDS'><db:sql>select sleep(20)</db:sql></db:select>";
    let all = outcomes(
        &connection(server, "secret"),
        &[
            &operation("select", "selec 1", ""),
            &operation("select", "select * from nowhere where a = :a", "{a: 1}"),
            &operation("insert", "insert into t (i1) values (:i)", "{i: 1000}"),
            slow,
            &operation("select", "select 'still here' as a", ""),
        ],
    )
    .await;
    assert_starts(
        &all,
        &[
            "DB:BAD_SQL_SYNTAX:You have an error in your SQL syntax",
            "DB:BAD_SQL_SYNTAX:Table 'app.nowhere' doesn't exist",
            "DB:QUERY_EXECUTION:Out of range value for column 'i1'",
            "DB:QUERY_EXECUTION:Statement cancelled due to timeout",
            r#"[{"a":"still here"}]"#,
        ],
    );
    let select = operation("select", "select 1", "");
    let wrong = outcomes(&connection(server, "wrong"), &[&select]).await;
    assert_starts(&wrong, &["DB:INVALID_CREDENTIALS:Access denied"]);
    let nowhere = connection(server, "secret").replace("database='app'", "database='nowhere'");
    assert_starts(&outcomes(&nowhere, &[&select]).await, &["DB:INVALID_DATABASE:Unknown database 'nowhere'"]);
}

async fn connections_come_back(server: &mut Server) {
    let select = operation("select", "select 1 as a", "");
    let app = app(&connection(server, "secret"), &[&select]).await;
    assert_eq!(compact(&app, "f0").await, r#"[{"a":1}]"#);
    server.stop();
    assert_starts(&[compact(&app, "f0").await], &["DB:CONNECTIVITY:"]);
    server.start();
    assert_eq!(compact(&app, "f0").await, r#"[{"a":1}]"#);
}
