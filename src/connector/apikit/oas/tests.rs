//! What is read from OpenAPI: versions, references, schemas.

use crate::connector::apikit::tests::read;
use serde_json::json;

#[test]
fn version_3_with_references_into_files() {
    let api = read(&[
        (
            "api.yaml",
            r##"
openapi: 3.0.1
paths:
  /a/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer } }
    post:
      parameters:
        - $ref: "#/components/parameters/Limit"
        - { name: x-a, in: header, required: true, schema: { type: string } }
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: "#/components/schemas/Node" } }
          application/x-www-form-urlencoded:
            schema: { required: [f], properties: { f: { type: string }, g: { type: integer, default: 3 } } }
      responses: { "404": {}, "201": { content: { application/json: {} } } }
components:
  parameters:
    Limit: { name: limit, in: query, schema: { type: integer, maximum: 10, exclusiveMaximum: true, default: 5 } }
  schemas:
    Node:
      type: object
      required: [name]
      properties:
        name: { type: string, nullable: true }
        next: { $ref: "#/components/schemas/Node" }
        kind: { $ref: "schemas.yaml#/Kind" }
"##,
        ),
        ("schemas.yaml", "Kind: { type: string, enum: [a, b], nullable: true }"),
    ]);
    let action = api.resources[0].action("post").unwrap();
    assert_eq!((action.status.as_str(), action.produces.as_slice()), ("201", &["application/json".to_string()][..]));
    assert!(!action.body_is_optional && action.uri_parameters[0].is_required && action.headers[0].is_required);
    let limit = &action.query_parameters[0];
    assert_eq!(limit.default.as_deref(), Some("5"));
    assert_eq!(limit.check.mistakes_of_text("10"), ["10 is not less than 10"]);
    let check = action.bodies[0].check.as_ref().unwrap();
    assert!(check.mistakes(&json!({"name": null, "next": {"name": "x", "kind": null}})).is_empty());
    let wrong = ["/next required key [name] not found", "/next/kind c is not a valid enum value"];
    let mut found = check.mistakes(&json!({"name": "x", "next": {"kind": "c"}}));
    found.sort();
    assert_eq!(found, wrong);
    assert_eq!(action.bodies[1].fields.len(), 2);
}

#[test]
fn version_2_in_json() {
    let api = read(&[(
        "api.json",
        r##"{
	"swagger": "2.0",
	"consumes": ["application/json"],
	"paths": {"/a": {"put": {
		"parameters": [
			{"name": "q", "in": "query", "type": "array", "items": {"type": "integer"}},
			{"name": "b", "in": "body", "required": true, "schema": {"$ref": "#/definitions/B"}}],
		"responses": {"200": {"schema": {"type": "string"}}}, "produces": ["text/plain"]}}},
	"definitions": {"B": {"properties": {"n": {"type": "number"}}}}
}"##,
    )]);
    let action = api.resources[0].action("put").unwrap();
    assert!(action.query_parameters[0].check.mistakes_of_list(&["1", "2"]).is_empty());
    assert_eq!(action.query_parameters[0].check.mistakes_of_list(&["1", "x"]).len(), 1);
    assert_eq!((action.produces[0].as_str(), action.bodies[0].media.as_str()), ("text/plain", "application/json"));
    let check = action.bodies[0].check.as_ref().unwrap();
    assert_eq!(check.mistakes(&json!({"n": "1"})), ["/n expected type: Number, found: String"]);
}
