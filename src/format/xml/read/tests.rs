//! What is read from XML, and what is refused.

use super::*;
use crate::format::Format;
use crate::format::xml::Xml;
use proptest::prelude::*;

fn parse(bytes: &[u8], given: &[(&str, &str)]) -> Result<Value, Fault> {
    let given: Vec<_> = given.iter().map(|(k, v)| (Str::from(*k), Value::from(*v))).collect();
    read(Input::memory("in.xml", bytes), &Options::lenient(Xml.reader_properties(), &given)?)
}

/// Values as the DataWeave format shows them, namespaces as `[uri]`.
fn show(value: &Value) -> String {
    let schema = value.schema().map_or(String::new(), |schema| {
        let entries = schema.0.iter().map(|(name, value)| format!("{name}: {}", show(value)));
        format!(" as {{{}}}", entries.collect::<Vec<_>>().join(", "))
    });
    let pairs = |object: &crate::value::Object| {
        let pairs = object.iter().map(|pair| {
            let ns = pair.name.ns.as_ref().map_or(String::new(), |ns| format!("{}[{}]", ns.prefix, ns.uri));
            let attributes = pair.attributes.map(|a| show(&Value::Object(a.clone())).replace(['{', '}'], ""));
            let attributes = attributes.map_or(String::new(), |a| format!(" @({a})"));
            format!("{ns}{}{attributes}: {}", pair.name.local, show(pair.value))
        });
        pairs.collect::<Vec<_>>().join(", ")
    };
    match value.bare() {
        Value::Object(object) => format!("{{{}}}{schema}", pairs(object)),
        Value::String(text) => format!("{text:?}{schema}"),
        Value::Boolean(b) => b.to_string(),
        Value::Null => "null".to_string(),
        other => panic!("{other:?}"),
    }
}

fn shown(text: &str, given: &[(&str, &str)]) -> String {
    match parse(text.as_bytes(), given) {
        Ok(value) => show(&value),
        Err(fault) => fault.message().lines().next().unwrap().to_string(),
    }
}

