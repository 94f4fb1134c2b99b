//! What raises the errors of operations that talk to others.

use super::Cases;
use crate::connector::email::tests::office::{Habits, Office};
use crate::connector::testing::{deaf, free_port};
use std::net::TcpListener;

/// A host that no name server knows.
const UNKNOWN: &str = "no.such.host.invalid";

/// Statuses that are errors of their own.
const STATUSES: [(&str, &str); 12] = [
    ("HTTP:BAD_REQUEST", "400"),
    ("HTTP:UNAUTHORIZED", "401"),
    ("HTTP:FORBIDDEN", "403"),
    ("HTTP:NOT_FOUND", "404"),
    ("HTTP:METHOD_NOT_ALLOWED", "405"),
    ("HTTP:NOT_ACCEPTABLE", "406"),
    ("HTTP:UNSUPPORTED_MEDIA_TYPE", "415"),
    ("HTTP:TOO_MANY_REQUESTS", "429"),
    ("HTTP:INTERNAL_SERVER_ERROR", "500"),
    ("HTTP:BAD_GATEWAY", "502"),
    ("HTTP:SERVICE_UNAVAILABLE", "503"),
    ("HTTP:GATEWAY_TIMEOUT", "504"),
];

/// Those that are errors where only 200 is none.
const REDIRECTS: [(&str, &str); 5] = [
    ("HTTP:MULTIPLE_CHOICES", "300"),
    ("HTTP:MOVED_PERMANENTLY", "301"),
    ("HTTP:MOVED_TEMPORARILY", "302"),
    ("HTTP:SEE_OTHER", "303"),
    ("HTTP:NOT_MODIFIED", "304"),
];

