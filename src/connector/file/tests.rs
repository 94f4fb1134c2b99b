//! Files in flows.

use crate::connector::testing::{folder, outcome, start};
use std::fs;

#[tokio::test(flavor = "multi_thread")]
async fn files_are_written_read_listed_and_moved() {
    let desk = folder();
    let app = start(&format!(
        r##"<file:config name="desk"><file:connection workingDir="{}"/></file:config>
        <flow name="write"><file:write config-ref="desk" path="#[payload]"><file:content>milk</file:content></file:write></flow>
        <flow name="append"><file:write config-ref="desk" path="#[payload]" mode="APPEND"/></flow>
        <flow name="new"><file:write config-ref="desk" path="#[payload]" mode="CREATE_NEW"/></flow>
        <flow name="null"><file:write config-ref="desk" path="x"><file:content>#[null]</file:content></file:write></flow>
        <flow name="read"><file:read config-ref="desk" path="#[payload]"/><set-payload value="#[payload ++ attributes.fileName ++ (attributes.size as String)]"/></flow>
        <flow name="json"><file:write config-ref="desk" path="a.json"><file:content>#[output application/json --- {{a: 1}}]</file:content></file:write>
          <file:read config-ref="desk" path="a.json"/><set-payload value="#[payload.a]"/></flow>
        <flow name="list"><file:list config-ref="desk" directoryPath="#[payload]" recursive="true"><file:matcher filenamePattern="*[!n]"/></file:list>
          <set-payload value="#[(payload map ($.attributes.fileName ++ ($.payload default '/'))) joinBy ' ']"/></flow>
        <flow name="copy"><file:copy config-ref="desk" sourcePath="#[payload]" targetPath="drawer/"/></flow>
        <flow name="move"><file:move config-ref="desk" sourcePath="#[payload]" targetPath="bin" renameTo="b.txt"/></flow>
        <flow name="rename"><file:rename config-ref="desk" path="#[payload]" to="c.txt"/></flow>
        <flow name="delete"><file:delete config-ref="desk" path="#[payload]"/></flow>
        <flow name="mkdir"><file:create-directory config-ref="desk" directoryPath="#[payload]"/></flow>"##,
        desk.display()
    ))
    .await;
    let at = |path: &str| desk.join(path).display().to_string();
    for (flow, payload, expected) in [
        ("write", "box/a.txt", "box/a.txt".to_string()),
        ("append", "box/a.txt", "box/a.txt".to_string()),
        ("read", "box/a.txt", "milkbox/a.txta.txt13".to_string()),
        ("new", "box/a.txt", "FILE:FILE_ALREADY_EXISTS: Cannot write to path".to_string()),
        ("null", "", "FILE:ILLEGAL_CONTENT: Cannot write a null content".to_string()),
        ("read", "nowhere", format!("FILE:ILLEGAL_PATH: Path '{}' doesn't exist", at("nowhere"))),
        ("read", "box", format!("FILE:ILLEGAL_PATH: Cannot read path '{}' since it's a directory", at("box"))),
        ("read", "../x", "FILE:ILLEGAL_PATH: Path '../x' leads out of the working directory".to_string()),
        ("json", "", "1".to_string()),
        ("copy", "box/a.txt", "box/a.txt".to_string()),
        ("copy", "box/a.txt", format!("FILE:FILE_ALREADY_EXISTS: '{}' already exists.", at("drawer/a.txt"))),
        ("move", "box/a.txt", "box/a.txt".to_string()),
        ("rename", "bin/b.txt", "bin/b.txt".to_string()),
        ("list", ".", "c.txtmilkbox/a.txt box/ a.txtmilkbox/a.txt drawer/".to_string()),
        ("list", "bin/c.txt", "FILE:ILLEGAL_PATH: Cannot list path".to_string()),
        ("mkdir", "drawer", format!("FILE:FILE_ALREADY_EXISTS: Directory '{}' already exists", at("drawer"))),
        ("delete", "drawer", "drawer".to_string()),
        ("delete", "drawer", "FILE:ILLEGAL_PATH: Path".to_string()),
        ("mkdir", "drawer", "drawer".to_string()),
    ] {
        let found = outcome(&app, flow, payload).await;
        assert!(found.starts_with(&expected), "{flow} {payload}: {found} instead of {expected}");
    }
    assert_eq!(fs::read_dir(desk.join("drawer")).unwrap().count(), 0);
}
