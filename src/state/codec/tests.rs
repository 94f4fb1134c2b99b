//! Round trips, and data that was tampered with.

use super::{Decoder, Encoder};
use crate::diag::Fault;
use crate::value::temporal::{Date, DateTime, Offset, Temporal, Zone, parse_literal};
use crate::value::ty::{Field, FunctionType, NamedType, ObjectType, Simple, Type};
use crate::value::{
    Key, KeyTag, Namespace, Number, Object, ObjectBuilder, QName, Range, Regex, Schema, Shape, Tagged, Value,
};
use std::sync::Arc;

fn encoded(value: &Value) -> Result<Vec<u8>, Fault> {
    let mut encoder = Encoder::new(&[]);
    encoder.value(value)?;
    Ok(encoder.finish())
}

fn decoded(bytes: &[u8]) -> Result<Value, Fault> {
    let mut decoder = Decoder::new(bytes, &[])?;
    let value = decoder.value()?;
    decoder.finish()?;
    Ok(value)
}

fn namespace() -> Arc<Namespace> {
    Arc::new(Namespace { prefix: "n".into(), uri: "urn:n".into() })
}

fn number(text: &str) -> Value {
    Number::parse(text).unwrap().into()
}

fn object() -> Object {
    let mut object = ObjectBuilder::default();
    let mut attributes = ObjectBuilder::default();
    attributes.field("id", 7);
    object.pair(QName { local: "a".into(), ns: Some(namespace()) }, Some(attributes.build()), "x".into());
    object.field("a", Value::Null).field("b", Value::array(vec![1.into(), true.into()]));
    object.build()
}

/// A value of every kind.
fn samples() -> Vec<Value> {
    let mut all = vec![
        Value::Null,
        true.into(),
        false.into(),
        Value::string(""),
        Value::string("longer than sixteen bytes, with ünïcödé 😀"),
        Value::Binary(Arc::new((0..=255).collect())),
        Value::Regex(Arc::new(Regex::new(r"a/b\d+").unwrap())),
        Value::Namespace(namespace()),
        Value::Uri(Arc::new("http://localhost/?q".to_string())),
        Value::Range(Arc::new(Range::new(Number::Int(5), Number::parse("-1.5").unwrap()).unwrap())),
        Value::Key(Arc::new(Key { name: QName::local("k"), attributes: Some(object()) })),
        Value::array(vec![Value::Object(object()), Value::Object(object()), Value::array(Vec::new())]),
        Value::empty_object(),
    ];
    let numbers = ["0", "-1", "9223372036854775807", "-9223372036854775808", "1.50", "-0.000", "1E400", "2E-40"];
    all.extend(numbers.map(number));
    all.push(number(&"123456789".repeat(30)));
    let times = [
        "2031-05-17",
        "23:45:59.000000001+09:00",
        "23:45:59",
        "2031-05-17T23:45:59-03:30",
        "P1Y-2M3D",
        "2031-10-26T02:30:00+01:00",
        "2031-05-17T23:45:59",
        "+09:00",
        "PT1H30M0.5S",
    ];
    all.extend(times.map(|text| parse_literal(text).unwrap().into()));
    all.push(Temporal::from(Date::new(-44, 3, 15).unwrap()).into());
    let madrid = Zone::parse("Europe/Madrid").unwrap();
    all.push(Temporal::from(madrid.clone()).into());
    // An hour that comes twice.
    let Temporal::LocalDateTime(twice) = parse_literal("2031-10-26T02:30:00").unwrap() else { panic!("no local time") };
    for hours in [1, 2] {
        let offset = Offset::from_seconds(hours * 3600);
        all.push(Temporal::from(DateTime::in_zone(twice, madrid.clone(), offset).unwrap()).into());
    }
    all.extend(types().into_iter().map(|ty| Value::Type(Arc::new(ty))));
    let schema = Schema(vec![("format".into(), "0.00".into()), ("deep".into(), Value::Object(object()))]);
    let key = KeyTag { ns: Some(namespace()), attributes: Some(object()) };
    all.push(Tagged::key_on(Value::Int(1), Some(key)).with_schema(schema.clone()));
    all.push(Value::string("a").with_schema(schema));
    all
}