/// The app asks itself.
pub async fn http() -> Cases {
    let globals = format!(
        r##"<global-property name="dwrun.http.maxBodySize" value="2000"/>
        <http:listener-config name="in"><http:listener-connection host="127.0.0.1" port="{port}"/></http:listener-config>
        <http:request-config name="self"><http:request-connection host="127.0.0.1" port="{port}"/></http:request-config>
        <flow name="status"><http:listener config-ref="in" path="/status/{{s}}"><http:response statusCode="#[attributes.uriParams.s]"/></http:listener></flow>
        <flow name="large"><http:listener config-ref="in" path="/large"/><set-payload value="#[1 to 3000 joinBy '']"/></flow>
        <flow name="late"><http:listener config-ref="in" path="/late"/><set-payload value="#[dw::Runtime::wait('', 400)]"/></flow>
        <flow name="odd"><http:listener config-ref="in" path="/odd"><http:response statusCode="7"/>
          <http:error-response statusCode="200"><http:body>#['$(error.errorType.asString): $(error.description)']</http:body></http:error-response></http:listener></flow>"##,
        port = free_port()
    );
    let ask = |path: &str| format!(r#"<http:request config-ref="self" path="{path}"/>"#);
    let strict = |status: &str| {
        format!(
            r#"<http:request config-ref="self" path="/status/{status}" followRedirects="false">
              <http:response-validator><http:success-status-code-validator values="200"/></http:response-validator></http:request>"#
        )
    };
    let nobody = |parts: &str| format!(r#"<http:request url="http://127.0.0.1:1/">{parts}</http:request>"#);
    let again = r#"<reconnect count="2" frequency="5"/>"#;
    let late = ask("/late").replace("/>", r#" responseTimeout="40"/>"#);
    let statuses = STATUSES.map(|(raises, status)| (raises, ask(&format!("/status/{status}"))));
    let redirects = REDIRECTS.map(|(raises, status)| (raises, strict(status)));
    statuses
        .iter()
        .chain(&redirects)
        .fold(Cases::with(globals), |cases, (raises, elements)| cases.of("http:request", &[(raises, elements)]))
        .of(
            "http:request",
            &[
                ("HTTP:TIMEOUT", &late),
                ("HTTP:CONNECTIVITY", &nobody("")),
                ("HTTP:RETRY_EXHAUSTED", &nobody(again)),
                ("MULE:STREAM_MAXIMUM_SIZE_EXCEEDED", &ask("/large")),
                ("MULE:UNKNOWN", &ask("/status/418")),
            ],
        )
        .of("http:listener", &[("MULE:SOURCE_RESPONSE_GENERATE", &ask("/odd"))])
        .of(
            "http:load-static-resource",
            &[(
                "HTTP:NOT_FOUND",
                r##"<http:load-static-resource resourceBasePath="web" attributes="#[{requestPath: '/x/a', listenerPath: '/x/*'}]"/>"##,
            )],
        )
}

pub async fn email() -> Cases {
    let open = Office::open(0, Habits::default()).await;
    let asking = Office::open(0, Habits { asks: true, ..Habits::default() }).await;
    let secure = Office::open(0, Habits { secure: true, ..Habits::default() }).await;
    let (port, deaf) = (open.address.port(), deaf().await);
    let post = |name: &str, host: &str, port: u16, what: &str| {
        format!(
            r#"<email:smtp-config name="{name}" from="shop@corner.example"><email:smtp-connection host="{host}" port="{port}" {what}</email:smtp-config>"#
        )
    };
    let again = r#"><reconnection><reconnect count="2" frequency="5"/></reconnection></email:smtp-connection>"#;
    let hasty = r#"connectionTimeout="60" timeoutUnit="MILLISECONDS"/>"#;
    let globals = [
        post("open", "127.0.0.1", port, "/>"),
        post("nobody", "127.0.0.1", 1, "/>"),
        post("again", "127.0.0.1", 1, again),
        post("unknown", UNKNOWN, 25, "/>"),
        post("deaf", "127.0.0.1", deaf.port, hasty),
        post("stranger", "127.0.0.1", asking.address.port(), r#"user="ann" password="wrong"/>"#),
        post("half", "127.0.0.1", port, r#"user="ann"/>"#),
        format!(
            r#"<email:smtp-config name="secure" from="shop@corner.example"><email:smtps-connection host="localhost" port="{}"><tls:context/></email:smtps-connection></email:smtp-config>"#,
            secure.address.port()
        ),
    ]
    .concat();
    let send = |post: &str, to: &str, parts: &str| {
        format!(r#"<email:send config-ref="{post}" toAddresses="{to}@corner.example">{parts}</email:send>"#)
    };
    let null = "<email:attachments>#[{a: null}]</email:attachments>";
    let cases = Cases::with(globals).of(
        "email:send",
        &[
            ("EMAIL:CONNECTIVITY", &send("nobody", "bob", "")),
            ("EMAIL:RETRY_EXHAUSTED", &send("again", "bob", "")),
            ("EMAIL:UNKNOWN_HOST", &send("unknown", "bob", "")),
            ("EMAIL:CONNECTION_TIMEOUT", &send("deaf", "bob", "")),
            ("EMAIL:AUTHENTICATION", &send("stranger", "bob", "")),
            ("EMAIL:INVALID_CREDENTIALS", &send("half", "bob", "")),
            ("EMAIL:SSL_ERROR", &send("secure", "bob", "")),
            ("EMAIL:SEND", &send("open", "nobody", "")),
            ("EMAIL:ATTACHMENT", &send("open", "bob", null)),
        ],
    );
    Cases { servers: vec![Box::new((open, asking, secure, deaf))], ..cases }
}

pub async fn sockets() -> Cases {
    let (taker, deaf) = (TcpListener::bind("127.0.0.1:0").unwrap(), deaf().await);
    let service = |name: &str, host: &str, port: u16, what: &str| {
        format!(
            r#"<sockets:request-config name="{name}"><sockets:tcp-requester-connection host="{host}" port="{port}" {what}</sockets:request-config>"#
        )
    };
    let again = "><reconnection><reconnect count='2' frequency='5'/></reconnection></sockets:tcp-requester-connection>";
    let short = "><sockets:protocol><sockets:length-protocol maxMessageLength='4'/></sockets:protocol></sockets:tcp-requester-connection>";
    let globals = [
        service("nobody", "127.0.0.1", 1, "/>"),
        service("again", "127.0.0.1", 1, again),
        service("unknown", UNKNOWN, 1, "/>"),
        service("deaf", "127.0.0.1", deaf.port, "connectionTimeout='60'/>"),
        service("short", "127.0.0.1", taker.local_addr().unwrap().port(), short),
    ]
    .concat();
    let cases =
        ["sockets:send", "sockets:send-and-receive"].into_iter().fold(Cases::with(globals), |cases, operation| {
            let to = |service: &str| {
                format!(
                    "<{operation} config-ref='{service}'><sockets:content>#['hello']</sockets:content></{operation}>"
                )
            };
            cases.of(
                operation,
                &[
                    ("SOCKETS:CONNECTIVITY", &to("nobody")),
                    ("SOCKETS:RETRY_EXHAUSTED", &to("again")),
                    ("SOCKETS:UNKNOWN_HOST", &to("unknown")),
                    ("SOCKETS:CONNECTION_TIMEOUT", &to("deaf")),
                    ("SOCKETS:LENGTH_EXCEEDED", &to("short")),
                ],
            )
        });
    Cases { servers: vec![Box::new((taker, deaf))], ..cases }
}
