//! Writes XML: what stands around the root element.

use super::element::Elements;
use super::settings::Settings;
use crate::diag::{Code, Fault};
use crate::format::{Options, Sink};
use crate::value::{Object, Value};
use std::io::Write;

/// Writes an object with one pair, the root element.
pub fn write(value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
    let charset = options.charset()?;
    let settings = Settings::new(options, charset)?;
    let line_end = if settings.indent { "\n" } else { "" };
    let mut sink = Sink::new(out, charset);
    if options.flag("writeDeclaration") {
        let quote = if options.flag("doubleQuoteInDeclaration") { '"' } else { '\'' };
        let name = charset.name();
        sink.text(&format!("<?xml version={quote}1.0{quote} encoding={quote}{name}{quote}?>{line_end}"))?;
    }
    if let Some(Value::Object(doctype)) = value.schema().and_then(|s| s.get("docType")).map(Value::bare) {
        sink.text(&format!("{}{line_end}", document_type(doctype)))?;
    }
    let root = match value.into_bare() {
        Value::Object(root) => root,
        other => return Err(no_root(&other)),
    };
    let mut elements = Elements::new(sink, settings);
    elements.root(root)?;
    elements.finish()
}

fn no_root(value: &Value) -> Fault {
    let fault = Fault::new(Code::Write, format!("a value of type {} cannot be an XML document", value.type_name()));
    fault.help("XML needs an object with one key, the root element")
}

