//! Files of a server that start flows.

use super::server::{FILES, Server};
use super::{config, identity};
use crate::connector::testing::{outcome, start, start_again};
use crate::flow::app::App;
use std::fs;
use std::sync::Arc;
use std::time::Duration;

const EVERY: &str = "<scheduling-strategy><fixed-frequency frequency='30'/></scheduling-strategy>";

/// An app whose listener puts names and contents of files into a queue.
async fn listening(server: &Server, attributes: &str, parts: &str) -> Arc<App> {
    let app = start(&format!(
        r##"{}<vm:config name="post"><vm:queues><vm:queue queueName="came"/></vm:queues></vm:config>
        <flow name="listen"><sftp:listener config-ref="depot" directory="in" {attributes}>{EVERY}{parts}</sftp:listener>
          <vm:publish config-ref="post" queueName="came"><vm:content>#[attributes.fileName ++ ' ' ++ payload]</vm:content></vm:publish>
          <choice><when expression="#[payload == 'bad']"><raise-error type="A:B"/></when></choice></flow>
        <flow name="next"><vm:consume config-ref="post" queueName="came" timeout="#[payload]" timeoutUnit="MILLISECONDS"/></flow>"##,
        config("depot", server, &identity(server, "ann"), "")
    ))
    .await;
    app.start_sources().await.unwrap();
    app
}

async fn next(app: &Arc<App>, millis: i64) -> String {
    let next = outcome(app, "next", millis).await;
    if next.starts_with("VM:EMPTY_QUEUE") { "nothing".to_string() } else { next }
}

fn put(server: &Server, name: &str, content: &str) {
    let path = server.desk().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_moved_and_renamed() {
    let Some(server) = Server::new() else { return };
    for (name, content) in [("in/a.txt", "1"), ("in/b.csv", "2"), ("in/deep/c.txt", "bad")] {
        put(&server, name, content);
    }
    let attributes = r##"moveToDirectory="done" renameTo="#[payload ++ '-' ++ attributes.fileName]""##;
    let app = listening(&server, attributes, "<sftp:matcher filenamePattern='*.txt'/>").await;
    let mut came = vec![next(&app, 5000).await, next(&app, 5000).await];
    came.sort();
    assert_eq!(came, ["a.txt 1", "c.txt bad"]);
    assert_eq!(next(&app, 200).await, "nothing");
    app.stop().await;
    let there =
        ["done/1-a.txt", "done/bad-c.txt", "in/a.txt", "in/b.csv"].map(|name| server.desk().join(name).exists());
    assert_eq!(there, [true, true, false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_deleted_once_they_have_their_size() {
    let Some(server) = Server::new() else { return };
    put(&server, "in/a.txt", "1");
    put(&server, "in/b.txt", "bad");
    let attributes = r#"autoDelete="true" applyPostActionWhenFailed="false" timeBetweenSizeCheck="20""#;
    let app = listening(&server, attributes, "").await;
    let mut came = Vec::new();
    while came.len() < 3 {
        came.push(next(&app, 5000).await);
    }
    app.stop().await;
    assert!(came.contains(&"a.txt 1".to_string()) && came.iter().filter(|name| *name == "b.txt bad").count() >= 2);
    assert_eq!(["in/a.txt", "in/b.txt"].map(|name| server.desk().join(name).exists()), [false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watermark_outlives_the_app_and_the_connection() {
    let Some(mut server) = Server::new() else { return };
    put(&server, "in/a.txt", "1");
    let first = listening(&server, r#"watermarkEnabled="true""#, "").await;
    assert_eq!((next(&first, 5000).await.as_str(), next(&first, 200).await.as_str()), ("a.txt 1", "nothing"));
    server.stop();
    put(&server, "in/b.txt", "2");
    assert_eq!(next(&first, 200).await, "nothing");
    server.start(FILES);
    assert_eq!((next(&first, 5000).await.as_str(), next(&first, 200).await.as_str()), ("b.txt 2", "nothing"));
    first.stop().await;
    // Servers tell times in whole seconds.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    put(&server, "in/a.txt", "3");
    let second = start_again(&first).await;
    second.start_sources().await.unwrap();
    assert_eq!((next(&second, 5000).await.as_str(), next(&second, 200).await.as_str()), ("a.txt 3", "nothing"));
    second.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_has_to_be_there_but_a_server_may_come_later() {
    let Some(mut server) = Server::new() else { return };
    let elements = format!(
        "{}<flow name='f'><sftp:listener config-ref='depot' directory='nowhere'>{EVERY}</sftp:listener></flow>",
        config("depot", &server, &identity(&server, "ann"), "")
    );
    let fault = start(&elements).await.start_sources().await.unwrap_err();
    assert!(fault.message().contains("there is no folder `nowhere`"), "{fault}");
    put(&server, "in/a.txt", "1");
    server.stop();
    let app = listening(&server, r#"autoDelete="true""#, "").await;
    assert_eq!(next(&app, 200).await, "nothing");
    server.start(FILES);
    assert_eq!(next(&app, 5000).await, "a.txt 1");
    app.stop().await;
}
