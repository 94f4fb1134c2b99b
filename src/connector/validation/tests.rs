//! The checks in flows.

use crate::connector::testing::{load, outcome, start};
use crate::value::{ObjectBuilder, Value};

fn person(age: i64, name: &str, email: &str) -> Value {
    let mut person = ObjectBuilder::with_capacity(3);
    person.field("age", age).field("name", name).field("email", email);
    person.value()
}

/// An app with a flow `f` of these elements.
fn flow(elements: &str) -> String {
    format!("<flow name='f'>{elements}<set-payload value='passed'/></flow>")
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_fail_with_their_type_and_text() {
    for (check, expected) in [
        (
            r##"<validation:is-true expression="#[payload.age > 18]"/>"##,
            "INVALID_BOOLEAN: Value was expected to be true but it was false instead",
        ),
        (r##"<validation:is-true expression="true"/>"##, "passed"),
        (r##"<validation:is-false expression="#['false']"/>"##, "passed"),
        (
            r##"<validation:is-true expression="false" message="#['no, ' ++ payload.name]"/>"##,
            "INVALID_BOOLEAN: no, Bo",
        ),
        (r##"<validation:is-email email="nobody"/>"##, "INVALID_EMAIL: nobody is not a valid email address"),
        (r##"<validation:is-ip ip="12.1.2"/>"##, "INVALID_IP: 12.1.2 is not a valid ip address"),
        (r##"<validation:is-url url="here"/>"##, "INVALID_URL: here is not a valid url"),
        (r##"<validation:is-null value="#[payload.name]"/>"##, "NOT_NULL: value was expected to be null"),
        (r##"<validation:is-not-null value="#[payload.city]"/>"##, "NULL: value is null"),
        (r##"<validation:is-not-blank-string value="#[payload.city]"/>"##, "BLANK_STRING: value is null"),
        (r##"<validation:is-not-blank-string value="#['  ']"/>"##, "BLANK_STRING: String is blank"),
        (r##"<validation:is-blank-string value="a"/>"##, "NOT_BLANK_STRING: String is not blank"),
        (r##"<validation:is-not-empty-collection values="#[[]]"/>"##, "EMPTY_COLLECTION: Collection is empty"),
        (r##"<validation:is-not-empty-collection values="#[null]"/>"##, "EMPTY_COLLECTION: value is null"),
        (r##"<validation:is-empty-collection values="#[[1]]"/>"##, "NOT_EMPTY_COLLECTION: Collection is not empty"),
        (
            r##"<validation:matches-regex value="tTrue" regex="[tT]rue"/>"##,
            "MISMATCH: tTrue is not valid under the terms of regex [tT]rue",
        ),
        (r##"<validation:matches-regex value="TRUE" regex="[tT]rue" caseSensitive="false"/>"##, "passed"),
        (
            r##"<validation:validate-size value="abcd" min="1" max="3"/>"##,
            "INVALID_SIZE: value abcd was expected to have a size of at most 3 but it has 4",
        ),
        (
            r##"<validation:validate-size value="#[['a']]" min="2"/>"##,
            "INVALID_SIZE: value [a] was expected to have a size of at least 2 but it only has 1",
        ),
        (
            r##"<validation:is-number value="42" numberType="INTEGER" minValue="2" maxValue="30"/>"##,
            "INVALID_NUMBER: 42 is greater that 30",
        ),
        (r##"<validation:is-number value="x" numberType="LONG"/>"##, "INVALID_NUMBER: x is not a valid LONG value"),
        (
            r##"<validation:is-time time="12:08 PM" pattern="yyMMddHHmmssZ"/>"##,
            "INVALID_TIME: 12:08 PM is not a valid time for the pattern yyMMddHHmmssZ under locale en",
        ),
        (r##"<validation:is-elapsed time="20" timeUnit="SECONDS" since="#[now() - |PT1H|]"/>"##, "passed"),
        (r##"<validation:is-not-elapsed time="20" timeUnit="SECONDS" since="#[now() as LocalDateTime]"/>"##, "passed"),
    ] {
        let app = start(&flow(check)).await;
        let found = outcome(&app, "f", person(3, "Bo", "bo@example.org")).await;
        assert_eq!(found.trim_start_matches("VALIDATION:"), expected, "{check}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn time_that_has_not_gone_by_is_told() {
    let app = start(&flow(r##"<validation:is-elapsed time="20" timeUnit="SECONDS" since="#[now()]"/>"##)).await;
    let found = outcome(&app, "f", Value::Null).await;
    assert!(
        found.starts_with("VALIDATION:NOT_ELAPSED_TIME: Time ") && found.contains("occurred before PT20S from "),
        "{found}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn several_checks_fail_as_one() {
    let checks = r##"<validation:is-not-blank-string value="#[payload.name]" message="name missing"/>
        <validation:is-email email="#[payload.email]" message="email wrong"/>"##;
    let both = format!("<flow name='all'><validation:all>{checks}</validation:all></flow>
        <flow name='any'><validation:any>{checks}</validation:any></flow>
        <flow name='broken'><validation:all>{checks}<validation:is-true expression='#[(payload.email as Number) > 1]'/></validation:all></flow>");
    let app = start(&both).await;
    let (good, half, bad) = (person(3, "Bo", "bo@example.org"), person(3, "", "bo@example.org"), person(3, "", "bo"));
    for (flow, payload, expected) in [
        ("all", &half, "VALIDATION:MULTIPLE: name missing"),
        ("all", &bad, "VALIDATION:MULTIPLE: name missing\nemail wrong"),
        ("any", &bad, "VALIDATION:MULTIPLE: name missing\nemail wrong"),
    ] {
        assert_eq!(outcome(&app, flow, payload.clone()).await, expected);
    }
    for (flow, payload) in [("all", &good), ("any", &half)] {
        assert!(outcome(&app, flow, payload.clone()).await.starts_with('{'), "{flow}");
    }
    assert!(outcome(&app, "broken", bad).await.starts_with("MULE:EXPRESSION"));
}

#[tokio::test(flavor = "multi_thread")]
async fn expressions_ask_the_same_checks() {
    for (expression, expected) in [
        ("Validation::isEmail(payload)", "false"),
        ("Validation::isIp('::1')", "true"),
        ("Validation::isUrl('http://x')", "true"),
        ("Validation::matchesRegex('AB', 'ab')", "false"),
        ("Validation::matchesRegex('AB', 'ab', false)", "true"),
        ("Validation::isTime('12:30', 'HH:mm')", "true"),
        ("Validation::isNumber('1x', 'INTEGER')", "false"),
        ("Validation::isEmail(null)", "false"),
    ] {
        let app = start(&format!("<flow name='f'><set-payload value=\"#[{expression}]\"/></flow>")).await;
        assert_eq!(outcome(&app, "f", "nobody").await, expected, "{expression}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_a_check_can_be_mapped_and_handled() {
    let app = start(
        r##"<flow name="f">
          <try>
            <validation:is-email email="#[payload]"><error-mapping targetType="FORM:EMAIL"/></validation:is-email>
            <error-handler><on-error-continue type="FORM:EMAIL"><set-payload value="#[error.errorMessage.payload.message]"/></on-error-continue></error-handler>
          </try>
        </flow>"##,
    )
    .await;
    assert_eq!(outcome(&app, "f", "x").await, "x is not a valid email address");
}

#[test]
fn mistakes_are_found_before_anything_starts() {
    for (elements, mistake) in [
        ("<flow name='f'><validation:is-allowed-ip ipAddress='x' allowList='office'/></flow>", "which is not there"),
        ("<flow name='f'><validation:is-email/></flow>", "needs `email`"),
        ("<flow name='f'><validation:is-null value='x' target='y'/></flow>", "no attribute `target`"),
    ] {
        let report = load(elements).err().unwrap();
        assert!(report.faults()[0].message().contains(mistake), "{report}");
    }
}
