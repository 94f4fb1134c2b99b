//! Values on their way into a writer. What nobody else holds is taken apart while it is written, so that sequences in it
//! need not be kept.

use crate::value::{Object, QName, Shape, Value};

/// A value to write: ours alone, so that its parts can be consumed, or somebody else's.
pub enum Held<'v> {
    /// Ours.
    Own(Value),
    /// Somebody else's.
    Shared(&'v Value),
}

impl Held<'_> {
    /// The value to look at.
    pub fn value(&self) -> &Value {
        match self {
            Held::Own(value) => value,
            Held::Shared(value) => value,
        }
    }

    /// The value without schema and key tag.
    pub fn bare(&self) -> &Value {
        self.value().bare()
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self.bare(), Value::Null)
    }
}

/// One member of an object.
pub struct Member<'v> {
    /// Its name.
    pub name: &'v QName,
    /// The attributes of its key.
    pub attributes: Option<&'v Object>,
    /// Its value.
    pub value: Held<'v>,
}

/// The members of an object that others hold too.
pub fn members(object: &Object) -> impl Iterator<Item = Member<'_>> {
    object.iter().map(|pair| Member { name: pair.name, attributes: pair.attributes, value: Held::Shared(pair.value) })
}

/// The members of an object that was taken apart.
pub fn own_members<'v>(
    shape: &'v Shape,
    attributes: &'v [Option<Object>],
    values: Vec<Value>,
) -> impl Iterator<Item = Member<'v>> {
    let names = shape.names().iter().enumerate();
    names.zip(values).map(|((i, name), value)| Member {
        name,
        attributes: attributes.get(i).and_then(Option::as_ref),
        value: Held::Own(value),
    })
}
