//! Scopes and routers: what they do with events, variables, errors.

use crate::app::{block_on, check, check_app, load, load_main, run, run_event, shown};
use std::time::{Duration, Instant};

const FAIL: &str = r#"<raise-error type="APP:NO" description="no"/>"#;

#[test]
fn foreach_keeps_message_and_leaks_variables() {
    check(
        r##"<set-variable variableName="log" value="#[[]]"/>
        <foreach>
          <set-variable variableName="log" value="#[vars.log ++ [[vars.counter, payload, itemSequenceInfo.position, vars.rootMessage.payload[0], attributes]]]"/>
          <set-payload value="changed"/>
        </foreach>
        <set-payload value="#[{log: vars.log, payload: payload, left: [vars.counter, vars.rootMessage, itemSequenceInfo]}]"/>"##,
        "[7, 8]",
        r#"{"log":[[1,7,0,7,null],[2,8,1,7,null]],"payload":[7,8],"left":[null,null,null]}"#,
    );
}

#[test]
fn foreach_goes_over_anything_with_parts() {
    for (collection, payload, wanted) in [
        ("payload.o", r#"{"o": {"a": 1, "b": 2}}"#, r#"[{"a":1},{"b":2}]"#),
        ("#[payload.none]", "{}", "[]"),
        ("#[1 to 3]", "{}", "[1,2,3]"),
        ("#[payload map ($ * 2)]", "[1, 2]", "[2,4]"),
        ("#[output application/json --- payload.list]", r#"{"list": [1]}"#, "[1]"),
        (
            "#['text']",
            "{}",
            "MULE:EXPRESSION: \"Expecting Array or Object but got String.\" evaluating expression: \"'text'\".",
        ),
        (
            "#[payload map ($ as Number)]",
            r#"["1", "x"]"#,
            "MULE:EXPRESSION: \"Cannot coerce String (x) to Number\" evaluating expression: \"payload map ($ as Number)\".",
        ),
    ] {
        let content = format!(
            r##"<set-variable variableName="log" value="#[[]]"/>
            <foreach collection="{collection}"><set-variable variableName="log" value="#[vars.log ++ [payload]]"/></foreach>
            <set-payload value="#[vars.log]"/>"##
        );
        check(&content, payload, wanted);
    }
}

#[test]
fn foreach_computes_what_it_reaches() {
    let content = r##"<foreach collection="#[(1 to 2000000000) map ($ * 2)]">
        <choice><when expression="payload &gt; 5"><raise-error type="APP:FULL" description="#['at ' ++ payload]"/></when></choice>
      </foreach>"##;
    check(content, "{}", "APP:FULL: at 6");
}

#[test]
fn foreach_batches_nests_and_gives_variables_back() {
    check(
        r##"<set-variable variableName="log" value="#[[]]"/>
        <foreach batchSize="2"><set-variable variableName="log" value="#[vars.log ++ [[vars.counter, payload]]]"/></foreach>
        <set-payload value="#[vars.log]"/>"##,
        "[1, 2, 3]",
        "[[1,[1,2]],[2,[3]]]",
    );
    check(
        r##"<set-variable variableName="counter" value="mine"/><set-variable variableName="log" value="#[[]]"/>
        <foreach><foreach counterVariableName="inner">
          <set-variable variableName="log" value="#[vars.log ++ [vars.counter ++ '.' ++ vars.inner]]"/>
        </foreach></foreach>
        <set-payload value="#[vars.log ++ [vars.counter, vars.inner]]"/>"##,
        "[[1, 2], [3]]",
        r#"["1.1","1.2","2.1","mine",null]"#,
    );
}

#[test]
fn foreach_ends_at_the_first_error() {
    check(
        r##"<try><foreach><choice><when expression="payload == 2"><raise-error type="APP:NO"/></when></choice>
              <set-variable variableName="done" value="#[payload]"/></foreach>
          <error-handler><on-error-continue>
            <set-payload value="#[[payload, vars.counter, vars.done, itemSequenceInfo]]"/>
          </on-error-continue></error-handler></try>"##,
        "[1, 2, 3]",
        "[2,2,1,null]",
    );
    let map = r##"<set-payload value="#[{a: 1}]"/><foreach><logger/></foreach>"##;
    assert!(run(&load_main(map), "main", "{}").starts_with("MULE:UNKNOWN: Foreach does not support 'java.util.Map'"));
}

#[test]
fn messages_of_a_list_are_messages_again() {
    check(
        r##"<scatter-gather><route><set-payload value="#[1]"/></route><route><set-payload value="#[2]"/></route><collect-list/></scatter-gather>
        <set-variable variableName="seen" value="#[[]]"/>
        <foreach><set-variable variableName="seen" value="#[vars.seen ++ [payload]]"/></foreach>
        <set-payload value="#[vars.seen]"/>"##,
        "{}",
        "[1,2]",
    );
}

#[test]
fn parallel_foreach_keeps_the_order_and_isolates() {
    check(
        r##"<set-variable variableName="sum" value="#[0]"/>
        <parallel-foreach maxConcurrency="2">
          <set-payload value="#[dw::Runtime::wait(payload * 10 + vars.sum, if (payload == 1) 60 else 1)]"/>
          <set-variable variableName="sum" value="#[vars.sum + 1]"/>
        </parallel-foreach>
        <set-payload value="#[{out: payload.payload, sum: vars.sum, attributes: attributes}]"/>"##,
        "[1, 2, 3]",
        r#"{"out":[10,20,30],"sum":0,"attributes":null}"#,
    );
    check(r##"<parallel-foreach collection="#[null]"><logger/></parallel-foreach>"##, "1", "[]");
    check(
        r##"<parallel-foreach target="t" targetValue="#[payload.payload]"><set-payload value="#[itemSequenceInfo.position]"/></parallel-foreach>
            <set-payload value="#[[payload, vars.t]]"/>"##,
        r#"["a", "b"]"#,
        r#"[["a","b"],[0,1]]"#,
    );
}

#[test]
fn failures_of_parts_come_as_one_error() {
    let content = r##"<try><parallel-foreach timeout="150">
            <choice><when expression="payload == 2"><raise-error type="APP:NO" description="no two"/></when>
            <when expression="payload == 3"><set-payload value="#[dw::Runtime::wait(3, 2000)]"/></when></choice>
          </parallel-foreach>
          <error-handler><on-error-continue type="MULE:ROUTING">
            <set-payload value='#[{
              results: error.errorMessage.payload.results mapObject ((m, i) -> {(i): m.payload}),
              failures: error.errorMessage.payload.failures mapObject ((e, i) -> {(i): e.errorType.identifier}),
              detail: error.errorMessage.payload.failures."2".detailedDescription,
              children: error.childErrors.description, absent: error.errorMessage.payload.failures."0",
              attributes: error.errorMessage.attributes, start: error.description[0 to 31]
            }]'/>
          </on-error-continue></error-handler></try>"##;
    check(
        content,
        "[1, 2, 3]",
        concat!(
            r#"{"results":{"0":1},"failures":{"1":"NO","2":"TIMEOUT"},"detail":"Timeout while processing route/part: '2'","#,
            r#""children":["no two","Route Timeout"],"absent":null,"attributes":null,"start":"Error(s) were found for route(s)"}"#
        ),
    );
}

#[test]
fn scatter_gather_merges_variables_after_success() {
    let routes = |values: &[&str]| {
        let route = |value: &&str| format!(r##"<route><set-variable variableName="v" value="#[{value}]"/></route>"##);
        values.iter().map(route).collect::<String>()
    };
    for (before, values, wanted) in [
        ("null", &["1", "vars.v"][..], "1"),
        ("null", &["1", "2", "1"], "[1,2,1]"),
        ("null", &["[1, 2]", "[3]"], "[1,2,[3]]"),
        ("5", &["5", "6"], "6"),
        ("5", &["null", "5"], "5"),
    ] {
        let content = format!(
            r##"<set-variable variableName="v" value="#[{before}]"/><scatter-gather>{}</scatter-gather><set-payload value="#[vars.v]"/>"##,
            routes(values)
        );
        check(&content, "{}", wanted);
    }
    let failing = r##"<try><scatter-gather><route><set-variable variableName="v" value="1"/></route><route><raise-error type="APP:NO"/></route></scatter-gather>
        <error-handler><on-error-continue><set-payload value="#[vars.v]"/></on-error-continue></error-handler></try>"##;
    check(failing, "{}", "null");
    let isolated = r##"<global-property name="dwrun.scatterGather.variables" value="isolated"/>
        <flow name="main"><scatter-gather><route><set-variable variableName="v" value="1"/></route><route><logger/></route></scatter-gather>
        <set-payload value="#[vars.v]"/></flow>"##;
    check_app(isolated, "{}", "null");
}

#[test]
fn until_successful_begins_every_try_anew() {
    check(
        r##"<try><until-successful maxRetries="#[payload]" millisBetweenRetries="1">
              <set-variable variableName="n" value="#[(vars.n default 0) + 1]"/><raise-error type="APP:NO" description="not yet"/>
            </until-successful>
            <error-handler><on-error-continue type="APP:NO">
              <set-payload value="#[[error.errorType.identifier, error.description, error.detailedDescription, vars.n, error causedBy 'CONNECTIVITY', error causedBy 'APP:NO']]"/>
            </on-error-continue></error-handler></try>"##,
        "2",
        r#"["RETRY_EXHAUSTED","not yet","'until-successful' retries exhausted",1,true,true]"#,
    );
    check(r##"<until-successful maxRetries="0"><set-payload value="#[payload + 1]"/></until-successful>"##, "1", "2");
    check(
        r##"<round-robin><route><logger/></route><route><set-payload value="out"/></route></round-robin>"##,
        "1",
        "1",
    );
}

#[test]
fn retries_run_the_body_once_more_each() {
    // A round-robin counts the tries: its third route succeeds.
    let fail = r#"<route><raise-error type="APP:NO"/></route>"#;
    check(
        &format!(
            r##"<until-successful maxRetries="2" millisBetweenRetries="1">
              <set-payload value="#[payload ++ '!']"/>
              <round-robin>{fail}{fail}<route><set-variable variableName="ok" value="#[true]"/></route></round-robin>
            </until-successful><set-payload value="#[[payload, vars.ok]]"/>"##
        ),
        r#""hi""#,
        r#"["hi!",true]"#,
    );
}

#[test]
fn first_successful_takes_the_next_route_on_the_same_event() {
    check(
        r##"<first-successful>
          <route><set-payload value="spoilt"/><set-variable variableName="x" value="1"/><raise-error type="APP:ONE"/></route>
          <route><set-payload value="#[payload ++ (vars.x default '')]"/></route>
          <route><set-payload value="never"/></route>
        </first-successful>"##,
        r#""kept""#,
        r#""kept""#,
    );
    check(
        &format!(
            "<first-successful><route><raise-error type=\"APP:ONE\"/></route><route>{FAIL}</route></first-successful>"
        ),
        "1",
        "APP:NO: no",
    );
}

#[test]
fn round_robin_takes_turns() {
    let app = load_main(
        r##"<round-robin><route><set-payload value="a"/></route><route><set-payload value="b"/></route></round-robin>"##,
    );
    let turns: Vec<_> = (0..5).map(|_| run(&app, "main", "1")).collect();
    assert_eq!(turns, [r#""a""#, r#""b""#, r#""a""#, r#""b""#, r#""a""#]);
}

#[test]
fn async_gives_nothing_back_and_does_not_hold_up() {
    let begun = Instant::now();
    let app = load_main(
        r##"<async name="later"><set-payload value="#[dw::Runtime::wait(1, 300)]"/><set-variable variableName="v" value="1"/>
            <raise-error type="APP:NO"/></async>
        <set-payload value="#[[payload, vars.v, error]]"/>"##,
    );
    let (event, waited) = block_on(async move {
        tokio::spawn(async move {
            let mut event = app.event();
            app.flow("main").unwrap().run(&mut event).await.unwrap();
            let waited = begun.elapsed();
            event.context.work.idle().await;
            (event, waited)
        })
        .await
        .unwrap()
    });
    assert_eq!(shown(&event), "[null,null,null]");
    assert!(waited < Duration::from_millis(250) && begun.elapsed() >= Duration::from_millis(300), "{waited:?}");
}

#[test]
fn async_works_on_as_many_events_as_it_may() {
    for (flow, own) in [("", " maxConcurrency=\"1\""), (" maxConcurrency=\"1\"", "")] {
        let app = load(&format!(
            r##"<flow name="main"{flow}><async{own}><set-payload value="#[dw::Runtime::wait(1, 60)]"/></async></flow>"##
        ));
        let begun = Instant::now();
        block_on(async {
            let runs = (0..4).map(|_| run_event(&app, "main", "1"));
            futures_util::future::join_all(runs).await;
        });
        assert!(begun.elapsed() >= Duration::from_millis(240), "{flow}{own}: {:?}", begun.elapsed());
    }
}

#[test]
fn correlation_ids_are_made_as_configured_and_changed_inside() {
    check_app(
        r##"<configuration correlationIdGeneratorExpression="#['id-' ++ sizeOf(uuid())]"/>
        <flow name="main">
          <set-variable variableName="ids" value="#[[correlationId]]"/>
          <tracing:with-correlation-id correlationId="#[correlationId ++ '/' ++ payload]">
            <set-variable variableName="ids" value="#[vars.ids ++ [correlationId]]"/>
            <set-payload value="kept"/>
          </tracing:with-correlation-id>
          <try><tracing:with-correlation-id correlationId="x"><raise-error type="APP:NO"/></tracing:with-correlation-id>
            <error-handler><on-error-continue><set-variable variableName="ids" value="#[vars.ids ++ [correlationId]]"/></on-error-continue></error-handler></try>
          <set-payload value="#[vars.ids ++ [correlationId, payload]]"/>
        </flow>"##,
        r#""a""#,
        r#"["id-36","id-36/a","id-36","id-36","kept"]"#,
    );
}

#[test]
fn choice_takes_the_first_that_holds() {
    let content = r##"<choice><when expression="payload.a"><set-payload value="a"/></when>
        <when expression="#[payload.b == 1]"><set-payload value="b"/></when></choice>"##;
    for (payload, wanted) in [(r#"{"a":true,"b":1}"#, r#""a""#), (r#"{"b":1}"#, r#""b""#), (r#"{"c":1}"#, r#"{"c":1}"#)]
    {
        check(content, payload, wanted);
    }
    let failing = run(&load_main(content), "main", r#"{"a": "maybe"}"#);
    assert!(failing.starts_with("MULE:EXPRESSION"), "{failing}");
}
