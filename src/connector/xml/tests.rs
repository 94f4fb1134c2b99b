//! The module in flows.

use crate::connector::testing::{load, outcome, run, start};
use crate::flow::app::App;
use crate::flow::event::Error;
use crate::value::Value;
use std::sync::Arc;

const LINES: &str = "<play><line n='1'>thunder</line><line n='2'>rain, it's <b>wet</b></line></play>";

/// An app with one operation, and the result as JSON.
async fn app(operation: &str) -> Arc<App> {
    let write = "<set-payload value=\"#[output application/json indent=false --- payload]\"/>";
    start(&format!("<flow name='f'>{operation}{write}</flow>")).await
}

async fn found(operation: &str, document: &str) -> String {
    outcome(&app(operation).await, "f", document).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_are_found() {
    for (xpath, expected) in [
        ("//line/@n", r#"["1","2"]"#),
        ("//line[1]", r#"["<line n=\"1\">thunder</line>"]"#),
        ("//line[2]/text()", r#"["rain, it's "]"#),
        ("//none", "[]"),
        ("#['//' ++ 'b']", r#"["<b>wet</b>"]"#),
    ] {
        assert_eq!(found(&format!("<xml-module:xpath-extract xpath=\"{xpath}\"/>"), LINES).await, expected, "{xpath}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_and_content_are_given() {
    let operation = r##"<xml-module:xpath-extract xpath="//line[contains(., $word)]/@n" addTrailingNewlines="true">
        <xml-module:content>#[payload]</xml-module:content>
        <xml-module:context-properties>#[{word: "it's"}]</xml-module:context-properties></xml-module:xpath-extract>"##;
    assert_eq!(found(operation, LINES).await, r#"["2"]"#);
    let lines = r##"<xml-module:xpath-extract xpath="//b" addTrailingNewlines="true"/>"##;
    assert_eq!(found(lines, LINES).await, r#"["<b>wet</b>\n"]"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn prefixes_come_from_directories_configs_and_elements() {
    let document = r#"<s:Envelope xmlns:s="urn:soap:envelope:version:one"><s:Body><e:echo
        xmlns:e="urn:component:of:some:kind:or:other">Hello!</e:echo></s:Body></s:Envelope>"#;
    let spaces = |prefix: &str, uri: &str| {
        format!("<xml-module:namespaces><xml-module:namespace prefix='{prefix}' uri='{uri}'/></xml-module:namespaces>")
    };
    let soap = spaces("a", "urn:soap:envelope:version:one");
    let echo = spaces("b", "urn:component:of:some:kind:or:other");
    let globals = format!(
        "<xml-module:namespace-directory name='d'>{soap}</xml-module:namespace-directory>
         <xml-module:config name='c'>{soap}</xml-module:config>"
    );
    let flow = |name: &str, attribute: &str| {
        format!(
            "<flow name='{name}'><xml-module:xpath-extract xpath='/a:Envelope/a:Body/b:echo' {attribute}>{echo}
             </xml-module:xpath-extract><set-payload value='#[payload[0]]'/></flow>"
        )
    };
    let flows = [flow("f", "namespaceDirectory='d'"), flow("g", "config-ref='c'")].concat();
    let app = start(&format!("{globals}{flows}")).await;
    for flow in ["f", "g"] {
        assert_eq!(
            outcome(&app, flow, document).await,
            "<e:echo xmlns:e=\"urn:component:of:some:kind:or:other\"\n        xmlns:s=\"urn:soap:envelope:version:one\">Hello!</e:echo>"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn expressions_call_xpath() {
    let call = |arguments: &str| {
        format!("<flow name='f'><set-payload value=\"#[XmlModule::xpath({arguments}) joinBy '|']\"/></flow>")
    };
    for (arguments, expected) in [
        (r"'//line[. = \$w]/@n', payload, {w: 'thunder'}", "1"),
        ("'//b:line/@n', payload, {}, [{prefix: 'b', uri: 'urn:none'}]", ""),
        ("'//b', payload", "<b>wet</b>"),
    ] {
        assert_eq!(outcome(&start(&call(arguments)).await, "f", LINES).await, expected);
    }
    let wrong = outcome(&start(&call("'//a', '<a'")).await, "f", LINES).await;
    assert!(wrong.starts_with("MULE:EXPRESSION: ") && wrong.contains("Cannot parse input XML"), "{wrong}");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_xpath_have_types() {
    let bomb = format!(
        "<!DOCTYPE a [<!ENTITY a0 'ha'>{}]><a>&a30;</a>",
        (1..=30).map(|n| format!("<!ENTITY a{n} '&a{};&a{};'>", n - 1, n - 1)).collect::<String>()
    );
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let secret = "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>";
    let expand = r#"xpath="//a" expandEntities="ALL""#;
    for (attributes, document, expected) in [
        (
            r#"xpath="//a["#.to_string() + "\"",
            "<a/>",
            "INVALID_XPATH_EXPRESSION: Could not compile xpath expression //a[",
        ),
        (
            r#"xpath="//x:a""#.into(),
            "<a/>",
            "INVALID_XPATH_EXPRESSION: Could not compile xpath expression //x:a (the prefix",
        ),
        (
            r#"xpath="//a[matches(., 'a')]""#.into(),
            "<a/>",
            "INVALID_XPATH_EXPRESSION: Could not compile xpath expression",
        ),
        (r#"xpath="count(//a)""#.into(), "<a/>", "TRANSFORMATION: Unsupported XPath expression 'count(//a)'. "),
        (r#"xpath="//a""#.into(), "<a></b>", "INVALID_INPUT_XML: Cannot parse input XML because it is invalid."),
        (r#"xpath="//a""#.into(), "", "INVALID_INPUT_XML: "),
        (r#"xpath="//a""#.into(), secret, "INVALID_INPUT_XML: "),
        (expand.into(), secret, "INVALID_INPUT_XML: "),
        (expand.into(), bomb.as_str(), "INVALID_INPUT_XML: "),
        (expand.into(), deep.as_str(), "INVALID_INPUT_XML: "),
    ] {
        let told = found(&format!("<xml-module:xpath-extract {attributes}/>"), document).await;
        let told = told.strip_prefix("XML-MODULE:").unwrap_or(&told);
        assert!(told.starts_with(expected), "{attributes}: {told}");
    }
    let inner = "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>";
    assert_eq!(found(&format!("<xml-module:xpath-extract {expand}/>"), inner).await, r#"["<a>x</a>"]"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn trees_as_deep_as_allowed_are_walked() {
    let deep = format!("{}x{}", "<a>".repeat(999), "</a>".repeat(999));
    let told = found("<xml-module:xpath-extract xpath='/a'/>", &deep).await;
    assert!(told.starts_with(r#"["<a>"#), "{}", &told[..200.min(told.len())]);
    let schema = r#"<xs:element name="a"><xs:complexType><xs:sequence><xs:any processContents="lax"/></xs:sequence></xs:complexType></xs:element>"#;
    let told = validated(&with(&[("s.xsd", schema)], "schemas='s.xsd'", "").await, &deep).await;
    assert!(told.contains("SCHEMA_NOT_HONOURED"), "{told}");
}

const ORDER: &str = r#"<xs:include schemaLocation="types/line.xsd"/>
  <xs:element name="order"><xs:complexType><xs:sequence><xs:element name="line" type="Line" maxOccurs="unbounded"/>
  </xs:sequence><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType></xs:element>"#;
const LINE: &str = r#"<xs:include schemaLocation="../codes.xsd"/><xs:include schemaLocation="../order.xsd"/>
  <xs:complexType name="Line"><xs:sequence><xs:element name="sku" type="Code"/></xs:sequence></xs:complexType>"#;
const CODES: &str = r#"<xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:enumeration value="A"/>
  <xs:enumeration value="B"/></xs:restriction></xs:simpleType>"#;

fn schema(body: &str) -> String {
    match body.starts_with("<xs:schema") {
        true => body.to_string(),
        false => format!("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">{body}</xs:schema>"),
    }
}

/// An app that checks its payload, with these schemas among its resources.
async fn with(files: &[(&str, &str)], attributes: &str, parts: &str) -> Arc<App> {
    let element = format!("<xml-module:validate-schema {attributes}>{parts}</xml-module:validate-schema>");
    let app = start(&format!("<flow name='f'>{element}<set-payload value='passed'/></flow>")).await;
    for (name, text) in files {
        let path = app.state.parent().unwrap().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, schema(text)).unwrap();
    }
    app
}

async fn validated(app: &Arc<App>, document: &str) -> String {
    outcome(app, "f", document).await
}

async fn failed(app: &Arc<App>, document: &str) -> Error {
    run(app, "f", Value::string(document)).await.err().unwrap()
}

/// The problems of an error, a line each.
fn problems(error: &Error) -> String {
    let list = error.message().unwrap().payload.read().unwrap();
    let line = |problem: Value| {
        let Value::Object(problem) = problem.bare().clone() else { return String::new() };
        let field = |name: &str| crate::value::coerce::to_text(problem.get(name).unwrap()).unwrap().to_string();
        format!("{}:{} {}", field("lineNumber"), field("columnNumber"), field("description"))
    };
    list.elements().unwrap().map(|problem| line(problem.unwrap())).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_checked_against_schemas_in_several_files() {
    let files = [("schemas/order.xsd", ORDER), ("schemas/types/line.xsd", LINE), ("schemas/codes.xsd", CODES)];
    let app = with(&files, "schemas='schemas/order.xsd'", "").await;
    assert_eq!(validated(&app, "<order id='1'><line><sku>A</sku></line></order>").await, "passed");
    let document = "<order>\n  <line><sku>C</sku></line>\n  <line><code>A</code></line>\n  <more/>\n</order>";
    let error = failed(&app, document).await;
    assert_eq!(error.error_type().to_string(), "XML-MODULE:SCHEMA_NOT_HONOURED");
    insta::assert_snapshot!(problems(&error));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_mistake_is_told_in_the_words_of_the_reference() {
    let body = r#"<xs:element name="a"><xs:complexType><xs:sequence><xs:element name="n" type="xs:int" minOccurs="0"/>
        <xs:element name="p" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{3}"/>
        </xs:restriction></xs:simpleType></xs:element><xs:element name="used"/></xs:sequence><xs:attribute name="k"/>
        </xs:complexType></xs:element>"#;
    let app = with(&[("s.xsd", body)], "schemas='s.xsd'", "").await;
    let mut told = String::new();
    for document in
        ["<a><fail/></a>", "<a l='1'/>", "<b/>", "<a>text<used/></a>", "<a><n>x</n><p>abc</p><used/><used/></a>"]
    {
        told += &format!("{document}\n{}\n", problems(&failed(&app, document).await));
    }
    insta::assert_snapshot!(told);
}

#[tokio::test(flavor = "multi_thread")]
async fn namespaces_are_imported() {
    let main = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:b="urn:b" targetNamespace="urn:a">
        <xs:import namespace="urn:b" schemaLocation="b.xsd"/><xs:import namespace="urn:none" schemaLocation="http://none.example/x.xsd"/>
        <xs:element name="a"><xs:complexType><xs:sequence><xs:element ref="b:b"/></xs:sequence></xs:complexType></xs:element></xs:schema>"#;
    let other = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:b"><xs:element name="b" type="xs:date"/></xs:schema>"#;
    let good = "<a xmlns='urn:a'><b xmlns='urn:b'>2024-01-31</b></a>";
    for attributes in ["schemas='a.xsd'", "schemas=' b.xsd , a.xsd'"] {
        let app = with(&[("a.xsd", main), ("b.xsd", other)], attributes, "").await;
        assert_eq!(validated(&app, good).await, "passed", "{attributes}");
        assert!(validated(&app, &good.replace("31", "32")).await.contains("SCHEMA_NOT_HONOURED"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn schemas_may_be_texts() {
    let text = |name: &str, body: &str| {
        let text = schema(body);
        format!(
            "<xml-module:schema-content schemaName='{name}'><xml-module:schema-text><![CDATA[{text}]]></xml-module:schema-text></xml-module:schema-content>"
        )
    };
    let order = ORDER.replace("types/line.xsd", "codes.xsd").replace("type=\"Line\"", "type=\"Code\"");
    let both = [text("order.xsd", &order), text("codes.xsd", CODES)].concat();
    let parts = format!("<xml-module:schema-contents>{both}</xml-module:schema-contents>");
    let app = with(&[], "", &parts).await;
    assert_eq!(validated(&app, "<order id='1'><line>A</line></order>").await, "passed");
    assert!(validated(&app, "<order id='1'><line>C</line></order>").await.contains("SCHEMA_NOT_HONOURED"));
    let value = format!(
        "schemaContents=\"#[[{{schemaName: 'c', schemaText: '{}'}}]]\"",
        schema("<xs:element name='c' type='xs:int'/>").replace('\'', "\\'").replace('"', "&quot;").replace('<', "&lt;")
    );
    let app = with(&[], &value, "").await;
    assert_eq!(validated(&app, "<c>1</c>").await, "passed");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_checks_have_types() {
    let files = [
        ("good.xsd", "<xs:element name='a'/>"),
        ("lost.xsd", "<xs:include schemaLocation='none.xsd'/>"),
        ("far.xsd", "<xs:include schemaLocation='http://none.example/a.xsd'/>"),
        ("odd.xsd", "<xs:elemnt name='a'/>"),
        ("typo.xsd", "<xs:element name='a' type='xs:integr'/>"),
        ("none.txt", "<xs:schema"),
    ];
    let text = "<xml-module:schema-contents><xml-module:schema-content schemaName='s'><xml-module:schema-text>&lt;a/&gt;</xml-module:schema-text></xml-module:schema-content></xml-module:schema-contents>";
    for (attributes, parts, document, expected) in [
        ("schemas='good.xsd'", "", "<a></b>", "INVALID_INPUT_XML: Cannot parse input XML because it is invalid."),
        ("schemas='good.xsd'", "", "<!DOCTYPE a><a/>", "INVALID_INPUT_XML: "),
        ("schemas='lost.xsd'", "", "<a/>", "INVALID_SCHEMA: Failed to load schema 'lost.xsd'. schema_reference.4: "),
        ("schemas='far.xsd'", "", "<a/>", "INVALID_SCHEMA: "),
        ("schemas='odd.xsd'", "", "<a/>", "INVALID_SCHEMA: "),
        ("schemas='typo.xsd'", "", "<a/>", "INVALID_SCHEMA: "),
        ("schemas='none.txt'", "", "<a/>", "INVALID_SCHEMA: "),
        (
            "schemas='none.xsd'",
            "",
            "<a/>",
            "INVALID_SCHEMA: Failed to load schema 'none.xsd'. Schema 'none.xsd' could not be found",
        ),
        ("", text, "<a/>", "INVALID_SCHEMA: "),
        ("", "", "<a/>", "SCHEMA_INPUT_ERROR: Either Schema or Schema Content must be provided"),
        ("schemas='good.xsd'", text, "<a/>", "SCHEMA_INPUT_ERROR: "),
    ] {
        let told = validated(&with(&files, attributes, parts).await, document).await;
        let told = told.strip_prefix("XML-MODULE:").unwrap_or(&told);
        assert!(told.starts_with(expected), "{attributes}: {told}");
    }
}

#[test]
fn what_is_not_there_is_named() {
    for (element, expected) in [
        (
            "<xml-module:xslt-transform xslt='a.xsl'/>",
            "`xml-module:xslt-transform` needs XSLT, which dwrun does not have",
        ),
        ("<xml-module:xquery-transform xquery='a'/>", "needs XQuery, which dwrun does not have"),
        ("<xml-module:validate-schema schemas='a' schemaLanguage='RELAXNG'/>", "RELAX NG schemas are not there"),
    ] {
        let report = load(&format!("<flow name='f'>{element}</flow>")).err().unwrap().to_string();
        assert!(report.contains(expected), "{report}");
    }
}
