//! `json:validate-schema` in flows.

use crate::connector::testing::{load, outcome, run, start};
use crate::flow::app::App;
use crate::flow::event::Error;
use crate::value::Value;
use std::sync::Arc;

const ORDER: &str = r#"{"$schema": "http://json-schema.org/draft-04/schema#", "type": "object", "required": ["id", "lines"],
  "properties": {"id": {"type": "integer", "minimum": 1}, "code": {"enum": ["a", "b"]},
    "lines": {"type": "array", "minItems": 1, "items": {"$ref": "line.json#/definitions/line"}}},
  "additionalProperties": false}"#;
const LINE: &str = r#"{"definitions": {"line": {"type": "object", "required": ["sku"],
  "properties": {"sku": {"type": "string", "pattern": "^[A-Z]+$", "maxLength": 4}}}}}"#;

/// An app that checks its payload, with the schemas of these tests beside it.
async fn app(attributes: &str, parts: &str) -> Arc<App> {
    let element = format!("<json:validate-schema {attributes}>{parts}</json:validate-schema>");
    let app = start(&format!("<flow name='f'>{element}<set-payload value='passed'/></flow>")).await;
    let folder = app.state.parent().unwrap().to_path_buf();
    for (name, text) in
        [("order.json", ORDER), ("line.json", LINE), ("broken.json", "{"), ("odd.json", r#"{"type": 3}"#)]
    {
        std::fs::write(folder.join(name), text).unwrap();
    }
    app
}

async fn checked(attributes: &str, parts: &str, document: &str) -> String {
    outcome(&app(attributes, parts).await, "f", document).await
}

async fn failed(attributes: &str, parts: &str, document: &str) -> Error {
    run(&app(attributes, parts).await, "f", Value::string(document)).await.err().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_that_fit_pass() {
    let good = r#"{"id": 1, "code": "a", "lines": [{"sku": "AB"}]}"#;
    assert_eq!(checked("schema='/order.json'", "", good).await, "passed");
    assert_eq!(checked(r##"schema="#['order' ++ '.json']""##, "", good).await, "passed");
    let content = "<json:content>#[{id: 2, lines: [{sku: 'AB'}]}]</json:content>";
    assert_eq!(checked("schema='order.json'", content, "no JSON").await, "passed");
    let contents = r##"<json:contents><![CDATA[{"type": "object"}]]></json:contents>"##;
    assert_eq!(checked("", contents, "{}").await, "passed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_reported_as_the_vendor_does() {
    let error =
        failed("schema='order.json'", "", r#"{"id": 0, "code": "c", "more": 1, "lines": [{"sku": "abcde"}, {}]}"#)
            .await;
    assert_eq!(error.error_type().to_string(), "JSON:SCHEMA_NOT_HONOURED");
    insta::assert_snapshot!(error.description());
    assert_eq!(error.message().unwrap().payload.read().unwrap().elements().unwrap().count(), 6);
    let error = failed("schema='order.json'", "", "{}").await;
    assert!(error.description().contains(r#"object has missing required properties ([\"id\",\"lines\"])"#), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn later_drafts_are_told_in_lines() {
    let schema = r##"<json:contents><![CDATA[{"$schema": "http://json-schema.org/draft-07/schema#", "required": ["a"],
        "properties": {"b": {"type": "string"}, "c": {"items": {"minimum": 3}}}}]]></json:contents>"##;
    let error = failed("", schema, r#"{"b": 1, "c": [4, 2]}"#).await;
    assert_eq!(
        error.description(),
        "[$.a: is missing but it is required, $.b: integer found, string expected, $.c[1]: must have a minimum value of 3]"
    );
    assert_eq!(error.message().unwrap().payload.to_text(), error.description());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_error_has_its_type() {
    let contents = |schema: &str| format!("<json:contents><![CDATA[{schema}]]></json:contents>");
    let order = "schema='order.json'";
    for (attributes, parts, document, expected) in [
        (order, String::new(), "<a/>", "JSON:INVALID_INPUT_JSON: Invalid Input Content: "),
        (order, String::new(), "", "JSON:INVALID_INPUT_JSON: Invalid Input Content: "),
        (
            "schema='order.json' allowDuplicateKeys='false'",
            String::new(),
            r#"{"id": 1, "id": 1}"#,
            "JSON:INVALID_INPUT_JSON: Invalid Input Content: Duplicate field 'id'",
        ),
        (
            "schema='/none.json'",
            String::new(),
            "{}",
            "JSON:SCHEMA_NOT_FOUND: Could not load JSON schema [/none.json]. Cannot find schema [none.json]",
        ),
        ("schema='http://localhost:1/a.json'", String::new(), "{}", "JSON:SCHEMA_NOT_FOUND: "),
        ("schema='broken.json'", String::new(), "{}", "JSON:INVALID_INPUT_JSON: Malformed Json Schema: "),
        ("schema='odd.json'", String::new(), "{}", "JSON:INVALID_SCHEMA: Invalid Schema: "),
        ("", contents("{{"), "{}", "JSON:INVALID_INPUT_JSON: Malformed Json Schema: "),
        ("", contents(r#"{"$ref": "line.json"}"#), "{}", "JSON:INVALID_SCHEMA: Invalid Schema References: "),
        ("", contents(r#"{"pattern": "["}"#), "{}", "JSON:INVALID_SCHEMA: "),
    ] {
        let found = checked(attributes, &parts, document).await;
        assert!(found.starts_with(expected), "{attributes} {parts}: {found}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_may_lead_to_resources() {
    let redirects = r#"<json:schema-redirects><json:schema-redirect from="http://example.org/line" to="line.json"/>
        </json:schema-redirects><json:contents><![CDATA[{"$ref": "http://example.org/line#/definitions/line"}]]></json:contents>"#;
    assert_eq!(checked("", redirects, r#"{"sku": "A"}"#).await, "passed");
    assert!(checked("", redirects, "{}").await.starts_with("JSON:SCHEMA_NOT_HONOURED: "));
}

#[tokio::test(flavor = "multi_thread")]
async fn draft_3_is_known() {
    let schema = r##"<json:contents><![CDATA[{"$schema": "http://json-schema.org/draft-03/schema#",
        "properties": {"a": {"required": true}}}]]></json:contents>"##;
    assert_eq!(checked("", schema, r#"{"a": 1}"#).await, "passed");
    assert!(checked("", schema, "{}").await.contains("missing required properties"));
}

#[tokio::test(flavor = "multi_thread")]
async fn schemas_and_documents_without_end_are_errors() {
    let deep = format!("{}1{}", r#"{"a":"#.repeat(50_000), "}".repeat(50_000));
    assert!(checked("schema='order.json'", "", &deep).await.starts_with("JSON:INVALID_INPUT_JSON: "));
    for schema in [r##"{"$ref": "#"}"##, r##"{"allOf": [{"$ref": "#"}]}"##, r##"{"properties": {"a": {"$ref": "#"}}}"##]
    {
        let contents = format!("<json:contents><![CDATA[{schema}]]></json:contents>");
        let found = checked("", &contents, r#"{"a": {"a": 1}}"#).await;
        assert!(found == "passed" || found.starts_with("JSON:"), "{found}");
    }
}

#[test]
fn a_schema_is_named_or_written_not_both() {
    let both = "<json:validate-schema schema='a.json'><json:contents>{}</json:contents></json:validate-schema>";
    for (element, expected) in [("<json:validate-schema/>", "needs"), (both, "not both")] {
        let report = load(&format!("<flow name='f'>{element}</flow>")).err().unwrap().to_string();
        assert!(report.contains(expected), "{report}");
    }
}