#[test]
fn reads_elements_and_attributes() {
    for (text, want) in [
        ("<v/>", "{v: null}"),
        (
            "<?xml version='1.0'?>\n<!-- c --><v a='1' b = \"2\"><w>x</w><w> y </w><z/></v> ",
            r#"{v @(a: "1", b: "2"): {w: "x", w: " y ", z: null}}"#,
        ),
        ("<p>one<b>two</b> three</p>", r#"{p: {__text: "one", b: "two", __text: " three"}}"#),
        ("<v>\n <a>1</a>\n</v>", r#"{v: {a: "1"}}"#),
        ("<v a='1\n2\t3\r\n4&#10;'>1\r\n2\r3&#13;</v>", r#"{v @(a: "1 2 3 4\n"): "1\n2\n3\r"}"#),
        ("<v>&lt;&amp;&#x20AC;&#65;</v>", r#"{v: "<&€A"}"#),
        ("<v><?php x?><!-- a -->b<!-- c -->d</v><?p?>", r#"{v: "bd"}"#),
        ("<größe-x.1><_y>π</_y></größe-x.1>", r#"{größe-x.1: {_y: "π"}}"#),
    ] {
        assert_eq!(shown(text, &[]), want, "{text}");
    }
}

#[test]
fn joins_text_and_decides_what_is_null() {
    let cdata = |text: &str| format!("{{v: {text} as {{cdata: true}}}}");
    for (text, null_on, want) in [
        ("<v> <![CDATA[x]]> </v>", "blank", cdata(r#""x""#)),
        ("<v>y <![CDATA[x]]> z</v>", "blank", cdata(r#""y x z""#)),
        ("<v>y <![CDATA[ ]]> </v>", "blank", cdata(r#""y  ""#)),
        ("<v> <![CDATA[ ]]> <w/></v>", "blank", "{v: {__text: null, w: null}}".into()),
        ("<v> <!-- c -->a <?p x?> b</v>", "blank", r#"{v: " a  b"}"#.into()),
        ("<v><![CDATA[ ]]></v>", "blank", "{v: null}".into()),
        ("<v>&#32;</v>", "blank", "{v: null}".into()),
        ("<v>&#160;</v>", "blank", "{v: \"\u{a0}\"}".replace('\u{a0}', "\\u{a0}")),
        ("<v><![CDATA[ ]]></v>", "empty", cdata(r#"" ""#)),
        ("<v><a></a> <b> </b></v>", "empty", r#"{v: {a: null, __text: " ", b: " "}}"#.into()),
        ("<v> <![CDATA[]]> </v>", "none", cdata(r#""  ""#)),
        ("<v><![CDATA[]]></v>", "none", cdata(r#""""#)),
        ("<v> <w/> </v>", "never", r#"{v: {__text: " ", w: "", __text: " "}}"#.into()),
    ] {
        assert_eq!(shown(text, &[("nullValueOn", null_on)]), want, "{text} {null_on}");
    }
}

#[test]
fn knows_namespaces_nil_and_types() {
    for (text, want) in [
        ("<m xmlns='u'><s n='1'/></m>", r#"{[u]m: {[u]s @(n: "1"): null}}"#),
        ("<m xmlns='u'><s xmlns=''/></m>", "{[u]m: {s: null}}"),
        (
            "<g:m xmlns:g='1'><g:s xmlns:g='2' g:a=''/><g:s/></g:m>",
            r#"{g[1]m: {g[2]s @(g[2]a: ""): null, g[1]s: null}}"#,
        ),
        ("<v xml:lang='no'/>", r#"{v @(xml[http://www.w3.org/XML/1998/namespace]lang: "no"): null}"#),
        (
            "<v xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><a i:nil='TRUE'>x</a><b k='1' i:nil='1'>y</b></v>",
            r#"{v: {a: null, b @(k: "1"): "y"}}"#,
        ),
        (
            "<v xmlns:x='http://www.w3.org/2001/XMLSchema-instance' xmlns:q='Q' x:type='q:int'/>",
            r#"{v @(x[http://www.w3.org/2001/XMLSchema-instance]type: "q:int" as nsPrefix: "q", nsUri: "Q"): null}"#,
        ),
    ] {
        assert_eq!(shown(text, &[]), want, "{text}");
    }
}

#[test]
fn expands_what_a_document_type_declares() {
    let subset = |text: &str| format!("internalSubset: {text:?}");
    for (declarations, most, content, want) in [
        ("<!ENTITY a 'x<b>y</b>z'>", "1", "<v>&a;</v>", r#"{v: {__text: "x", b: "y", __text: "z"}}"#),
        ("<!ENTITY a '&#60;b/>&#38;amp;'>", "1", "<v>&a;</v>", r#"{v: {b: null, __text: "&"}}"#),
        ("<!ENTITY a 'x'><!ENTITY b '&a;&a;'>", "3", "<v k='&b;'/>", r#"{v @(k: "xx"): null}"#),
        (
            "<!ATTLIST v a NMTOKENS ' x  y ' b CDATA #IMPLIED xmlns CDATA 'u'>",
            "1",
            "<v/>",
            r#"{[u]v @(a: "x y"): null}"#,
        ),
    ] {
        let text = format!("<!DOCTYPE v [{declarations}]>{content}");
        let want = format!("{want} as {{docType: {{rootName: \"v\", {}}}}}", subset(declarations));
        assert_eq!(shown(&text, &[("supportDtd", "true"), ("maxEntityCount", most)]), want, "{text}");
    }
    for (declarations, content, want) in [
        ("<!ENTITY a 'x'>", "<v>&a;&a;&a;</v>", "1:40: more entities are expanded than `maxEntityCount` (2) allows"),
        ("<!ENTITY a '&a;'>", "<v>&a;</v>", "1:36: the entity `a` contains itself"),
        ("<!ENTITY a '<b>'>", "<v>&a;</b></v>", "1:36: the element `b` is never closed"),
        ("<!ENTITY a '</v>'>", "<v>&a;", "1:37: close tag `</v>` does not match any open tag"),
        (
            "<!ENTITY a SYSTEM 'file:///etc/passwd'>",
            "<v>&a;</v>",
            "1:58: the entity `a` is external; nothing external is fetched",
        ),
        ("<!ENTITY a>", "<v/>", "1:14: this entity declaration is malformed"),
    ] {
        let text = format!("<!DOCTYPE v [{declarations}]>{content}");
        let got = shown(&text, &[("supportDtd", "true"), ("maxEntityCount", "2")]);
        assert_eq!(got, format!("in.xml:{want}"), "{text}");
    }
}

#[test]
fn says_where_a_document_is_not_well_formed() {
    for (text, want) in [
        ("<v><a>1</a>", "1:1: the element `v` is never closed"),
        ("<v>\n <w></v></w>", "2:5: expected `</w>`, but `</v>` was found"),
        ("<v/><w/>", "1:5: a document has only one root element"),
        ("<v/>x", "1:5: only the root element, comments and processing instructions may stand here"),
        ("&amp;<v/>", "1:1: only the root element, comments and processing instructions may stand here"),
        ("<![CDATA[x]]><v/>", "1:1: only the root element, comments and processing instructions may stand here"),
        ("<!-- c -->", "1:11: there is no root element"),
        ("<g:v/>", "1:1: the prefix `g` is not declared"),
        ("<v g:a='1'/>", "1:1: the prefix `g` is not declared"),
        ("<v a='1' a='2'/>", "1:1: the attribute `a` is there twice"),
        ("<v xmlns:g='u' xmlns:h='u' g:a='1' h:a='2'/>", "1:1: the attribute `a` is there twice"),
        ("<v xmlns:g=''/>", "1:1: a prefix cannot stand for no namespace"),
        ("<v a=1/>", "1:4: the value of this attribute is not in quotes"),
        ("<v\n a/>", "2:2: this attribute has no value"),
        ("<v a='1'b='2'/>", "1:9: white space is missing in front of this attribute"),
        ("<v a='<'/>", "1:4: `<` is not allowed in the value of an attribute"),
        ("<v a='&'/>", "1:4: a reference in this value does not end with `;`"),
        ("<1v/>", "1:2: `1v` is not a name"),
        ("< v/>", "1:2: a name is missing"),
        ("<v>salt & pepper</v>", "1:9: a reference does not end with `;`; `&` itself is written as `&amp;`"),
        ("<v>&nbsp;</v>", "1:4: the entity `nbsp` is not declared"),
        ("<v>&#0;</v>", "1:4: `&#0;` stands for no character that XML allows"),
        ("<v>a]]>b</v>", "1:5: `]]>` is not allowed in text"),
        ("<v><!-- a -- b --></v>", "1:11: forbidden string `--` was found in a comment"),
        ("<v><?xml x?></v>", "1:4: an XML declaration must be the very first thing"),
        ("<v><?XmL x?></v>", "1:4: `XmL` cannot be the target of a processing instruction"),
        ("<?xml version='2.0'?><v/>", "1:20: the version must be 1.0 or 1.1"),
        ("<v><!DOCTYPE v></v>", "1:4: a DOCTYPE may stand here once, in front of the root element"),
        ("<v", "1:1: tag not closed: `>` not found before end of input"),
        ("<v><![CDATA[x</v>", "1:4: CDATA not closed: `]]>` not found before end of input"),
    ] {
        assert_eq!(shown(text, &[]), format!("in.xml:{want}"), "{text}");
    }
}

#[test]
fn keeps_to_its_limits() {
    let long = "<v code='ABCDEF'/>";
    let want = "in.xml:1:4: this attribute is longer than `maxAttributeSize` (5) allows";
    assert_eq!(shown(long, &[("maxAttributeSize", "5")]), want);
    let deep = "<a>".repeat(depth::MAX_DEPTH + 1) + &"</a>".repeat(depth::MAX_DEPTH + 1);
    assert!(shown(&deep, &[]).starts_with("in.xml:1:6001: data is nested more than"));
    let bomb = format!("<!DOCTYPE v [<!ENTITY a '{}'>]><v>{}</v>", "x".repeat(9_999), "&a;".repeat(6_000));
    let given = [("supportDtd", "true"), ("maxEntityCount", "1000000")];
    assert!(shown(&bomb, &given).ends_with("entities expand to more than 50000000 bytes"));
    let wide: String = (0..10_000).map(|i| format!(" a{i}='{i}'")).collect();
    assert!(parse(format!("<v{wide}/>").as_bytes(), &[]).is_ok());
}

#[test]
fn siblings_share_a_shape() {
    let Ok(Value::Object(root)) = parse(b"<v><r><a/><b/></r><r><a>1</a><b>2</b></r><r><a/></r></v>", &[]) else {
        panic!("no object");
    };
    let Some(Value::Object(rows)) = root.get("v") else { panic!("no rows") };
    let shapes = rows.values().iter().map(|row| match row {
        Value::Object(row) => row.shape().id(),
        other => panic!("{other:?}"),
    });
    let shapes = shapes.collect::<Vec<_>>();
    assert!(shapes[0] == shapes[1] && shapes[1] != shapes[2]);
}

proptest! {
    #[test]
    fn never_panics(at in 0usize..200, byte in any::<u8>(), cut in 0usize..200) {
        let text = b"<?xml version='1.0'?><!DOCTYPE v [<!ENTITY a 'x'><!ATTLIST v b CDATA '&a;'>]>\
            <g:v xmlns:g='u' a='1&amp;'>&a;&#65;<!-- c --><w>t</w><![CDATA[x]]><?p?></g:v>";
        let mut bytes = text.to_vec();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = parse(&bytes, &[("supportDtd", "true"), ("maxEntityCount", "9")]);
        bytes.truncate(cut);
        let _ = parse(&bytes, &[("nullValueOn", "none")]);
    }
}
