//! Who may log in, which servers are trusted, and what becomes of connections that break.

use super::server::{FILES, Server};
use super::{FLOWS, check, config, identity, user};
use crate::connector::testing::{load, outcome, start};
use crate::flow::app::App;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A flow that reads a file of a configuration.
fn reading(name: &str) -> String {
    format!(r#"<flow name="{name}"><sftp:read config-ref="to-{name}" path="a.txt"/></flow>"#)
}

/// An app that reads a file with these configurations: names, attributes and parts.
async fn readers(server: &Server, configs: &[(&str, String, &str)]) -> Arc<App> {
    fs::write(server.desk().join("a.txt"), "milk").unwrap();
    let elements = configs
        .iter()
        .map(|(name, attributes, parts)| config(&format!("to-{name}"), server, attributes, parts) + &reading(name));
    start(&elements.collect::<String>()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_and_servers_have_to_be_known() {
    let Some(mut server) = Server::new() else { return };
    server.restart(&format!("{FILES}\nHostKey {}", server.key("host-rsa").display()));
    let key = |name: &str| identity(&server, name);
    let known = |host: &str| format!(r#"{} knownHostsFile="{}""#, key("ann"), server.known_by(host).display());
    let methods = |method: &str| {
        format!(
            "<sftp:preferred-authentication-methods><sftp:preferred-authentication-method value='{method}'/></sftp:preferred-authentication-methods>"
        )
    };
    let password = methods("PASSWORD");
    let kerberos = methods("GSSAPI_WITH_MIC");
    let refused = "SFTP:INVALID_CREDENTIALS: Could not establish SFTP connection with host: '127.0.0.1'";
    let strange = "SFTP:CANNOT_REACH: Could not establish";
    let cases = [
        ("ed25519", key("ann"), "", "milk"),
        ("ecdsa", key("ecdsa"), "", "milk"),
        ("rsa", key("rsa") + r#" passphrase="secret""#, "", "milk"),
        ("pem", key("pem") + r#" passphrase="secret""#, "", "milk"),
        ("locked", key("rsa") + r#" passphrase="wrong""#, "", refused),
        ("stranger", key("stranger"), "", refused),
        ("public", format!(r#"identityFile="{}""#, server.path("ann.pub").display()), "", refused),
        ("gone", r#"identityFile="/gone""#.to_string(), "", "SFTP:CONNECTIVITY: Could not establish"),
        ("nothing", String::new(), "", refused),
        ("password", r#"password="wrong""#.to_string(), "", refused),
        ("no-key", key("ann"), password.as_str(), refused),
        ("kerberos", key("ann"), kerberos.as_str(), refused),
        ("known", known("host-ed25519"), "", "milk"),
        ("known-other", known("host-rsa"), "", "milk"),
        ("unknown", known("stranger"), "", strange),
        ("unlisted", format!(r#"{} knownHostsFile="{}""#, key("ann"), server.path("config").display()), "", strange),
    ];
    let app = readers(&server, &cases.clone().map(|(name, attributes, parts, _)| (name, attributes, parts))).await;
    check(&app, &cases.map(|(name, _, _, expected)| (name, "", expected.to_string()))).await;
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_may_be_anywhere_without_a_working_directory() {
    let Some(server) = Server::new() else { return };
    fs::write(server.desk().join("a.txt"), "milk").unwrap();
    let at = |folder: &str| {
        config("depot", &server, &identity(&server, "ann"), "")
            .replace(&format!("workingDir=\"{}\"", server.desk().display()), folder)
    };
    let app = start(&(at("") + FLOWS)).await;
    let (path, milk) = (server.desk().join("a.txt").display().to_string(), "milka.txt4".to_string());
    check(&app, &[("read", &path, milk)]).await;
    app.stop().await;
    let app = start(&(at("workingDir=\"/nowhere/at/all\"") + FLOWS)).await;
    check(&app, &[("read", "a.txt", "SFTP:ILLEGAL_PATH: Could not change working directory to".to_string())]).await;
    app.stop().await;
}

/// A port where nobody speaks SSH: everybody who comes gets this, and is cut off or left alone.
fn impostor(words: &'static str, cuts: bool) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(words.as_bytes());
            let mut piece = [0; 4096];
            let _ = stream.read(&mut piece);
            if !cuts {
                thread::spawn(move || while stream.read(&mut piece).is_ok_and(|length| length > 0) {});
            }
        }
    });
    port
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_are_none_are_told_apart() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let at = |name: &str, host: &str, port: u16, parts: &str| {
        format!(
            r#"<sftp:config name="to-{name}"><sftp:connection host="{host}" port="{port}" username="a" password="b" connectionTimeout="300" connectionTimeoutUnit="MILLISECONDS">{parts}</sftp:connection></sftp:config>"#
        ) + &reading(name)
    };
    let twice = "<reconnection><reconnect count='2' frequency='10'/></reconnection>";
    let app = start(
        &[
            at("nobody", "127.0.0.1", free, ""),
            at("repeated", "127.0.0.1", free, twice),
            at("nameless", "no.such.host.invalid", 22, ""),
            at("silent", "127.0.0.1", impostor("", false), ""),
            at("cut", "127.0.0.1", impostor("SSH-2.0-none\r\n", true), ""),
            r#"<flow name="here"><sftp:read config-ref="to-nobody" path="a.txt"><reconnect count="1" frequency="10"/></sftp:read></flow>"#.to_string(),
        ]
        .concat(),
    )
    .await;
    check(
        &app,
        &[
            ("nobody", "", "SFTP:CANNOT_REACH: Could not establish".to_string()),
            ("repeated", "", "SFTP:RETRY_EXHAUSTED: Could not establish".to_string()),
            ("here", "", "SFTP:RETRY_EXHAUSTED: Could not establish".to_string()),
            ("nameless", "", "SFTP:UNKNOWN_HOST: Could not establish".to_string()),
            ("silent", "", "SFTP:CONNECTION_TIMEOUT: Could not establish".to_string()),
            ("cut", "", "SFTP:DISCONNECTED: Could not establish".to_string()),
        ],
    )
    .await;
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_without_the_service_or_a_common_cipher_are_told_apart() {
    let Some(mut server) = Server::new() else { return };
    let app = readers(&server, &[("depot", identity(&server, "ann"), "")]).await;
    for (lines, expected) in [
        ("PrintMotd no", "SFTP:SERVICE_NOT_AVAILABLE: Could not establish"),
        ("Ciphers 3des-cbc", "SFTP:KEY_EXCHANGE_FAILED: Could not establish"),
        ("Subsystem sftp /bin/false", "SFTP:SERVICE_NOT_AVAILABLE: Could not establish"),
        (FILES, "milk"),
    ] {
        server.restart(lines);
        check(&app, &[("depot", "", expected.to_string())]).await;
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_come_back() {
    let Some(mut server) = Server::new() else { return };
    let forever = "<reconnection><reconnect-forever frequency='50'/></reconnection>";
    let key = identity(&server, "ann");
    let app = readers(&server, &[("plain", key.clone(), ""), ("patient", key, forever)]).await;
    check(&app, &[("plain", "", "milk".to_string()), ("patient", "", "milk".to_string())]).await;
    server.restart(FILES);
    check(&app, &[("plain", "", "milk".to_string()), ("patient", "", "milk".to_string())]).await;
    server.stop();
    check(&app, &[("plain", "", "SFTP:C".to_string())]).await;
    let waiting = tokio::spawn({
        let app = app.clone();
        async move { outcome(&app, "patient", "").await }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!waiting.is_finished());
    server.start(FILES);
    assert_eq!(waiting.await.unwrap(), "milk");
    check(&app, &[("plain", "", "milk".to_string())]).await;
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_may_insist_on_its_server() {
    let Some(mut server) = Server::new() else { return };
    let insists = "<reconnection failsDeployment='true'/>";
    let elements = config("depot", &server, &identity(&server, "ann"), insists);
    load(&elements).unwrap().start().await.unwrap();
    server.stop();
    let fault = load(&elements).unwrap().start().await.unwrap_err();
    assert!(fault.to_string().contains("Could not establish SFTP connection"), "{fault}");
}

#[test]
fn proxies_are_refused() {
    let proxy = "<sftp:sftp-proxy-config host='p' port='1' protocol='HTTP'/>";
    let report = load(&format!(
        "<sftp:config name='d'><sftp:connection host='h' username='{}'>{proxy}</sftp:connection></sftp:config>",
        user()
    ));
    let text = format!("{:?}", report.err().unwrap());
    assert!(text.contains("proxies of SFTP are not supported"), "{text}");
}
