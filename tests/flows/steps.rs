//! Components that work on the event themselves.

use crate::app::{HEAD, check, check_app, load, load_file, run};

#[test]
fn templates_are_filled_in() {
    let template = |content: &str| format!("<parse-template><content><![CDATA[{content}]]></content></parse-template>");
    for (content, wanted) in [
        ("no script", "no script"),
        (
            "Dear #[payload.guest], bring #[payload.bring] and a friend's hat.",
            "Dear Ann, bring cake and a friend's hat.",
        ),
        (r#"#['hello #[upper("world")]']"#, "hello WORLD"),
        (r#"#['hello ' ++ upper("world")]"#, "hello WORLD"),
        (r#"#['hello upper("world")']"#, "hello upper(\"world\")"),
        (r"\#[vars.guest] for #[payload.guest]", "#[vars.guest] for Ann"),
        (r#"#['abcd\#[-1234' ++ upper("world") ++ '.log']"#, "abcd#[-1234WORLD.log"),
        (r"#['abc\'def']", "abc'def"),
        ("#[payload.script]", "#[1 + 1]"),
        ("#[payload.none]|#[1 + 1]", "null|2"),
        (r#"#["get:\\test\\" ++ payload.bring]"#, r"get:\test\cake"),
    ] {
        let payload = r##"{"guest": "Ann", "bring": "cake", "script": "#[1 + 1]"}"##;
        check(
            &format!("{}<set-payload value='#[output application/java --- payload]'/>", template(content)),
            payload,
            &json(wanted),
        );
    }
}

fn json(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[test]
fn templates_come_from_files_with_their_type() {
    let app = format!(
        r##"{HEAD}<flow name="main">
          <set-variable variableName="n" value="#[5]"/>
          <parse-template location="a.json" target="read"/>
          <parse-template location="a.json" outputMimeType="text/plain" outputEncoding="UTF-16" target="plain" targetValue="#[payload.^mediaType]"/>
          <parse-template location="a.html" target="html" targetValue="#[payload.^mimeType]"/>
          <set-payload value="#[[payload, vars.read.n, vars.plain, vars.html]]"/>
        </flow></mule>"##
    );
    let app = load_file(&app, &[("a.json", "{\"n\": #[vars.n]}"), ("a.html", "<p/>")]).unwrap();
    assert_eq!(run(&app, "main", "1"), r#"[1,5,"text/plain; charset=UTF-16","text/html"]"#);
    check(
        r##"<parse-template targetValue="#[payload ++ '!']" content="x"/>"##,
        "1",
        "MULE:UNKNOWN: Can't define a targetValue with no target",
    );
}

#[test]
fn messages_pass_once() {
    let app = load(
        r##"<flow name="main"><try><idempotent-message-validator idExpression="#[payload]"/><set-payload value="new"/>
          <error-handler><on-error-continue type="MULE:VALIDATION"><set-payload value="#[error.errorType.identifier]"/></on-error-continue></error-handler>
        </try></flow>
        <flow name="by-correlation"><idempotent-message-validator/></flow>"##,
    );
    let outcomes: Vec<_> = ["1", "2", "1", "null"].iter().map(|payload| run(&app, "main", payload)).collect();
    assert_eq!(outcomes, [r#""new""#, r#""new""#, r#""DUPLICATE_MESSAGE""#, r#""DUPLICATE_MESSAGE""#]);
    assert_eq!((run(&app, "by-correlation", "1"), run(&app, "by-correlation", "1")), ("1".into(), "1".into()));
}

#[test]
fn scripts_come_with_the_event() {
    let content = r##"<ee:dynamic-evaluate expression="#[payload.script]">
          <ee:parameters>#[{name: 'Ann', n: 2}]</ee:parameters></ee:dynamic-evaluate>"##;
    check(
        content,
        r#"{"script": "output application/json --- {hello: name, n: n, it: payload.x}", "x": 1}"#,
        r#"{"hello":"Ann","n":2,"it":1}"#,
    );
    check(
        &format!(
            "<try>{content}<error-handler><on-error-continue type=\"EXPRESSION\"><set-payload value=\"caught\"/></on-error-continue></error-handler></try>"
        ),
        r#"{"script": "1 +"}"#,
        r#""caught""#,
    );
    check(
        &content
            .replace("payload.script", "null")
            .replace("expression=\"#[null]\"", "target=\"t\" expression=\"#['1 + n']\"")
            .replace("</ee:dynamic-evaluate>", "</ee:dynamic-evaluate><set-payload value=\"#[[payload, vars.t]]\"/>"),
        "7",
        "[7,3]",
    );
}

#[test]
fn a_null_variable_is_no_variable() {
    check(
        r##"<set-variable variableName="a" value="#[1]"/><set-variable variableName="a" value="#[null]"/>
        <set-variable variableName="b" value="#[null]"/><remove-variable variableName="c"/>
        <set-payload value="#[[vars.a, vars.b, vars]]"/>"##,
        "1",
        "[null,null,{}]",
    );
}

#[test]
fn targets_take_the_result_and_leave_the_rest() {
    check_app(
        r##"<sub-flow name="sub"><set-variable variableName="inner" value="1"/><set-payload value="#[[payload, attributes]]"/></sub-flow>
        <flow name="main"><flow-ref name="sub" target="t" targetValue="#[message.payload[0] + 1]"/>
          <set-payload value="#[{t: vars.t, payload: payload, inner: vars.inner}]"/></flow>"##,
        "1",
        r#"{"t":2,"payload":1,"inner":null}"#,
    );
}

#[test]
fn flows_are_called_by_name() {
    check_app(
        r##"<flow name="main"><flow-ref name="#['flow-' ++ payload]"/></flow><flow name="flow-1"><set-payload value="one"/></flow>
        <flow name="flow-2" initialState="stopped"><logger/></flow>"##,
        "1",
        r#""one""#,
    );
    for (payload, wanted) in [
        ("2", "MULE:UNKNOWN: flow 'flow-2' is stopped"),
        ("3", "MULE:ROUTING: No flow/sub-flow with name 'flow-3' found"),
    ] {
        check_app(
            r##"<flow name="main"><flow-ref name="#['flow-' ++ payload]"/></flow><flow name="flow-2" initialState="stopped"><logger/></flow>"##,
            payload,
            wanted,
        );
    }
    check(r##"<flow-ref name="#[payload.none]"/>"##, "{}", "MULE:ROUTING: flow-ref name expression returned 'null'");
}

#[test]
fn nothing_leaves_an_expression_uncomputed() {
    check(
        r##"<try><set-variable variableName="late" value="#[{a: payload map ($ as Number)}]"/><set-payload value="went on"/>
          <error-handler><on-error-continue type="EXPRESSION"><set-payload value="failed at once"/></on-error-continue></error-handler></try>"##,
        r#"["x"]"#,
        r#""failed at once""#,
    );
}
