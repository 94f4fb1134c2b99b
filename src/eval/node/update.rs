//! `update`: a copy of a value with some of its parts replaced.
//!
//! All cases look at the original. They go down the value together; where one ends, it decides: the first whose condition
//! holds wins, also over cases that lead further down.

use crate::diag::Fault;
use crate::eval::frame::Frame;
use crate::plan::node::{Name, Prefix, Step, Update, UpdateCase};
use crate::value::depth::with_stack;
use crate::value::{Array, Key, Object, ObjectBuilder, QName, Value};

/// A step of a path, its name or index computed.
enum Part {
    Field {
        all: bool,
        name: QName,
    },
    Attribute(QName),
    Index(i64),
    /// An index that is no number leads nowhere.
    Nowhere,
}

/// A case on its way: the parts of its path that are still to go.
#[derive(Clone, Copy)]
struct Way<'u> {
    case: &'u UpdateCase,
    parts: &'u [Part],
}

impl<'u> Way<'u> {
    /// The way behind the next part, if that is a field of this name; `is_first` says whether no earlier pair has it.
    fn through_field(self, name: &QName, is_first: impl Fn(&QName) -> bool) -> Option<Way<'u>> {
        let [Part::Field { all, name: wanted }, rest @ ..] = self.parts else { return None };
        (is(wanted, name) && (*all || is_first(wanted))).then_some(Way { parts: rest, ..self })
    }
}

/// Whether a key has the name that a path gives; without a namespace, any will do.
fn is(wanted: &QName, name: &QName) -> bool {
    name.matches(&wanted.local, wanted.ns.as_deref())
}

