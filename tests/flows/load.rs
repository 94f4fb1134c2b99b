//! Many events at once: nothing is lost, nothing blocks, nothing is left behind.

use crate::app::{block_on, load, load_main, run, run_event, shown};
use dwrun::flow::event::{Typed, media};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many events; `DWRUN_EVENTS=10000` for the big run.
fn events() -> usize {
    std::env::var("DWRUN_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
}

#[test]
fn many_events_through_nested_scopes() {
    let app = load_main(
        r##"<async maxConcurrency="200"><parallel-foreach collection="#[1 to 3]"><scatter-gather>
            <route><set-payload value="#[payload + 1]"/></route><route><set-payload value="#[payload * 2]"/></route>
          </scatter-gather><set-payload value="#[payload.'0'.payload + payload.'1'.payload]"/></parallel-foreach>
          <choice><when expression="#[payload.payload == [4, 7, 10]]"><logger level="TRACE"/></when>
          <otherwise><raise-error type="APP:MIXED_UP"/></otherwise></choice></async>"##,
    );
    let begun = Instant::now();
    let counted = app.clone();
    block_on(async move {
        let work = counted.work.clone();
        let runs: Vec<_> = (0..events())
            .map(|_| {
                tokio::spawn({
                    let app = counted.clone();
                    async move { run_event(&app, "main", "1").await.1 }
                })
            })
            .collect();
        for run in runs {
            run.await.unwrap().unwrap();
        }
        work.idle().await;
        assert_eq!(work.running(), 0);
    });
    assert!(begun.elapsed() < Duration::from_secs(120), "{:?}", begun.elapsed());
}

/// A route that never ends: it retries a failure after an hour.
const HANGING: &str = r#"<route><until-successful millisBetweenRetries="3600000"><raise-error type="APP:NO"/></until-successful></route>"#;

#[test]
fn a_hanging_route_costs_its_timeout_only() {
    let app = load(&format!(
        r##"<flow name="main"><scatter-gather timeout="200">{HANGING}<route><set-payload value="#[1]"/></route></scatter-gather>
          <error-handler><on-error-continue><set-payload value="#[error.errorMessage.payload.results.'1'.payload]"/></on-error-continue></error-handler></flow>
        <flow name="quick"><set-payload value="quick"/></flow>"##
    ));
    let begun = Instant::now();
    block_on(async {
        let slow: Vec<_> = (0..50)
            .map(|_| {
                tokio::spawn({
                    let app = app.clone();
                    async move { event_of(&app, "main").await }
                })
            })
            .collect();
        assert_eq!(event_of(&app, "quick").await, "\"quick\"");
        assert!(begun.elapsed() < Duration::from_millis(190), "{:?}", begun.elapsed());
        for run in slow {
            assert_eq!(run.await.unwrap(), "1");
        }
    });
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

/// Runs an event through a flow, not waiting for what it left behind.
async fn event_of(app: &Arc<dwrun::flow::app::App>, flow: &str) -> String {
    let mut event = app.event();
    event.message.payload = Typed::bytes("1", media("application/json"));
    app.flow(flow).unwrap().run(&mut event).await.unwrap();
    shown(&event)
}

#[test]
fn routes_end_with_whoever_asked() {
    let app = load_main(&format!("<scatter-gather>{HANGING}{HANGING}</scatter-gather>"));
    block_on(async {
        let asking = tokio::spawn({
            let app = app.clone();
            async move { run_event(&app, "main", "1").await.1.is_ok() }
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(app.work.running(), 2);
        asking.abort();
        tokio::time::timeout(Duration::from_secs(5), app.work.idle()).await.unwrap();
    });
}

#[test]
fn a_wide_loop_needs_no_task_for_each_part_at_once() {
    let app = load_main(
        r##"<parallel-foreach collection="#[1 to 20000]"><set-payload value="#[payload]"/></parallel-foreach><set-payload value="#[sum(payload.payload)]"/>"##,
    );
    assert_eq!(run(&app, "main", "1"), "200010000");
}
