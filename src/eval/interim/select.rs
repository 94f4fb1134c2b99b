//! Stands in for the value room until it has selectors.
use crate::diag::{Code, Fault};
use crate::value::*;
type R = Result<Option<Value>, Fault>;
pub enum Sought<'a> {
    Key(&'a str),
    Attribute(&'a str),
    Index(i64),
    Matches,
    Attributes,
    Namespace,
    Metadata(&'a str),
}
pub fn missing(_: &Value, _: Sought<'_>) -> Fault {
    Fault::new(Code::KeyNotFound, "missing")
}
pub fn field(b: &Value, n: &str, ns: Option<&crate::value::Namespace>) -> R {
    match b.bare() {
        Value::Object(o) => Ok(o.find(n, ns).map(|p| p.selected())),
        Value::Array(a) => {
            let mut v = vec![];
            for i in a.iter() {
                let i = i?;
                if let Value::Object(o) = i.bare() {
                    if let Some(p) = o.find(n, ns) {
                        v.push(p.selected())
                    }
                }
            }
            Ok((!v.is_empty()).then(|| Value::array(v)))
        }
        Value::Null => Ok(None),
        _ => Err(Fault::new(Code::Selection, "stub field")),
    }
}
pub fn fields(b: &Value, n: &str, ns: Option<&crate::value::Namespace>) -> R {
    match b.bare() {
        Value::Object(o) => {
            let v: Vec<_> = o.iter().filter(|p| p.name.matches(n, ns)).map(|p| p.selected()).collect();
            Ok((!v.is_empty()).then(|| Value::array(v)))
        }
        _ => Ok(None),
    }
}
macro_rules! stubs{($($n:ident),*)=>{$(pub fn $n(_:&Value,_:&str,_:Option<&crate::value::Namespace>)->R{Err(Fault::new(Code::Selection,concat!("stub ",stringify!($n))))})*}}
stubs!(pairs, deep_field, deep_fields, deep_pairs, attribute, all_attributes, deep_attribute);
pub fn by_index(b: &Value, i: &Value) -> R {
    match (b.bare(), i.bare()) {
        (Value::Array(a), Value::Int(n)) => {
            let k = if *n < 0 { a.len()? as i64 + n } else { *n };
            if k < 0 { Ok(None) } else { a.get(k as usize) }
        }
        (_, Value::String(s)) => field(b, s, None),
        (Value::Null, _) => Ok(None),
        _ => Err(Fault::new(Code::Selection, "stub index")),
    }
}
pub fn filter(b: &Value, k: &mut dyn FnMut(Value, Value) -> Result<bool, Fault>) -> R {
    let Some(e) = b.elements() else { return Ok(None) };
    let mut v = vec![];
    for (n, i) in e.enumerate() {
        let i = i?;
        if k(i.clone(), Value::count(n))? {
            v.push(i)
        }
    }
    Ok((!v.is_empty()).then(|| Value::array(v)))
}
pub fn descendants(_: &Value) -> Result<Value, Fault> {
    Err(Fault::new(Code::Selection, "stub"))
}
pub fn deep_attributes(_: &Value) -> Result<Value, Fault> {
    Err(Fault::new(Code::Selection, "stub"))
}
pub fn attributes(_: &Value) -> R {
    Err(Fault::new(Code::Selection, "stub"))
}
pub fn namespace(_: &Value) -> Option<Value> {
    None
}
pub fn metadata(b: &Value, n: &str) -> Option<Value> {
    b.schema()?.get(n).cloned()
}
pub fn all_metadata(_: &Value) -> Value {
    Value::Null
}
