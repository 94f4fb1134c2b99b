//! The aggregator as a flow.

use super::hand::BACKENDS;
use super::{Running, listening};
use std::fmt::Write;
use std::process::Command;

/// Serves the flow until it is dropped.
pub fn serve(port: u16, backend: u16) -> Running {
    let folder = std::env::temp_dir().join(format!("dwrun-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("app.xml");
    std::fs::write(&path, configuration(port, backend)).unwrap();
    let program = env!("CARGO_BIN_EXE_dwrun");
    let child = Command::new(program).args(["serve", path.to_str().unwrap(), "--log-level", "warn"]).spawn().unwrap();
    let running = Running(child);
    listening(port);
    running
}

fn configuration(port: u16, backend: u16) -> String {
    let (mut routes, mut sections) = (String::new(), String::new());
    for (index, name) in BACKENDS.iter().enumerate() {
        let _ = write!(
            routes,
            r##"<route><http:request config-ref="backends" path="/{name}/{{id}}"><http:uri-params>#[{{id: attributes.uriParams.id}}]</http:uri-params></http:request></route>"##
        );
        let _ = write!(sections, "{}{name}: payload.'{index}'.payload.items", if index == 0 { "" } else { ", " });
    }
    format!(
        r#"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:http="http://www.mulesoft.org/schema/mule/http" xmlns:ee="http://www.mulesoft.org/schema/mule/ee/core">
<http:listener-config name="api"><http:listener-connection host="127.0.0.1" port="{port}"/></http:listener-config>
<http:request-config name="backends"><http:request-connection host="127.0.0.1" port="{backend}"/></http:request-config>
<flow name="screen"><http:listener config-ref="api" path="/screen/{{id}}"/>
<set-variable variableName="id" value="\#[attributes.uriParams.id]"/>
<scatter-gather timeout="5000">{routes}</scatter-gather>
<ee:transform><ee:message><ee:set-payload><![CDATA[%dw 2.0
output application/json indent=false
---
{{id: vars.id, ids: payload pluck $.payload.id, sections: {{{sections}}}}}]]></ee:set-payload></ee:message></ee:transform></flow></mule>"#
    )
    .replace("\\#[", "#[")
}
