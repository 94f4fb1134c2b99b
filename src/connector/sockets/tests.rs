//! Messages between apps, and between an app and a peer that sends what no app would.

use crate::connector::testing::{free_port, load, outcome, start};
use crate::flow::app::App;
use std::net::TcpListener as Taken;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A flow that takes messages and says them again with a mark.
fn marks(connection: &str) -> String {
    format!(
        r##"<sockets:listener-config name="in">{connection}</sockets:listener-config>
        <flow name="mark"><sockets:listener config-ref="in" outputMimeType="text/plain" responseValue="#[if (payload startsWith 'quiet') null else payload]"/>
          <choice><when expression="#[payload contains 'fail']"><raise-error type="APP:NO"/></when></choice>
          <set-payload value="#[payload ++ '_marked']"/></flow>"##
    )
}

/// Flows that send a message, and that wait for the answer.
fn sends(connection: &str, parts: &str) -> String {
    format!(
        r##"<sockets:request-config name="out">{connection}</sockets:request-config>
        <flow name="ask"><sockets:send-and-receive config-ref="out" outputMimeType="text/plain">{parts}</sockets:send-and-receive>
          <set-payload value="#[(payload default 'nothing') ++ ' ' ++ attributes.hostAddress]"/></flow>
        <flow name="send"><sockets:send config-ref="out">{parts}</sockets:send><set-payload value="sent"/></flow>"##
    )
}

fn requester(port: u16, attributes: &str, parts: &str) -> String {
    format!(
        r#"<sockets:tcp-requester-connection host="127.0.0.1" port="{port}" {attributes}>{parts}</sockets:tcp-requester-connection>"#
    )
}

fn listener(port: u16, attributes: &str, parts: &str) -> String {
    format!(
        r#"<sockets:tcp-listener-connection host="127.0.0.1" port="{port}" {attributes}>{parts}</sockets:tcp-listener-connection>"#
    )
}

fn protocol(element: &str) -> String {
    format!("<sockets:protocol><sockets:{element}/></sockets:protocol>")
}

/// An app with its sources at work.
async fn serve(elements: &str) -> Arc<App> {
    let app = start(elements).await;
    app.start_sources().await.unwrap();
    app
}

/// A peer that answers each burst of bytes with what a function makes of it; nothing ends the connection.
async fn peer(port: u16, answer: fn(&[u8]) -> Option<Vec<u8>>) -> (u16, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let task = tokio::spawn(async move {
        let mut connections = tokio::task::JoinSet::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            connections.spawn(async move {
                let mut buffer = [0; 1024];
                while let Ok(count @ 1..) = stream.read(&mut buffer).await {
                    let Some(answer) = answer(&buffer[..count]) else { return };
                    stream.write_all(&answer).await.unwrap();
                }
            });
        }
    });
    (port, task)
}

