//! Routers on whole APIs: where requests go, and how they are refused.

use super::document::Library;
use super::{oas, raml};
use crate::connector::testing;
use crate::diag::Report;
use crate::flow::app::App;
use crate::flow::event::{Message, Typed, media};
use crate::value::{ObjectBuilder, Value};
use std::sync::Arc;

const RAML: &str = r#"#%RAML 1.0
title: Orders
version: v1
mediaType: application/json
types:
  Order:
    properties:
      id: integer
      note?: { type: string, maxLength: 5 }
      lines: Line[]
    additionalProperties: false
  Line:
    properties: { sku: string, parts?: "Line[]" }
  Rush: { type: Order, properties: { by: date-only } }
traits:
  paged:
    queryParameters:
      limit: { type: integer, minimum: 1, maximum: <<most>>, default: 10, required: false }
resourceTypes:
  collection:
    get: { is: [paged: { most: 50 }] }
    post?: { body: { application/json: { type: <<resourcePathName | !singularize | !uppercamelcase>> } } }
/orders:
  type: collection
  get:
    queryParameters: { state?: { enum: [open, closed] }, tag?: "string[]" }
    headers: { x-key: { required: true, pattern: "^k[0-9]+$" } }
    responses: { 200: { body: { application/json: , text/csv: } } }
  post:
    body: { text/xml: }
    responses: { 201: { body: Order } }
  /rush:
    put: { body: Rush }
    patch:
  /{id}:
    uriParameters: { id: integer }
    get:
    delete: { responses: { 204: } }
/{version}/info:
  get:
"#;

const FLOWS: &str = r##"
<flow name="main"><apikit:router config-ref="api"/></flow>
<flow name="get:\orders:api"><set-payload value="#['orders ' ++ attributes.queryParams.limit ++ attributes.queryString]"/></flow>
<flow name="post:\orders:application\json:api"><set-payload value="json"/></flow>
<flow name="put:\orders\rush:api"><set-payload value="rush"/></flow>
<flow name="get:\orders\(id):api"><set-payload value="#['order ' ++ attributes.uriParams.id]"/></flow>
<flow name="delete:\orders\(id):api"><set-variable variableName="httpStatus" value="299"/></flow>
<flow name="get:\v1\info:api"><set-payload value="info"/></flow>"##;

/// An app with an API file.
fn load(name: &str, api: &str, attributes: &str, flows: &str) -> Result<Arc<App>, Report> {
    let folder = testing::folder();
    std::fs::write(folder.join(name), api).unwrap();
    let file = folder.join(name).display().to_string();
    testing::load(&format!("<apikit:config name='api' api='{file}' {attributes}/>{flows}"))
}

/// `METHOD path header:value… | body`
fn message(request: &str) -> Message {
    let (head, body) = request.split_once(" | ").unwrap_or((request, ""));
    let mut words = head.split(' ');
    let (method, uri) = (words.next().unwrap(), words.next().unwrap());
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let (mut attributes, mut queries, mut headers) =
        (ObjectBuilder::default(), ObjectBuilder::default(), ObjectBuilder::default());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap();
        queries.field(name, value);
    }
    for header in words {
        let (name, value) = header.split_once(':').unwrap();
        headers.field(name, value);
    }
    attributes.field("method", method).field("listenerPath", "/api/*").field("rawRequestPath", format!("/api{path}"));
    attributes.field("queryString", query).field("queryParams", queries.value()).field("headers", headers.value());
    let payload = Typed::labelled(Value::string(body), media("text/plain"));
    Message { payload, attributes: Typed::value(attributes.value()) }
}

/// What becomes of a request: the payload with the status, or the error.
async fn outcome(app: &Arc<App>, request: &str) -> String {
    let mut event = app.event().with_message(message(request));
    match app.flow("main").unwrap().run(&mut event).await {
        Ok(()) => {
            let status = event.variables.get("httpStatus").map(Typed::to_text).unwrap_or_default();
            format!("{status} {}", event.message.payload.to_text())
        }
        Err(error) => error.to_string(),
    }
}

async fn check(app: &Arc<App>, cases: &[(&str, &str)]) {
    for (request, want) in cases {
        assert_eq!(&outcome(app, request).await, want, "{request}");
    }
}

