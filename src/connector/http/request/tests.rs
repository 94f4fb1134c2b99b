//! Requests to services of the test's own, some of which go away and come back.

use crate::connector::testing::{free_port, outcome, start};
use crate::flow::app::App;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// An app that answers on a port.
async fn service(port: u16) -> Arc<App> {
    let app = start(&format!(
        r#"<http:listener-config name="in"><http:listener-connection host="127.0.0.1" port="{port}"/></http:listener-config>
        <flow name="echo"><http:listener config-ref="in" path="/echo"/></flow>"#
    ))
    .await;
    app.start_sources().await.unwrap();
    app
}

/// An app whose flow `ask` sends its payload to a port.
async fn client(port: u16, connection: &str, parts: &str) -> Arc<App> {
    start(&format!(
        r##"<http:request-config name="out"><http:request-connection host="127.0.0.1" port="{port}">{connection}</http:request-connection></http:request-config>
        <flow name="ask"><set-payload value="#[payload]" mimeType="text/plain"/>
          <try><http:request method="POST" config-ref="out" path="/echo">{parts}</http:request>
          <error-handler><on-error-propagate type="HTTP:CONNECTIVITY"><logger level="TRACE"/></on-error-propagate></error-handler></try></flow>
        <flow name="handled"><try><flow-ref name="ask"/><error-handler>
          <on-error-continue type="HTTP:CONNECTIVITY"><set-payload value="#[error.errorType.identifier]"/></on-error-continue></error-handler></try></flow>"##
    ))
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_wait_for_a_service_that_comes_back() {
    let port = free_port();
    let first = service(port).await;
    let again = |what: &str| format!("<reconnection><{what} frequency='40'/></reconnection>");
    let counted = client(port, &again("reconnect count='100'"), "").await;
    let forever = client(port, &again("reconnect count='1'"), "<reconnect-forever frequency='40'/>").await;
    let hasty = client(port, &again("reconnect count='2'"), "").await;
    let once = client(port, "", "").await;
    for app in [&counted, &forever, &hasty, &once] {
        assert_eq!(outcome(app, "ask", "1").await, "1");
    }
    first.stop().await;
    let refused = format!("HTTP POST on resource 'http://127.0.0.1:{port}/echo' failed: Connection refused.");
    assert_eq!(outcome(&hasty, "ask", "2").await, format!("HTTP:RETRY_EXHAUSTED: {refused}"));
    assert_eq!(outcome(&hasty, "handled", "2").await, "RETRY_EXHAUSTED", "handlers of what the vendor raises take it");
    assert_eq!(outcome(&once, "ask", "2").await, format!("HTTP:CONNECTIVITY: {refused}"));
    let (third, fourth, second) = tokio::join!(outcome(&counted, "ask", "3"), outcome(&forever, "ask", "4"), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        service(port).await
    });
    assert_eq!((third.as_str(), fourth.as_str()), ("3", "4"));
    second.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_waits_for_its_port() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let listener = |connection: &str, own: &str| {
        format!(
            r#"<http:listener-config name="in"><http:listener-connection host="127.0.0.1" port="{port}">{connection}</http:listener-connection></http:listener-config>
            <flow name="echo"><http:listener config-ref="in" path="/echo">{own}</http:listener></flow>"#
        )
    };
    let refused = start(&listener("", "")).await.start_sources().await.unwrap_err();
    assert!(refused.message().starts_with(&format!("cannot listen on 127.0.0.1:{port}")), "{refused}");
    let strict = "<reconnection failsDeployment='true'><reconnect-forever/></reconnection>";
    assert!(start(&listener(strict, "")).await.start_sources().await.is_err());
    let app =
        start(&listener("<reconnection><reconnect count='1'/></reconnection>", "<reconnect-forever frequency='30'/>"))
            .await;
    app.start_sources().await.unwrap();
    drop(taken);
    let asking = client(port, "", "<reconnect count='100' frequency='30'/>").await;
    assert_eq!(outcome(&asking, "ask", "1").await, "1");
    app.stop().await;
}

/// A service that refuses the first token and counts how many it gives away.
async fn token_service() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, given) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let count = given.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let count = count.clone();
            tokio::spawn(async move {
                let mut buffer = vec![0; 4096];
                let length = stream.read(&mut buffer).await.unwrap();
                let request = String::from_utf8_lossy(&buffer[..length]).into_owned();
                tokio::time::sleep(Duration::from_millis(30)).await;
                let (status, body) = match request.starts_with("POST /token") {
                    true => ("200 OK", format!(r#"{{"access_token": "t{}"}}"#, count.fetch_add(1, Ordering::SeqCst))),
                    false if request.contains("Bearer t0") => ("401 Unauthorized", String::new()),
                    false => ("200 OK", "in".to_string()),
                };
                let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
                stream.write_all((head + &body).as_bytes()).await.unwrap();
            });
        }
    });
    (port, given)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_fetched_once_for_all_who_wait() {
    let (port, given) = token_service().await;
    let app = start(&format!(
        r#"<http:request-config name="out"><http:request-connection host="127.0.0.1" port="{port}"><http:authentication>
          <oauth:client-credentials-grant-type xmlns:oauth="http://www.mulesoft.org/schema/mule/oauth" clientId="a" clientSecret="b" tokenUrl="http://127.0.0.1:{port}/token"/>
        </http:authentication></http:request-connection></http:request-config>
        <flow name="ask"><http:request config-ref="out" path="/x" outputMimeType="text/plain"/></flow>"#
    ))
    .await;
    let all = futures_util::future::join_all((0..8).map(|_| outcome(&app, "ask", "x"))).await;
    assert!(all.iter().all(|answer| answer == "in"), "{all:?}");
    assert_eq!(given.load(Ordering::SeqCst), 2, "one that is refused, and one for all after it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_stand_in_a_header_is_an_error() {
    for (attributes, parts) in [
        (r##"correlationId="#['a\nb']""##, ""),
        ("", "<http:headers>#[{'x y': 1}]</http:headers>"),
        ("", "<http:headers>#[{x: 'a\\nb'}]</http:headers>"),
    ] {
        let request = format!(r#"<http:request url="http://127.0.0.1:1/" {attributes}>{parts}</http:request>"#);
        let found = outcome(&start(&format!("<flow name='f'>{request}</flow>")).await, "f", "x").await;
        assert!(found.starts_with("MULE:EXPRESSION: ") && found.contains("is no header"), "{request}: {found}");
    }
}
