//! Messages that outlive the app, and messages in transactions.

use crate::connector::testing::{load, outcome, run, start, start_again};
use crate::flow::app::App;
use std::sync::Arc;
use std::time::Duration;

const CONFIG: &str = "<vm:config name='post'><vm:queues><vm:queue queueName='a' queueType='PERSISTENT'/>\
    <vm:queue queueName='b' queueType='PERSISTENT'/><vm:queue queueName='t'/>\
    <vm:queue queueName='narrow' maxOutstandingMessages='1'/></vm:queues></vm:config>\
    <vm:config name='other'><vm:queues><vm:queue queueName='o'/></vm:queues></vm:config>";

/// Flows that put a payload into a queue and take the next one out.
const ENDS: &str = r##"<flow name="put"><vm:publish config-ref="post" queueName="a"/></flow>
    <flow name="take"><vm:consume config-ref="post" queueName="#[payload]" timeout="300" timeoutUnit="MILLISECONDS"/></flow>"##;

async fn app(flows: &str) -> Arc<App> {
    start(&format!("{CONFIG}{ENDS}{flows}")).await
}

async fn next(app: &Arc<App>, queue: &str) -> String {
    let next = outcome(app, "take", queue).await;
    if next.starts_with("VM:EMPTY_QUEUE") { "nothing".to_string() } else { next }
}

