//! Kills apps in the middle of their work: what they have confirmed is there when they start again, and there once.
//! `DWRUN_KILLS` says how often, 3 times if it is not set.
#![allow(clippy::unwrap_used)]

#[path = "support/serve.rs"]
#[expect(dead_code, reason = "these tests send requests in their own way")]
mod serve;

use serve::{file, serve_path};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Messages come in over HTTP, are noted in an object store and put into one queue; a transaction moves them to another.
const APP: &str = r##"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:http="http://www.mulesoft.org/schema/mule/http"
      xmlns:vm="http://www.mulesoft.org/schema/mule/vm" xmlns:os="http://www.mulesoft.org/schema/mule/os">
<http:listener-config name="api"><http:listener-connection host="127.0.0.1" port="${port}"/></http:listener-config>
<os:object-store name="noted"/>
<vm:config name="post"><vm:queues><vm:queue queueName="in" queueType="PERSISTENT"/><vm:queue queueName="out" queueType="PERSISTENT"/></vm:queues></vm:config>
<flow name="receive"><http:listener config-ref="api" path="/put"/>
  <set-payload value="#[attributes.queryParams.id]"/>
  <os:store key="#[payload]" objectStore="noted"/>
  <vm:publish config-ref="post" queueName="in"/></flow>
<flow name="move"><vm:listener config-ref="post" queueName="in" transactionalAction="ALWAYS_BEGIN"/>
  <vm:publish config-ref="post" queueName="out"/></flow>
<flow name="take"><http:listener config-ref="api" path="/take"/>
  <vm:consume config-ref="post" queueName="out" timeout="3"/></flow>
<flow name="all"><http:listener config-ref="api" path="/noted"/>
  <os:retrieve-all-keys objectStore="noted"/><set-payload value="#[payload joinBy ' ']"/></flow>
</mule>"##;