impl Frame<'_> {
    /// `subject update { cases }`
    pub(super) fn update(&mut self, update: &Update) -> Result<Value, Fault> {
        let subject = self.eval(&update.subject)?;
        let mut paths = Vec::with_capacity(update.cases.len());
        for case in &update.cases {
            let parts = case.path.iter().map(|step| self.part(step)).collect::<Result<Vec<_>, _>>()?;
            paths.push((case, parts));
        }
        let ways: Vec<Way<'_>> = paths.iter().map(|(case, parts)| Way { case, parts }).collect();
        Ok(self.updated(&subject, &ways)?.unwrap_or(subject))
    }

    fn part(&mut self, step: &Step) -> Result<Part, Fault> {
        Ok(match step {
            Step::Field { all, ns, name } => Part::Field { all: *all, name: self.qualified(ns, name)? },
            Step::Attribute { ns, name } => Part::Attribute(self.qualified(ns, name)?),
            Step::Index(index) => {
                let position = self.eval(index)?.as_number().and_then(|n| n.truncated_i64());
                position.map_or(Part::Nowhere, Part::Index)
            }
        })
    }

    fn qualified(&mut self, prefix: &Option<Prefix>, name: &Name) -> Result<QName, Fault> {
        let ns = self.namespace(prefix.as_ref())?;
        Ok(QName { ns, local: self.name(name)? })
    }

    /// The value with its parts replaced; `None` if it stays as it is.
    fn updated(&mut self, value: &Value, ways: &[Way<'_>]) -> Result<Option<Value>, Fault> {
        if ways.is_empty() {
            return Ok(None);
        }
        for way in ways.iter().filter(|way| way.parts.is_empty()) {
            if let Some(new) = self.replaced(value, way.case)? {
                return Ok(Some(new));
            }
        }
        with_stack(|| match value.bare() {
            Value::Object(object) => Ok(self.updated_object(object, ways)?.map(Value::Object)),
            Value::Array(array) => Ok(self.updated_array(array, ways)?.map(Value::Array)),
            _ => Ok(None),
        })
    }

    /// What a case makes of a value, if its condition holds.
    fn replaced(&mut self, old: &Value, case: &UpdateCase) -> Result<Option<Value>, Fault> {
        self.set(case.slot, old.clone());
        if let Some(condition) = &case.condition
            && !self.condition(condition)?
        {
            return Ok(None);
        }
        self.eval(&case.body).map(Some)
    }

    fn updated_object(&mut self, object: &Object, ways: &[Way<'_>]) -> Result<Option<Object>, Fault> {
        let mut updated: Option<Object> = None;
        for (position, pair) in object.iter().enumerate() {
            let is_first = |name: &QName| !object.iter().take(position).any(|earlier| is(name, earlier.name));
            let inner: Vec<_> = ways.iter().filter_map(|way| way.through_field(pair.name, is_first)).collect();
            if let Some(value) = self.updated(&pair.selected(), &inner)? {
                updated = Some(updated.unwrap_or_else(|| object.clone()).with_value(position, value));
            }
            if let Some(attributes) = self.updated_attributes(pair.attributes, &inner)? {
                updated = Some(with_attributes(updated.as_ref().unwrap_or(object), position, attributes));
            }
        }
        for (name, inner) in missing_fields(object, ways) {
            if let Some(value) = self.made(&inner)? {
                let key = Key { name, attributes: None };
                updated = Some(updated.unwrap_or_else(|| object.clone()).push(key, value));
            }
        }
        Ok(updated)
    }

    /// The attributes of a key with some of them replaced.
    fn updated_attributes(&mut self, old: Option<&Object>, ways: &[Way<'_>]) -> Result<Option<Object>, Fault> {
        let mut updated = None;
        for way in ways {
            let [Part::Attribute(name)] = way.parts else { continue };
            let attributes = updated.as_ref().or(old);
            let position = attributes.and_then(|a| a.iter().position(|pair| is(name, pair.name)));
            let old_value = position.and_then(|i| attributes?.pair(i)).map(|pair| pair.value.clone());
            if old_value.is_none() && !way.case.upsert {
                continue;
            }
            let Some(value) = self.replaced(&old_value.unwrap_or_default(), way.case)? else { continue };
            let attributes = attributes.cloned().unwrap_or_default();
            updated = Some(match position {
                Some(position) => attributes.with_value(position, value),
                None => attributes.push(Key { name: name.clone(), attributes: None }, value),
            });
        }
        Ok(updated)
    }

    fn updated_array(&mut self, array: &Array, ways: &[Way<'_>]) -> Result<Option<Array>, Fault> {
        let items = array.force()?;
        let mut updated: Option<Vec<Value>> = None;
        let mut targets: Vec<i64> = ways.iter().filter_map(|way| index(way, items.len()).map(|(i, _)| i)).collect();
        targets.sort_unstable();
        targets.dedup();
        for target in targets {
            let inner: Vec<_> =
                ways.iter().filter_map(|way| index(way, items.len()).filter(|(i, _)| *i == target)).collect();
            let inner: Vec<Way<'_>> = inner.into_iter().map(|(_, way)| way).collect();
            match usize::try_from(target).ok().filter(|i| *i < items.len()) {
                Some(position) => {
                    if let Some(value) = self.updated(&items[position], &inner)? {
                        updated.get_or_insert_with(|| items.to_vec())[position] = value;
                    }
                }
                None if target >= 0 => {
                    let upserts: Vec<_> = inner.into_iter().filter(|way| way.case.upsert).collect();
                    if let Some(value) = self.made(&upserts)? {
                        updated.get_or_insert_with(|| items.to_vec()).push(value);
                    }
                }
                None => {}
            }
        }
        Ok(updated.map(Array::from))
    }

    /// A value made for a place where there was none; `None` if no condition holds.
    fn made(&mut self, ways: &[Way<'_>]) -> Result<Option<Value>, Fault> {
        for way in ways.iter().filter(|way| way.parts.is_empty()) {
            if let Some(value) = self.replaced(&Value::Null, way.case)? {
                return Ok(Some(value));
            }
        }
        let empty = ways.iter().find_map(|way| match way.parts.first()? {
            Part::Field { .. } => Some(Value::empty_object()),
            Part::Index(_) => Some(Value::array(Vec::new())),
            Part::Attribute(_) | Part::Nowhere => None,
        });
        match empty {
            Some(empty) => self.updated(&empty, ways),
            None => Ok(None),
        }
    }
}

/// The position an index leads to, counted from the start, and the way behind it.
fn index<'u>(way: &Way<'u>, len: usize) -> Option<(i64, Way<'u>)> {
    match way.parts {
        [Part::Index(position), rest @ ..] => {
            let from_start = if *position < 0 { position + len as i64 } else { *position };
            Some((from_start, Way { parts: rest, ..*way }))
        }
        _ => None,
    }
}

/// The fields that upserting cases would add: each name once, with all ways that lead through it.
fn missing_fields<'u>(object: &Object, ways: &[Way<'u>]) -> Vec<(QName, Vec<Way<'u>>)> {
    let mut missing: Vec<(QName, Vec<Way<'u>>)> = Vec::new();
    for way in ways.iter().filter(|way| way.case.upsert) {
        let [Part::Field { name, .. }, rest @ ..] = way.parts else { continue };
        if object.iter().any(|pair| is(name, pair.name)) {
            continue;
        }
        let way = Way { parts: rest, ..*way };
        match missing.iter_mut().find(|(known, _)| known == name) {
            Some((_, ways)) => ways.push(way),
            None => missing.push((name.clone(), vec![way])),
        }
    }
    missing
}

/// The object with other attributes on one of its keys.
fn with_attributes(object: &Object, position: usize, attributes: Object) -> Object {
    let mut builder = ObjectBuilder::with_capacity(object.len());
    for (i, pair) in object.iter().enumerate() {
        let own = if i == position { Some(attributes.clone()) } else { pair.attributes.cloned() };
        builder.pair(pair.name.clone(), own, pair.value.clone());
    }
    builder.build()
}
