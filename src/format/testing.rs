//! What the tests of many formats share: values made in one line, their comparison, and properties given as text.

use super::json::Json;
use super::{Format, Options, Property};
use crate::diag::Fault;
use crate::value::{Number, ObjectBuilder, Value};
use proptest::prelude::*;

/// An object of these members.
pub fn object(members: &[(&str, Value)]) -> Value {
    let mut object = ObjectBuilder::default();
    for (name, value) in members {
        object.field(name, value.clone());
    }
    object.value()
}

/// An array of these items.
pub fn list(items: &[Value]) -> Value {
    Value::array(items.to_vec())
}

/// Properties as the command line gives them.
pub fn options(declared: &'static [Property], given: &[(&str, &str)]) -> Result<Options, Fault> {
    let given: Vec<_> = given.iter().map(|(name, value)| ((*name).into(), Value::from(*value))).collect();
    Options::lenient(declared, &given)
}

/// The value as JSON on one line, or the first line of the fault's message.
pub fn shown(value: Result<Value, Fault>) -> String {
    let mut out = Vec::new();
    let compact = options(Json.writer_properties(), &[("indent", "false")]);
    match value.and_then(|value| Json.write(value, &mut out, &compact?)) {
        Ok(()) => String::from_utf8(out).unwrap(),
        Err(fault) => fault.message().lines().next().unwrap().to_string(),
    }
}

/// Any value that JSON can hold.
pub fn any_json() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(Value::Int),
        "-?[1-9][0-9]{0,30}\\.[0-9]{1,30}".prop_map(|text| Number::parse(&text).unwrap().into()),
        "[1-9]{1,3}E-?[1-9][0-9]{0,2}".prop_map(|text| Number::parse(&text).unwrap().into()),
    ];
    let text = prop_oneof!["\\PC{0,20}", any::<String>(), "[a-c\"\\\\\n\u{0}\u{7f}é🛶]{0,12}"];
    let leaf =
        prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::Boolean), number, text.prop_map(Value::from)];
    leaf.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::array),
            prop::collection::vec(("[a-d\"\\\\ü]{0,2}", inner), 0..8).prop_map(|members| {
                let members: Vec<_> = members.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
                object(&members)
            }),
        ]
    })
}

/// Equal with the same kinds; numbers by their value.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            let (a, b) = (a.force().unwrap(), b.force().unwrap());
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| a.name == b.name && same(a.value, b.value))
        }
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Temporal(a), Value::Temporal(b)) => a == b,
        (Value::Null, Value::Null) => true,
        (a, b) => a.as_number().is_some() && a.as_number() == b.as_number(),
    }
}
