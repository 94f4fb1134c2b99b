//! Natives of `dw::util::Values`: `update`, which gives a function that waits for the new value.

use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::{
    Array, Callable, Elements, Function, Key, Namespace, Number, Object, ObjectBuilder, Pair, QName, Signature, Str,
    Type, Value, coerce, depth,
};
use std::sync::Arc;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Values::update", body: |run, args| updater(run, args, |step| Ok(vec![step_of(step)?])) },
    Native { key: "Values::updatePath", body: |run, args| updater(run, args, path_of) },
];

/// One step of a path.
#[derive(Clone)]
struct Step {
    selector: Selector,
    ns: Option<Arc<Namespace>>,
    is_attribute: bool,
}

#[derive(Clone)]
enum Selector {
    Name(Str),
    Index(Number),
}

impl Step {
    /// Whether a pair or attribute of this name is meant; a number is read as a name.
    fn takes(&self, name: &QName) -> bool {
        let local = match &self.selector {
            Selector::Name(local) => *local == name.local,
            Selector::Index(number) => number.to_string() == name.local,
        };
        local && self.ns.as_deref().is_none_or(|ns| name.ns.as_deref() == Some(ns))
    }
}

fn path_of(path: &Value) -> Result<Vec<Step>, Fault> {
    let Some(steps) = path.elements() else { return Err(no_step(path)) };
    steps.map(|step| step_of(&step?)).collect()
}

/// A name, a position or a `PathElement`.
fn step_of(step: &Value) -> Result<Step, Fault> {
    let plain = |selector| Step { selector, ns: None, is_attribute: false };
    match step.bare() {
        Value::Object(element) => {
            let selector = element.get("selector").ok_or_else(|| no_step(step))?;
            let ns = match element.get("namespace").map(Value::bare) {
                Some(Value::Namespace(ns)) => Some(ns.clone()),
                _ => None,
            };
            let is_attribute = element.get("kind").and_then(Value::as_str) == Some("Attribute");
            Ok(Step { ns, is_attribute, ..step_of(selector)? })
        }
        other => match other.as_number() {
            Some(number) => Ok(plain(Selector::Index(number))),
            None => Ok(plain(Selector::Name(coerce::to_text(other)?))),
        },
    }
}

fn no_step(step: &Value) -> Fault {
    Fault::new(Code::Argument, format!("a {} is no step of a path", step.type_name()))
        .help("steps are names, positions, and what `field`, `attr` and `index` give")
}

fn updater(_: &Run, mut args: Args<'_>, path: fn(&Value) -> Result<Vec<Step>, Fault>) -> Result<Value, Fault> {
    let steps = path(args.value(1))?;
    let params = vec![("newValueProvider".to_string(), Type::Function(None), false)];
    let signature = Signature { params, result: Type::Any };
    Ok(Value::Function(Function::new(Updater { value: args.take(0), steps: steps.into(), signature })))
}

/// Takes the function that gives the new value for an old one and its position.
struct Updater {
    value: Value,
    steps: Arc<[Step]>,
    signature: Signature,
}

impl Callable for Updater {
    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn call(&self, args: &mut [Value]) -> Result<Value, Fault> {
        match args.first().map(Value::bare) {
            Some(Value::Function(provider)) => {
                Update { steps: self.steps.clone(), provider: provider.clone() }.at(self.value.clone(), 0)
            }
            _ => Err(Fault::new(Code::NoOverload, "`update` needs a function that gives the new value")),
        }
    }

    fn default_of(&self, _: usize) -> Option<Result<Value, Fault>> {
        None
    }
}

#[derive(Clone)]
struct Update {
    steps: Arc<[Step]>,
    provider: Function,
}

impl Update {
    /// The value with everything replaced that the steps from `level` on lead to.
    fn at(&self, value: Value, level: usize) -> Result<Value, Fault> {
        depth::check(level)?;
        let Some(step) = self.steps.get(level) else { return Ok(value) };
        match (value.bare(), &step.selector) {
            (Value::Null, _) => Ok(value),
            (Value::Object(object), _) => self.in_object(object, step, level),
            (Value::Array(_) | Value::Range(_), _) if step.is_attribute => Ok(value),
            (Value::Array(_) | Value::Range(_), Selector::Index(index)) => Ok(self.at_index(value, index, level)),
            (Value::Array(_) | Value::Range(_), Selector::Name(_)) => Ok(self.in_each(value, level)),
            (other, _) => {
                let message = format!("`update` cannot go into a {}", other.type_name());
                Err(Fault::new(Code::NoOverload, message).help("a path leads through objects and arrays"))
            }
        }
    }

    /// What stands there now: the new value at the path's end, else the old one updated further down.
    fn replaced(&self, old: &Value, position: usize, level: usize) -> Result<Value, Fault> {
        if level + 1 == self.steps.len() {
            return self.provider.call(&mut [old.clone(), Value::count(position)]);
        }
        depth::with_stack(|| self.at(old.clone(), level + 1))
    }

    fn in_object(&self, object: &Object, step: &Step, level: usize) -> Result<Value, Fault> {
        let mut updated = ObjectBuilder::with_capacity(object.len());
        for (i, pair) in object.iter().enumerate() {
            if step.is_attribute || !step.takes(pair.name) {
                updated.entry(pair.key(), pair.value.clone());
            } else if self.steps.get(level + 1).is_some_and(|next| next.is_attribute) {
                updated.entry(self.in_key(&pair, level + 1)?, pair.value.clone());
            } else {
                updated.entry(pair.key(), self.replaced(pair.value, i, level)?);
            }
        }
        Ok(updated.value())
    }

    /// The key with the attribute replaced that the step at `level` names.
    fn in_key(&self, pair: &Pair<'_>, level: usize) -> Result<Key, Fault> {
        let mut key = pair.key();
        if let Some(attributes) = pair.attributes {
            let mut updated = ObjectBuilder::with_capacity(attributes.len());
            for (i, attribute) in attributes.iter().enumerate() {
                let value = match self.steps[level].takes(attribute.name) {
                    true => self.replaced(attribute.value, i, level)?,
                    false => attribute.value.clone(),
                };
                updated.pair(attribute.name.clone(), None, value);
            }
            key.attributes = Some(updated.build());
        }
        Ok(key)
    }

    fn at_index(&self, array: Value, index: &Number, level: usize) -> Value {
        let (update, index) = (self.clone(), index.to_usize());
        let items = |items: Elements<'static>| {
            items.enumerate().map(move |(i, item)| match index == Some(i) {
                true => update.replaced(&item?, i, level),
                false => item,
            })
        };
        Value::Array(as_array(array).derive(items))
    }

    /// A name on a list stands for that name in each item.
    fn in_each(&self, array: Value, level: usize) -> Value {
        let update = self.clone();
        let items = |items: Elements<'static>| items.map(move |item| depth::with_stack(|| update.at(item?, level)));
        Value::Array(as_array(array).derive(items))
    }
}

fn as_array(value: Value) -> Array {
    match value.into_bare() {
        Value::Array(array) => array,
        Value::Range(range) => Array::lazy(Elements::range(&range)),
        _ => Array::default(),
    }
}
