//! HTTP over TLS, and requests that say who they are from or go through a proxy: apps that call themselves.

use crate::serve::{file, free_port, serve_path};
use std::process::Command;

/// The head of every app here: the namespaces, and a plain listener configuration.
const HEAD: &str = r#"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:http="http://www.mulesoft.org/schema/mule/http"
      xmlns:tls="http://www.mulesoft.org/schema/mule/tls" xmlns:oauth="http://www.mulesoft.org/schema/mule/oauth"
      xmlns:os="http://www.mulesoft.org/schema/mule/os">
<http:listener-config name="api"><http:listener-connection host="127.0.0.1" port="${port}"/></http:listener-config>"#;

/// What a flow answers when something in it fails.
const SAY_ERROR: &str = r##"<error-handler><on-error-continue logException="false">
    <set-payload value="#[error.errorType.namespace ++ ':' ++ error.errorType.identifier ++ ' ' ++ error.description]"/>
  </on-error-continue></error-handler>"##;

fn certificates() -> String {
    format!("certificates={}/tests/tls", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn connections_are_secured_both_ways() {
    let call = |name: &str, port: &str, tls: &str| {
        format!(
            r##"<http:request-config name="to-{name}"><http:request-connection protocol="HTTPS" host="localhost" port="${{{port}}}">{tls}</http:request-connection></http:request-config>
            <flow name="{name}"><http:listener config-ref="api" path="/{name}"/><http:request config-ref="to-{name}" path="/seen" method="POST"/>{SAY_ERROR}</flow>"##
        )
    };
    let trusting = r#"<tls:trust-store path="${certificates}/ca.pem"/>"#;
    let elements = [
        r##"<tls:context name="server"><tls:key-store path="${certificates}/server.p12" type="pkcs12" alias="server" password="changeit" keyPassword="changeit"/></tls:context>
        <http:listener-config name="open"><http:listener-connection protocol="HTTPS" tlsContext="server" host="127.0.0.1" port="${open}"/></http:listener-config>
        <http:listener-config name="closed"><http:listener-connection protocol="HTTPS" host="127.0.0.1" port="${closed}">
          <tls:context><tls:trust-store path="${certificates}/ca.pem"/><tls:key-store path="${certificates}/server.pem"/></tls:context></http:listener-connection></http:listener-config>
        <flow name="seen-open"><http:listener config-ref="open" path="/seen"/><set-payload value="#[attributes.scheme ++ ' ' ++ attributes.version]"/></flow>
        <flow name="seen-closed"><http:listener config-ref="closed" path="/seen"/><set-payload value="with a certificate"/></flow>"##
            .to_string(),
        call("known", "open", &format!("<tls:context>{trusting}</tls:context>")),
        call("old", "open", &format!(r#"<tls:context enabledProtocols="TLSv1.2">{trusting}</tls:context>"#)),
        call("unknown", "open", ""),
        call("careless", "open", r#"<tls:context><tls:trust-store insecure="true"/></tls:context>"#),
        call("stranger", "closed", &format!("<tls:context>{trusting}</tls:context>")),
        call(
            "client",
            "closed",
            &format!(
                r#"<tls:context>{trusting}<tls:key-store path="${{certificates}}/client.p12" password="changeit"/></tls:context>"#
            ),
        ),
    ];
    let path = file("tls", "app.xml", &format!("{HEAD}{}</mule>", elements.concat()));
    let ports = [format!("open={}", free_port()), format!("closed={}", free_port())];
    let app = serve_path(&path, &["-D", &certificates(), "-D", &ports[0], "-D", &ports[1]]);
    assert_eq!(app.get("/known"), "https HTTP/2");
    assert_eq!(app.get("/old"), "https HTTP/2");
    assert_eq!(app.get("/careless"), "https HTTP/2");
    assert_eq!(app.get("/client"), "with a certificate");
    let unknown = app.get("/unknown");
    assert!(unknown.starts_with("HTTP:CONNECTIVITY ") && unknown.contains("UnknownIssuer"), "{unknown}");
    assert!(app.get("/stranger").starts_with("HTTP:CONNECTIVITY "));
    // A client that speaks no TLS harms nobody.
    app.send("GET /known", "", "");
    assert_eq!(app.get("/known"), "https HTTP/2");
    assert!(app.log().contains(&format!("https://127.0.0.1:{}/seen -> seen-open", &ports[0][5..])), "{}", app.log());
}

#[test]
fn requests_say_who_they_are_from() {
    let elements = [
        r##"<flow name="basic-service"><http:listener config-ref="api" path="/service/basic">
          <http:response statusCode="#[vars.status default 200]"><http:headers>#['WWW-Authenticate': 'Basic realm="r"']</http:headers></http:response></http:listener>
          <choice><when expression="#[attributes.headers.authorization == null]"><set-variable variableName="status" value="#[401]"/></when><otherwise><logger/></otherwise></choice>
          <set-payload value="#[attributes.headers.authorization default 'nobody']"/></flow>
        <flow name="digest-service"><http:listener config-ref="api" path="/service/digest">
          <http:response statusCode="#[vars.status default 200]"><http:headers>#['WWW-Authenticate': 'Digest realm="r", nonce="n"']</http:headers></http:response></http:listener>
          <set-variable variableName="wanted" value="#[import MD5 from dw::Crypto var h = (t) -> MD5(t as Binary) --- h(h('ann:r:secret') ++ ':n:' ++ h('GET:/service/digest'))]"/>
          <choice><when expression="#[not ((attributes.headers.authorization default '') contains vars.wanted)]"><set-variable variableName="status" value="#[401]"/></when><otherwise><logger/></otherwise></choice>
          <set-payload value="known"/></flow>
        <flow name="token-service"><http:listener config-ref="api" path="/token"/>
          <os:retrieve key="count" target="count"><os:default-value>#[0]</os:default-value></os:retrieve>
          <os:store key="count"><os:value>#[vars.count + 1]</os:value></os:store>
          <set-payload value="#[output application/json --- {access_token: 't' ++ (vars.count + 1) ++ (payload.scope default '-') ++ (attributes.headers.authorization default '-')}]"/></flow>
        <flow name="guarded"><http:listener config-ref="api" path="/service/token"><http:response statusCode="#[vars.status default 200]"/></http:listener>
          <choice><when expression="#[not ((attributes.headers.authorization default '') startsWith 'Bearer t2')]"><set-variable variableName="status" value="#[401]"/></when><otherwise><logger/></otherwise></choice>
          <set-payload value="#[attributes.headers.authorization]"/></flow>"##
            .to_string(),
        caller("preemptive", "basic", r#"<http:basic-authentication username="ann" password="secret"/>"#),
        caller("asked", "basic", r#"<http:basic-authentication username="ann" password="secret" preemptive="false"/>"#),
        caller("digest", "digest", r#"<http:digest-authentication username="ann" password="secret"/>"#),
        caller("wrong", "digest", r#"<http:digest-authentication username="ann" password="guess"/>"#),
        caller(
            "bearer",
            "token",
            r#"<oauth:client-credentials-grant-type clientId="ann" clientSecret="secret" scopes="read" tokenUrl="http://127.0.0.1:${port}/token"/>"#,
        ),
    ];
    let path = file("authentication", "app.xml", &format!("{HEAD}{}</mule>", elements.concat()));
    // The tokens are counted in a store that outlives the app.
    let _ = std::fs::remove_dir_all(path.with_file_name(".dwrun"));
    let app = serve_path(&path, &[]);
    assert_eq!(app.get("/preemptive"), "Basic YW5uOnNlY3JldA==");
    assert_eq!(app.get("/asked"), "Basic YW5uOnNlY3JldA==");
    assert_eq!(app.get("/digest"), "known");
    assert!(app.get("/wrong").starts_with("HTTP:UNAUTHORIZED "));
    // The first token is refused, the second one stays.
    let token = "Bearer t2readBasic YW5uOnNlY3JldA==";
    assert_eq!((app.get("/bearer"), app.get("/bearer")), (token.to_string(), token.to_string()));
}

/// A flow that calls a service with this authentication.
fn caller(name: &str, service: &str, authentication: &str) -> String {
    format!(
        r##"<http:request-config name="as-{name}"><http:request-connection host="127.0.0.1" port="${{port}}"><http:authentication>{authentication}</http:authentication></http:request-connection></http:request-config>
        <flow name="{name}"><http:listener config-ref="api" path="/{name}"/><http:request config-ref="as-{name}" path="/service/{service}"/>{SAY_ERROR}</flow>"##
    )
}

#[test]
fn requests_go_through_proxies() {
    let elements = r##"<http:proxy name="dmz" host="127.0.0.1" port="${port}" username="ann" password="secret" nonProxyHosts="127.0.0.1|*.intern"/>
        <flow name="behind"><http:listener config-ref="api" path="/far"/><set-payload value="#[attributes.headers.host ++ ' ' ++ (attributes.headers.'proxy-authorization' default 'nobody')]"/></flow>
        <http:request-config name="far"><http:request-connection host="nowhere.example" port="80" proxyConfig="dmz"/></http:request-config>
        <http:request-config name="near"><http:request-connection host="127.0.0.1" port="${port}"><http:proxy-config><http:proxy host="127.0.0.1" port="1" nonProxyHosts="127.0.0.1"/></http:proxy-config></http:request-connection></http:request-config>
        <flow name="through"><http:listener config-ref="api" path="/through"/><http:request config-ref="far" path="/far"/></flow>
        <flow name="directly"><http:listener config-ref="api" path="/directly"/><http:request config-ref="near" path="/far"/></flow>"##;
    let path = file("proxies", "app.xml", &format!("{HEAD}{elements}</mule>"));
    let app = serve_path(&path, &[]);
    assert_eq!(app.get("/through"), "nowhere.example Basic YW5uOnNlY3JldA==");
    assert!(app.get("/directly").ends_with(" nobody"));
}

#[test]
fn stores_that_cannot_be_used_are_named_before_anything_starts() {
    let stored = |name: &str, bytes: &[u8]| {
        let path = file("stores", name, "");
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let jks = stored("keys.jks", &[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]);
    let jceks = stored("keys.jceks", &[0xce, 0xce, 0xce, 0xce, 0, 0, 0, 2]);
    let elements = r#"<tls:context name="java"><tls:key-store path="${jks}" password="x"/></tls:context>
        <tls:context name="extension"><tls:key-store path="${jceks}" password="x"/></tls:context>
        <http:request-config name="shown"><http:request-connection protocol="HTTPS" host="localhost" port="1" tlsContext="java"/></http:request-config>
        <tls:context name="locked"><tls:key-store path="${certificates}/server.p12" password="wrong"/></tls:context>
        <tls:context name="ancient" enabledProtocols="SSLv3"/>
        <http:listener-config name="bare"><http:listener-connection protocol="HTTPS" host="127.0.0.1" port="0"/></http:listener-config>"#;
    let app = file("stores", "app.xml", &format!("{HEAD}{elements}</mule>"));
    let properties =
        [certificates(), format!("jks={}", jks.display()), format!("jceks={}", jceks.display()), "port=0".to_string()];
    let checked = Command::new(env!("CARGO_BIN_EXE_dwrun"))
        .args(["check", app.to_str().unwrap()])
        .args(properties.iter().flat_map(|property| ["-D", property]))
        .output()
        .unwrap();
    let report = String::from_utf8(checked.stderr).unwrap();
    assert_eq!(checked.status.code(), Some(1));
    for part in ["it is cut off", "keytool -importkeystore", "check its password", "`SSLv3`", "no certificate to show"]
    {
        assert!(report.contains(part), "{part} is not in\n{report}");
    }
}
