//! Apps that are started without some of their connectors.

use crate::app::{block_on, folder, registry, run_event};
use dwrun::diag::Report;
use dwrun::flow::app::{App, Options, Project};
use dwrun::flow::build::Stubs;
use std::path::Path;
use std::sync::Arc;

const APP: &str = r##"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:db="http://www.mulesoft.org/schema/mule/db"
    xmlns:jms="http://www.mulesoft.org/schema/mule/jms" xmlns:os="http://www.mulesoft.org/schema/mule/os">
  <db:config name="d"><db:oracle-connection host="h" port="1521" user="u" password="p" instance="i"/></db:config>
  <jms:config name="j"/>
  <flow name="listens"><jms:listener config-ref="j" destination="in"/><logger/></flow>
  <flow name="main">
    <set-variable variableName="id" value="#[7]"/>
    <db:select config-ref="d" target="rows"><db:sql>select 1</db:sql></db:select>
    <jms:publish config-ref="j" destination="out" target="receipt"/>
    <os:store key="k"/>
    <set-payload value="#[output application/json --- {rows: vars.rows, receipt: vars.receipt, payload: payload}]"/>
    <error-handler><on-error-continue type="JMS:CONNECTIVITY, DB:CONNECTIVITY"/></error-handler>
  </flow>
</mule>"##;

fn load(folder: &Path, stubs: Stubs) -> Result<Arc<App>, Report> {
    let options =
        Options { registry: &registry(), properties: Vec::new(), state: folder.join("state"), stubs, coverage: None };
    App::load(&Project::at(&folder.join("app.xml")).unwrap(), &options)
}

#[test]
fn operations_answer_from_files_or_with_nothing() {
    let folder = folder();
    std::fs::create_dir(folder.join("stubs")).unwrap();
    std::fs::write(folder.join("app.xml"), APP).unwrap();
    std::fs::write(folder.join("stubs/db.select.dwl"), "[{id: vars.id}]").unwrap();
    let named = ["db", "jms", "os"].map(str::to_string).to_vec();
    let app = load(&folder, Stubs { named, unknown: false }).unwrap_or_else(|report| panic!("{report}"));
    let (event, outcome) = block_on(async {
        app.start().await.unwrap();
        app.start_sources().await.unwrap();
        let ended = run_event(&app, "main", "[1]").await;
        app.stop().await;
        ended
    });
    outcome.unwrap();
    let shown = event.message.payload.to_text().replace([' ', '\n'], "");
    assert_eq!(shown, r#"{"rows":[{"id":7}],"receipt":null,"payload":[1]}"#);
}

#[test]
fn others_have_to_be_there() {
    let folder = folder();
    std::fs::write(folder.join("app.xml"), APP).unwrap();
    let report = load(&folder, Stubs { named: vec!["db".into()], unknown: false }).err().unwrap();
    assert!(report.to_string().contains("belongs to the connector `jms`"), "{report}");
}
