//! Writes DataWeave text while the value is pulled.

mod leaf;
mod object;

use super::scope::Scope;
use crate::diag::Fault;
use crate::format::held::Held;
use crate::format::{Options, Sink};
use crate::value::{Elements, Schema, Value, depth};
use std::io::Write;

/// Writes the value.
pub fn write(value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
    let mut writer = Writer {
        sink: Sink::new(out, options.charset()?),
        indent: options.text("indent").to_string(),
        schemas: !options.flag("ignoreSchema"),
        limit: usize::try_from(options.number("maxCollectionSize")).unwrap_or(usize::MAX),
        scope: Scope::of_header(options.namespaces()),
        depth: 0,
    };
    writer.header();
    writer.value(Held::Own(value), 0)?;
    writer.sink.finish()
}

struct Writer<'a> {
    sink: Sink<'a>,
    indent: String,
    schemas: bool,
    /// How many entries of each collection are written.
    limit: usize,
    scope: Scope,
    /// How many values the writer is within; schemas and attributes count, though they are not indented.
    depth: usize,
}

impl Writer<'_> {
    fn value(&mut self, value: Held<'_>, level: usize) -> Result<(), Fault> {
        const STACK_CHECK: usize = 16;
        depth::check(self.depth)?;
        self.depth += 1;
        if self.depth.is_multiple_of(STACK_CHECK) {
            depth::with_stack(|| self.with_schema(value, level))?;
        } else {
            self.with_schema(value, level)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn with_schema(&mut self, value: Held<'_>, level: usize) -> Result<(), Fault> {
        let schema = if self.schemas { value.value().schema().cloned() } else { None };
        let type_name = match value.bare() {
            Value::Range(_) => "Array",
            other => other.type_name(),
        };
        self.bare(value, level)?;
        match schema {
            Some(schema) => self.schema(type_name, &schema, level),
            None => Ok(()),
        }
    }

    /// ` as Type {name: value}`
    fn schema(&mut self, type_name: &str, schema: &Schema, level: usize) -> Result<(), Fault> {
        self.add(&format!(" as {type_name} {{"));
        for (i, (name, value)) in schema.0.iter().enumerate() {
            self.add(if i == 0 { "" } else { ", " });
            self.add(name);
            self.add(": ");
            self.value(Held::Shared(value), level)?;
        }
        self.add("}");
        Ok(())
    }

    /// The value without its schema.
    fn bare(&mut self, value: Held<'_>, level: usize) -> Result<(), Fault> {
        match value {
            Held::Shared(value) => match value.bare() {
                Value::Object(object) => self.shared_object(object, level),
                Value::Array(array) => match array.known() {
                    Some(items) => self.items(items.iter().map(|item| Ok(Held::Shared(item))), level),
                    None => self.sequence(array.iter(), level),
                },
                Value::Range(range) => self.sequence(Elements::range(range), level),
                Value::Namespace(ns) => self.namespace(ns, level),
                other => {
                    self.scalar(other);
                    Ok(())
                }
            },
            Held::Own(value) => match value {
                Value::Object(object) if !object.is_shared() => self.own_object(object, level),
                Value::Array(array) if !array.is_shared() => self.sequence(array.into_elements(), level),
                Value::Tagged(_) if matches!(value.bare(), Value::Object(_) | Value::Array(_)) => {
                    self.bare(Held::Own(value.into_bare()), level)
                }
                shared => self.bare(Held::Shared(&shared), level),
            },
        }
    }

    fn sequence(&mut self, items: Elements<'_>, level: usize) -> Result<(), Fault> {
        self.items(items.map(|item| item.map(Held::Own)), level)
    }

    fn items<'v>(
        &mut self,
        mut items: impl Iterator<Item = Result<Held<'v>, Fault>>,
        level: usize,
    ) -> Result<(), Fault> {
        let mut next = items.next().transpose()?;
        if next.is_none() {
            self.add("[]");
            return Ok(());
        }
        self.add("[");
        let mut written = 0;
        while written < self.limit
            && let Some(item) = next
        {
            self.add(if written == 0 { "" } else { ", " });
            self.new_line(level + 1);
            self.value(item, level + 1)?;
            self.sink.relieve()?;
            written += 1;
            next = if written < self.limit { items.next().transpose()? } else { None };
        }
        self.close("]", written, level);
        Ok(())
    }

    fn close(&mut self, bracket: &str, written: usize, level: usize) {
        if written == 0 {
            self.new_line(level + 1);
        }
        self.new_line(level);
        self.add(bracket);
    }

    /// An empty indentation joins all lines.
    fn new_line(&mut self, level: usize) {
        if self.indent.is_empty() {
            return;
        }
        let buffer = self.sink.buffer();
        buffer.push(b'\n');
        for _ in 0..level {
            buffer.extend_from_slice(self.indent.as_bytes());
        }
    }

    fn add(&mut self, text: &str) {
        self.sink.buffer().extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::format::dw::Dw;
    use crate::format::testing::{list, object, options};
    use crate::value::{Array, Key, Namespace, ObjectBuilder, QName, Range, Str, Type};
    use std::sync::Arc;

    fn written(value: Value, given: &[(&str, &str)], header: &[(&str, &str)]) -> String {
        let header = header.iter().map(|(prefix, uri)| ns(prefix, uri)).collect();
        let options = options(Dw.writer_properties(), given).unwrap().with_namespaces(header);
        let mut out = Vec::new();
        match write(value, &mut out, &options) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(fault) => fault.to_string(),
        }
    }

    fn plain(value: Value) -> String {
        written(value, &[], &[])
    }

    fn ns(prefix: &str, uri: &str) -> Arc<Namespace> {
        Arc::new(Namespace { prefix: prefix.into(), uri: uri.into() })
    }

    fn with_schema(value: Value, pairs: &[(&str, Value)]) -> Value {
        value.with_schema(Schema(pairs.iter().map(|(name, value)| (Str::from(*name), value.clone())).collect()))
    }

    #[test]
    fn lays_out_as_the_reference_does() {
        let value =
            object(&[("deck", list(&[1.into(), object(&[("n", list(&[]))]), object(&[])])), ("b", Value::Null)]);
        assert_eq!(
            plain(value.clone()),
            "{\n  deck: [\n    1, \n    {\n      n: []\n    }, \n    {}\n  ],\n  b: null\n}"
        );
        assert_eq!(written(value.clone(), &[("indent", "")], &[]), "{deck: [1, {n: []}, {}],b: null}");
        assert_eq!(written(value, &[("indent", "-"), ("maxCollectionSize", "1")], &[]), "{\n-deck: [\n--1\n-]\n}");
        assert_eq!(written(list(&[1.into()]), &[("maxCollectionSize", "0")], &[]), "[\n  \n]");
        let lazy = Array::lazy((0..).map(|n| if n < 2 { Ok(Value::Int(n)) } else { Err(Fault::internal("pulled")) }));
        assert_eq!(written(Value::Array(lazy), &[("maxCollectionSize", "2")], &[]), "[\n  0, \n  1\n]");
    }

    #[test]
    fn quotes_names_that_need_it() {
        for (name, want) in [
            ("a_1", "a_1"),
            ("map", "map"),
            ("null", "\"null\""),
            ("_a", "\"_a\""),
            ("é", "\"é\""),
            ("1", "\"1\""),
            ("x-y", "\"x-y\""),
            ("a$", "\"a\\$\""),
            ("", "\"\""),
        ] {
            assert_eq!(written(object(&[(name, 1.into())]), &[("indent", "")], &[]), format!("{{{want}: 1}}"));
        }
    }

    #[test]
    fn writes_every_kind() {
        let key = Key { name: QName::local("k"), attributes: None };
        let range = Range::new(1i64.into(), 2i64.into()).unwrap();
        for (value, want) in [
            ("$(x) \"q\"\n".into(), "\"\\$(x) \\\"q\\\"\\n\""),
            (false.into(), "false"),
            (Value::Binary(Arc::new(b"hi".to_vec())), "\"aGk=\" as Binary {base: \"64\"}"),
            (Value::Type(Arc::new(Type::Any)), "\"Any\""),
            (Value::Key(Arc::new(key)), "\"k\""),
            (Value::Uri(Arc::new("http://h".into())), "\"http://h\""),
            (Value::Range(Arc::new(range)), "[\n  1, \n  2\n]"),
            (Value::Namespace(ns("g", "urn:g")), "{\n  uri: \"urn:g\",\n  prefix: \"g\"\n}as Namespace"),
        ] {
            assert_eq!(plain(value), want);
        }
    }

    #[test]
    fn shows_schemas_unless_told_not_to() {
        let value = object(&[
            ("s", with_schema("x".into(), &[("a b", 1.into()), ("c", "d".into())])),
            ("o", with_schema(object(&[("k", 1.into())]), &[("class", "K".into())])),
            ("n", with_schema(5.into(), &[("unit", object(&[("u", 1.into())]))])),
        ]);
        assert_eq!(
            plain(value.clone()),
            "{\n  s: \"x\" as String {a b: 1, c: \"d\"},\n  o: {\n    k: 1\n  } as Object {class: \"K\"},\n  \
             n: 5 as Number {unit: {\n    u: 1\n  }}\n}"
        );
        let bare = written(value, &[("ignoreSchema", "true"), ("indent", "")], &[]);
        assert_eq!(bare, "{s: \"x\",o: {k: 1},n: 5}");
    }

    #[test]
    fn declares_namespaces_where_they_are_needed() {
        let qualified = |prefix, uri, local: &str, value| {
            let mut attributes = ObjectBuilder::default();
            attributes.pair(QName { local: "id".into(), ns: Some(ns("h", "urn:h")) }, None, 1.into());
            let mut object = ObjectBuilder::default();
            object.pair(QName { local: local.into(), ns: Some(ns(prefix, uri)) }, Some(attributes.build()), value);
            object.value()
        };
        let value = qualified("g", "urn:g", "a", qualified("g", "urn:other", "null", Value::Null));
        assert_eq!(
            written(value.clone(), &[], &[("g", "urn:g"), ("x", "urn:h"), ("g", "urn:unused")]),
            "%dw 2.0\nns g urn:g\nns x urn:h\n---\n{\n  g#a @(x#id: 1): do {\n    ns g urn:other\n    ---\n    {\n      \
             g#\"null\" @(x#id: 1): null\n    }\n  }\n}"
        );
        assert_eq!(
            written(value, &[("indent", "")], &[]),
            "do {\nns g urn:g\nns h urn:h\n---\n{g#a @(h#id: 1): do {\nns g urn:other\n---\n{g#\"null\" @(h#id: 1): null}}}}"
        );
    }

    #[test]
    fn faults_do_not_crash() {
        let deep = (0..100_000).fold(Value::Null, |inner, _| list(&[inner]));
        let schemas = (0..100_000).fold(Value::Null, |inner, _| with_schema("x".into(), &[("a", inner)]));
        for value in [deep, schemas] {
            assert!(plain(value).contains("nested more than"));
        }
        let items = [Ok(Value::Null), Err(Fault::internal("midway"))];
        assert_eq!(plain(Value::Array(Array::lazy(items.into_iter()))), "midway");
    }
}
