//! Objects: their members, merged where they repeat, and the attributes of keys.

use super::Writer;
use crate::diag::Fault;
use crate::format::held::{Held, Member, members, own_members};
use crate::format::json::escape::write_quoted;
use crate::value::{Object, Value, depth};
use rustc_hash::FxHashMap;

impl Writer<'_> {
    pub(super) fn own_object(&mut self, extra: Option<&Object>, object: Object, level: usize) -> Result<(), Fault> {
        let (shape, attributes, values) = object.into_parts();
        let members = own_members(&shape, &attributes, values);
        self.object(extra, members, level)
    }

    /// An object, after the attributes of its own key.
    pub(super) fn object<'v>(
        &mut self,
        attributes: Option<&Object>,
        members: impl Iterator<Item = Member<'v>>,
        level: usize,
    ) -> Result<(), Fault> {
        self.sink.buffer().push(b'{');
        let mut first = true;
        self.attributes(attributes, &mut first, level)?;
        if self.merge {
            self.merged_members(members, &mut first, level)?;
        } else {
            for member in members {
                if self.skip_null_members && member.value.is_null() {
                    continue;
                }
                self.name("", &member.name.local, &mut first, level);
                self.member_value(member.attributes, member.value, level + 1)?;
                self.sink.relieve()?;
            }
        }
        self.close(b'}', first, level);
        Ok(())
    }

    /// The members, those of one name joined in an array at the place of the first. Its items stand on the level of the
    /// member itself, as in the reference.
    fn merged_members<'v>(
        &mut self,
        members: impl Iterator<Item = Member<'v>>,
        first: &mut bool,
        level: usize,
    ) -> Result<(), Fault> {
        let mut groups: Vec<Vec<Member<'v>>> = Vec::new();
        let mut places = FxHashMap::default();
        for member in members.filter(|m| !(self.skip_null_members && m.value.is_null())) {
            let name = (member.name.local.as_str(), member.name.ns.as_ref().map(|ns| ns.uri.as_str()));
            let place = *places.entry(name).or_insert(groups.len());
            if place == groups.len() {
                groups.push(Vec::new());
            }
            groups[place].push(member);
        }
        for mut group in groups {
            let alone = group.len() == 1;
            let mut first_item = true;
            for member in group.drain(..) {
                if first_item {
                    self.name("", &member.name.local, first, level);
                }
                if !alone {
                    if first_item {
                        self.sink.buffer().push(b'[');
                    }
                    self.separate(&mut first_item, level + 1);
                }
                self.member_value(member.attributes, member.value, level + 1)?;
                self.sink.relieve()?;
            }
            if !alone {
                self.close(b']', first_item, level + 1);
            }
        }
        Ok(())
    }

    /// A value under a key: with the key's attributes, if they are wanted.
    fn member_value(&mut self, attributes: Option<&Object>, value: Held<'_>, level: usize) -> Result<(), Fault> {
        if !self.attributes || attributes.is_none() {
            return self.value(value, level);
        }
        depth::check(level)?;
        match value {
            Held::Own(Value::Object(object)) if !object.is_shared() => self.own_object(attributes, object, level),
            value => self.shared_with_attributes(attributes, value, level),
        }
    }

    fn shared_with_attributes(
        &mut self,
        attributes: Option<&Object>,
        value: Held<'_>,
        level: usize,
    ) -> Result<(), Fault> {
        if let Value::Object(object) = value.bare() {
            return self.object(attributes, members(object), level);
        }
        self.sink.buffer().push(b'{');
        let mut first = true;
        self.attributes(attributes, &mut first, level)?;
        self.name("", "__text", &mut first, level);
        self.value(value, level + 1)?;
        self.close(b'}', first, level);
        Ok(())
    }

    fn attributes(&mut self, attributes: Option<&Object>, first: &mut bool, level: usize) -> Result<(), Fault> {
        for attribute in attributes.iter().flat_map(|a| a.iter()) {
            if self.skip_null_members && attribute.value.is_null() {
                continue;
            }
            self.name("@", &attribute.name.local, first, level);
            self.value(Held::Shared(attribute.value), level + 1)?;
        }
        Ok(())
    }

    /// The name of a member of an object on this level, with what stands around it.
    fn name(&mut self, mark: &str, name: &str, first: &mut bool, level: usize) {
        self.separate(first, level + 1);
        if mark.is_empty() {
            write_quoted(name, false, self.sink.buffer());
        } else {
            write_quoted(&[mark, name].concat(), false, self.sink.buffer());
        }
        self.sink.buffer().extend_from_slice(b": ");
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{COMPACT, written};
    use super::*;
    use crate::format::testing::{list, object};
    use crate::value::{Namespace, ObjectBuilder, QName};
    use std::sync::Arc;

    /// An object with one pair that has attributes.
    fn with_attributes(name: &str, attributes: &[(&str, Value)], value: Value) -> Value {
        let Value::Object(attributes) = object(attributes) else { panic!("no object") };
        let mut object = ObjectBuilder::default();
        object.pair(QName::local(name), Some(attributes), value);
        object.value()
    }

    #[test]
    fn skips_nulls_where_told() {
        let value =
            object(&[("a", Value::Null), ("b", object(&[("c", Value::Null)])), ("d", list(&[Value::Null, 1.into()]))]);
        for (place, want) in [
            ("objects", r#"{"b": {},"d": [null,1]}"#),
            ("arrays", r#"{"a": null,"b": {"c": null},"d": [1]}"#),
            ("everywhere", r#"{"b": {},"d": [1]}"#),
            ("elements", r#"{"a": null,"b": {"c": null},"d": [null,1]}"#),
        ] {
            assert_eq!(written(value.clone(), &[COMPACT, ("skipNullOn", place)]), want);
            assert_eq!(written(Value::Null, &[("skipNullOn", place)]), "null");
        }
    }

    #[test]
    fn merges_duplicate_keys() {
        let merge = ("duplicateKeyAsArray", "true");
        let twice = object(&[("tag", 1.into()), ("other", 0.into()), ("Tag", 5.into()), ("tag", list(&[3.into()]))]);
        assert_eq!(written(twice.clone(), &[COMPACT, merge]), r#"{"tag": [1,[3]],"other": 0,"Tag": 5}"#);
        assert_eq!(
            written(object(&[("box", twice)]), &[merge]),
            "{\n  \"box\": {\n    \"tag\": [\n    1,\n    [\n      3\n    ]\n    ],\n    \"other\": 0,\n    \"Tag\": 5\n  }\n}"
        );
        let nulls = object(&[("a", Value::Null), ("a", 1.into()), ("gone", Value::Null)]);
        assert_eq!(written(nulls, &[COMPACT, merge, ("skipNullOn", "everywhere")]), r#"{"a": 1}"#);
        let ns = |uri: &str| Some(Arc::new(Namespace { prefix: "p".into(), uri: uri.into() }));
        let mut spaces = ObjectBuilder::default();
        for uri in ["urn:1", "urn:2", "urn:1"] {
            spaces.pair(QName { local: "a".into(), ns: ns(uri) }, None, 1.into());
        }
        assert_eq!(written(spaces.value(), &[COMPACT, merge]), r#"{"a": [1,1],"a": 1}"#);
    }

    #[test]
    fn writes_attributes_when_asked() {
        let attributes = [("id", 4.into()), ("none", Value::Null)];
        for (value, want) in [
            (20.into(), r#"{"item": {"@id": 4,"@none": null,"__text": 20}}"#),
            (Value::Null, r#"{"item": {"@id": 4,"@none": null,"__text": null}}"#),
            (list(&[9.into()]), r#"{"item": {"@id": 4,"@none": null,"__text": [9]}}"#),
            (object(&[("n", 1.into())]), r#"{"item": {"@id": 4,"@none": null,"n": 1}}"#),
        ] {
            let item = with_attributes("item", &attributes, value);
            assert_eq!(written(item.clone(), &[COMPACT, ("writeAttributes", "true")]), want);
            assert!(!written(item, &[]).contains('@'));
        }
        let item = with_attributes("item", &attributes, object(&[("q", Value::Null)]));
        let options = [COMPACT, ("writeAttributes", "true"), ("skipNullOn", "objects")];
        assert_eq!(written(item, &options), r#"{"item": {"@id": 4}}"#);
    }
}
