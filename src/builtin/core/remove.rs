//! What `--` takes away: items from lists, pairs from objects.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Number, ObjectBuilder, Str, Value, coerce, ops};
use rustc_hash::FxHashSet;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::removeItems", body: remove_items },
    Native { key: "core::removePairs", body: remove_pairs },
    Native { key: "core::removeKeys", body: remove_keys },
];

/// The items to remove. Texts and numbers are looked up by hash, so that long lists can be taken from long lists.
#[derive(Default)]
struct Unwanted {
    all: Vec<Value>,
    texts: FxHashSet<Str>,
    numbers: FxHashSet<Number>,
    /// The numbers that the texts spell.
    spelled: FxHashSet<Number>,
    /// What is neither text nor number.
    others: Vec<Value>,
}

impl Unwanted {
    fn new(items: Vec<Value>) -> Self {
        let mut unwanted = Self::default();
        for item in &items {
            match (item.bare(), item.as_number()) {
                (Value::String(text), _) => {
                    unwanted.spelled.extend(Number::parse(text));
                    unwanted.texts.insert(text.clone());
                }
                (_, Some(number)) => drop(unwanted.numbers.insert(number)),
                _ => unwanted.others.push(item.clone()),
            }
        }
        unwanted.all = items;
        unwanted
    }

    /// Whether the item is similar (`~=`) to one of them.
    fn has(&self, item: &Value) -> Result<bool, Fault> {
        let found = match (item.as_str(), item.as_number()) {
            (Some(text), _) => {
                self.texts.contains(text) || Number::parse(text).is_some_and(|number| self.numbers.contains(&number))
            }
            (_, Some(number)) => self.numbers.contains(&number) || self.spelled.contains(&number),
            _ => return any_similar(&self.all, item),
        };
        Ok(found || any_similar(&self.others, item)?)
    }
}

fn any_similar(items: &[Value], item: &Value) -> Result<bool, Fault> {
    for other in items {
        if ops::similar(item, other)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn remove_items(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let unwanted = Unwanted::new(args.take_array(1)?.into_vec()?);
    let kept = args.take_array(0)?.into_limited().filter_map(|item| {
        let kept = item.and_then(|item| Ok((!unwanted.has(&item)?).then_some(item)));
        kept.transpose()
    });
    kept.collect::<Result<_, Fault>>().map(Value::array)
}

/// Takes the pairs away whose name and (similar) value the other object has too.
fn remove_pairs(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (object, unwanted) = (args.object(0)?, args.object(1)?);
    let mut result = ObjectBuilder::default();
    for pair in object.iter() {
        let same_name: Vec<Value> =
            unwanted.iter().filter(|other| other.name == pair.name).map(|other| other.value.clone()).collect();
        if !any_similar(&same_name, pair.value)? {
            result.copy(pair);
        }
    }
    Ok(result.value())
}

/// Takes the pairs with these local names away, in any namespace.
fn remove_keys(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let mut names = FxHashSet::default();
    for key in args.take_array(1)?.into_limited() {
        names.insert(coerce::to_key(&key?)?.name.local);
    }
    let mut result = ObjectBuilder::default();
    for pair in args.object(0)?.iter().filter(|pair| !names.contains(&pair.name.local)) {
        result.copy(pair);
    }
    Ok(result.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_similar() {
        let number = |text: &str| Value::from(Number::parse(text).unwrap());
        let unwanted = Unwanted::new(vec!["1.0".into(), number("2"), Value::Null, true.into()]);
        let cases = [
            (number("1"), true),
            ("1".into(), false),
            ("1.0".into(), true),
            ("2.00".into(), true),
            (number("2.0"), true),
            ("true".into(), true),
            (Value::Null, true),
            (false.into(), false),
            ("".into(), false),
        ];
        for (item, expected) in cases {
            assert_eq!(unwanted.has(&item).unwrap(), expected, "{item:?}");
        }
    }
}
