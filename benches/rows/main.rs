//! A million rows of a database into a CSV file: as an app, and the same written by hand with the same crates.
//!
//!     cargo bench --bench rows [-- ROWS]
#![allow(clippy::unwrap_used)]

use futures_util::TryStreamExt;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection, Row};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// What is asked of the database.
const QUERY: &str = "SELECT id, account, amount, booked, note FROM entries";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["hand", folder] => run(by_hand(Path::new(folder))),
        [] => compare(1_000_000),
        [rows] => compare(rows.parse().unwrap()),
        _ => eprintln!("usage: rows [ROWS]"),
    }
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(work)
}

fn compare(rows: usize) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-rows");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    run(fill(&folder, rows));
    let mut hand = Command::new(std::env::current_exe().unwrap());
    hand.arg("hand").arg(&folder);
    let hand = measure("by hand", hand, &folder.join("hand.csv"), rows);
    let app = measure("dwrun", app(&folder), &folder.join("app.csv"), rows);
    println!("rate: {:.2} times", hand / app);
    let _ = fs::remove_dir_all(&folder);
}

async fn open(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(folder.join("rows.db")).create_if_missing(true);
    SqliteConnection::connect_with(&options).await.unwrap()
}

async fn fill(folder: &Path, rows: usize) {
    let mut connection = open(folder).await;
    let statement = format!(
        "CREATE TABLE entries (id INTEGER PRIMARY KEY, account TEXT, amount REAL, booked TEXT, note TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
         INSERT INTO entries SELECT i, 'NL' || (i % 9973), (i % 100000) / 100.0, '2026-01-' || (10 + i % 20),
         CASE i % 7 WHEN 0 THEN 'rent, \"May\"' WHEN 1 THEN NULL ELSE 'transfer number ' || i END FROM n;"
    );
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn by_hand(folder: &Path) {
    let mut connection = open(folder).await;
    let mut out = csv::Writer::from_path(folder.join("hand.csv")).unwrap();
    out.write_record(["id", "account", "amount", "booked", "note"]).unwrap();
    let mut rows = sqlx::query(QUERY).fetch(&mut connection);
    while let Some(row) = rows.try_next().await.unwrap() {
        let (id, amount): (i64, f64) = (row.get(0), row.get(2));
        let note: Option<&str> = row.get(4);
        let (id, amount) = (id.to_string(), amount.to_string());
        out.write_record([&*id, row.get(1), &*amount, row.get(3), note.unwrap_or_default()]).unwrap();
    }
    out.flush().unwrap();
}

fn app(folder: &Path) -> Command {
    let text = format!(
        r##"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:db="http://www.mulesoft.org/schema/mule/db"
              xmlns:file="http://www.mulesoft.org/schema/mule/file">
  <db:config name="books"><db:generic-connection url="jdbc:sqlite:{0}/rows.db" driverClassName="org.sqlite.JDBC"/></db:config>
  <flow name="main">
    <db:select config-ref="books"><db:sql>{QUERY}</db:sql></db:select>
    <file:write path="{0}/app.csv"><file:content>#[output application/csv --- payload]</file:content></file:write>
    <set-payload value="done"/>
  </flow>
</mule>"##,
        folder.display()
    );
    let file = folder.join("app.xml");
    fs::write(&file, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwrun"));
    command.args(["flow", "--log-level", "error"]).arg(file).arg("main");
    command
}

/// Runs a program and counts the lines it wrote; gives how long it took, in seconds.
fn measure(name: &str, mut command: Command, written: &Path, rows: usize) -> f64 {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let used = child.wait4().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    assert!(used.status.success(), "{name} fails");
    let lines = fs::read(written).unwrap().iter().filter(|byte| **byte == b'\n').count();
    assert!(lines == rows + 1 || lines == rows, "{name} writes {lines} lines");
    let memory = used.rusage.maxrss as f64 / 1e6;
    println!("{name}: {seconds:.2} s, {:.0} rows a second, {memory:.0} MB at most", rows as f64 / seconds);
    seconds
}