#[tokio::test]
async fn requests_go_to_their_flows() {
    let app = load("orders.raml", RAML, "", FLOWS).unwrap();
    let json = "content-type:application/json;charset=UTF-8";
    check(
        &app,
        &[
            ("GET /orders x-key:k1", "200 orders 10limit=10"),
            ("GET /orders?limit=7&tag=a&tag=b x-key:k1", "200 orders 7limit=7&tag=a&tag=b"),
            ("GET /orders/7", "200 order 7"),
            ("DELETE /orders/7", "299 "),
            ("GET /v1/info", "200 info"),
            (
                &format!(r#"POST /orders {json} | {{"id":1,"lines":[{{"sku":"a","parts":[{{"sku":"b"}}]}}]}}"#),
                "201 json",
            ),
            (&format!(r#"PUT /orders/rush {json} | {{"id":1,"lines":[],"by":"2020-02-29"}}"#), "200 rush"),
        ],
    )
    .await;
}

#[tokio::test]
async fn requests_are_refused_with_the_errors_of_the_reference() {
    let app = load("orders.raml", RAML, "", FLOWS).unwrap();
    let post = |body: &str| format!("POST /orders content-type:application/json | {body}");
    check(
        &app,
        &[
            ("GET /nothing", "APIKIT:NOT_FOUND: /nothing"),
            ("PUT /orders", "APIKIT:METHOD_NOT_ALLOWED: /orders : put"),
            ("PATCH /orders/rush", "APIKIT:NOT_IMPLEMENTED: Not implemented"),
            ("GET /orders x-key:k1 accept:image/png", "APIKIT:NOT_ACCEPTABLE: Not Acceptable"),
            ("POST /orders content-type:text/plain", "APIKIT:UNSUPPORTED_MEDIA_TYPE: Unsupported mediaType"),
            ("POST /orders content-type:text/xml | <a/>", "APIKIT:UNSUPPORTED_MEDIA_TYPE: Unsupported mediaType"),
            ("POST /orders", "APIKIT:UNSUPPORTED_MEDIA_TYPE: Unsupported mediaType"),
            ("GET /orders", "APIKIT:BAD_REQUEST: Required header x-key not specified"),
            (
                "GET /orders x-key:1",
                "APIKIT:BAD_REQUEST: Invalid value '1' for header x-key. string [1] does not match pattern ^k[0-9]+$",
            ),
            (
                "GET /orders?limit=99 x-key:k1",
                "APIKIT:BAD_REQUEST: Invalid value '99' for query parameter limit. 99 is not less or equal to 50",
            ),
            (
                "GET /orders?limit=a x-key:k1",
                "APIKIT:BAD_REQUEST: Invalid value 'a' for query parameter limit. expected type: Integer, found: String",
            ),
            (
                "GET /orders?state=lost x-key:k1",
                "APIKIT:BAD_REQUEST: Invalid value 'lost' for query parameter state. lost is not a valid enum value",
            ),
            (
                "GET /orders?state=open&state=open x-key:k1",
                "APIKIT:BAD_REQUEST: Query parameter state is not repeatable",
            ),
            (
                "GET /orders/x",
                "APIKIT:BAD_REQUEST: Invalid value 'x' for uri parameter id. expected type: Integer, found: String",
            ),
            (&post("{"), "APIKIT:BAD_REQUEST: EOF while parsing an object at line 1 column 1"),
            (&post(r#"{"lines":[]}"#), "APIKIT:BAD_REQUEST: required key [id] not found"),
            (&post(r#"{"id":1,"lines":[],"x":1}"#), "APIKIT:BAD_REQUEST: extraneous key [x] is not permitted"),
            (
                &post(r#"{"id":"1","lines":[{"sku":2}],"note":"longer"}"#),
                "APIKIT:BAD_REQUEST: /id expected type: Integer, found: String\n/lines/0/sku expected type: String, found: \
                 Integer\n/note expected maxLength: 5, actual: 6",
            ),
            (
                r#"PUT /orders/rush content-type:application/json | {"id":1,"lines":[],"by":"2020-02-30"}"#,
                "APIKIT:BAD_REQUEST: /by [2020-02-30] is not a valid date-only",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn checks_can_be_strict_or_off() {
    let strict = "queryParamsStrictValidation='true' headersStrictValidation='true'";
    let app = load("orders.raml", RAML, strict, FLOWS).unwrap();
    check(
        &app,
        &[
            ("GET /orders?a=1 x-key:k1", "APIKIT:BAD_REQUEST: a parameters are not defined in RAML."),
            (
                "GET /orders x-key:k1 x-other:1",
                "APIKIT:BAD_REQUEST: x-other headers are not defined in RAML and strict headers validation property is true.",
            ),
            ("GET /orders x-key:k1 user-agent:me", "200 orders 10limit=10"),
        ],
    )
    .await;
    let app = load("orders.raml", RAML, "disableValidations='true'", FLOWS).unwrap();
    check(&app, &[("GET /orders/x", "200 order x"), ("PUT /orders/rush | {", "200 rush")]).await;
}

#[tokio::test]
async fn apis_that_are_elsewhere_are_told_by_their_flows() {
    let config = "<apikit:config name='api' raml='resource::g:not-here:1.0.0:raml:zip:a.raml'/>";
    let app = testing::load(&format!("{config}{FLOWS}")).unwrap();
    check(
        &app,
        &[
            ("GET /orders/x", "200 order x"),
            ("GET /other", "APIKIT:NOT_FOUND: /other"),
            ("POST /orders content-type:text/csv", "APIKIT:UNSUPPORTED_MEDIA_TYPE: Unsupported mediaType"),
            ("PATCH /orders", "APIKIT:METHOD_NOT_ALLOWED: /orders : patch"),
        ],
    )
    .await;
}

#[test]
fn mistakes_of_apis_have_places() {
    for (api, want) in [
        ("#%RAML 1.0\n/a:\n  get: { body: Ordr }\ntypes: { Order: object }", ":3:16: there is no type `Ordr`"),
        ("#%RAML 1.0\n/a: !include none.raml", ":2:5: there is no file `none.raml`"),
        ("#%RAML 1.0\n/a:\n  type: x", ":3:9: there is no resource type `x`"),
        ("#%RAML 1.0\n/a:\n  is: [t]\n  get:\ntraits: { t: { headers: { <<h>>: } } }", "`t` needs the parameter `h`"),
        (
            "#%RAML 1.0\n/a:\n  type: t\n  put:\n  get: { body: Ordr }\nresourceTypes: { t: { put?:, post?: { <<p>>: } } }",
            ":5:16: there is no type `Ordr`",
        ),
        ("#%RAML 1.0\n/a: [1", "this is no YAML"),
        ("#%RAML 1.0 Overlay\n/a:", ":1:1: this is a RAML 1.0 Overlay, which is not read"),
        ("#%RAML 1.0\n/{a:\n  get:", ":2:1: `/{a` is no path with parameters"),
        ("title: x", ":1:1: this is neither RAML nor OpenAPI"),
        (
            "#%RAML 1.0\ntypes: { A: { type: B }, B: { type: A, properties: { x: A } } }\n/a: { get: { body: A } }",
            "builds upon itself",
        ),
        (
            "openapi: 3.0.0\npaths:\n  /a:\n    get: { parameters: [{ $ref: '#/nope' }] }",
            ":4:33: `#/nope` leads to nothing",
        ),
        ("#%RAML 1.0\n/a:\n  get:\n    queryParameters: { q: { pattern: '(' } }", ":4:27: this is no schema"),
    ] {
        let report = load("a.raml", api, "", "").err().unwrap();
        let fault = &report.faults()[0];
        let place = fault.place().map(ToString::to_string).unwrap_or_default();
        let text = format!("{}: {}", place.rsplit('/').next().unwrap_or_default(), fault.message());
        assert!(text.contains(want), "{api}\n{text}");
    }
    let missing = testing::load("<apikit:config name='api' api='none.raml'/>").err().unwrap();
    assert_eq!(missing.faults()[0].message(), "there is no API none.raml");
}

/// Reads an API of several files.
pub fn read(files: &[(&str, &str)]) -> super::api::Api {
    let folder = testing::folder();
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let library = Arc::new(Library::folder(&folder));
    let source = library.file(files[0].0).unwrap().unwrap();
    let api = match source.text().starts_with("#%RAML") {
        true => raml::read(library, files[0].0, &source).unwrap(),
        false => oas::read(library, &source).unwrap(),
    };
    let faults = api.prepare();
    assert!(faults.is_empty(), "{faults:?}");
    api
}