/// The DOCTYPE that `^docType` of a document describes.
fn document_type(parts: &Object) -> String {
    let part = |name| parts.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let mut text = format!("<!DOCTYPE {}", part("rootName").unwrap_or_default());
    match (part("publicId"), part("systemId")) {
        (Some(public), Some(system)) => text.push_str(&format!(" PUBLIC \"{public}\" \"{system}\"")),
        (None, Some(system)) => text.push_str(&format!(" SYSTEM \"{system}\"")),
        _ => {}
    }
    if let Some(subset) = part("internalSubset") {
        text.push_str(&format!(" [{subset}]"));
    }
    text.push('>');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::format::Input;
    use crate::format::scripts::NoScripts;
    use crate::format::testing::{list, object, options};
    use crate::format::xml::Xml;
    use crate::format::xml::settings::PROPERTIES;
    use crate::value::{Namespace, ObjectBuilder, QName, Schema, Shape, depth};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn written(value: Value, given: &[(&str, &str)]) -> String {
        let mut out = Vec::new();
        let given = [given, &[("writeDeclaration", "false")]].concat();
        match write(value, &mut out, &options(PROPERTIES, &given).unwrap()) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(fault) => fault.to_string(),
        }
    }

    fn read(text: &str) -> Value {
        let options = options(Xml.reader_properties(), &[]).unwrap();
        Xml.read(Input::memory("in", text.as_bytes()), &options, &NoScripts).unwrap()
    }

    /// `{v: {…}}` without line breaks, `v` left out.
    fn inside(pairs: &[(&str, Value)], given: &[(&str, &str)]) -> String {
        let text = written(object(&[("v", object(pairs))]), &[given, &[("indent", "false")]].concat());
        let inner = text.strip_prefix("<v>").and_then(|text| text.strip_suffix("</v>"));
        inner.map_or(text.clone(), str::to_string)
    }

    #[test]
    fn gives_back_what_was_read() {
        for text in [
            "<v/>",
            "<v a=\"1\">\n  <b>t &amp; &lt;</b>\n  <c/>\n</v>",
            "<geo:map xmlns:geo=\"urn:geo\">\n  <geo:spot geo:id=\"a1\" id=\"b2\">4</geo:spot>\n  <spot>5</spot>\n</geo:map>",
            "<map xmlns=\"urn:geo\">\n  <spot xmlns=\"\">\n    <q xmlns=\"urn:q\" xmlns:z=\"urn:z\" z:k=\"1\"/>\n  </spot>\n</map>",
            "<v>\n  <a><![CDATA[x < y]]></a>\n</v>",
            "<v xml:lang=\"no\">kart</v>",
            "<a xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:int\">12</a>",
            "<!DOCTYPE v PUBLIC \"p\" \"s\" [<!ENTITY who \"Mara\">]>\n<v>1</v>",
        ] {
            assert_eq!(written(read(text), &[]), text);
        }
        let mixed = "<p>Sail <b>north</b> then <i>rest</i>.</p>";
        assert_eq!(written(read(mixed), &[]), "<p>Sail \n  <b>north</b> then \n  <i>rest</i>.</p>");
        assert_eq!(written(read(mixed), &[("indent", "false")]), mixed);
    }

    fn tree() -> impl Strategy<Value = Value> {
        let text = "[ -~é€🛶\\n\\r\\t]{0,8}[!-~]".prop_map(Value::from);
        prop_oneof![Just(Value::Null), text].prop_recursive(4, 30, 4, |inner| {
            let pairs = proptest::collection::vec(("[a-c]", inner, "[ -~\\n\\r]{0,5}"), 1..4);
            pairs.prop_map(|pairs| {
                let mut object = ObjectBuilder::default();
                for (name, value, attribute) in pairs {
                    let mut attributes = ObjectBuilder::default();
                    attributes.field("k", attribute.as_str());
                    object.pair(QName::local(name), Some(attributes.build()), value);
                }
                object.value()
            })
        })
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(value in tree()) {
            let root = object(&[("v", value)]);
            for given in [&[("escapeCR", "true"), ("indent", "false")][..], &[("escapeCR", "true"), ("encoding", "ASCII")]] {
                let mut out = Vec::new();
                write(root.clone(), &mut out, &options(PROPERTIES, given).unwrap()).unwrap();
                let back = read(std::str::from_utf8(&out).unwrap());
                prop_assert_eq!(format!("{back:?}"), format!("{root:?}"));
                let mut again = Vec::new();
                write(back, &mut again, &options(PROPERTIES, given).unwrap()).unwrap();
                prop_assert_eq!(out, again);
            }
        }
    }

    #[test]
    fn writes_each_kind_of_value() {
        let cdata = |text: &str| Value::from(text).with_schema(Schema(vec![("cdata".into(), true.into())]));
        let binary = Value::Binary(Arc::new(b"hi".to_vec()));
        let types = "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xsd:base64Binary\"";
        let base64 = format!("<b {types}>aGk=</b>");
        let empties = [("a", Value::Null), ("b", "".into()), ("c", Value::empty_object()), ("d", list(&[]))];
        for (pairs, given, want) in [
            (&empties[..], &[][..], "<a/><b/><c/><d/>"),
            (&empties, &[("inlineCloseOn", "none")], "<a></a><b></b><c></c><d></d>"),
            (&[("t", list(&[Value::Null, "".into(), "z".into()]))], &[], "<t/><t></t><t>z</t>"),
            (&[("t", list(&[object(&[("a", 1.into())]), Value::empty_object()]))], &[], "<t><a>1</a></t><t/>"),
            (&[("a", cdata("p<q")), ("b", cdata(""))], &[], "<a><![CDATA[p<q]]></a><b/>"),
            (&[("a", true.into()), ("__text", "x".into()), ("__text", Value::Null)], &[], "<a>true</a>x"),
            (&[("__text", list(&[1.into(), 2.into()])), ("__text", object(&[("b", 3.into())]))], &[], "12<b>3</b>"),
            (&[("b", binary)], &[], &base64),
            (&[("b", "b\u{7}e\u{0}l\u{fffe}l".into())], &[("onInvalidChar", "ignore")], "<b>bell</b>"),
            (&[("b", "\u{1}".into())], &[("onInvalidChar", "base64")], &format!("<b {types}>AQ==</b>")),
            (&[("b", "\u{1}".into())], &[], "the character U+0001 is not allowed in XML"),
            (&[("a", list(&[list(&[])]))], &[], "cannot coerce Array to String"),
        ] {
            assert_eq!(inside(pairs, given), want, "{pairs:?} {given:?}");
        }
    }

    #[test]
    fn obeys_what_is_said_of_nulls_and_namespaces() {
        let nil = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"";
        let nulls = object(&[("v", object(&[("a", Value::Null), ("b", list(&[Value::Null]))]))]);
        for (given, want) in [
            (("skipNullOn", "elements"), "<v><b/></v>".to_string()),
            (("writeNilOnNull", "true"), format!("<v><a {nil}/><b {nil}/></v>")),
            (("defaultNamespace", "u"), "<v xmlns=\"u\"><a/><b/></v>".to_string()),
        ] {
            assert_eq!(written(nulls.clone(), &[given, ("indent", "false")]), want);
        }
        let g = || Some(Arc::new(Namespace { prefix: "g".into(), uri: "geo".into() }));
        let mut attributes = ObjectBuilder::default();
        attributes.pair(QName { local: "k".into(), ns: g() }, None, Value::Null);
        let mut root = ObjectBuilder::default();
        root.pair(QName::local("v"), Some(attributes.build()), object(&[("c", 1.into())]));
        let root = root.value();
        for (given, want) in [
            (("indent", "false"), "<v xmlns:g=\"geo\" g:k=\"null\"><c>1</c></v>"),
            (("skipNullOn", "everywhere"), "<v>\n  <c>1</c>\n</v>"),
            (("defaultNamespace", "geo"), "<v xmlns=\"geo\" xmlns:g=\"geo\" g:k=\"null\">\n  <c>1</c>\n</v>"),
        ] {
            assert_eq!(written(root.clone(), &[given]), want);
        }
        let mut kept = ObjectBuilder::default();
        let attributes = |value| Some(Object::of_shape(Shape::new(vec![QName::local("k")]), vec![value]));
        kept.pair(QName::local("a"), attributes(1.into()), Value::Null);
        kept.pair(QName::local("b"), attributes(Value::Null), Value::Null);
        let text = written(object(&[("v", kept.value())]), &[("skipNullOn", "everywhere"), ("indent", "false")]);
        assert_eq!(text, "<v><a k=\"1\"/></v>");
    }

    #[test]
    fn refuses_what_is_no_document() {
        let mut deep = Value::Null;
        for _ in 0..depth::MAX_DEPTH + 2 {
            deep = object(&[("a", deep)]);
        }
        for (value, want) in [
            (Value::Null, "a value of type Null cannot be an XML document"),
            (list(&[object(&[("v", 1.into())])]), "a value of type Array cannot be an XML document"),
            (Value::empty_object(), "an XML document needs a root element"),
            (object(&[("v", 1.into()), ("w", 2.into())]), "the root element is followed by another one, `w`"),
            (object(&[("v", list(&[1.into(), 2.into()]))]), "the root element is followed by another one, `v`"),
            (object(&[("__text", "x".into())]), "a String under `__text` cannot stand outside of the root element"),
            (deep, "data is nested more than 2000 levels deep"),
        ] {
            assert_eq!(written(value, &[]), want);
        }
    }

    #[test]
    fn encodes_and_declares() {
        let value = object(&[("v", "é€".into())]);
        let mut out = Vec::new();
        write(
            value,
            &mut out,
            &options(PROPERTIES, &[("encoding", "latin1"), ("doubleQuoteInDeclaration", "true")]).unwrap(),
        )
        .unwrap();
        assert_eq!(out, b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<v>\xe9&#x20ac;</v>");
        let name = object(&[("v€", 1.into())]);
        assert!(written(name, &[("encoding", "latin1")]).starts_with("`€` is not in ISO-8859-1"));
    }
}
