//! What raises the errors of Mule's own components.

use super::Cases;

/// An expression that fails: the payload is `x`.
const FAILS: &str = "#[payload as Number]";

/// What fails without an expression.
const TRAP: &str = r#"<raise-error type="TRAP:SNAPPED"/>"#;

pub fn mule() -> Cases {
    let fails = |elements: &str| elements.replace("FAILS", FAILS).replace("TRAP", TRAP);
    let begins = r#"<try transactionalAction="ALWAYS_BEGIN">"#;
    let expression = "MULE:EXPRESSION";
    [
        ("foreach", expression, r#"<foreach collection="FAILS"><logger/></foreach>"#),
        ("choice", expression, r#"<choice><when expression="FAILS"><logger/></when></choice>"#),
        (
            "scatter-gather",
            "MULE:COMPOSITE_ROUTING",
            "<scatter-gather><route>TRAP</route><route><logger/></route></scatter-gather>",
        ),
        (
            "parallel-foreach",
            "MULE:COMPOSITE_ROUTING",
            r##"<parallel-foreach collection="#[[1]]">TRAP</parallel-foreach>"##,
        ),
        ("parallel-foreach", expression, r#"<parallel-foreach collection="FAILS"><logger/></parallel-foreach>"#),
        (
            "until-successful",
            "MULE:RETRY_EXHAUSTED",
            r#"<until-successful maxRetries="1" millisBetweenRetries="1">TRAP</until-successful>"#,
        ),
        (
            "until-successful",
            expression,
            r#"<until-successful maxRetries="FAILS" millisBetweenRetries="1"><logger/></until-successful>"#,
        ),
        ("flow-ref", "MULE:ROUTING", r##"<flow-ref name="#['none']"/>"##),
        ("parse-template", expression, "<parse-template><content>a FAILS</content></parse-template>"),
        (
            "idempotent-message-validator",
            "MULE:DUPLICATE_MESSAGE",
            r##"<foreach collection="#[[1, 1]]"><idempotent-message-validator idExpression="#[payload]"/></foreach>"##,
        ),
        ("idempotent-message-validator", expression, r#"<idempotent-message-validator idExpression="FAILS"/>"#),
    ]
    .into_iter()
    .fold(Cases::default(), |cases, (component, raises, elements)| cases.of(component, &[(raises, &fails(elements))]))
    .of("try", &[("MULE:TRANSACTION", &format!("{begins}{begins}<logger/></try></try>"))])
}

pub fn ee() -> Cases {
    let transform =
        format!("<ee:transform><ee:message><ee:set-payload>{FAILS}</ee:set-payload></ee:message></ee:transform>");
    Cases::default()
        .of("ee:transform", &[("MULE:EXPRESSION", &transform)])
        .of("ee:dynamic-evaluate", &[("MULE:EXPRESSION", r##"<ee:dynamic-evaluate expression="#['1 +']"/>"##)])
}

pub fn batch() -> Cases {
    let job = |name: &str, attributes: &str| {
        format!(
            r#"<batch:job xmlns:batch="http://www.mulesoft.org/schema/mule/batch" jobName="{name}" {attributes}>
              <batch:process-records><batch:step name="one"><logger/></batch:step></batch:process-records></batch:job>"#
        )
    };
    let twice =
        format!(r##"<foreach collection="#[[[1], [2]]]">{}</foreach>"##, job("b", r##"jobInstanceId="#['same']""##));
    Cases::default().of(
        "batch:job",
        &[("MULE:EXPRESSION", &job("a", &format!(r#"jobInstanceId="{FAILS}""#))), ("MULE:UNKNOWN", &twice)],
    )
}

pub fn tracing() -> Cases {
    let scope = format!(
        r#"<tracing:with-correlation-id xmlns:tracing="http://www.mulesoft.org/schema/mule/tracing" correlationId="{FAILS}"><logger/></tracing:with-correlation-id>"#
    );
    Cases::default().of("tracing:with-correlation-id", &[("MULE:EXPRESSION", &scope)])
}
