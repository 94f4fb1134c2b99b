//! Mails that are sent to a small server of the test's own.

pub mod office;

use crate::connector::testing::{load, outcome, start};
use crate::flow::app::App;
use office::{Habits, Office, certificate};
use std::sync::Arc;
use std::time::Duration;

/// An app whose flow `send` sends a mail to the server on a port.
async fn shop(connection: &str, send: &str) -> Arc<App> {
    start(&format!(
        r##"<email:smtp-config name="post" from="shop@corner.example">{connection}</email:smtp-config>
        <flow name="send"><email:send config-ref="post" {send}</email:send><set-payload value="sent"/></flow>"##
    ))
    .await
}

fn plain(port: u16, attributes: &str, parts: &str) -> String {
    format!(r#"<email:smtp-connection host="127.0.0.1" port="{port}" {attributes}>{parts}</email:smtp-connection>"#)
}

const TO_BOB: &str = r#"toAddresses="bob@corner.example">"#;

#[tokio::test(flavor = "multi_thread")]
async fn mails_arrive_as_they_were_made() {
    let office = Office::open(0, Habits::default()).await;
    let send = r##"subject="#['Order ' ++ payload]" fromAddress="Ann &lt;ann@corner.example>" attachmentsContentTransferEncoding="7BIT" bccAddresses="#[['boss@corner.example', null]]">
      <email:to-addresses><email:to-address value="bob@corner.example"/><email:to-address value="#['carl' ++ '@corner.example']"/></email:to-addresses>
      <email:cc-addresses><email:cc-address value="dora@corner.example"/></email:cc-addresses>
      <email:reply-to-addresses><email:reply-to-address value="desk@corner.example"/></email:reply-to-addresses>
      <email:headers>#[{'X-Shop': 7}]</email:headers>
      <email:body contentType="text/html" contentTransferEncoding="#['8BIT']"><email:content>#['&lt;p>Olá ' ++ payload ++ '&lt;/p>\n.\n']</email:content></email:body>
      <email:attachments>#[{'order.json': write({id: 7}, 'application/json', {indent: false}), 'note.txt': 'hi'}]</email:attachments>"##;
    let app = shop(&plain(office.address.port(), "", ""), send).await;
    assert_eq!(outcome(&app, "send", "7").await, "sent");
    let mails = office.mails();
    let mail = &mails[0];
    for part in [
        "MAIL FROM:<ann@corner.example> BODY=8BITMIME\nRCPT TO:<bob@corner.example>\nRCPT TO:<carl@corner.example>\nRCPT TO:<dora@corner.example>\nRCPT TO:<boss@corner.example>\n",
        "From: Ann <ann@corner.example>\r\n",
        "To: bob@corner.example, carl@corner.example\r\n",
        "Cc: dora@corner.example\r\n",
        "Reply-To: desk@corner.example\r\n",
        "Subject: Order 7\r\n",
        "X-Shop: 7\r\n",
        "Content-Type: text/html; charset=utf-8\r\n",
        "<p>Olá 7</p>\r\n..\r\n",
        "Content-Disposition: attachment; filename=\"order.json\"\r\n",
        r#"{"id": 7}"#,
        "Message-ID: <",
        "Date: ",
    ] {
        assert!(mail.contains(part), "{part} is not in {mail}");
    }
    assert!(!mail.contains("Bcc"), "{mail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn payloads_are_bodies() {
    let office = Office::open(0, Habits::default()).await;
    let app = shop(&plain(office.address.port(), "", ""), TO_BOB).await;
    assert_eq!(outcome(&app, "send", "hello").await, "sent");
    let mails = office.mails();
    for part in ["From: shop@corner.example", "Subject: [No Subject]", "text/plain; charset=utf-8", "aGVsbG8="] {
        assert!(mails[0].contains(part), "{part} is not in {}", mails[0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_say_why_not() {
    let open = Office::open(0, Habits::default()).await;
    let asking = Office::open(0, Habits { asks: true, ..Habits::default() }).await;
    let silent = Office::open(0, Habits { silent: true, ..Habits::default() }).await;
    let (open, asking, silent) = (open.address.port(), asking.address.port(), silent.address.port());
    let known = r#"user="ann" password="secret""#;
    let attachments = |text: &str| format!("{TO_BOB}<email:attachments>#[{text}]</email:attachments>");
    let body = |what: &str| format!("{TO_BOB}<email:body {what}/>");
    let to = |address: &str| format!(r#"toAddresses="{address}">"#);
    let (bob, sending) = (TO_BOB.to_string(), "EMAIL:SEND: Error while sending email: ");
    let send = |why: &str| format!("{sending}{why}");
    for (port, connection, mail, expected) in [
        (asking, known, bob.clone(), "sent".to_string()),
        (open, known, bob.clone(), "sent".to_string()),
        (
            asking,
            "",
            bob.clone(),
            "EMAIL:CONNECTIVITY: Error while sending email: 530 5.7.0 say who you are".to_string(),
        ),
        (
            asking,
            r#"user="ann" password="wrong""#,
            bob.clone(),
            "EMAIL:AUTHENTICATION: Error while sending email: 535 5.7.8 who are you".to_string(),
        ),
        (
            open,
            r#"user="ann""#,
            bob.clone(),
            "EMAIL:INVALID_CREDENTIALS: Username provided but password was not specified.".to_string(),
        ),
        (
            open,
            r#"password="x""#,
            bob.clone(),
            "EMAIL:INVALID_CREDENTIALS: Password provided but username was not specified.".to_string(),
        ),
        (open, "", to("nobody@corner.example"), send("550 5.1.1 no such user")),
        (open, "", to("bob at home"), send("Error while creating bob at home InternetAddress")),
        (open, "", to("#[[]]"), send("No recipient addresses")),
        (
            open,
            "",
            attachments("{a: null}"),
            "EMAIL:ATTACHMENT: Error while adding attachment: a: it is null".to_string(),
        ),
        (open, "", attachments("'x'"), "EMAIL:ATTACHMENT: ".to_string()),
        (open, "", body("contentType=\"nothing\""), send("")),
        (open, "", body("contentTransferEncoding=\"rot13\""), send("unknown content transfer encoding 'rot13'")),
        (silent, r#"readTimeout="60" timeoutUnit="MILLISECONDS""#, bob.clone(), send("timed out")),
        (
            1,
            "",
            bob.clone(),
            "EMAIL:CONNECTIVITY: Error while sending email: Couldn't connect to host, port: 127.0.0.1, 1; timeout 5000"
                .to_string(),
        ),
    ] {
        let app = shop(&plain(port, connection, ""), &mail).await;
        let found = outcome(&app, "send", "x").await;
        assert!(found.starts_with(&expected), "{connection} {mail}: {found}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_secured() {
    let secure = Office::open(0, Habits { secure: true, asks: true, ..Habits::default() }).await;
    let securable = Office::open(0, Habits { securable: true, ..Habits::default() }).await;
    let open = Office::open(0, Habits::default()).await;
    let smtps = |trust: &str| {
        format!(
            r#"<email:smtps-connection host="localhost" port="{}" user="ann" password="secret"><tls:context>{trust}</tls:context></email:smtps-connection>"#,
            secure.address.port()
        )
    };
    let trusting = smtps(&format!(r#"<tls:trust-store path="{}"/>"#, certificate("ca.pem").display()));
    assert_eq!(outcome(&shop(&trusting, TO_BOB).await, "send", "x").await, "sent");
    let found = outcome(&shop(&smtps(""), TO_BOB).await, "send", "x").await;
    assert!(found.starts_with("EMAIL:SSL_ERROR: ") && found.contains("UnknownIssuer"), "{found}");

    let property = |name: &str| {
        format!(
            r#"<email:properties><email:property key="mail.smtp.starttls.{name}" value="true"/></email:properties>"#
        )
    };
    let unknown = shop(&plain(securable.address.port(), "", &property("enable")), TO_BOB).await;
    let found = outcome(&unknown, "send", "x").await;
    assert!(found.starts_with("EMAIL:SSL_ERROR: "), "a certificate that nobody trusts is refused: {found}");
    let trusted = |hosts: &str| {
        let trust = format!(r#"<email:property key="mail.smtp.ssl.trust" value="{hosts}"/></email:properties>"#);
        property("required").replace("</email:properties>", &trust)
    };
    for (hosts, expected) in [("*", "sent"), ("a.example 127.0.0.1", "sent"), ("a.example", "EMAIL:SSL_ERROR: ")] {
        let app = shop(&plain(securable.address.port(), "", &trusted(hosts)), TO_BOB).await;
        let found = outcome(&app, "send", "x").await;
        assert!(found.starts_with(expected), "{hosts}: {found}");
    }
    let willing = shop(&plain(open.address.port(), "", &property("enable")), TO_BOB).await;
    assert_eq!(outcome(&willing, "send", "x").await, "sent");
    let strict = shop(&plain(open.address.port(), "", &property("required")), TO_BOB).await;
    let found = outcome(&strict, "send", "x").await;
    assert_eq!(found, "EMAIL:SEND: Error while sending email: STARTTLS is required but host does not support STARTTLS");
    assert_eq!((secure.mails().len(), securable.mails().len(), open.mails().len()), (1, 2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_wait_for_a_server_that_comes_back() {
    let office = Office::open(0, Habits::default()).await;
    let port = office.address.port();
    let again = |count: u32| format!(r#"<reconnection><reconnect count="{count}" frequency="50"/></reconnection>"#);
    let patient = shop(&plain(port, "", &again(100)), TO_BOB).await;
    let hasty = shop(&plain(port, "", &again(2)), TO_BOB).await;
    let own = |what: &str| format!(r#"{TO_BOB}<{what} frequency="40"/>"#);
    let forever = shop(&plain(port, "", &again(1)), &own("reconnect-forever")).await;
    let own = shop(&plain(port, "", ""), &own(r#"reconnect count="1""#)).await;
    assert_eq!(outcome(&patient, "send", "1").await, "sent");
    office.close().await;
    for app in [hasty, own] {
        let found = outcome(&app, "send", "2").await;
        assert!(found.starts_with("EMAIL:RETRY_EXHAUSTED: Error while sending email: Couldn't connect"), "{found}");
    }
    let (sent, sent_at_last, office) =
        tokio::join!(outcome(&patient, "send", "3"), outcome(&forever, "send", "4"), async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            Office::open(port, Habits::default()).await
        });
    assert_eq!((sent.as_str(), sent_at_last.as_str(), office.mails().len()), ("sent", "sent", 2));
}

#[test]
fn mistakes_are_told_at_the_start() {
    for (elements, expected) in [
        (r#"<email:smtp-config name="a"/>"#, "the configuration takes one connection"),
        (
            r#"<email:smtp-config name="a"><email:smtps-connection host="x"/></email:smtp-config>"#,
            "TLS context wasn't configured",
        ),
        (r#"<flow name="f"><email:send config-ref="a"/></flow>"#, "the mail is for nobody"),
        (
            r#"<flow name="f"><email:list-imap config-ref="a"/></flow>"#,
            "`email:list-imap` needs a mailbox, over IMAP or POP3, which dwrun does not read",
        ),
        (r#"<email:pop3-config name="a"/>"#, "mock the rest in tests"),
    ] {
        let report = load(elements).err().unwrap().to_string();
        assert!(report.contains(expected), "{report}");
    }
}
