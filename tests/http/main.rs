//! HTTP over real sockets: what listeners answer, what requests send, and what becomes of bad clients and bad services.
#![allow(clippy::unwrap_used)]

mod metrics;
mod secure;
#[path = "../support/serve.rs"]
mod serve;
mod web;

use serve::{app, body, file, serve, status};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

#[test]
fn requests_reach_their_flow_with_all_attributes() {
    let app = serve(
        "attributes",
        r##"<http:listener-config name="shop" basePath="/shop"><http:listener-connection host="127.0.0.1" port="${other}"/></http:listener-config>
        <flow name="one"><http:listener config-ref="api" path="/customers/{id}/*"/>
          <set-payload value="#[output application/json indent=false --- attributes - 'headers' - 'remoteAddress' - 'localAddress']"/></flow>
        <flow name="headers"><http:listener config-ref="api" path="/headers"/>
          <set-payload value="#[output application/json indent=false --- [attributes.headers.'X-Client', attributes.headers['x-CLIENT'], attributes.headers.*'x-client', correlationId]]"/></flow>
        <flow name="echo"><http:listener config-ref="api" path="/echo" allowedMethods="POST, PUT"/></flow>"##,
        &["-D", &format!("other={}", serve::free_port())],
    );
    let answer = app.get("/customers/a%2Fb/x%20y?lang=pt&q=a+b%26&q=2");
    for part in [
        r#""listenerPath": "/customers/{id}/*""#,
        r#""requestPath": "/customers/a/b/x y""#,
        r#""rawRequestPath": "/customers/a%2Fb/x%20y""#,
        r#""maskedRequestPath": "/x%20y""#,
        r#""version": "HTTP/1.1","scheme": "http","method": "GET""#,
        r#""rawRequestUri": "/customers/a%2Fb/x%20y?lang=pt&q=a+b%26&q=2""#,
        r#""queryParams": {"lang": "pt","q": "a b&","q": "2"}"#,
        r#""uriParams": {"id": "a/b"}"#,
        r#""clientCertificate": null"#,
    ] {
        assert!(answer.contains(part), "{part} is not in {answer}");
    }
    let headers = app.send(
        "GET /headers",
        "X-Client: till 7\r\nx-client: 8\r\nX-Correlation-ID: c-1\r\nMULE_CORRELATION_ID: c-2\r\n",
        "",
    );
    assert_eq!(body(&headers), r#"["till 7","till 7",["till 7","8"],"c-1"]"#);
    let echo = app.send("POST /echo", "Content-Type: text/csv\r\n", "a,b\n1,2");
    assert!(echo.contains("content-type: text/csv; charset=UTF-8") && body(&echo) == "a,b\n1,2", "{echo}");
    let chunked = app.raw("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    assert_eq!(body(&chunked), "abcde");
}

#[test]
fn what_no_listener_takes_is_told_why() {
    let app = serve(
        "refused",
        r##"<flow name="a"><http:listener config-ref="api" path="/a" allowedMethods="GET,PUT"/></flow>
        <flow name="full" maxConcurrency="1"><http:listener config-ref="api" path="/full"/><http:request config-ref="self" path="/hang" responseTimeout="2000"/></flow>
        <flow name="hang"><http:listener config-ref="api" path="/hang"/><set-payload value="#[dw::Runtime::wait('x', 800)]"/></flow>"##,
        &[],
    );
    let nothing = app.send("GET /b%3Cc%3E", "", "");
    assert_eq!(status(&nothing), "HTTP/1.1 404 Not Found");
    assert_eq!(body(&nothing), "No listener for endpoint: /b%3Cc%3E");
    let wrong = app.send("DELETE /a", "", "");
    assert_eq!(
        (status(&wrong), body(&wrong)),
        ("HTTP/1.1 405 Method Not Allowed", "Method not allowed for endpoint: /a")
    );
    assert!(wrong.contains("allow: GET, PUT"), "{wrong}");
    let mut first = app.connect();
    first.write_all(b"GET /full HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(status(&app.send("GET /full", "", "")), "HTTP/1.1 503 Service Unavailable");
    let mut answer = String::new();
    first.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn responses_are_built_as_the_listener_says() {
    let app = serve(
        "responses",
        r##"<flow name="built"><http:listener config-ref="api" path="/built">
            <http:response statusCode="#[vars.code]" reasonPhrase="Taken"><http:headers>#[{'X-Id': payload.id, 'Set-Cookie': ['a=1', 'b=2'], none: null}]</http:headers></http:response></http:listener>
          <set-variable variableName="code" value="#[201]"/><set-payload value="#[output application/json --- {id: 7}]"/></flow>
        <flow name="chunked"><http:listener config-ref="api" path="/chunked" responseStreamingMode="ALWAYS"/><set-payload value="abc"/></flow>
        <flow name="empty"><http:listener config-ref="api" path="/empty"><http:response statusCode="204"/></http:listener><set-payload value="gone"/></flow>
        <flow name="plain"><http:listener config-ref="api" path="/plain"><http:response statusCode="#[vars.nothing]"/></http:listener></flow>
        <flow name="fails"><http:listener config-ref="api" path="/fails"/><raise-error type="SHOP:CLOSED" description="Closed on Sundays"/></flow>
        <flow name="own"><http:listener config-ref="api" path="/own"><http:error-response statusCode="403" reasonPhrase="No"><http:body>#[output application/json indent=false --- {why: error.description, kind: error.errorType.identifier}]</http:body></http:error-response></http:listener><raise-error type="SHOP:CLOSED" description="Closed"/></flow>
        <flow name="bad"><http:listener config-ref="api" path="/bad"><http:response statusCode="#['x']"/></http:listener></flow>
        <flow name="split"><http:listener config-ref="api" path="/split"><http:response><http:headers>#[{a: "x\r\nb: c"}]</http:headers></http:response></http:listener></flow>"##,
        &[],
    );
    let built = app.send("GET /built", "", "");
    assert_eq!(status(&built), "HTTP/1.1 201 Taken");
    for part in ["x-id: 7", "set-cookie: a=1", "set-cookie: b=2", "content-type: application/json; charset=UTF-8"] {
        assert!(built.contains(part), "{part} is not in {built}");
    }
    assert!(!built.contains("none:"));
    let chunked = app.send("GET /chunked", "", "");
    assert!(chunked.contains("transfer-encoding: chunked") && body(&chunked) == "3\r\nabc\r\n0\r\n\r\n", "{chunked}");
    let empty = app.send("GET /empty", "", "");
    assert_eq!((status(&empty), body(&empty)), ("HTTP/1.1 204 No Content", ""));
    assert_eq!(status(&app.send("GET /plain", "", "")), "HTTP/1.1 200 OK");
    let fails = app.send("GET /fails", "", "");
    assert_eq!((status(&fails), body(&fails)), ("HTTP/1.1 500 Internal Server Error", "Closed on Sundays"));
    assert!(fails.contains("content-type: text/plain"), "{fails}");
    let own = app.send("GET /own", "", "");
    assert_eq!((status(&own), body(&own)), ("HTTP/1.1 403 No", r#"{"why": "Closed","kind": "CLOSED"}"#));
    for path in ["/bad", "/split"] {
        assert_eq!(status(&app.send(&format!("GET {path}"), "", "")), "HTTP/1.1 500 Internal Server Error");
    }
    let head = app.send("HEAD /built", "", "");
    assert!(head.contains("content-length: ") && body(&head).is_empty(), "{head}");
}

#[test]
fn bad_clients_harm_nobody() {
    let app = serve(
        "hostile",
        r#"<flow name="a"><http:listener config-ref="api" path="/a"/></flow>"#,
        &["-D", "dwrun.http.maxBodySize=1000"],
    );
    for request in [
        "GARBAGE\r\n\r\n",
        "GET /a HTTP/9.9\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nabc",
        "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /a HTTP/1.1\r\nbad header\r\n\r\n",
    ] {
        assert_eq!(status(&app.raw(request)), "HTTP/1.1 400 Bad Request", "{request}");
    }
    let headers = "X: y\r\n".repeat(5000);
    assert!(status(&app.send("GET /a", &headers, "")).contains("431"));
    assert!(status(&app.send("POST /a", "", &"x".repeat(1001))).contains("413"));
    let chunks = "64\r\n".to_string() + &"x".repeat(100) + "\r\n";
    let endless = format!("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{}", chunks.repeat(11));
    assert!(status(&app.raw(endless)).contains("413"));
    let start = Instant::now();
    let mut dripping = app.connect();
    let mut closed = false;
    for byte in b"GET /a HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".iter().cycle() {
        if dripping.write_all(&[*byte]).is_err() || start.elapsed() > Duration::from_secs(20) {
            closed = start.elapsed() < Duration::from_secs(20);
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(closed, "a client that sends its headers slowly is served for ever");
    let stuck = app.raw("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    assert!(status(&stuck).contains("408"), "{stuck}");
    assert_eq!(app.get("/a"), "");
}

#[test]
fn connections_serve_several_requests() {
    let app = serve(
        "keep-alive",
        r#"<flow name="a"><http:listener config-ref="api" path="/a"/><set-payload value="abc"/></flow>"#,
        &[],
    );
    let mut stream = app.connect();
    for _ in 0..3 {
        stream.write_all(b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut answer = String::new();
        while !answer.ends_with("abc") {
            let mut buffer = [0; 1024];
            let count = stream.read(&mut buffer).unwrap();
            assert!(count > 0, "closed after {answer}");
            answer.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        }
    }
}

/// A service that takes connections and never answers; gives its port and what tells when a connection was closed.
fn silent_service() -> (u16, std::sync::mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (closed, all) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let closed = closed.clone();
            std::thread::spawn(move || {
                let mut buffer = [0; 4096];
                while stream.read(&mut buffer).is_ok_and(|count| count > 0) {}
                let _ = closed.send(());
            });
        }
    });
    (port, all)
}

#[test]
fn a_client_that_goes_away_cancels_its_routes() {
    let (silent, closed) = silent_service();
    let app = serve(
        "cancel",
        r##"<flow name="hang"><http:listener config-ref="api" path="/hang"/>
          <scatter-gather><route><http:request url="http://127.0.0.1:${silent}/one" responseTimeout="60000"/></route>
          <route><http:request url="http://127.0.0.1:${silent}/two" responseTimeout="60000"/></route></scatter-gather></flow>
        <flow name="quick"><http:listener config-ref="api" path="/quick"/><set-payload value="ok"/></flow>"##,
        &["-D", &format!("silent={silent}")],
    );
    let mut client = app.connect();
    client.write_all(b"GET /hang HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(app.get("/quick"), "ok");
    assert!(closed.try_recv().is_err());
    drop(client);
    for _ in 0..2 {
        closed.recv_timeout(Duration::from_secs(10)).expect("a route goes on though its client has gone");
    }
}

#[test]
fn requests_send_what_they_are_told_and_fail_by_status() {
    let (silent, _closed) = silent_service();
    let handler = r##"<error-handler><on-error-continue logException="false"><set-payload value="#[output application/json indent=false --- {t: error.errorType.namespace ++ ':' ++ error.errorType.identifier, d: error.description, s: error.errorMessage.attributes.statusCode, b: error.errorMessage.payload}]"/></on-error-continue></error-handler>"##;
    let app = serve(
        "request",
        &format!(
            r##"<http:request-config name="base" basePath="/in"><http:request-connection host="127.0.0.1" port="${{port}}"/>
          <http:default-headers><http:default-header key="X-Default" value="d"/></http:default-headers></http:request-config>
        <flow name="in"><http:listener config-ref="api" path="/in/*"/>
          <set-payload value="#[output application/json indent=false --- {{m: attributes.method, u: attributes.rawRequestUri, h: attributes.headers.'x-a', d: attributes.headers.'x-default', c: attributes.headers.cookie, t: attributes.headers.'content-type', b: payload, same: correlationId == attributes.headers.'x-correlation-id'}}]"/></flow>
        <flow name="status"><http:listener config-ref="api" path="/status/{{code}}"><http:response statusCode="#[attributes.uriParams.code]"><http:headers>#[if (attributes.queryParams.to != null) {{Location: attributes.queryParams.to}} else {{}}]</http:headers></http:response></http:listener><set-payload value="said"/></flow>
        <flow name="cookie"><http:listener config-ref="api" path="/cookie"><http:response><http:headers>#[{{'Set-Cookie': 'seen=yes; Path=/'}}]</http:headers></http:response></http:listener></flow>
        <flow name="full"><http:listener config-ref="api" path="/full"/><set-payload value="#[output application/json --- {{a: 1}}]"/>
          <http:request config-ref="base" method="POST" path="/{{p}}"><http:headers>#[{{'X-A': 'v'}}]</http:headers><http:uri-params>#[{{p: 'x y'}}]</http:uri-params><http:query-params>#[{{q: 'a&amp;b', n: null}}]</http:query-params></http:request></flow>
        <flow name="get"><http:listener config-ref="api" path="/get"/><set-payload value="not sent"/><http:request config-ref="self" path="/in/g"/></flow>
        <flow name="cookies"><http:listener config-ref="api" path="/cookies"/><http:request config-ref="self" path="/cookie"/><http:request config-ref="self" path="/in/c"/></flow>
        <flow name="redirect"><http:listener config-ref="api" path="/redirect"/><http:request config-ref="self" path="/status/302?to=/in/r"/></flow>
        <flow name="stay"><http:listener config-ref="api" path="/stay"/><http:request config-ref="self" path="/status/302?to=/in/r" followRedirects="false" target="t" targetValue="#[attributes.statusCode]"/><set-payload value="#[vars.t]"/></flow>
        <flow name="fail"><http:listener config-ref="api" path="/fail"/><http:request config-ref="self" path="#['/status/' ++ attributes.queryParams.code]"/>{handler}</flow>
        <flow name="accept"><http:listener config-ref="api" path="/accept"/><http:request config-ref="self" path="/status/404"><http:response-validator><http:success-status-code-validator values="200..299,404"/></http:response-validator></http:request></flow>
        <flow name="reject"><http:listener config-ref="api" path="/reject"/><http:request config-ref="self" path="/status/200"><http:response-validator><http:expression-response-validator expression="#[payload == 'other']"/></http:response-validator></http:request>{handler}</flow>
        <flow name="late"><http:listener config-ref="api" path="/late"/><http:request url="http://127.0.0.1:${{silent}}/" responseTimeout="200"/>{handler}</flow>
        <flow name="closed"><http:listener config-ref="api" path="/closed"/><http:request url="http://127.0.0.1:${{closed}}/x"/>{handler}</flow>"##
        ),
        &["-D", &format!("silent={silent}"), "-D", &format!("closed={}", serve::free_port())],
    );
    assert_eq!(
        app.get("/full"),
        r#"{"m": "POST","u": "/in/x%20y?q=a%26b","h": "v","d": "d","c": null,"t": "application/json; charset=UTF-8","b": {"a": 1},"same": true}"#
    );
    assert!(app.get("/get").contains(r#""b": """#));
    assert!(app.get("/cookies").contains(r#""c": "seen=yes""#));
    assert!(app.get("/redirect").contains(r#""u": "/in/r""#));
    assert_eq!(app.get("/stay"), "302");
    let uri = format!("http://127.0.0.1:{}", app.port);
    for (code, kind, text) in [
        (404, "HTTP:NOT_FOUND", ": not found (404)."),
        (401, "HTTP:UNAUTHORIZED", ": unauthorized (401)."),
        (503, "HTTP:SERVICE_UNAVAILABLE", ": service unavailable (503)."),
        (418, "MULE:UNKNOWN", " with status code 418."),
    ] {
        let description = format!("HTTP GET on resource '{uri}/status/{code}' failed{text}");
        let want = format!(r#"{{"t": "{kind}","d": "{description}","s": {code},"b": "said"}}"#);
        assert_eq!(app.get(&format!("/fail?code={code}")), want);
    }
    assert_eq!(app.get("/accept"), "said");
    assert!(
        app.get("/reject").contains(
            r#""t": "HTTP:BAD_REQUEST","d": "The expression 'payload == 'other'' evaluated to false","s": 200"#
        )
    );
    let start = Instant::now();
    assert!(app.get("/late").contains(r#""t": "HTTP:TIMEOUT","d": "HTTP GET on resource 'http://127.0.0.1:"#));
    assert!(start.elapsed() < Duration::from_secs(5));
    assert!(app.get("/closed").contains(r#"failed: Connection refused.","s": null,"b": null"#));
}

#[test]
fn a_stopping_app_answers_what_runs_and_takes_nothing_new() {
    let elements = r##"<flow name="slow"><http:listener config-ref="api" path="/slow"/><set-payload value="#[dw::Runtime::wait('done', 700)]"/></flow>"##;
    let mut app = serve("stop", elements, &[]);
    let mut client = app.connect();
    client.write_all(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    app.signal("TERM");
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"), "{answer}");
    assert_eq!(app.ended(), Some(0));
    app.wait_for("Stopped app 'app'\n");
}

#[test]
fn what_does_not_end_in_time_is_cut_and_counted() {
    let (silent, _closed) = silent_service();
    let elements = r#"<configuration shutdownTimeout="200"/><flow name="hang"><http:listener config-ref="api" path="/hang"/><http:request url="http://127.0.0.1:${silent}/"/></flow>"#;
    let mut app = serve("cut", elements, &["-D", &format!("silent={silent}")]);
    let mut client = app.connect();
    client.write_all(b"GET /hang HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    app.signal("INT");
    assert_eq!(app.ended(), Some(0));
    app.wait_for("1 events were cut");
}

#[test]
fn mistakes_are_reported_before_anything_starts() {
    let path = file(
        "mistakes",
        "app.xml",
        &app(
            r#"<http:listener-config name="tls"><http:listener-connection host="x" port="1" protocol="HTTPS" hots="y"/></http:listener-config>
        <flow name="a"><http:listener config-ref="api" path="/a/{x}"/></flow>
        <flow name="b"><http:listener config-ref="api" path="/a/{y}"/></flow>
        <flow name="c"><http:listener config-ref="apy" path="/c*"/><http:request path="/x"/></flow>"#,
        ),
    );
    let output =
        Command::new(env!("CARGO_BIN_EXE_dwrun")).args(["serve", path.to_str().unwrap(), "-Dport=1"]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    for part in [
        "no certificate to show",
        "`hots`",
        "Already exists a listener",
        "`apy`",
        "invalid use of a wildcard",
        "neither `url` nor a host",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn logs_and_traces_are_as_they_are_asked_for() {
    let elements = r##"<flow name="a"><http:listener config-ref="api" path="/a"/><logger level="WARN" message="got #[attributes.method]" category="shop"/>
      <scatter-gather><route><set-payload value="1" doc:name="One"/></route><route><set-payload value="2"/></route></scatter-gather></flow>"##;
    let app = serve("log", elements, &["--trace"]);
    app.send("GET /a", "X-Correlation-ID: e-1\r\n", "");
    app.wait_for("[processor: a/processors/0; event: e-1] shop: got GET");
    assert!(app.log().contains("WARN  2"), "{}", app.log());
    app.wait_for("trace of event e-1 in a: ");
    app.wait_for("    set-payload \"One\"");
    let json = serve("log-json", elements, &["--log-format", "json"]);
    json.send("GET /a", "X-Correlation-ID: e-2\r\n", "");
    json.wait_for(r#""level":"WARN""#);
    let log = json.log();
    let line = log.lines().find(|line| line.contains("got GET")).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["event"], &line["category"]), (&"e-2".into(), &"shop".into()));
}

#[test]
fn a_change_is_served_and_a_mistake_leaves_the_app_as_it_was() {
    let version = |text: &str| {
        app(&format!(
            r#"<flow name="a"><http:listener config-ref="api" path="/a"/><set-payload value="{text}"/></flow>"#
        ))
    };
    let path = file("watch", "app.xml", &version("one"));
    let served = serve::serve_path(&path, &["--watch"]);
    assert_eq!(served.get("/a"), "one");
    std::fs::write(&path, version("#[").replace("</mule>", "")).unwrap();
    served.wait_for("The app runs on as it was.");
    assert_eq!(served.get("/a"), "one");
    std::fs::write(&path, version("two")).unwrap();
    served.wait_for("Stopped app");
    let start = Instant::now();
    while served.log().matches("Started app").count() < 2 && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(served.get("/a"), "two");
}

#[test]
#[cfg(target_os = "linux")]
fn large_bodies_take_no_memory() {
    let elements = r##"<flow name="echo"><http:listener config-ref="api" path="/echo"/></flow>
        <flow name="through"><http:listener config-ref="api" path="/through"/><http:request config-ref="self" path="/echo" method="POST"/></flow>
        <flow name="count"><http:listener config-ref="api" path="/count"/><set-payload value="#[sizeOf(payload)]"/></flow>"##;
    let app = serve("large", elements, &[]);
    let line = "{\"name\": \"tea\", \"price\": 4.5, \"text\": \"a cup of it\"}";
    let lines = 2_000_000;
    let length = lines * (line.len() + 2);
    let send = |path: &str| {
        let mut stream = app.connect();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let block = format!("{line},\n").repeat(1000);
        for n in 0..lines / 1000 {
            let mut block = block.clone();
            if n == 0 {
                block.replace_range(..1, "[");
                block.insert(1, '{');
                block.truncate(block.len() - 1);
            }
            if n == lines / 1000 - 1 {
                block.replace_range(block.len() - 2.., "]\n");
            }
            stream.write_all(block.as_bytes()).unwrap();
        }
        let (mut answer, mut count) = (Vec::new(), 0);
        let mut piece = vec![0; 1 << 16];
        while let Ok(read @ 1..) = stream.read(&mut piece) {
            count += read;
            answer.extend_from_slice(&piece[..read.min(1000usize.saturating_sub(answer.len()))]);
        }
        (String::from_utf8_lossy(&answer).into_owned(), count)
    };
    let (answer, count) = send("/through");
    assert!(answer.starts_with("HTTP/1.1 200") && count > length, "{answer}");
    let (answer, _) = send("/count");
    assert_eq!(body(&answer), lines.to_string());
    assert!(app.peak_memory() < 200 << 20, "{} MiB", app.peak_memory() >> 20);
}