#[tokio::test(flavor = "multi_thread")]
async fn persistent_messages_outlive_the_app() {
    let first = app("").await;
    for text in ["1", "2", "3"] {
        run(&first, "put", text.into()).await.unwrap();
    }
    let sent = run(&first, "put", "4".into()).await.unwrap();
    assert_eq!(next(&first, "a").await, "1");
    first.stop().await;
    let second = start_again(&first).await;
    assert_eq!((next(&second, "a").await, next(&second, "a").await), ("2".into(), "3".into()));
    let last = run(&second, "take", "a".into()).await.unwrap();
    let attributes = last.message.attributes.to_text();
    assert!(attributes.contains(sent.correlation_id.as_str()), "{attributes}");
    assert_eq!(next(&second, "a").await, "nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_not_finished_comes_back() {
    let first = app(r##"<flow name="stuck"><vm:listener config-ref="post" queueName="a"/>
        <set-payload value="#[dw::Runtime::wait(payload, 600)]"/></flow>
        <configuration shutdownTimeout="50"/>"##)
    .await;
    run(&first, "put", "x".into()).await.unwrap();
    first.start_sources().await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    first.stop().await;
    assert_eq!(next(&start_again(&first).await, "a").await, "x");
}

const TRYING: &str = r##"<flow name="ok"><try transactionalAction="ALWAYS_BEGIN">
      <vm:publish config-ref="post" queueName="a"/><vm:publish config-ref="post" queueName="t"/></try></flow>
    <flow name="unseen"><try transactionalAction="ALWAYS_BEGIN"><vm:publish config-ref="post" queueName="a"/>
      <vm:consume config-ref="post" queueName="a" timeout="20" timeoutUnit="MILLISECONDS"/></try></flow>
    <flow name="propagate"><try transactionalAction="ALWAYS_BEGIN"><vm:publish config-ref="post" queueName="a"/>
      <raise-error type="A:B"/><error-handler><on-error-propagate>
        <vm:publish config-ref="post" queueName="t"><vm:content>afterwards</vm:content></vm:publish></on-error-propagate></error-handler></try></flow>
    <flow name="unhandled"><try transactionalAction="BEGIN_OR_JOIN"><vm:publish config-ref="post" queueName="a"/><raise-error type="A:B"/></try></flow>
    <flow name="continue"><try transactionalAction="ALWAYS_BEGIN"><vm:publish config-ref="post" queueName="a"/>
      <raise-error type="A:B"/><error-handler><on-error-continue>
        <vm:publish transactionalAction="ALWAYS_JOIN" config-ref="post" queueName="t"/></on-error-continue></error-handler></try></flow>
    <flow name="inner"><try transactionalAction="ALWAYS_BEGIN"><vm:publish config-ref="post" queueName="a"/>
      <try transactionalAction="BEGIN_OR_JOIN"><vm:publish config-ref="post" queueName="t"/><raise-error type="A:B"/>
        <error-handler><on-error-propagate/></error-handler></try>
      <error-handler><on-error-continue/></error-handler></try></flow>
    <flow name="put-back"><try transactionalAction="ALWAYS_BEGIN"><vm:consume config-ref="post" queueName="a"/><raise-error type="A:B"/></try></flow>
    <flow name="take-in"><try transactionalAction="ALWAYS_BEGIN"><vm:consume config-ref="post" queueName="a"/>
      <vm:publish config-ref="post" queueName="b"/></try></flow>
    <flow name="full"><try transactionalAction="ALWAYS_BEGIN"><vm:publish config-ref="post" queueName="narrow"/>
      <vm:publish config-ref="post" queueName="narrow" timeout="5" timeoutUnit="MILLISECONDS"/></try></flow>
    <flow name="outside"><try transactionalAction="ALWAYS_BEGIN"><vm:publish transactionalAction="NOT_SUPPORTED" config-ref="post" queueName="a"/>
      <async><vm:publish config-ref="post" queueName="t"/></async><raise-error type="A:B"/></try></flow>
    <flow name="routes"><try transactionalAction="ALWAYS_BEGIN"><scatter-gather>
      <route><vm:publish config-ref="post" queueName="a"><vm:content>1</vm:content></vm:publish></route>
      <route><vm:publish config-ref="post" queueName="a"><vm:content>2</vm:content></vm:publish></route></scatter-gather>
      <parallel-foreach collection="#[[3, 4]]"><vm:publish config-ref="post" queueName="a"/></parallel-foreach></try></flow>"##;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_try_did_stays_or_is_taken_back() {
    let app = app(TRYING).await;
    for (flow, ended, in_a, in_t) in [
        ("ok", "x", "x", "x"),
        ("unseen", "VM:EMPTY_QUEUE", "nothing", "nothing"),
        ("propagate", "A:B", "nothing", "afterwards"),
        ("unhandled", "A:B", "nothing", "nothing"),
        ("continue", "x", "x", "x"),
        ("inner", "x", "x", "x"),
        ("full", "VM:QUEUE_TIMEOUT", "nothing", "nothing"),
        ("full", "VM:QUEUE_TIMEOUT", "nothing", "nothing"),
        ("outside", "A:B", "x", "x"),
    ] {
        let outcome = outcome(&app, flow, "x").await;
        assert!(outcome.starts_with(ended), "{flow}: {outcome}");
        assert_eq!((next(&app, "a").await.as_str(), next(&app, "t").await.as_str()), (in_a, in_t), "{flow}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_messages_come_back_in_their_order() {
    let first = app(TRYING).await;
    for text in ["1", "2"] {
        run(&first, "put", text.into()).await.unwrap();
    }
    assert!(outcome(&first, "put-back", "").await.starts_with("A:B"));
    assert_eq!(outcome(&first, "take-in", "").await, "1");
    first.stop().await;
    let second = start_again(&first).await;
    assert_eq!((next(&second, "b").await.as_str(), next(&second, "a").await.as_str()), ("1", "2"));
    assert_eq!((next(&second, "b").await.as_str(), next(&second, "a").await.as_str()), ("nothing", "nothing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_of_a_transaction_stay_in_order() {
    let app = app(TRYING).await;
    run(&app, "routes", "x".into()).await.unwrap();
    let mut all = Vec::new();
    for _ in 0..4 {
        all.push(next(&app, "a").await);
    }
    assert_eq!(all.join(" "), "1 2 3 4");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_begin_and_join() {
    let app = app(r##"<flow name="alone"><vm:publish transactionalAction="ALWAYS_JOIN" config-ref="post" queueName="t"/></flow>
        <flow name="nested"><try transactionalAction="ALWAYS_BEGIN"><try transactionalAction="ALWAYS_BEGIN"/></try></flow>
        <flow name="two"><try transactionalAction="ALWAYS_BEGIN"><vm:publish config-ref="post" queueName="t"/>
          <vm:publish config-ref="other" queueName="o"/></try></flow>
        <flow name="xa"><try transactionalAction="ALWAYS_BEGIN" transactionType="XA"><vm:publish config-ref="post" queueName="t"/>
          <vm:publish config-ref="other" queueName="o"/></try></flow>"##)
    .await;
    for (flow, expected) in [
        (
            "alone",
            "MULE:TRANSACTION: A transaction is not available for this session, but transaction action is \"Always Join\"",
        ),
        (
            "nested",
            "MULE:TRANSACTION: A transaction is available for this session, but transaction action is \"Always Begin\". Non-XA transactions can't be nested.",
        ),
        (
            "two",
            "MULE:TRANSACTION: Operation 'publish' of extension 'VM' uses a transactional connection, but the current transaction doesn't support it and could not be bound",
        ),
        ("xa", "x"),
    ] {
        assert_eq!(outcome(&app, flow, "x").await, expected, "{flow}");
    }
    assert_eq!((next(&app, "t").await.as_str(), next(&app, "t").await.as_str()), ("x", "nothing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_takes_a_message_until_it_is_given_up() {
    let app = app(r##"<flow name="work">
          <vm:listener config-ref="post" queueName="a" transactionalAction="ALWAYS_BEGIN" numberOfConsumers="1">
            <redelivery-policy maxRedeliveryCount="2"/></vm:listener>
          <vm:publish config-ref="post" queueName="b"/>
          <choice><when expression="#[payload == 'bad']"><vm:publish transactionalAction="NOT_SUPPORTED" config-ref="post" queueName="t"/>
            <raise-error type="A:B"/></when></choice>
          <error-handler><on-error-propagate type="REDELIVERY_EXHAUSTED">
            <vm:publish config-ref="post" queueName="t"><vm:content>#[error.description]</vm:content></vm:publish></on-error-propagate></error-handler>
        </flow>"##)
    .await;
    for text in ["bad", "good"] {
        run(&app, "put", text.into()).await.unwrap();
    }
    app.start_sources().await.unwrap();
    for expected in ["bad", "bad", "bad", "Maximum redelivery attempts reached. Last error was A:B."] {
        assert_eq!(next(&app, "t").await, expected);
    }
    assert_eq!(next(&app, "b").await, "good");
    app.stop().await;
    let again = start_again(&app).await;
    assert_eq!((next(&again, "a").await.as_str(), next(&again, "b").await.as_str()), ("nothing", "nothing"));
}

#[test]
fn a_policy_needs_one_way_to_tell_messages_apart() {
    for (policy, expected) in [
        ("useSecureHash='false'", "No method for identifying messages was specified"),
        (
            "useSecureHash='false' idExpression='#[1]' messageDigestAlgorithm='MD5'",
            "The message digest algorithm 'MD5' was specified",
        ),
        ("messageDigestAlgorithm='CRC'", "there is no message digest `CRC`"),
    ] {
        let flow = format!(
            "{CONFIG}<flow name='f'><vm:listener config-ref='post' queueName='t'><redelivery-policy {policy}/></vm:listener></flow>"
        );
        let report = load(&flow).err().unwrap().to_string();
        assert!(report.contains(expected), "{report}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_takes_too_long_is_rolled_back() {
    let slow = r##"<configuration defaultTransactionTimeout="20"/>
        <flow name="late"><try transactionalAction="ALWAYS_BEGIN"><vm:publish config-ref="post" queueName="a"/>
          <set-payload value="#[dw::Runtime::wait(payload, 60)]"/></try></flow>
        <flow name="handled"><try><flow-ref name="late"/>
          <error-handler><on-error-continue type="TRANSACTION"><set-payload value="#[error.detailedDescription]"/></on-error-continue></error-handler></try></flow>
        <flow name="in-time"><try transactionalAction="ALWAYS_BEGIN"><vm:publish config-ref="post" queueName="a"/></try></flow>"##;
    let app = app(slow).await;
    let late = "MULE:TRANSACTION: Timeout Reached. Transaction rolled back.";
    assert_eq!(outcome(&app, "late", "1").await, late);
    assert_eq!(outcome(&app, "handled", "2").await, "Execution time for transaction exceeded timeout (20 ms)");
    assert_eq!(next(&app, "a").await, "nothing");
    assert_eq!(outcome(&app, "in-time", "3").await, "3");
    assert_eq!(next(&app, "a").await, "3");
}
