//! Errors: who handles them, what they tell, what becomes of the event.

use crate::app::{HEAD, check, check_app, load, load_file, run};

/// A flow that fails as the payload says, with these handlers.
fn handled(handlers: &str) -> String {
    format!(
        r##"<flow name="main"><choice>
          <when expression="payload == 'conn'"><raise-error type="MULE:RETRY_EXHAUSTED"/></when>
          <when expression="payload == 'expr'"><set-variable variableName="x" value="#['x' as Number]"/></when>
          <otherwise><raise-error type="APP:LATE" description="too late"/></otherwise></choice>
          <error-handler>{handlers}</error-handler></flow>"##
    )
}

fn marked(attributes: &str, mark: &str) -> String {
    format!(r#"<on-error-continue {attributes}><set-payload value="{mark}"/></on-error-continue>"#)
}

#[test]
fn the_first_handler_that_fits_takes_the_error() {
    let app = |first: &str| load(&handled(&(marked(first, "first") + &marked("", "rest"))));
    for (first, payload, taken) in [
        ("type=\"APP:LATE\"", "app", "first"),
        ("type=\"APP:LATE\"", "conn", "rest"),
        ("type=\"CONNECTIVITY\"", "conn", "first"),
        ("type=\"APP:*\"", "app", "first"),
        ("type=\"*:LATE\"", "app", "first"),
        ("type=\"EXPRESSION, APP:LATE\"", "app", "first"),
        ("type=\"EXPRESSION\"", "expr", "first"),
        ("type=\"APP:LATE\" when=\"payload == 'other'\"", "app", "rest"),
        ("when=\"#[error.description == 'too late']\"", "app", "first"),
        ("type=\"ANY\"", "app", "first"),
    ] {
        assert_eq!(run(&app(first), "main", &format!("\"{payload}\"")), format!("\"{taken}\""), "{first} {payload}");
    }
}

#[test]
fn what_no_handler_takes_goes_on() {
    check_app(&handled(&marked("type=\"EXPRESSION\"", "no")), r#""app""#, "APP:LATE: too late");
    let failing = "<on-error-continue when=\"#[('guest' as Number) == 1]\"><logger/></on-error-continue>";
    assert!(run(&load(&handled(failing)), "main", r#""app""#).starts_with("MULE:EXPRESSION"));
    let raising = "<on-error-continue type=\"APP:LATE\"><raise-error type=\"APP:WORSE\"/></on-error-continue>";
    check_app(
        &handled(&(raising.to_string() + &marked("type=\"APP:WORSE\"", "sibling"))),
        r#""app""#,
        "APP:WORSE: An error occurred.",
    );
}

#[test]
fn an_error_ends_with_its_handler() {
    check_app(
        r##"<flow name="main"><flow-ref name="inner"/><set-payload value="#[[payload, error]]"/></flow>
        <flow name="inner"><raise-error type="APP:NO"/><set-payload value="never"/>
          <error-handler><on-error-continue><set-payload value="#[error.errorType.identifier]"/></on-error-continue></error-handler></flow>"##,
        "1",
        r#"["NO",null]"#,
    );
    // A handler that fails leaves nothing of its own error behind either.
    check(
        r##"<try><try><raise-error type="APP:NO"/><error-handler><on-error-continue><raise-error type="APP:WORSE"/></on-error-continue></error-handler></try>
          <error-handler><on-error-continue><set-variable variableName="seen" value="#[error.errorType.identifier]"/></on-error-continue></error-handler></try>
        <set-payload value="#[[vars.seen, error]]"/>"##,
        "1",
        r#"["WORSE",null]"#,
    );
}

#[test]
fn propagated_errors_carry_what_handlers_changed() {
    check_app(
        r##"<flow name="main"><flow-ref name="inner"/>
          <error-handler><on-error-continue><set-payload value="#[[payload, vars.v, error.errorType.identifier]]"/></on-error-continue></error-handler></flow>
        <flow name="inner"><raise-error type="APP:NO"/>
          <error-handler><on-error-propagate><set-payload value="saved"/><set-variable variableName="v" value="#[1]"/></on-error-propagate></error-handler></flow>"##,
        "1",
        r#"["saved",1,"NO"]"#,
    );
}

#[test]
fn global_handlers_may_stand_anywhere() {
    check_app(
        r##"<flow name="main"><raise-error type="APP:NO"/><error-handler ref="rules"/></flow>
        <error-handler name="rules"><on-error ref="alarm"/></error-handler>
        <on-error-continue name="alarm" type="APP:NO"><set-payload value="alarm"/></on-error-continue>"##,
        "1",
        r#""alarm""#,
    );
    let default = |flow: &str| {
        format!(
            r##"<configuration defaultErrorHandler-ref="rules"/><flow name="main">{flow}</flow>
            <error-handler name="rules"><on-error-continue type="APP:NO"><set-payload value="default"/></on-error-continue></error-handler>"##
        )
    };
    check_app(&default("<raise-error type=\"APP:NO\"/>"), "1", r#""default""#);
    check_app(
        &default("<try><raise-error type=\"APP:NO\"/></try><set-payload value=\"#[payload ++ '!']\"/>"),
        "1",
        r#""default!""#,
    );
    check_app(
        &default(&format!(
            "<raise-error type=\"APP:NO\"/><error-handler>{}</error-handler>",
            marked("type=\"EXPRESSION\"", "x")
        )),
        "1",
        "APP:NO: An error occurred.",
    );
}

#[test]
fn errors_tell_what_is_known() {
    let app = format!(
        r##"{HEAD}
<flow name="main">
  <raise-error type="APP:LATE" description="too late" doc:name="Fail"/>
  <error-handler><on-error-continue><set-payload value="#[error - 'cause']"/></on-error-continue></error-handler>
</flow></mule>"##
    );
    let shown = run(&load_file(&app, &[]).unwrap(), "main", "1");
    for part in [
        r#""description":"too late""#,
        r#""detailedDescription":"too late""#,
        r#""namespace":"APP","identifier":"LATE","parentErrorType":{"namespace":"MULE","identifier":"ANY""#,
        r#""errorMessage":null,"childErrors":[],"suppressedErrors":[]"#,
        r#""failingComponent":"main/processors/0 @ app:app.xml:3""#,
        r#"<raise-error type=\"APP:LATE\""#,
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
}

#[test]
fn errors_are_asked_for_their_kind() {
    check_app(
        &handled(
            r##"<on-error-continue><set-payload value="#[[error causedBy 'CONNECTIVITY', causedBy('MULE:EXPRESSION'), Mule::causedBy(error, 'ANY')]]"/></on-error-continue>"##,
        ),
        r#""conn""#,
        "[true,false,true]",
    );
    check(
        "<set-payload value=\"#[causedBy('NOPE:NOPE')]\"/>",
        "1",
        "MULE:EXPRESSION: \"Could not find error 'NOPE:NOPE'\" evaluating expression: \"causedBy('NOPE:NOPE')\".",
    );
}

#[test]
fn endless_recursion_is_an_error() {
    for (name, app) in [
        ("flow", "<flow name=\"main\"><flow-ref name=\"main\"/></flow>"),
        (
            "sub-flow",
            "<flow name=\"main\"><flow-ref name=\"again\"/></flow><sub-flow name=\"again\"><try><foreach collection=\"#[[1]]\"><choice><when expression=\"true\"><flow-ref name=\"again\"/></when></choice></foreach></try></sub-flow>",
        ),
        ("lookup", "<flow name=\"main\"><set-payload value=\"#[lookup('main', 1)]\"/></flow>"),
        (
            "routes",
            "<flow name=\"main\"><scatter-gather maxConcurrency=\"1\"><route><flow-ref name=\"main\"/></route><route><logger level=\"TRACE\"/></route></scatter-gather></flow>",
        ),
    ] {
        let outcome = run(&load(app), "main", "1");
        assert!(
            outcome.starts_with("MULE:") && outcome.contains("deep"),
            "{name}: {}",
            &outcome[..outcome.len().min(300)]
        );
    }
}
