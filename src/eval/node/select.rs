//! Selectors.

use crate::diag::Fault;
use crate::eval::frame::Frame;
use crate::plan::node::{Field, FieldKind, Presence, Select, Selector};
use crate::value::select::{self, Sought};
use crate::value::{Namespace, Object, Value};

static NULL: Value = Value::Null;

/// Where a field's value lies, null if there is none. `None` if its key has something to tell about it.
pub(in crate::eval) fn field_place<'v>(object: &'v Object, field: &Field) -> Option<&'v Value> {
    match position(object, field) {
        None => Some(&NULL),
        Some(position) => {
            let pair = object.pair(position)?;
            (pair.attributes.is_none() && pair.name.ns.is_none()).then_some(pair.value)
        }
    }
}

/// The position of the field; in objects of one shape it is looked up once.
#[inline]
fn position(object: &Object, field: &Field) -> Option<usize> {
    let shape = object.shape();
    if let Some(position) = field.cache.position(shape)
        && position < object.len()
    {
        return Some(position);
    }
    let position = shape.position(&field.name)?;
    field.cache.remember(shape, position);
    Some(position)
}

impl Frame<'_> {
    /// `base.name`
    pub(super) fn field(&mut self, field: &Field) -> Result<Value, Fault> {
        match self.place(&field.base) {
            Some(base) => field_of(base, field),
            None => field_of(&self.eval(&field.base)?, field),
        }
    }

    /// Any other selector.
    pub(super) fn select(&mut self, select: &Select) -> Result<Value, Fault> {
        let base = self.eval(&select.base)?;
        let ns = match &select.selector {
            Selector::Field { ns, .. } => self.namespace(ns.as_ref())?,
            _ => None,
        };
        let operand = self.operand(&select.selector)?;
        let knows_its_key = matches!(base, Value::Tagged(_)) && is_of_key(&select.selector);
        let is_plain = !matches!(select.selector, Selector::Metadata(None));
        let passes_null = select.chained && base.is_null() && !knows_its_key && is_plain;
        let found = if passes_null { None } else { self.selected(&base, &select.selector, &operand, ns.as_deref())? };
        match (select.presence, found) {
            (Presence::Exists, found) => Ok(Value::Boolean(found.is_some())),
            (_, Some(value)) => Ok(value),
            (Presence::Plain, None) => Ok(Value::Null),
            (Presence::Required, None) => Err(select::missing(&base, sought(&select.selector, &operand))),
        }
    }

    /// The name or index of a selector; null for those that have none.
    fn operand(&mut self, selector: &Selector) -> Result<Value, Fault> {
        match selector {
            Selector::Field { name, .. } => self.name(name).map(Value::String),
            Selector::Index(index) => self.eval(index),
            _ => Ok(Value::Null),
        }
    }

    fn selected(
        &mut self,
        base: &Value,
        selector: &Selector,
        operand: &Value,
        ns: Option<&Namespace>,
    ) -> Result<Option<Value>, Fault> {
        match selector {
            Selector::Field { kind, .. } => by_name(base, *kind, operand.as_str().unwrap_or_default(), ns),
            Selector::Index(_) => select::by_index(base, operand),
            Selector::Filter { condition, item, index } => select::filter(base, &mut |value, position| {
                self.set(*item, value);
                self.set(*index, position);
                self.condition(condition)
            }),
            Selector::Descendants => select::descendants(base).map(Some),
            Selector::Attributes => select::attributes(base),
            Selector::DescendantAttributes => select::deep_attributes(base).map(Some),
            Selector::Namespace => Ok(select::namespace(base)),
            Selector::Metadata(None) => Ok(Some(select::all_metadata(base))),
            Selector::Metadata(Some(name)) => Ok(select::metadata(base, name)),
        }
    }
}

/// Whether a selector asks for what a value knows of its key: that of null may have something to tell, too.
fn is_of_key(selector: &Selector) -> bool {
    use FieldKind::{AllAttributes, Attribute, DeepAttribute};
    match selector {
        Selector::Field { kind, .. } => matches!(kind, Attribute | AllAttributes | DeepAttribute),
        Selector::Attributes | Selector::DescendantAttributes | Selector::Namespace | Selector::Metadata(_) => true,
        Selector::Index(_) | Selector::Filter { .. } | Selector::Descendants => false,
    }
}

/// What a selector with `!` looked for.
fn sought<'a>(selector: &'a Selector, operand: &'a Value) -> Sought<'a> {
    let name = operand.as_str().unwrap_or_default();
    match selector {
        Selector::Field {
            kind: FieldKind::Attribute | FieldKind::AllAttributes | FieldKind::DeepAttribute, ..
        } => Sought::Attribute(name),
        Selector::Field { .. } => Sought::Key(name),
        Selector::Index(_) => match operand.as_number() {
            Some(number) => Sought::Index(number.truncated_i64().unwrap_or(i64::MAX)),
            None => Sought::Key(name),
        },
        Selector::Attributes | Selector::DescendantAttributes => Sought::Attributes,
        Selector::Namespace => Sought::Namespace,
        Selector::Metadata(name) => Sought::Metadata(name.as_deref().unwrap_or_default()),
        Selector::Filter { .. } | Selector::Descendants => Sought::Matches,
    }
}

/// `base.name`, remembering where the name lay.
fn field_of(base: &Value, field: &Field) -> Result<Value, Fault> {
    match base.bare() {
        Value::Object(object) => {
            Ok(position(object, field).and_then(|i| object.pair(i)).map(|pair| pair.selected()).unwrap_or_default())
        }
        Value::Null => Ok(Value::Null),
        other => Ok(select::field(other, &field.name, None)?.unwrap_or_default()),
    }
}

fn by_name(base: &Value, kind: FieldKind, name: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    match kind {
        FieldKind::First => select::field(base, name, ns),
        FieldKind::All => select::fields(base, name, ns),
        FieldKind::Pairs => select::pairs(base, name, ns),
        FieldKind::Deep => select::deep_field(base, name, ns),
        FieldKind::DeepAll => select::deep_fields(base, name, ns),
        FieldKind::DeepPairs => select::deep_pairs(base, name, ns),
        FieldKind::Attribute => select::attribute(base, name, ns),
        FieldKind::AllAttributes => select::all_attributes(base, name, ns),
        FieldKind::DeepAttribute => select::deep_attribute(base, name, ns),
    }
}
