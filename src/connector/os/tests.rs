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

const CACHES: &str = r##"<os:object-store name="counts" persistent="false"/>
    <ee:object-store-caching-strategy name="kept" keyGenerationExpression="#[vars.key default payload]"><ee:simple-event-copy-strategy/>
      <os:private-object-store alias="answers"/></ee:object-store-caching-strategy>
    <flow name="think"><os:retrieve key="n" objectStore="counts" target="n"><os:default-value>#[0]</os:default-value></os:retrieve>
      <os:store key="n" objectStore="counts"><os:value>#[vars.n + 1]</os:value></os:store>
      <choice><when expression="#[payload == 'trap']"><raise-error type="TRAP:SNAPPED"/></when></choice>
      <set-payload value="#[output application/json --- {to: payload, n: vars.n + 1}]"/></flow>
    <flow name="ask"><ee:cache cachingStrategy-ref="kept"><flow-ref name="think"/></ee:cache>
      <set-payload value="#['$(payload.to) $(payload.n) $(payload.^mimeType)']"/></flow>
    <flow name="plain"><ee:cache filterExpression="#[payload != 'fresh']"><flow-ref name="think"/></ee:cache><set-payload value="#[payload.n]"/></flow>
    <flow name="null-key"><set-payload value="#[null]"/><ee:cache cachingStrategy-ref="kept"><flow-ref name="think"/></ee:cache></flow>
    <flow name="forget"><ee:invalidate-key cachingStrategy-ref="kept"/></flow>
    <flow name="forget-all"><ee:invalidate-cache cachingStrategy-ref="kept"/></flow>"##;

#[tokio::test(flavor = "multi_thread")]
async fn caches_answer_once_and_remember() {
    let first = start(CACHES).await;
    for (flow, payload, expected) in [
        ("ask", "a", "a 1 application/json"),
        ("ask", "a", "a 1 application/json"),
        ("ask", "trap", "TRAP:SNAPPED: An error occurred."),
        ("ask", "trap", "TRAP:SNAPPED: An error occurred."),
        ("ask", "b", "b 4 application/json"),
        ("forget", "a", "a"),
        ("ask", "b", "b 4 application/json"),
        ("ask", "a", "a 5 application/json"),
        ("plain", "a", "6"),
        ("plain", "a", "6"),
        ("plain", "fresh", "7"),
        ("plain", "fresh", "8"),
        ("null-key", "", "MULE:EXPRESSION: the key of the cache is null: vars.key default payload"),
    ] {
        assert_eq!(outcome(&first, flow, payload).await, expected, "{flow} {payload}");
    }
    first.stop().await;
    let second = start_again(&first).await;
    assert_eq!(outcome(&second, "ask", "b").await, "b 4 application/json");
    assert_eq!(outcome(&second, "forget-all", "").await, "");
    assert_eq!(outcome(&second, "ask", "b").await, "b 1 application/json");
}

#[tokio::test(flavor = "multi_thread")]
async fn caches_let_those_who_are_alike_wait() {
    let app = start(
        r##"<os:object-store name="counts" persistent="false"/>
        <ee:object-store-caching-strategy name="s"/>
        <flow name="ask"><ee:cache cachingStrategy-ref="s"><idempotent-message-validator idExpression="#[payload]" objectStore="counts"/>
          <set-payload value="#[dw::Runtime::wait(payload, 30)]"/></ee:cache></flow>"##,
    )
    .await;
    let all = futures_util::future::join_all((0..8).map(|_| outcome(&app, "ask", "x"))).await;
    assert!(all.iter().all(|outcome| outcome == "x"), "{all:?}");
}

#[test]
fn java_has_no_part_in_caches() {
    let strategy = "<ee:object-store-caching-strategy name='s' keyGenerator-ref='com.acme.Keys'/>";
    let report = crate::connector::testing::load(strategy).err().unwrap().to_string();
    assert!(report.contains("`keyGenerator-ref` names a Java class"), "{report}");
}
