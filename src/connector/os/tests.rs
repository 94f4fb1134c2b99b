//! Object stores in flows.

use crate::connector::testing::{outcome, run, start, start_again};
use crate::flow::app::App;
use crate::value::Value;
use std::sync::Arc;

async fn app() -> Arc<App> {
    start(
        r##"<os:object-store name="cellar" persistent="false"/>
        <flow name="put"><os:store key="#[payload]" objectStore="cellar"><os:value>#['wine']</os:value></os:store></flow>
        <flow name="put-once"><os:store key="#[payload]" objectStore="cellar" failIfPresent="true"/></flow>
        <flow name="put-null"><os:store key="k" objectStore="cellar"><os:value>#[null]</os:value></os:store></flow>
        <flow name="skip-null"><os:store key="k" failOnNullValue="false" objectStore="cellar"><os:value>#[null]</os:value></os:store></flow>
        <flow name="get"><os:retrieve key="#[payload]" objectStore="cellar"/></flow>
        <flow name="default"><os:retrieve key="#[payload]" objectStore="cellar"><os:default-value>water</os:default-value></os:retrieve></flow>
        <flow name="no-default"><os:retrieve key="#[payload]" objectStore="cellar"><os:default-value>#[null]</os:default-value></os:retrieve></flow>
        <flow name="has"><os:contains key="#[payload]" objectStore="cellar"/></flow>
        <flow name="remove"><os:remove key="#[payload]" objectStore="cellar"/></flow>
        <flow name="all"><os:retrieve-all objectStore="cellar" target="all"/><os:retrieve-all-keys objectStore="cellar" target="keys"/><os:clear objectStore="cellar"/>
          <os:retrieve-all-keys objectStore="cellar" target="after"/><set-payload value="#[vars.all.k ++ ' ' ++ (vars.keys joinBy ',') ++ ' ' ++ sizeOf(vars.after)]"/></flow>
        <flow name="own"><os:store key="j"><os:value>#[output application/json --- {a: 1}]</os:value></os:store><os:retrieve key="j"/></flow>"##,
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_kept_by_key() {
    let app = app().await;
    for (flow, payload, expected) in [
        (
            "get",
            "k",
            "OS:KEY_NOT_FOUND: ObjectStore 'cellar' doesn't contain any value for key 'k' and default value was not provided or resolved to a null value.",
        ),
        ("default", "k", "water"),
        ("has", "k", "false"),
        ("put", "k", "k"),
        ("get", "k", "wine"),
        ("default", "k", "wine"),
        ("has", "k", "true"),
        ("put-once", "k", "OS:KEY_ALREADY_EXISTS: ObjectStore already contains an object for key 'k'"),
        ("put-once", "new", "new"),
        (
            "no-default",
            "z",
            "OS:KEY_NOT_FOUND: ObjectStore 'cellar' doesn't contain any value for key 'z' and default value was not provided or resolved to a null value.",
        ),
        ("put", " ", "OS:INVALID_KEY: Key cannot be null nor empty"),
        (
            "put-null",
            "",
            "OS:NULL_VALUE: A null value was provided. Please provide a non-null value or set the 'failOnNullValue' parameter to 'false'",
        ),
        ("skip-null", "", ""),
        ("all", "", "wine k,new 0"),
        ("remove", "k", "OS:KEY_NOT_FOUND: ObjectStore doesn't contain any value for key 'k'"),
    ] {
        assert_eq!(outcome(&app, flow, payload).await, expected, "{flow} {payload}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_of_the_app_keeps_media_types() {
    let payload = run(&app().await, "own", Value::Null).await.unwrap().message.payload;
    assert_eq!(
        (payload.media().essence(), payload.to_text().replace([' ', '\n'], "")),
        ("application/json", r#"{"a":1}"#.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn null_is_no_key() {
    let error = run(&app().await, "get", Value::Null).await.err().unwrap();
    assert_eq!(error.error_type().to_string(), "OS:INVALID_KEY");
}

#[tokio::test(flavor = "multi_thread")]
async fn persistent_stores_outlive_the_app() {
    let elements = r##"<os:object-store name="cellar"/>
        <flow name="put"><os:store key="#[payload]" objectStore="cellar"><os:value>#[{age: |P3Y|}]</os:value></os:store><os:store key="own"/></flow>
        <flow name="get"><os:retrieve key="#[payload]" objectStore="cellar" target="found"/><os:retrieve key="own"/>
          <set-payload value="#[payload ++ (vars.found.age as String)]"/></flow>
        <flow name="once"><idempotent-message-validator idExpression="#[payload]"><os:private-object-store alias="seen"/></idempotent-message-validator></flow>
        <flow name="odd"><os:store key="k" objectStore="cellar"><os:value>#[() -> 1]</os:value></os:store></flow>"##;
    let first = start(elements).await;
    assert_eq!(outcome(&first, "put", "k").await, "k");
    assert_eq!(outcome(&first, "once", "k").await, "k");
    assert!(outcome(&first, "odd", "k").await.starts_with("MULE:UNKNOWN: ObjectStore 'cellar' cannot keep the value"));
    first.stop().await;
    let second = start_again(&first).await;
    assert_eq!(outcome(&second, "get", "k").await, "kP3Y");
    assert_eq!(outcome(&second, "once", "k").await, "MULE:DUPLICATE_MESSAGE: unknown description");
    assert_eq!(outcome(&second, "once", "j").await, "j");
}
