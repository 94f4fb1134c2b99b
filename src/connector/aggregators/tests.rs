//! Values that are gathered.

use crate::connector::testing::{load, outcome, run, start, start_again};
use crate::flow::app::App;
use crate::value::Value;
use std::sync::Arc;

const QUEUE: &str = r##"<vm:config name="post"><vm:queues><vm:queue queueName="came"/></vm:queues></vm:config>
    <flow name="next"><vm:consume config-ref="post" queueName="came" timeout="#[payload]" timeoutUnit="MILLISECONDS"/></flow>"##;

async fn next(app: &Arc<App>, millis: i64) -> String {
    let next = outcome(app, "next", millis).await;
    if next.starts_with("VM:EMPTY_QUEUE") { "nothing".to_string() } else { next }
}

fn listener(aggregator: &str, attributes: &str) -> String {
    format!(
        r##"<flow name="listen"><aggregators:aggregator-listener aggregatorName="{aggregator}" {attributes}/>
          <vm:publish config-ref="post" queueName="came"><vm:content>#[(payload joinBy '+') ++ ' ' ++ attributes.isAggregationComplete]</vm:content></vm:publish></flow>"##
    )
}

const SIZES: &str = r##"<flow name="add"><set-variable variableName="seen" value="#['nothing']"/>
    <aggregators:size-based-aggregator name="three" maxSize="3"><aggregators:content>#[payload * 2]</aggregators:content>
      <aggregators:incremental-aggregation><set-variable variableName="seen" value="#['so far ' ++ (payload joinBy ',')]"/></aggregators:incremental-aggregation>
      <aggregators:aggregation-complete><set-variable variableName="seen" value="#['all ' ++ (payload joinBy ',') ++ (attributes.isAggregationComplete as String)]"/></aggregators:aggregation-complete>
    </aggregators:size-based-aggregator>
    <set-payload value="#[payload ++ ': ' ++ vars.seen]"/></flow>"##;

#[tokio::test(flavor = "multi_thread")]
async fn values_are_gathered_until_there_are_enough() {
    let elements = format!("{QUEUE}{SIZES}{}", listener("three", ""));
    let first = start(&elements).await;
    first.start_sources().await.unwrap();
    for (n, expected) in [(1, "1: so far 2"), (2, "2: so far 2,4"), (3, "3: all 2,4,6true"), (4, "4: so far 8")] {
        assert_eq!(outcome(&first, "add", n).await, expected);
    }
    assert_eq!(next(&first, 2000).await, "2+4+6 true");
    first.stop().await;
    let second = start_again(&first).await;
    assert_eq!(outcome(&second, "add", 5).await, "5: so far 8,10");
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_that_are_too_slow_time_out() {
    for (attributes, expected) in [("", "nothing"), (r#"includeTimedOutGroups="true""#, "2 false")] {
        let elements = SIZES.replace("maxSize=\"3\"", "maxSize=\"3\" timeout=\"60\" timeoutUnit=\"MILLISECONDS\"");
        let app = start(&format!("{QUEUE}{elements}{}", listener("three", attributes))).await;
        app.start_sources().await.unwrap();
        assert_eq!(outcome(&app, "add", 1).await, "1: so far 2");
        assert_eq!(next(&app, if expected == "nothing" { 150 } else { 2000 }).await, expected);
        assert_eq!(outcome(&app, "add", 3).await, "3: so far 6");
        app.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_are_gathered_for_a_time() {
    let elements = r##"<flow name="add"><aggregators:time-based-aggregator name="while" period="80" periodUnit="MILLISECONDS" maxSize="3"/></flow>"##;
    let app = start(&format!("{QUEUE}{elements}{}", listener("while", ""))).await;
    app.start_sources().await.unwrap();
    for n in 1..=5 {
        run(&app, "add", n.into()).await.unwrap();
    }
    assert_eq!((next(&app, 2000).await.as_str(), next(&app, 2000).await.as_str()), ("1+2+3 true", "4+5 false"));
    app.stop().await;
}

const GROUPS: &str = r##"<os:object-store name="kept" persistent="false"/>
    <flow name="add"><aggregators:group-based-aggregator name="orders" objectStore="kept" groupId="#[payload.id]" groupSize="#[payload.size]"
        evictionTime="EVICTION" evictionTimeUnit="MILLISECONDS" timeout="60" timeoutUnit="MILLISECONDS">
      <aggregators:content>#[payload.n]</aggregators:content>
      <aggregators:aggregation-complete><set-variable variableName="all" value="#[attributes.aggregationId ++ (payload joinBy ',')]"/></aggregators:aggregation-complete>
    </aggregators:group-based-aggregator><set-payload value="#[vars.all default 'more']"/></flow>
    <flow name="go"><set-payload value="#[read(payload, 'application/dw')]"/><flow-ref name="add"/></flow>"##;

#[tokio::test(flavor = "multi_thread")]
async fn groups_end_and_are_forgotten() {
    let app = start(&format!("{QUEUE}{}", GROUPS.replace("EVICTION", "80"))).await;
    for (payload, expected) in [
        ("{id: 'a', size: 2, n: 1}", "more"),
        ("{id: 'b', size: 1, n: 9}", "b9"),
        ("{id: 'a', size: 2, n: 2}", "a1,2"),
        (
            "{id: 'a', size: 2, n: 3}",
            "AGGREGATORS:GROUP_COMPLETED: Trying to aggregate a new element to the group with id: a ,but it's already complete",
        ),
        ("{id: null, size: 2}", "AGGREGATORS:NO_GROUP_ID: groupId expression resolves to null"),
        ("{id: 'c', size: null}", "AGGREGATORS:NO_GROUP_SIZE: groupSize expression resolves to null"),
        ("{id: 'c', size: 0}", "AGGREGATORS:AGGREGATOR_CONFIG: groupSize should be bigger than 0, got: 0"),
        ("{id: 'late', size: 2, n: 1}", "more"),
    ] {
        assert_eq!(outcome(&app, "go", payload).await, expected, "{payload}");
    }
    tokio::time::sleep(std::time::Duration::from_millis(75)).await;
    let late = outcome(&app, "go", "{id: 'late', size: 2, n: 2}").await;
    assert!(late.starts_with("AGGREGATORS:GROUP_TIMED_OUT: "), "{late}");
    tokio::time::sleep(std::time::Duration::from_millis(120)).await;
    assert_eq!(outcome(&app, "go", "{id: 'late', size: 1, n: 4}").await, "late4");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_unique_and_listeners_need_one() {
    let one = r#"<aggregators:time-based-aggregator name="x" period="1"/>"#;
    let twice = load(&format!("<flow name='f'>{one}{one}</flow>")).err().unwrap().to_string();
    assert!(twice.contains("two aggregators have the name `x`"), "{twice}");
    let app = start("<flow name='f'><aggregators:aggregator-listener aggregatorName='z'/></flow>").await;
    let fault = app.start_sources().await.unwrap_err();
    assert!(fault.message().contains("there is no aggregator `z`"), "{fault}");
    assert!(run(&app, "f", Value::Null).await.is_ok());
}
