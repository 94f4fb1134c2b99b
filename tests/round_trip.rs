//! What is written as DataWeave is read back as the same value, whatever is in it.

#![allow(clippy::unwrap_used)]

use dwrun::format::{Options, registry};
use dwrun::script::{Engine, Inputs};
use dwrun::value::temporal::parse_literal;
use dwrun::value::{Namespace, Number, Object, ObjectBuilder, QName, Schema, Value};
use proptest::prelude::*;
use std::sync::Arc;

/// `None` or a namespace; two of them share their prefix.
fn any_namespace() -> impl Strategy<Value = Option<Arc<Namespace>>> {
    let namespaces = [None, Some(("p", "urn:1")), Some(("p", "urn:2")), Some(("q", "urn:3"))];
    prop::sample::select(namespaces.to_vec())
        .prop_map(|ns| ns.map(|(prefix, uri)| Arc::new(Namespace { prefix: prefix.into(), uri: uri.into() })))
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]{1,3}", "\\PC{0,12}", "[$()\"'`\\\\\n\t\u{0}\u{7f}\u{2028}é🛶]{0,8}", Just("null".into())]
}

fn any_name() -> impl Strategy<Value = QName> {
    (any_text(), any_namespace()).prop_map(|(local, ns)| QName { local: local.into(), ns })
}

fn any_scalar() -> impl Strategy<Value = Value> {
    let number = |text: String| Number::parse(&text).unwrap().into();
    let temporal = ["2031-07-04", "08:05:00.12", "08:05:00Z", "2031-07-04T08:05:00-03:00", "P1Y2M", "PT26H", "+05:30"];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "-?[1-9][0-9]{0,25}\\.[0-9]{1,9}".prop_map(number),
        "[1-9]E-?[1-9][0-9]?".prop_map(number),
        any_text().prop_map(Value::from),
        prop::sample::select(temporal.to_vec()).prop_map(|text| parse_literal(text).unwrap().into()),
    ]
}

type Entry = ((QName, Option<(QName, Value)>), Value);

fn object(entries: Vec<Entry>) -> Value {
    let mut object = ObjectBuilder::default();
    for ((name, attribute), value) in entries {
        object.pair(name, attribute.map(attributes), value);
    }
    object.value()
}

fn attributes((name, value): (QName, Value)) -> Object {
    let mut attributes = ObjectBuilder::default();
    attributes.pair(name, None, value);
    attributes.build()
}

fn any_value() -> impl Strategy<Value = Value> {
    any_scalar().prop_recursive(4, 40, 5, |inner| {
        let attribute = prop::option::of((any_name(), any_scalar()));
        let entry = ((any_name(), attribute), inner.clone());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::array),
            prop::collection::vec(entry, 0..5).prop_map(object),
            ("[a-c]{1,3}", any_scalar(), any_text()).prop_map(|(name, value, text)| {
                value.with_schema(Schema(vec![(name.as_str().into(), text.into())]))
            }),
        ]
    })
}

fn written(value: Value, indent: &str) -> String {
    let dw = registry::by_id("dw").unwrap();
    let options = Options::strict(dw.writer_properties(), &[("indent".into(), indent.into())]).unwrap();
    let mut out = Vec::new();
    dw.write(value, &mut out, &options).unwrap();
    String::from_utf8(out).unwrap()
}

proptest! {
    #[test]
    fn written_values_are_scripts_of_themselves(value in any_value()) {
        let text = written(value, "  ");
        let back = Engine::new().compile(&text).and_then(|script| script.run(Inputs::new()));
        let back = back.map_err(|report| TestCaseError::fail(format!("{report}\n{text}")))?;
        prop_assert_eq!(written(back, "  "), text);
    }

    #[test]
    fn one_line_says_the_same(value in any_value()) {
        let back = Engine::new().compile(&written(value.clone(), "")).and_then(|script| script.run(Inputs::new()));
        prop_assert_eq!(written(back.map_err(|report| TestCaseError::fail(report.to_string()))?, "  "), written(value, "  "));
    }
}
