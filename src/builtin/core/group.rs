//! Groups by a criterion: groupBy on lists, texts and objects.

use super::object::key_of;
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::units;
use crate::value::{ObjectBuilder, QName, Str, Value, coerce};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::groupItems", body: group_items },
    Native { key: "core::groupText", body: group_text },
    Native { key: "core::groupPairs", body: group_pairs },
];

/// What belongs to each key, in the order in which the keys first appear.
#[derive(Default)]
struct Groups<T>(IndexMap<Str, T, FxBuildHasher>);

impl<T: Default> Groups<T> {
    /// The group of this criterion, which becomes a key as text: `1`, `"1"` and `1.0` share one.
    fn of(&mut self, criterion: &Value) -> Result<&mut T, Fault> {
        if let Value::String(text) = criterion.bare() {
            let found = self.0.get_index_of(text.as_str());
            let index = found.unwrap_or_else(|| self.0.insert_full(text.clone(), T::default()).0);
            return Ok(&mut self.0[index]);
        }
        Ok(self.0.entry(coerce::to_text(criterion)?).or_default())
    }

    fn into_object(self, value: fn(T) -> Value) -> Value {
        let mut object = ObjectBuilder::with_capacity(self.0.len());
        for (key, group) in self.0 {
            object.pair(QName::from(key), None, value(group));
        }
        object.value()
    }
}

fn group_items(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let items = args.take_array(0)?.into_limited();
    let criteria = args.function(1)?;
    let mut groups = Groups::<Vec<Value>>::default();
    for (i, item) in items.enumerate() {
        let item = item?;
        let criterion = criteria.call(&mut [item.clone(), Value::count(i)])?;
        groups.of(&criterion)?.push(item);
    }
    Ok(groups.into_object(Value::array))
}

fn group_text(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (text, criteria) = (args.str(0)?, args.function(1)?);
    let mut groups = Groups::<Vec<u16>>::default();
    for (i, (unit, character)) in text.encode_utf16().zip(units::each_value(text)).enumerate() {
        let criterion = criteria.call(&mut [character, Value::count(i)])?;
        groups.of(&criterion)?.push(unit);
    }
    Ok(groups.into_object(|units| units::text(units).into()))
}

fn group_pairs(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (object, criteria) = (args.object(0)?, args.function(1)?);
    let mut groups = Groups::<ObjectBuilder>::default();
    for pair in object.iter() {
        let criterion = criteria.call(&mut [pair.selected(), key_of(&pair)])?;
        groups.of(&criterion)?.copy(pair);
    }
    Ok(groups.into_object(ObjectBuilder::value))
}