#[tokio::test(flavor = "multi_thread")]
async fn all_protocols_bring_messages_there_and_back() {
    for element in [
        "",
        "direct-protocol",
        "eof-protocol",
        "streaming-protocol",
        "length-protocol",
        "safe-protocol",
        "xml-message-protocol",
        "xml-message-eof-protocol",
    ] {
        // A document whose end only the end of the connection tells has no answer over the same connection.
        let one_way = element == "xml-message-eof-protocol";
        let held = if element.is_empty() { String::new() } else { protocol(element) };
        let port = free_port();
        let app = serve(&(marks(&listener(port, "", &held)) + &sends(&requester(port, "", &held), ""))).await;
        for message in ["hello", "again"] {
            match one_way {
                true => assert_eq!(outcome(&app, "send", message).await, "sent"),
                false => {
                    assert_eq!(outcome(&app, "ask", message).await, format!("{message}_marked 127.0.0.1"), "{element}")
                }
            }
        }
        let long = "x".repeat(100_000);
        if !one_way && !element.starts_with("direct") && element != "xml-message-protocol" {
            assert_eq!(outcome(&app, "ask", long.as_str()).await, format!("{long}_marked 127.0.0.1"), "{element}");
        }
        app.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn packets_go_there_and_back() {
    let port = free_port();
    let udp = |what: &str, attributes: &str| {
        format!(r#"<sockets:udp-{what}-connection host="127.0.0.1" port="{port}" {attributes}/>"#)
    };
    let app = serve(&(marks(&udp("listener", "")) + &sends(&udp("requester", r#"clientTimeout="100""#), ""))).await;
    assert_eq!(outcome(&app, "ask", "hello").await, "hello_marked 127.0.0.1");
    assert_eq!(outcome(&app, "send", "hello").await, "sent");
    for message in ["quiet", "fail"] {
        let late = "SOCKETS:CONNECTION_TIMEOUT: UDP socket timed out while waiting for a response";
        assert_eq!(outcome(&app, "ask", message).await, late);
    }
    app.stop().await;
    assert!(outcome(&app, "ask", "hello").await.starts_with("SOCKETS:CONNECTION_TIMEOUT"));
    let lost = start(&sends(r#"<sockets:udp-requester-connection host="no.such.host.invalid" port="1"/>"#, "")).await;
    let unknown = "SOCKETS:UNKNOWN_HOST: Host 'no.such.host.invalid' could not be resolved";
    assert_eq!(outcome(&lost, "send", "hello").await, unknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_begin_and_end_as_their_protocol_says() {
    for (element, sent, expected) in [
        ("length-protocol", &b"\0\0\0\x01a\0\0\0\x02bc"[..], &b"\0\0\0\x08a_marked\0\0\0\x09bc_marked"[..]),
        ("length-protocol", b"\0\0\0\x05ab", b""),
        ("length-protocol maxMessageLength=\"2\"", b"\0\0\0\x03abc", b""),
        ("length-protocol", b"\xff\0\0\0abc", b""),
        ("safe-protocol", b"\0\0\0\x03abc", b""),
        ("xml-message-protocol", b"<?xml a?><?xml b?>", b"<?xml a?>_marked<?xml b?>_marked"),
        ("xml-message-eof-protocol", b"<?xml a?><?xml b?>", b"<?xml a?>_marked<?xml b?>_marked"),
        ("eof-protocol", b"all of it", b"all of it_marked"),
        ("direct-protocol", b"quiet", b""),
        ("direct-protocol", b"fail", b""),
    ] {
        let port = free_port();
        let app = serve(&marks(&listener(port, "", &protocol(element)))).await;
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.write_all(sent).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        assert_eq!(String::from_utf8_lossy(&answer), String::from_utf8_lossy(expected), "{element}");
        app.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn services_say_nothing_or_the_wrong_thing() {
    let (echo, _echo) = peer(0, |bytes| Some(bytes.to_vec())).await;
    let (mute, _mute) = peer(0, |_| Some(Vec::new())).await;
    let (gone, _gone) = peer(0, |_| None).await;
    let (long, _long) = peer(0, |_| Some(vec![0, 1, 0, 0])).await;
    let brief = r#"clientTimeout="80""#;
    let lost = requester(1, "", "").replace("127.0.0.1", "no.such.host.invalid");
    for (connection, expected) in [
        (requester(echo, "", &protocol("direct-protocol")), "hello 127.0.0.1"),
        (requester(mute, brief, &protocol("direct-protocol")), "nothing 127.0.0.1"),
        (
            requester(mute, brief, &protocol("direct-protocol rethrowExceptionOnRead=\"true\"")),
            "SOCKETS:CONNECTION_TIMEOUT: Socket read operation timed out",
        ),
        (requester(mute, brief, &protocol("length-protocol")), "SOCKETS:CONNECTION_TIMEOUT: "),
        (requester(gone, "", &protocol("direct-protocol")), "nothing 127.0.0.1"),
        (
            requester(long, "", &protocol("length-protocol maxMessageLength=\"9\"")),
            "SOCKETS:LENGTH_EXCEEDED: Message length is '65536' and exceeds the limit '9'",
        ),
        (requester(long, brief, ""), "MULE:UNKNOWN: You are not using a consistent protocol"),
        (
            requester(echo, "", &protocol("length-protocol maxMessageLength=\"4\"")),
            "SOCKETS:LENGTH_EXCEEDED: Message length is '5' and exceeds the limit '4'",
        ),
        (
            requester(1, "", ""),
            "SOCKETS:CONNECTIVITY: Could not connect TCP requester socket to host '127.0.0.1' on port '1'",
        ),
        (lost, "SOCKETS:UNKNOWN_HOST: Could not connect TCP requester socket to host 'no.such.host.invalid'"),
    ] {
        let app = start(&sends(&connection, "")).await;
        let found = outcome(&app, "ask", "hello").await;
        assert!(found.starts_with(expected), "{connection}: {found}");
    }
    let app = start(&sends(&requester(1, "", ""), "<sockets:content>#['x']</sockets:content>")).await;
    assert!(outcome(&app, "send", "hello").await.starts_with("SOCKETS:CONNECTIVITY: "));
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_wait_for_a_service_that_comes_back() {
    let echo = |bytes: &[u8]| Some(bytes.to_vec());
    let (port, task) = peer(0, echo).await;
    let direct = protocol("direct-protocol");
    let again =
        |count: u32| format!(r#"<reconnection><reconnect count="{count}" frequency="40"/></reconnection>{direct}"#);
    let patient = start(&sends(&requester(port, "", &again(100)), "")).await;
    let hasty = start(&sends(&requester(port, "", &again(2)), "")).await;
    let own = start(&sends(&requester(port, "", &direct), r#"<reconnect count="1" frequency="10"/>"#)).await;
    let forever = start(&sends(&requester(port, "", &again(1)), r#"<reconnect-forever frequency="40"/>"#)).await;
    for app in [&patient, &hasty, &own, &forever] {
        assert_eq!(outcome(app, "ask", "1").await, "1 127.0.0.1");
    }
    task.abort();
    let _ = task.await;
    for (app, flow) in [(&hasty, "ask"), (&own, "send")] {
        let found = outcome(app, flow, "2").await;
        assert!(found.starts_with("SOCKETS:RETRY_EXHAUSTED: Could not connect"), "{found}");
    }
    let (answer, at_last, sent, _peer) = tokio::join!(
        outcome(&patient, "ask", "3"),
        outcome(&forever, "ask", "4"),
        outcome(&forever, "send", "5"),
        async {
            tokio::time::sleep(Duration::from_millis(150)).await;
            peer(port, echo).await
        }
    );
    assert_eq!((answer.as_str(), at_last.as_str(), sent.as_str()), ("3 127.0.0.1", "4 127.0.0.1", "sent"));
}

#[tokio::test(flavor = "multi_thread")]
async fn listeners_wait_for_their_port() {
    let taken = Taken::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let direct = protocol("direct-protocol");
    let hasty = start(&marks(&listener(port, "", &direct))).await;
    let fault = hasty.start_sources().await.unwrap_err();
    assert!(
        fault.message().starts_with(&format!("Could not bind socket to host '127.0.0.1' and port '{port}'")),
        "{fault}"
    );
    let again = format!(r#"<reconnection><reconnect-forever frequency="30"/></reconnection>{direct}"#);
    let strict = again.replace("<reconnection>", r#"<reconnection failsDeployment="true">"#);
    let strict = start(&marks(&listener(port, "", &strict))).await;
    assert!(strict.start_sources().await.is_err());
    let patient =
        serve(&(marks(&listener(port, "", &again)) + &sends(&requester(port, r#"clientTimeout="2000""#, &again), "")))
            .await;
    drop(taken);
    assert_eq!(outcome(&patient, "ask", "hello").await, "hello_marked 127.0.0.1");
    patient.stop().await;
    let next = serve(&marks(&listener(port, "", &direct))).await;
    next.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_secured() {
    let certificates = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls");
    let file = |name: &str| certificates.join(name).display().to_string();
    let port = free_port();
    let shown = format!(r#"<tls:context><tls:key-store path="{}"/></tls:context>"#, file("server.pem"));
    let trusting = format!(r#"<tls:context><tls:trust-store path="{}"/></tls:context>"#, file("ca.pem"));
    let to = |tls: &str| requester(port, "", tls).replace("127.0.0.1", "localhost");
    let served = serve(&marks(&listener(port, "", &shown))).await;
    for (tls, expected) in [
        (trusting.as_str(), "hello_marked 127.0.0.1"),
        ("<tls:context/>", "SOCKETS:CONNECTIVITY: Could not connect TCP requester socket to host 'localhost'"),
    ] {
        let app = start(&sends(&to(tls), "")).await;
        let found = outcome(&app, "ask", "hello").await;
        assert!(found.starts_with(expected), "{found}");
    }
    served.stop().await;
}

#[test]
fn mistakes_are_told_at_the_start() {
    let no_key = r#"<sockets:listener-config name="a"><sockets:tcp-listener-connection host="x" port="1"><tls:context/></sockets:tcp-listener-connection></sockets:listener-config>"#;
    let named = r#"<sockets:request-config name="a"><sockets:tcp-requester-connection host="x" port="1" protocol="b"/></sockets:request-config>"#;
    for (elements, expected) in [
        (r#"<sockets:request-config name="a"/>"#, "the configuration takes one connection"),
        (&named.replace("port=\"1\"", "port=\"70000\""), "70000 is no port"),
        (named, "`protocol` names `b`, which is not there"),
        (no_key, "KeyStore must be configured for server side SSL"),
    ] {
        let report = load(elements).err().unwrap().to_string();
        assert!(report.contains(expected), "{report}");
    }
    assert!(load(&format!(r#"<sockets:length-protocol name="b"/>{named}"#)).is_ok());
}
