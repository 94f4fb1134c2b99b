//! Natives of `dw::util::Diff`.

use crate::diag::Fault;
use crate::eval::{Args, Host, Native, Run};
use crate::value::{Elements, Object, ObjectBuilder, QName, Value, depth, ops};

/// Natives of this file.
pub const NATIVES: &[Native] = &[Native { key: "Diff::diff", body: diff }];

fn diff(run: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let unordered = matches!(args.object(2)?.get("unordered").map(Value::bare), Some(Value::Boolean(true)));
    let mut comparison = Comparison { host: &*run.host, unordered, differences: Vec::new() };
    comparison.values(args.value(0), args.value(1), args.str(3)?, 0)?;
    let mut result = ObjectBuilder::with_capacity(2);
    result.field("matches", comparison.differences.is_empty());
    result.field("diffs", Value::array(comparison.differences));
    Ok(result.value())
}

/// Differences are noted from the last to the first, as in the reference engine.
struct Comparison<'a> {
    host: &'a dyn Host,
    unordered: bool,
    differences: Vec<Value>,
}

impl Comparison<'_> {
    fn note(&mut self, expected: impl Into<Value>, actual: impl Into<Value>, path: &str) {
        let mut difference = ObjectBuilder::with_capacity(3);
        difference.field("expected", expected).field("actual", actual).field("path", path);
        self.differences.push(difference.value());
    }

    fn text(&self, value: &Value) -> Result<Value, Fault> {
        self.host.write(value.bare(), "application/dw", &Object::default()).map(Value::into_bare)
    }

    fn values(&mut self, actual: &Value, expected: &Value, path: &str, level: usize) -> Result<(), Fault> {
        depth::check(level)?;
        match (actual.bare(), expected.bare()) {
            (Value::Object(actual), Value::Object(expected)) => self.objects(actual, expected, path, level),
            (Value::Array(actual), Value::Array(expected)) => self.items(actual.iter(), expected.iter(), path, level),
            (other, Value::Object(_) | Value::Array(_)) => {
                let name = |value: &Value| format!("{} type", value.type_name());
                self.note(name(expected.bare()), name(other), path);
                Ok(())
            }
            _ if ops::equal(actual, expected)? => Ok(()),
            _ => {
                let (expected, actual) = (self.text(expected)?, self.text(actual)?);
                self.note(expected, actual, path);
                Ok(())
            }
        }
    }

    fn items(&mut self, actual: Elements<'_>, expected: Elements<'_>, path: &str, level: usize) -> Result<(), Fault> {
        let actual = actual.collect::<Result<Vec<_>, _>>()?;
        let expected = expected.collect::<Result<Vec<_>, _>>()?;
        if actual.len() != expected.len() {
            self.note(format!("Array size is {}", expected.len()), format!("was {}", actual.len()), path);
            return Ok(());
        }
        for (i, (actual, expected)) in actual.iter().zip(&expected).enumerate().rev() {
            depth::with_stack(|| self.values(actual, expected, &format!("{path}[{i}]"), level + 1))?;
        }
        Ok(())
    }

    fn objects(&mut self, actual: &Object, expected: &Object, path: &str, level: usize) -> Result<(), Fault> {
        if actual.len() != expected.len() {
            self.note(format!("Object size is {}", expected.len()), actual.len().to_string(), path);
            return Ok(());
        }
        let order = |object: &Object| {
            let mut positions: Vec<usize> = (0..object.len()).collect();
            if self.unordered {
                positions.sort_by(|a, b| object.shape().names()[*a].local.cmp(&object.shape().names()[*b].local));
            }
            positions
        };
        for (a, e) in order(actual).into_iter().zip(order(expected)).rev() {
            let (Some(actual), Some(expected)) = (actual.pair(a), expected.pair(e)) else { continue };
            let path = format!("{path}.{}", shown(expected.name));
            if actual.name != expected.name {
                let wanted = format!("Entry {path} with type {}", expected.value.type_name());
                self.note(wanted, "was not present in object.", &path);
                continue;
            }
            self.attributes(actual.attributes, expected.attributes, &format!("{path}.@"), level)?;
            depth::with_stack(|| self.values(actual.value, expected.value, &path, level + 1))?;
        }
        Ok(())
    }

    fn attributes(
        &mut self,
        actual: Option<&Object>,
        expected: Option<&Object>,
        path: &str,
        level: usize,
    ) -> Result<(), Fault> {
        match (actual, expected) {
            (None, None) => {}
            (Some(_), None) => self.note("Empty attributes", "Attributes null", path),
            (None, Some(expected)) => {
                let text = self.text(&Value::Object(expected.clone()))?;
                self.note(format!("Attributes {}", text.as_str().unwrap_or_default()), "Empty attributes.", path);
            }
            (Some(actual), Some(expected)) => self.objects(actual, expected, path, level)?,
        }
        Ok(())
    }
}

fn shown(name: &QName) -> String {
    match &name.ns {
        Some(ns) => format!("{}#{}", ns.prefix, name.local),
        None => name.local.to_string(),
    }
}
