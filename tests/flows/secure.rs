//! What real apps need to start: encrypted properties, stand-ins, clear words about what is not there.

use crate::app::{block_on, load_file, run_event};
use dwrun::diag::Report;
use dwrun::flow::app::App;
use std::sync::Arc;

/// An app with these elements that reads secure properties with this key.
fn secured(key: &str, flow: &str) -> Result<Arc<App>, Report> {
    let space = "http://www.mulesoft.org/schema/mule";
    let xml = format!(
        r#"<mule xmlns="{space}/core" xmlns:secure-properties="{space}/secure-properties" xmlns:json-logger="{space}/json-logger"
             xmlns:api-gateway="{space}/api-gateway" xmlns:java="{space}/java">
           <global-property name="key" value="{key}"/>
           <secure-properties:config name="s" file="secure.yaml" key="${{key}}"><secure-properties:encrypt algorithm="Blowfish"/></secure-properties:config>
           <json-logger:config name="log" environment="test"/>
           <api-gateway:autodiscovery apiId="1" flowRef="main"/>
           <flow name="main">{flow}</flow></mule>"#
    );
    load_file(&xml, &[("secure.yaml", "a:\n  b: \"![8q5e1+jy0cND2iV2WPThahmz6XsDwB6Z]\"\n  c: \"open\"\n")])
}

#[test]
fn secure_properties_are_opened_with_their_key() {
    let flow = r#"<json-logger:logger config-ref="log" message="m"><json-logger:content>#[payload]</json-logger:content></json-logger:logger>
        <set-payload value="${secure::a.b}, ${secure::a.c}"/>"#;
    let app = secured("mulesoft", flow).unwrap_or_else(|report| panic!("{report}"));
    let (event, outcome) = block_on(run_event(&app, "main", "1"));
    outcome.unwrap();
    assert_eq!(event.message.payload.to_text(), "some value to encrypt, open");
}

#[test]
fn a_wrong_key_and_java_are_told() {
    let report = secured("mulesofa", "<logger/>").err().unwrap().to_string();
    assert!(report.contains("the property `a.b` cannot be decrypted with Blowfish"), "{report}");
    let report = secured("mulesoft", "<java:new class='x.Y' constructor='Y()'/>").err().unwrap().to_string();
    assert!(report.contains("`java:new` needs a Java virtual machine"), "{report}");
}
