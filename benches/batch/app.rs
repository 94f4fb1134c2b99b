//! The job as an app.

use crate::{BLOCK, CONCURRENCY, GROUP};
use std::path::Path;
use std::process::Command;

/// Runs the job on a file.
pub fn command(folder: &Path, input: &Path) -> Command {
    let sent = folder.join("sent.txt");
    let text = format!(
        r##"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:batch="http://www.mulesoft.org/schema/mule/batch"
              xmlns:file="http://www.mulesoft.org/schema/mule/file">
  <flow name="main">
    <batch:job jobName="orders" blockSize="{BLOCK}" maxConcurrency="{CONCURRENCY}">
      <batch:process-records>
        <batch:step name="check" acceptExpression="#[payload.amount >= 0]">
          <set-variable variableName="express" value="#[payload.express]"/>
        </batch:step>
        <batch:step name="price">
          <set-payload value="#[payload ++ {{total: sum(payload.lines map ($.price * $.quantity))}}]"/>
        </batch:step>
        <batch:step name="send">
          <batch:aggregator size="{GROUP}">
            <file:write path="{}" mode="APPEND"><file:content>#["$(sizeOf(payload)) $(sum(payload map $.total))\n"]</file:content></file:write>
          </batch:aggregator>
        </batch:step>
      </batch:process-records>
    </batch:job>
  </flow>
</mule>"##,
        sent.display()
    );
    let app = folder.join("app.xml");
    std::fs::write(&app, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwrun"));
    command.args(["flow", "--log-level", "error"]).arg(app).arg("main").arg(input);
    command
}
