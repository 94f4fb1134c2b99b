//! Files that start flows, and files that are locked.

use crate::connector::testing::{folder, outcome, start, start_again};
use crate::flow::app::App;
use std::fs::{self, File, FileTimes};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

const EVERY: &str = "<scheduling-strategy><fixed-frequency frequency='20'/></scheduling-strategy>";

/// An app whose listener puts names and contents of files into a queue.
async fn listening(desk: &Path, attributes: &str, parts: &str) -> Arc<App> {
    let app = start(&format!(
        r##"<file:config name="desk"><file:connection workingDir="{}"/></file:config>
        <vm:config name="post"><vm:queues><vm:queue queueName="came"/></vm:queues></vm:config>
        <flow name="listen"><file:listener config-ref="desk" directory="in" {attributes}>{EVERY}{parts}</file:listener>
          <vm:publish config-ref="post" queueName="came"><vm:content>#[attributes.fileName ++ ' ' ++ payload]</vm:content></vm:publish>
          <choice><when expression="#[payload == 'bad']"><raise-error type="A:B"/></when></choice></flow>
        <flow name="next"><vm:consume config-ref="post" queueName="came" timeout="#[payload]" timeoutUnit="MILLISECONDS"/></flow>"##,
        desk.display()
    ))
    .await;
    app.start_sources().await.unwrap();
    app
}

async fn next(app: &Arc<App>, millis: i64) -> String {
    let next = outcome(app, "next", millis).await;
    if next.starts_with("VM:EMPTY_QUEUE") { "nothing".to_string() } else { next }
}

fn desk(files: &[(&str, &str)]) -> std::path::PathBuf {
    let desk = folder();
    for (name, content) in files {
        let path = desk.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    desk
}

fn is_there(desk: &Path, name: &str) -> bool {
    desk.join(name).exists()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_moved_renamed_or_deleted() {
    let desk = desk(&[("in/a.txt", "1"), ("in/b.csv", "2"), ("in/deep/c.txt", "bad")]);
    let attributes = r##"moveToDirectory="done" renameTo="#[payload ++ '-' ++ attributes.fileName]""##;
    let app = listening(&desk, attributes, "<file:matcher filenamePattern='*.txt'/>").await;
    let mut came = vec![next(&app, 2000).await, next(&app, 2000).await];
    came.sort();
    assert_eq!(came, ["a.txt 1", "c.txt bad"]);
    assert_eq!(next(&app, 80).await, "nothing");
    app.stop().await;
    let there = ["done/1-a.txt", "done/bad-c.txt", "in/a.txt", "in/b.csv"].map(|name| is_there(&desk, name));
    assert_eq!(there, [true, true, false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_fail_may_stay() {
    let desk = desk(&[("in/a.txt", "ok"), ("in/b.txt", "bad"), ("in/deep/c.txt", "ok")]);
    let attributes = r#"autoDelete="true" applyPostActionWhenFailed="false" recursive="false""#;
    let app = listening(&desk, attributes, "").await;
    let mut came = Vec::new();
    while came.len() < 3 {
        came.push(next(&app, 2000).await);
    }
    app.stop().await;
    assert!(came.contains(&"a.txt ok".to_string()) && came.iter().filter(|name| *name == "b.txt bad").count() >= 2);
    let there = ["in/a.txt", "in/b.txt", "in/deep/c.txt"].map(|name| is_there(&desk, name));
    assert_eq!(there, [false, true, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watermark_outlives_the_app() {
    let desk = desk(&[("in/a.txt", "1")]);
    let first = listening(&desk, r#"watermarkMode="MODIFIED_TIMESTAMP""#, "").await;
    assert_eq!((next(&first, 2000).await.as_str(), next(&first, 80).await.as_str()), ("a.txt 1", "nothing"));
    fs::write(desk.join("in/a.txt"), "2").unwrap();
    assert_eq!(next(&first, 2000).await, "a.txt 2");
    first.stop().await;
    fs::write(desk.join("in/b.txt"), "3").unwrap();
    let old = FileTimes::new().set_modified(SystemTime::now() - Duration::from_secs(3600));
    fs::write(desk.join("in/old.txt"), "4").unwrap();
    File::options().write(true).open(desk.join("in/old.txt")).unwrap().set_times(old).unwrap();
    let second = start_again(&first).await;
    second.start_sources().await.unwrap();
    assert_eq!((next(&second, 2000).await.as_str(), next(&second, 80).await.as_str()), ("b.txt 3", "nothing"));
    second.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_grow_are_left_until_later() {
    let desk = desk(&[("in/a.txt", "1")]);
    let attributes = r#"autoDelete="true" timeBetweenSizeCheck="60""#;
    let app = listening(&desk, attributes, "").await;
    let writer = tokio::task::spawn_blocking({
        let path = desk.join("in/a.txt");
        move || {
            for _ in 0..10 {
                std::thread::sleep(Duration::from_millis(20));
                let mut file = File::options().append(true).open(&path).unwrap();
                std::io::Write::write_all(&mut file, b"+").unwrap();
            }
        }
    });
    assert_eq!(next(&app, 3000).await, "a.txt 1++++++++++");
    writer.await.unwrap();
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_has_to_be_there_and_inside() {
    for (directory, expected) in [("nowhere", "there is no folder `nowhere`"), ("..", "there is no folder `..`")] {
        let desk = desk(&[]);
        let app = start(&format!(
            "<file:config name='desk'><file:connection workingDir='{}'/></file:config>\
             <flow name='f'><file:listener config-ref='desk' directory='{directory}'>{EVERY}</file:listener></flow>",
            desk.display()
        ))
        .await;
        let fault = app.start_sources().await.unwrap_err();
        assert!(fault.message().contains(expected), "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_files_are_errors() {
    let desk = desk(&[("a.txt", "safe")]);
    let app = start(&format!(
        r##"<file:config name="desk"><file:connection workingDir="{}"/></file:config>
        <flow name="read"><file:read config-ref="desk" path="a.txt" lock="true"/></flow>
        <flow name="write"><file:write config-ref="desk" path="a.txt" lock="true"/></flow>
        <flow name="add"><file:write config-ref="desk" path="a.txt" lock="true" mode="APPEND"/></flow>"##,
        desk.display()
    ))
    .await;
    let held = File::options().write(true).open(desk.join("a.txt")).unwrap();
    held.lock().unwrap();
    for flow in ["read", "write", "add"] {
        let locked = outcome(&app, flow, "x").await;
        assert!(locked.starts_with("FILE:FILE_LOCK: Could not lock file"), "{flow}: {locked}");
    }
    drop(held);
    assert_eq!((outcome(&app, "read", "").await, outcome(&app, "write", "x").await), ("safe".into(), "x".into()));
    assert_eq!((outcome(&app, "add", "y").await, outcome(&app, "read", "").await), ("y".into(), "xy".into()));
}
