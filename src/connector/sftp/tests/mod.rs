//! The connector with OpenSSH's server, where it is installed.

mod connections;
mod listener;
mod server;

use crate::connector::testing::{outcome, start};
use crate::flow::app::App;
use server::{FILES, Server};
use std::fs;
use std::os::unix::fs::symlink;
use std::sync::Arc;

/// Who runs the tests.
fn user() -> String {
    let id = std::process::Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(id.stdout).unwrap().trim().to_string()
}

/// A configuration for somebody who logs in with a key and works on the desk.
fn config(name: &str, server: &Server, attributes: &str, parts: &str) -> String {
    let (port, user, desk) = (server.port, user(), server.desk().display().to_string());
    format!(
        r#"<sftp:config name="{name}"><sftp:connection host="127.0.0.1" port="{port}" username="{user}" workingDir="{desk}" {attributes}>{parts}</sftp:connection></sftp:config>"#
    )
}

/// The attribute that names a file of the server.
fn identity(server: &Server, name: &str) -> String {
    format!(r#"identityFile="{}""#, server.key(name).display())
}

/// Checks what flows give for payloads.
async fn check(app: &Arc<App>, cases: &[(&str, &str, String)]) {
    for (flow, payload, expected) in cases {
        let found = outcome(app, flow, *payload).await;
        assert!(found.starts_with(expected), "{flow} {payload}: {found} instead of {expected}");
    }
}

const FLOWS: &str = r##"
    <flow name="write"><sftp:write config-ref="depot" path="#[payload]"><sftp:content>milk</sftp:content></sftp:write></flow>
    <flow name="append"><sftp:write config-ref="depot" path="#[payload]" mode="APPEND" lock="true"/></flow>
    <flow name="new"><sftp:write config-ref="depot" path="#[payload]" mode="CREATE_NEW"/></flow>
    <flow name="shallow"><sftp:write config-ref="depot" path="#[payload]" createParentDirectories="false"/></flow>
    <flow name="null"><sftp:write config-ref="depot" path="x"><sftp:content>#[null]</sftp:content></sftp:write></flow>
    <flow name="read"><sftp:read config-ref="depot" path="#[payload]" lock="true"/><set-payload value="#[payload ++ attributes.fileName ++ (attributes.size as String)]"/></flow>
    <flow name="attributes"><sftp:read config-ref="depot" path="#[payload]"/><set-payload value="#[output application/json indent=false --- attributes mapObject {($$): if ($ is DateTime) 'time' else $}]"/></flow>
    <flow name="json"><sftp:write config-ref="depot" path="a.json"><sftp:content>#[output application/json --- {a: 1}]</sftp:content></sftp:write>
      <sftp:read config-ref="depot" path="a.json"/><set-payload value="#[payload.a]"/></flow>
    <flow name="list"><sftp:list config-ref="depot" directoryPath="#[payload]" recursive="true"><sftp:matcher filenamePattern="*[!n]" timestampSince="2020-01-01T00:00:00Z"/></sftp:list>
      <set-payload value="#[(payload map ($.attributes.fileName ++ (if ($.attributes.directory) '/' else ''))) joinBy ' ']"/></flow>
    <flow name="future"><sftp:list config-ref="depot" directoryPath="#[payload]"><sftp:matcher timestampSince="2990-01-01T00:00:00"/></sftp:list><set-payload value="#[sizeOf(payload)]"/></flow>
    <flow name="first"><sftp:list config-ref="depot" directoryPath="#[payload]"/><set-payload value="#[payload[0].payload]"/></flow>
    <flow name="copy"><sftp:copy config-ref="depot" sourcePath="#[payload]" targetPath="drawer/"/></flow>
    <flow name="over"><sftp:copy config-ref="depot" sourcePath="#[payload]" targetPath="drawer/" overwrite="true"/></flow>
    <flow name="far"><sftp:copy config-ref="depot" sourcePath="#[payload]" targetPath="far/away" createParentDirectories="false"/></flow>
    <flow name="inward"><sftp:move config-ref="depot" sourcePath="#[payload]" targetPath="#[payload]" overwrite="true"/></flow>
    <flow name="move"><sftp:move config-ref="depot" sourcePath="#[payload]" targetPath="bin" renameTo="b.txt"/></flow>
    <flow name="rename"><sftp:rename config-ref="depot" path="#[payload]" to="c.txt"/></flow>
    <flow name="replace"><sftp:rename config-ref="depot" path="#[payload]" to="c.txt" overwrite="true"/></flow>
    <flow name="delete"><sftp:delete config-ref="depot" path="#[payload]"/></flow>
    <flow name="mkdir"><sftp:create-directory config-ref="depot" directoryPath="#[payload]"/></flow>"##;

#[tokio::test(flavor = "multi_thread")]
async fn files_are_written_read_listed_and_moved() {
    let Some(server) = Server::new() else { return };
    let app = start(&(config("depot", &server, &identity(&server, "ann"), "") + FLOWS)).await;
    let at = |path: &str| server.desk().join(path).display().to_string();
    symlink("/", server.desk().join("link")).unwrap();
    let out = "SFTP:ILLEGAL_PATH: Path '";
    check(
        &app,
        &[
            ("write", "box/a.txt", "box/a.txt".to_string()),
            ("append", "box/a.txt", "box/a.txt".to_string()),
            ("read", "box/a.txt", "milkbox/a.txta.txt13".to_string()),
            ("new", "box/a.txt", "SFTP:FILE_ALREADY_EXISTS: Cannot write to path".to_string()),
            ("new", "box/n.n", "box/n.n".to_string()),
            ("shallow", "no/n.n", "SFTP:ILLEGAL_PATH: Cannot write to file".to_string()),
            ("null", "", "SFTP:ILLEGAL_CONTENT: Cannot write a null content".to_string()),
            ("write", "box", "SFTP:ILLEGAL_PATH: Cannot write to path".to_string()),
            ("write", "", "SFTP:ILLEGAL_PATH: path cannot be null nor blank".to_string()),
            ("read", "nowhere", format!("SFTP:ILLEGAL_PATH: Path '{}' doesn't exist", at("nowhere"))),
            ("read", "box", format!("SFTP:ILLEGAL_PATH: Cannot read path '{}' since it's a directory", at("box"))),
            ("read", "../x", format!("{out}../x' leads out of the working directory")),
            ("read", "/etc/passwd", format!("{out}/etc/passwd' leads out of the working directory")),
            ("read", "link/etc/passwd", format!("{out}link/etc/passwd' leads out of the working directory")),
            ("json", "", "1".to_string()),
            ("first", "box", at("box/a.txt")),
            ("future", "box", "0".to_string()),
            ("delete", "link", format!("{out}link' leads out of the working directory")),
            ("copy", "box/a.txt", "box/a.txt".to_string()),
            ("copy", "box/a.txt", format!("SFTP:FILE_ALREADY_EXISTS: '{}' already exists.", at("drawer/a.txt"))),
            ("over", "box/a.txt", "box/a.txt".to_string()),
            ("copy", "box", "box".to_string()),
            ("read", "drawer/box/a.txt", "milkbox/a.txta.txt13".to_string()),
            ("far", "box/a.txt", "SFTP:ILLEGAL_PATH: Can't copy".to_string()),
            ("inward", "drawer", "SFTP:ILLEGAL_PATH: Can't move".to_string()),
            ("delete", "drawer/box", "drawer/box".to_string()),
            ("move", "box/a.txt", "box/a.txt".to_string()),
            ("rename", "bin/b.txt", "bin/b.txt".to_string()),
            ("write", "bin/d.txt", "bin/d.txt".to_string()),
            ("rename", "bin/d.txt", format!("SFTP:FILE_ALREADY_EXISTS: '{}' cannot be renamed", at("bin/d.txt"))),
            ("replace", "bin/d.txt", "bin/d.txt".to_string()),
            ("read", "bin/c.txt", "milkc.txt4".to_string()),
            ("list", "bin/c.txt", "SFTP:ILLEGAL_PATH: Cannot list path".to_string()),
            ("mkdir", "drawer", format!("SFTP:FILE_ALREADY_EXISTS: Directory '{}' already exists", at("drawer"))),
            ("mkdir", "deep/er/est", "deep/er/est".to_string()),
            ("delete", "nowhere", "SFTP:ILLEGAL_PATH: Path".to_string()),
        ],
    )
    .await;
    fs::remove_file(server.desk().join("link")).unwrap();
    let list = ("list", ".", "box/ c.txt deep/ er/ est/ drawer/ a.txt".to_string());
    fs::remove_dir_all(server.desk().join("bin")).unwrap();
    fs::write(server.desk().join("c.txt"), "milk").unwrap();
    check(&app, &[list]).await;
    let described = outcome(&app, "attributes", "c.txt").await;
    let expected = format!(
        r#"{{"timestamp":"time","size":4,"regularFile":true,"directory":false,"symbolicLink":false,"permissions":33188,"path":"{}","fileName":"c.txt"}}"#,
        at("c.txt")
    );
    assert_eq!(described.replace(": ", ":").replace(", ", ","), expected);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn large_files_come_and_go() {
    let Some(server) = Server::new() else { return };
    let app = start(&(config("depot", &server, &identity(&server, "ann"), "") + FLOWS
        + r##"<flow name="rows"><sftp:read config-ref="depot" path="#[payload]" outputMimeType="application/csv; header=false"/><set-payload value="#[sizeOf(payload) as String]"/></flow>
           <flow name="write-large"><set-payload value="#[output application/octet-stream --- ((1 to 400000) map 'a line of the file that is written') joinBy '\n']"/>
             <sftp:write config-ref="depot" path="written.txt"/><set-payload value="done"/></flow>"##))
    .await;
    let rows = "1,two,some more text that makes the line longer\n".repeat(400_000);
    fs::write(server.desk().join("rows.csv"), &rows).unwrap();
    check(
        &app,
        &[
            ("rows", "rows.csv", "400000".to_string()),
            ("copy", "rows.csv", "rows.csv".to_string()),
            ("write-large", "", "done".to_string()),
        ],
    )
    .await;
    assert!(fs::read_to_string(server.desk().join("drawer/rows.csv")).unwrap() == rows);
    let written = fs::read_to_string(server.desk().join("written.txt")).unwrap();
    assert_eq!((written.lines().count(), written.len()), (400_000, 400_000 * 35 - 1));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_forbids_is_denied() {
    let Some(mut server) = Server::new() else { return };
    fs::write(server.desk().join("a.txt"), "milk").unwrap();
    server.restart(&format!("{FILES} -R"));
    let app = start(&(config("depot", &server, &identity(&server, "ann"), "") + FLOWS)).await;
    let denied = |flow: &'static str| (flow, "a.txt", "SFTP:ACCESS_DENIED: Could not".to_string());
    check(&app, &["write", "append", "copy", "move", "rename", "delete"].map(denied)).await;
    check(&app, &[("mkdir", "box", "SFTP:ACCESS_DENIED: Could not create the folder".to_string())]).await;
    server.restart(&format!("{FILES} -P open,opendir"));
    check(&app, &[denied("read"), ("list", ".", "SFTP:ACCESS_DENIED: Could not list the folder".to_string())]).await;
    app.stop().await;
}
