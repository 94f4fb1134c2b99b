//! Queues between flows.

use crate::connector::testing::{load, outcome, run, start};
use crate::flow::app::App;
use crate::value::Value;
use std::sync::Arc;
use std::time::{Duration, Instant};

const CONFIG: &str = "<vm:config name='post'><vm:queues><vm:queue queueName='a'/><vm:queue queueName='b'/>\
    <vm:queue queueName='narrow' maxOutstandingMessages='1'/></vm:queues></vm:config>";

async fn app(flows: &str) -> Arc<App> {
    start(&format!("{CONFIG}{flows}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_keep_their_payload_type_and_correlation_id() {
    let app = app(r##"<flow name="put">
          <set-variable variableName="secret" value="x"/>
          <set-payload value='{"to": "Rome"}' mimeType="application/json"/>
          <vm:publish config-ref="post" queueName="a"/>
          <set-payload value="#[null]"/>
        </flow>
        <flow name="take">
          <vm:consume config-ref="post" queueName="a"/>
          <set-payload value="#[{to: payload.to, id: attributes.correlationId, queue: attributes.queueName, secret: vars.secret, at: typeOf(attributes.timestamp) as String}]"/>
        </flow>"##)
    .await;
    let sent = run(&app, "put", Value::Null).await.unwrap();
    let taken = run(&app, "take", Value::Null).await.unwrap().message.payload.to_text();
    for part in ["Rome", sent.correlation_id.as_str(), "\"a\"", "null", "LocalDateTime"] {
        assert!(taken.contains(part), "{part}: {taken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_and_unknown_queues_are_errors() {
    let app = app(r##"<flow name="empty"><vm:consume config-ref="post" queueName="a" timeout="10" timeoutUnit="MILLISECONDS"/></flow>
        <flow name="unknown"><vm:publish config-ref="post" queueName="#['z']"/></flow>
        <flow name="void"><vm:publish-consume config-ref="post" queueName="a" timeout="10" timeoutUnit="MILLISECONDS"/></flow>
        <flow name="full">
          <vm:publish config-ref="post" queueName="narrow"/>
          <vm:publish config-ref="post" queueName="narrow" timeout="10" timeoutUnit="MILLISECONDS"/>
        </flow>"##)
    .await;
    for (flow, expected) in [
        (
            "empty",
            "VM:EMPTY_QUEUE: Tried to consume messages from VM queue 'a' but it was empty after timeout of 10 MILLISECONDS",
        ),
        ("unknown", "MULE:UNKNOWN: queue 'z' is not defined"),
        (
            "void",
            "VM:QUEUE_TIMEOUT: Published messages to queue 'a' but got no response after timeout of 10 MILLISECONDS",
        ),
        ("full", "VM:QUEUE_TIMEOUT: Timeout publishing message to VM queue narrow"),
    ] {
        assert_eq!(outcome(&app, flow, "x").await, expected);
    }
}

const ASKING: &str = r##"<flow name="ask"><vm:publish-consume config-ref="post" queueName="a"/></flow>
    <flow name="answer">
      <vm:listener config-ref="post" queueName="a"><vm:response><vm:content>#['no more than ' ++ payload]</vm:content></vm:response></vm:listener>
      <choice><when expression="#[payload == 'trap']"><raise-error type="TRAP:SNAPPED" description="ouch"/></when></choice>
      <set-payload value="#[payload ++ '!']"/>
    </flow>
    <flow name="steal"><vm:consume config-ref="post" queueName="a"/></flow>"##;

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_answers() {
    let app = app(ASKING).await;
    app.start_sources().await.unwrap();
    assert_eq!(outcome(&app, "ask", "x").await, "no more than x!");
    assert_eq!(outcome(&app, "ask", "trap").await, "VM:PUBLISH_CONSUMER_FLOW_ERROR: TRAP:SNAPPED: ouch");
    let stolen = outcome(&app, "steal", "").await;
    assert!(stolen.starts_with("MULE:UNKNOWN: Operation '<vm:consume>' in Flow 'steal' is trying to consume from queue 'a', but Flow 'answer' defines a <vm:listener>"), "{stolen}");
    assert_eq!(app.stop().await, 0);
}

const PASSING_ON: &str = r##"<flow name="put"><vm:publish config-ref="post" queueName="a"/></flow>
    <flow name="pass-on" maxConcurrency="2">
      <vm:listener config-ref="post" queueName="a"/>
      <vm:publish config-ref="post" queueName="b"/>
    </flow>
    <flow name="slow">
      <vm:listener config-ref="post" queueName="b"/>
      <set-payload value="#[dw::Runtime::wait(payload, 30)]"/>
      <logger level="TRACE" message="done"/>
    </flow>"##;

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_work_of_their_sender_while_somebody_listens() {
    let app = app(PASSING_ON).await;
    let put = |event| async move {
        let event: crate::flow::event::Event = event;
        event.context.work.clone()
    };
    let waiting = put(run(&app, "put", "x".into()).await.unwrap()).await;
    assert_eq!(waiting.running(), 0, "nobody listens");
    let started = Instant::now();
    app.start_sources().await.unwrap();
    waiting.idle().await;
    assert!(started.elapsed() >= Duration::from_millis(30), "both flows have ended");
    let many = futures_util::future::join_all((0..50).map(|n| run(&app, "put", n.into()))).await;
    for event in many {
        event.unwrap().context.work.idle().await;
    }
    assert_eq!(app.work.running(), 0);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_listener_for_each_queue() {
    let twice = "<flow name='one'><vm:listener config-ref='post' queueName='a'/></flow>\
        <flow name='two'><vm:listener config-ref='post' queueName='a'/></flow>";
    let fault = app(twice).await.start_sources().await.unwrap_err();
    assert!(fault.message().contains("Only one listener is allowed per queue"), "{fault}");
    let missing = format!("{CONFIG}<flow name='f'><vm:listener config-ref='post' queueName='z'/></flow>");
    assert!(load(&missing).err().unwrap().to_string().contains("such queue is not defined"));
    let again = "<vm:config name='other'><vm:queues><vm:queue queueName='a'/></vm:queues></vm:config>";
    let clash = load(&format!("{CONFIG}{again}")).unwrap().start().await.unwrap_err();
    assert!(clash.message().contains("already defined by config"), "{clash}");
}

#[tokio::test(flavor = "multi_thread")]
async fn schedules_start_their_flows() {
    let app = app(r##"<flow name="tick">
          <scheduler><scheduling-strategy><fixed-frequency frequency="20"/></scheduling-strategy></scheduler>
          <vm:publish config-ref="post" queueName="a"><vm:content>tick</vm:content></vm:publish>
        </flow>
        <flow name="slow">
          <scheduler disallowConcurrentExecution="true"><scheduling-strategy><fixed-frequency frequency="5"/></scheduling-strategy></scheduler>
          <set-payload value="#[dw::Runtime::wait('slow', 60)]"/>
          <vm:publish config-ref="post" queueName="b"/>
        </flow>
        <flow name="take"><vm:consume config-ref="post" queueName="#[payload]" timeout="2"/></flow>"##)
    .await;
    app.start_sources().await.unwrap();
    for _ in 0..3 {
        assert_eq!(outcome(&app, "take", "a").await, "tick");
    }
    let began = Instant::now();
    for _ in 0..3 {
        assert_eq!(outcome(&app, "take", "b").await, "slow");
    }
    assert!(began.elapsed() >= Duration::from_millis(100), "one run after the other");
    assert_eq!(app.stop().await, 0);
}
