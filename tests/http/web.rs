//! Pages of a site: files below a folder, and which other sites may read answers.

use crate::serve::{body, file, serve, status};

/// The header lines of an answer that say what other sites may do.
fn allowed(answer: &str) -> Vec<&str> {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    let mut lines: Vec<_> = head.lines().filter(|line| line.starts_with("access-control")).collect();
    lines.sort_unstable();
    lines
}

#[test]
fn files_are_served_below_their_folder() {
    let test = "static";
    for name in ["web/index.html", "web/shop/index.html", "web/main.css", "web/app.js", "web/logo.gif", "secret.txt"] {
        file(test, name, name);
    }
    let app = serve(
        test,
        r##"<flow name="site"><http:listener config-ref="api" path="site/*"><http:error-response statusCode="#[if (error.errorType.identifier == 'NOT_FOUND') 404 else 500]"/></http:listener>
          <http:load-static-resource resourceBasePath="web"/></flow>
        <flow name="named"><http:listener config-ref="api" path="/named"/>
          <http:load-static-resource resourceBasePath="web" attributes="#[{requestPath: '/x/shop', listenerPath: '/x/*'}]" outputMimeType="text/plain" target="page"/><set-payload value="#[vars.page]"/></flow>
        <flow name="none"><http:listener config-ref="api" path="/none"/><set-payload value="x"/>
          <http:load-static-resource resourceBasePath="web" attributes="#[null]"/></flow>"##,
        &[],
    );
    for (path, content, media) in [
        ("/site", "web/index.html", "text/html"),
        ("/site/", "web/index.html", "text/html"),
        ("/site/shop", "web/shop/index.html", "text/html"),
        ("/site/main.css?v=2", "web/main.css", "text/css"),
        ("/site/app.js", "web/app.js", "text/javascript"),
        ("/site/logo.gif", "web/logo.gif", "image/gif"),
        ("/site/shop/%2e%2e/main.css", "web/main.css", "text/css"),
        ("/named", "web/shop/index.html", "text/plain"),
    ] {
        let answer = app.send(&format!("GET {path}"), "", "");
        assert_eq!((status(&answer), body(&answer)), ("HTTP/1.1 200 OK", content), "{path}");
        assert!(answer.contains(&format!("content-type: {media}")), "{answer}");
    }
    for (path, told) in [
        ("/site/other.html", "/other.html"),
        ("/site/../secret.txt", "/../secret.txt"),
        ("/site/%2e%2e%2fsecret.txt", "/../secret.txt"),
        ("/site/%3Cscript%3E", "/&lt;script&gt;"),
        ("/site//etc/passwd", "//etc/passwd"),
    ] {
        let answer = app.send(&format!("GET {path}"), "", "");
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
        assert_eq!(body(&answer), format!("Resource '{told}' was not found."));
    }
    let none = app.send("GET /none", "", "");
    assert_eq!(
        (status(&none), body(&none)),
        ("HTTP/1.1 500 Internal Server Error", "There are no HTTP attributes defined.")
    );
}

const SITES: &str = r##"<http:listener-config name="web"><http:listener-connection host="127.0.0.1" port="${port}"/>
  <http:listener-interceptors><http:cors-interceptor allowCredentials="true"><http:origins>
    <http:origin url="https://shop.example" accessControlMaxAge="60">
      <http:allowed-methods><http:method methodName="GET"/><http:method methodName="PUT"/></http:allowed-methods>
      <http:allowed-headers><http:header headerName="X-Till"/></http:allowed-headers>
      <http:expose-headers><http:header headerName="X-Total"/></http:expose-headers>
    </http:origin></http:origins></http:cors-interceptor></http:listener-interceptors></http:listener-config>
<flow name="count"><http:listener config-ref="web" path="/count"><http:response><http:headers>#[{'X-Total': 7}]</http:headers></http:response></http:listener>
  <logger message="counted"/><set-payload value="some"/></flow>
<flow name="fails"><http:listener config-ref="web" path="/fails"/><raise-error type="APP:NO"/></flow>
<flow name="only"><http:listener config-ref="web" path="/only" allowedMethods="GET"/></flow>"##;

#[test]
fn pages_of_other_sites_may_do_what_is_allowed() {
    let app = serve("cors", SITES, &[]);
    let shop = "Origin: https://shop.example\r\n";
    let asks = |method: &str| {
        format!("{shop}Access-Control-Request-Method: {method}\r\nAccess-Control-Request-Headers: x-till\r\n")
    };
    let yes = ["access-control-allow-credentials: true", "access-control-allow-origin: https://shop.example"];

    let preflight = app.send("OPTIONS /count", &asks("PUT"), "");
    assert_eq!((status(&preflight), body(&preflight)), ("HTTP/1.1 200 OK", ""));
    let promised = [
        yes[0],
        "access-control-allow-headers: X-Till",
        "access-control-allow-methods: GET, PUT",
        yes[1],
        "access-control-max-age: 60",
    ];
    assert_eq!(allowed(&preflight), promised);
    let refused = app.send("OPTIONS /count", &asks("DELETE"), "");
    assert_eq!((status(&refused), body(&refused)), ("HTTP/1.1 200 OK", ""));
    assert_eq!(allowed(&refused), [] as [&str; 0]);
    assert!(!app.log().contains("counted"), "no flow runs for them");

    let simple = app.send("GET /count", shop, "");
    assert_eq!((allowed(&simple), body(&simple)), (yes.to_vec(), "some"));
    let other = app.send("PUT /count", shop, "");
    assert_eq!(allowed(&other), [yes[0], yes[1], "access-control-expose-headers: X-Total"]);
    let failed = app.send("GET /fails", shop, "");
    assert!(failed.starts_with("HTTP/1.1 500") && allowed(&failed) == yes, "{failed}");
    let stranger = app.send("GET /count", "Origin: https://other.example\r\n", "");
    assert_eq!((allowed(&stranger), body(&stranger)), (vec![], "some"));
    assert!(app.send("OPTIONS /only", &asks("GET"), "").starts_with("HTTP/1.1 405"));
    assert_eq!(body(&app.send("OPTIONS /count", "", "")), "some", "without an origin it is a request like others");
}

#[test]
fn public_resources_are_for_all_sites() {
    let public = r#"<http:listener-config name="web"><http:listener-connection host="127.0.0.1" port="${port}"/>
      <http:listener-interceptors><http:cors-interceptor><http:origins><http:public-resource/></http:origins></http:cors-interceptor></http:listener-interceptors></http:listener-config>
      <flow name="open"><http:listener config-ref="web" path="/open"/></flow>"#;
    let app = serve("cors-public", public, &[]);
    let preflight = app.send(
        "OPTIONS /open",
        "Origin: null\r\nAccess-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: x-a\r\n",
        "",
    );
    assert_eq!(
        allowed(&preflight),
        ["access-control-allow-headers: x-a", "access-control-allow-methods: PATCH", "access-control-allow-origin: *"]
    );
    assert_eq!(
        allowed(&app.send("DELETE /open", "Origin: https://any.example\r\n", "")),
        ["access-control-allow-origin: *"]
    );
}
