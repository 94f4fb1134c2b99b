//! What is read from RAML: several files, libraries, old APIs.

use crate::connector::apikit::tests::read;
use serde_json::json;

#[test]
fn libraries_fragments_and_included_schemas() {
    let api = read(&[
        (
            "api.raml",
            "#%RAML 1.0\ntitle: t\nuses: { lib: libs/lib.raml }\n/a:\n  is: [lib.keyed]\n  post:\n    body:\n      \
             application/json: { type: lib.A }\n      application/vnd.x+json: !include schemas/x.json\n",
        ),
        (
            "libs/lib.raml",
            "#%RAML 1.0 Library\ntypes:\n  A: !include a.raml\n  B: { properties: { n: number } }\ntraits:\n  keyed:\n    \
             headers: { key?: B }\n",
        ),
        ("libs/a.raml", "#%RAML 1.0 DataType\ntype: object\nproperties:\n  b: B | nil\n  /^x-/: string\n"),
        ("schemas/x.json", r##"{"type": "object", "properties": {"y": {"$ref": "y.json#/definitions/y"}}}"##),
        ("schemas/y.json", r#"{"definitions": {"y": {"type": "integer"}}}"#),
    ]);
    let action = api.resources[0].action("post").unwrap();
    assert_eq!((action.headers[0].name.as_str(), action.headers[0].is_required), ("key", false));
    let check = |at: usize| action.bodies[at].check.as_ref().unwrap();
    assert!(check(0).mistakes(&json!({"b": {"n": 1.5}, "x-1": "s"})).is_empty());
    assert!(check(0).mistakes(&json!({"b": null})).is_empty());
    assert_eq!(check(0).mistakes(&json!({"b": null, "x-1": 1})), ["/x-1 expected type: String, found: Integer"]);
    assert_eq!(check(1).mistakes(&json!({"y": "1"})), ["/y expected type: Integer, found: String"]);
}

#[test]
fn old_apis_mean_other_defaults() {
    let api = read(&[(
        "api.raml",
        "#%RAML 0.8\ntitle: t\nschemas:\n  - o: '{\"type\":\"object\",\"properties\":{\"a\":{\"required\":true}}}'\n\
         traits:\n  - paged: { queryParameters: { n: { type: integer, repeat: true } } }\n/a/{id}:\n  get: { is: [paged] }\n  \
         post: { body: { application/json: { schema: o }, application/x-www-form-urlencoded: { formParameters: { f: { \
         required: true } } } } }\n",
    )]);
    let resource = &api.resources[0];
    let limit = &resource.action("get").unwrap().query_parameters[0];
    assert_eq!((limit.is_required, limit.repeats), (false, true));
    let bodies = &resource.action("post").unwrap().bodies;
    assert_eq!(bodies[0].check.as_ref().unwrap().mistakes(&json!({})), ["required key [a] not found"]);
    assert!(bodies[1].fields[0].is_required);
}

#[test]
fn resource_types_build_upon_each_other() {
    let api = read(&[(
        "api.raml",
        "#%RAML 1.0\ntitle: t\nresourceTypes:\n  base: { get: { headers: { <<h>>: } }, delete?: { headers: { d: } } }\n  \
         more: { type: { base: { h: <<x | !uppercase>> } }, get: { queryParameters: { q: } } }\n/a:\n  type: { more: { x: \
         key } }\n  put:\n",
    )]);
    let resource = &api.resources[0];
    let get = resource.action("get").unwrap();
    assert_eq!((get.headers[0].name.as_str(), get.query_parameters[0].name.as_str()), ("KEY", "q"));
    assert!(resource.action("delete").is_none() && resource.action("put").is_some());
}

#[test]
fn types_inherit_and_choose() {
    let api = read(&[(
        "api.raml",
        "#%RAML 1.0\ntitle: t\ntypes:\n  A: { properties: { a: string } }\n  B: { properties: { b?: integer } }\n  C: { \
         type: [A, B], properties: { c: \"A | string[]\" } }\n/a: { post: { body: { application/json: C } } }\n",
    )]);
    let check = api.resources[0].action("post").unwrap().bodies[0].check.as_ref().unwrap();
    assert!(check.mistakes(&json!({"a": "1", "b": 1, "c": ["x"]})).is_empty());
    let wrong =
        ["/b expected type: Integer, found: String", "/c #: no subschema matched out of the total 2 subschemas"];
    assert_eq!(check.mistakes(&json!({"a": "1", "b": "1", "c": 1})), wrong);
    assert_eq!(check.mistakes(&json!({"c": []})), ["required key [a] not found"]);
}