fn kills() -> u32 {
    std::env::var("DWRUN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(3)
}

/// The body of the answer to a GET; `None` unless it is a whole one with status 200.
fn get(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    head.starts_with("HTTP/1.1 200").then(|| body.to_string())
}

/// Sends messages from several threads until the app is killed; gives those that it has confirmed.
fn send_and_kill(path: &Path, arguments: &[&str], next: &AtomicU64) -> BTreeSet<String> {
    let served = serve_path(path, arguments);
    let port = served.port;
    let confirmed = std::thread::scope(|scope| {
        let send = || {
            let mut confirmed = Vec::new();
            loop {
                let id = next.fetch_add(1, Ordering::Relaxed).to_string();
                match get(port, &format!("/put?id={id}")) {
                    Some(_) => confirmed.push(id),
                    None => return confirmed,
                }
            }
        };
        let senders: Vec<_> = (0..4).map(|_| scope.spawn(send)).collect();
        std::thread::sleep(Duration::from_millis(fastrand::u64(150..600)));
        served.signal("KILL");
        senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect()
    });
    drop(served);
    confirmed
}

/// How often each message comes out of the last queue.
fn taken(port: u16) -> BTreeMap<String, u32> {
    let mut came = BTreeMap::new();
    while let Some(id) = get(port, "/take") {
        *came.entry(id).or_default() += 1;
    }
    came
}

#[test]
fn what_was_confirmed_is_there_once() {
    let path = file("kill", "app.xml", APP);
    let state = path.with_file_name("state");
    let _ = std::fs::remove_dir_all(&state);
    let state = state.to_str().unwrap();
    let next = AtomicU64::new(1);
    let confirmed: BTreeSet<String> =
        (0..kills()).flat_map(|_| send_and_kill(&path, &["--state", state], &next)).collect();
    assert!(confirmed.len() > 10, "too few messages to tell anything: {}", confirmed.len());

    let served = serve_path(&path, &["--state", state]);
    let came = taken(served.port);
    let noted = get(served.port, "/noted").unwrap();
    let noted: BTreeSet<_> = noted.split(' ').map(str::to_string).collect();
    let doubled: Vec<_> = came.iter().filter(|(_, times)| **times > 1).collect();
    let lost: Vec<_> = confirmed.iter().filter(|id| !came.contains_key(*id) || !noted.contains(*id)).collect();
    assert!(doubled.is_empty() && lost.is_empty(), "doubled: {doubled:?}, lost: {lost:?}");
    println!("{} messages confirmed, {} came, {} kills", confirmed.len(), came.len(), kills());
}

/// A transaction takes a message from a queue, writes a row for it and puts it into another queue.
const ROWS: &str = r##"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:http="http://www.mulesoft.org/schema/mule/http"
      xmlns:vm="http://www.mulesoft.org/schema/mule/vm" xmlns:db="http://www.mulesoft.org/schema/mule/db">
<http:listener-config name="api"><http:listener-connection host="127.0.0.1" port="${port}"/></http:listener-config>
<vm:config name="post"><vm:queues><vm:queue queueName="in" queueType="PERSISTENT"/><vm:queue queueName="out" queueType="PERSISTENT"/></vm:queues></vm:config>
<db:config name="books"><db:generic-connection url="jdbc:sqlite:${rows}" driverClassName="org.sqlite.JDBC"/></db:config>
<flow name="receive"><http:listener config-ref="api" path="/put"/>
  <set-payload value="#[attributes.queryParams.id]"/><vm:publish config-ref="post" queueName="in"/></flow>
<flow name="move"><vm:listener config-ref="post" queueName="in" transactionalAction="ALWAYS_BEGIN" transactionType="XA"/>
  <db:insert config-ref="books" target="written"><db:sql>INSERT INTO messages (id) VALUES (:id)</db:sql>
    <db:input-parameters>#[{id: payload}]</db:input-parameters></db:insert>
  <vm:publish config-ref="post" queueName="out"/></flow>
<flow name="take"><http:listener config-ref="api" path="/take"/>
  <vm:consume config-ref="post" queueName="out" timeout="3"/></flow>
<flow name="prepare"><http:listener config-ref="api" path="/prepare"/>
  <db:execute-ddl config-ref="books"><db:sql>CREATE TABLE IF NOT EXISTS messages (id TEXT)</db:sql></db:execute-ddl><set-payload value="ok"/></flow>
<flow name="all"><http:listener config-ref="api" path="/rows"/>
  <db:select config-ref="books"><db:sql>SELECT id FROM messages</db:sql></db:select><set-payload value="#[payload.id joinBy ' ']"/></flow>
</mule>"##;

#[test]
fn queues_and_a_database_are_one() {
    let path = file("kill-rows", "app.xml", ROWS);
    let state = path.with_file_name("state");
    let _ = std::fs::remove_dir_all(&state);
    std::fs::create_dir_all(&state).unwrap();
    let rows = format!("rows={}", state.join("rows.db").display());
    let arguments = ["--state", state.to_str().unwrap(), "-D", &rows];
    let served = serve_path(&path, &arguments);
    get(served.port, "/prepare").unwrap();
    drop(served);
    let next = AtomicU64::new(1);
    let confirmed: BTreeSet<String> = (0..kills()).flat_map(|_| send_and_kill(&path, &arguments, &next)).collect();
    assert!(confirmed.len() > 10, "too few messages to tell anything: {}", confirmed.len());

    let served = serve_path(&path, &arguments);
    let came = taken(served.port);
    let mut written: BTreeMap<String, u32> = BTreeMap::new();
    get(served.port, "/rows").unwrap().split(' ').for_each(|id| *written.entry(id.to_string()).or_default() += 1);
    let lost: Vec<_> = confirmed.iter().filter(|id| !came.contains_key(*id)).collect();
    let doubled: Vec<_> = came.iter().chain(&written).filter(|(_, times)| **times > 1).collect();
    assert!(lost.is_empty() && doubled.is_empty(), "lost: {lost:?}, doubled: {doubled:?}");
    assert_eq!(came, written, "the queue and the table differ");
    println!("{} messages confirmed, {} came, {} kills", confirmed.len(), came.len(), kills());
}