fn types() -> Vec<Type> {
    let text = || Type::Simple(Simple::String);
    let field = Field {
        name: Some(QName::local("f")),
        attributes: vec![(QName::local("id"), true, text())],
        optional: true,
        repeated: false,
        ty: Type::Literal("on".into()),
    };
    let object = ObjectType { fields: vec![field], closed: true, ordered: false };
    let function = FunctionType {
        params: vec![(Some("a".into()), text(), true), (None, Type::Any, false)],
        result: Type::Nothing,
    };
    let tree = Arc::new_cyclic(|own| NamedType {
        name: "Tree".into(),
        ty: Type::Union([Type::Array(Arc::new(Type::Recursive(own.clone()))), text()].into()),
    });
    vec![
        Type::Object(Arc::new(object)),
        Type::Function(Some(Arc::new(function))),
        Type::Function(None),
        Type::Named(tree),
        Type::Intersection([text(), Type::Param("T".into())].into()),
        Type::Meta(Arc::new(Type::Type(Arc::new(text()))), Schema(vec![("format".into(), "x".into())])),
    ]
}

#[test]
fn every_kind_comes_back_as_it_was() {
    for value in samples() {
        let bytes = encoded(&value).unwrap();
        let back = decoded(&bytes).unwrap();
        assert_eq!(format!("{back:?}"), format!("{value:?}"));
        assert_eq!(encoded(&back).unwrap(), bytes, "{value:?}");
    }
}

#[test]
fn a_recursive_type_leads_back_to_itself() {
    let Value::Type(ty) = decoded(&encoded(&Value::Type(Arc::new(types().swap_remove(3)))).unwrap()).unwrap() else {
        panic!("no type");
    };
    let Type::Named(tree) = &*ty else { panic!("{ty}") };
    let Type::Union(parts) = &tree.ty else { panic!("{}", tree.ty) };
    let Type::Array(inner) = &parts[0] else { panic!("{}", parts[0]) };
    assert!(matches!(&**inner, Type::Recursive(own) if own.upgrade().is_some_and(|own| Arc::ptr_eq(&own, tree))));
}

#[test]
fn records_share_their_names_and_known_shapes_come_back() {
    let record =
        |n: i64| Value::Object(Object::of_shape(Shape::folding_case(vec![QName::local("number")]), vec![n.into()]));
    let shape = Shape::new(vec![QName::local("number")]);
    let shared = |n: i64| Value::Object(Object::of_shape(shape.clone(), vec![n.into()]));
    let size = |items: Vec<Value>| encoded(&Value::array(items)).unwrap().len();
    assert!(size((0..9).map(shared).collect()) + 50 < size((0..9).map(record).collect()));
    let mut encoder = Encoder::new(std::slice::from_ref(&shape));
    encoder.value(&shared(1)).unwrap();
    let bytes = encoder.finish();
    let Value::Object(back) = Decoder::new(&bytes, std::slice::from_ref(&shape)).unwrap().value().unwrap() else {
        panic!("no object");
    };
    assert!(Arc::ptr_eq(back.shape(), &shape));
    let Value::Object(folding) = decoded(&encoded(&record(1)).unwrap()).unwrap() else { panic!("no object") };
    assert_eq!(folding.position("NUMBER"), Some(0));
}

#[test]
fn what_cannot_be_kept_is_told() {
    let lazy = |item: Result<Value, Fault>| Value::Array(crate::value::Array::lazy([item].into_iter()));
    assert!(encoded(&lazy(Ok(Value::Int(1)))).is_ok());
    assert!(encoded(&lazy(Err(Fault::internal("no")))).is_err());
    let deep = (0..3000).fold(Value::Null, |inner, _| Value::array(vec![inner]));
    assert!(encoded(&deep).unwrap_err().message().contains("nested"));
}

#[test]
fn damaged_data_is_an_error_and_nothing_worse() {
    let mut random = fastrand::Rng::with_seed(7);
    for value in samples() {
        let bytes = encoded(&value).unwrap();
        for end in 0..bytes.len() {
            assert!(decoded(&bytes[..end]).is_err(), "{value:?} cut at {end}");
        }
        for _ in 0..300 {
            let mut bytes = bytes.clone();
            let at = random.usize(..bytes.len());
            bytes[at] = random.u8(..);
            // Most changes show; those of a text or a number cannot.
            let _ = decoded(&bytes).map(|value| encoded(&value));
        }
    }
    let nested = [vec![1], [5, 1].repeat(4000)].concat();
    assert!(decoded(&nested).unwrap_err().message().contains("nested"));
    assert_eq!(decoded(&[2, 0]).unwrap_err().message(), "stored data has format 2, and this program reads format 1");
    assert!(decoded(&[1, 0, 0]).is_err());
}
