//! The tree that `describedBy` and `in` make, as a list of tests.

use crate::diag::Fault;
use crate::suite::{Outcome, Test};
use crate::value::{Function, Object, Value};

/// A test of the tree.
pub struct Case {
    /// The names of the suites around it and its own.
    name: String,
    run: Function,
    judge: Function,
    skipped: bool,
}

/// The tests of a tree, in order.
///
/// # Errors
/// Something else than suites and tests.
pub fn cases(value: &Value) -> Result<Vec<Case>, Outcome> {
    let mut cases = Vec::new();
    let wrong =
        |what: String| Outcome::error(what).explained("a file of tests reads: \"name\" describedBy [\"test\" in …]");
    collect(value, "", &mut cases).map_err(|fault| wrong(fault.to_string()))?;
    match cases.is_empty() {
        true => Err(wrong("the file has no tests".to_string())),
        false => Ok(cases),
    }
}

fn collect(value: &Value, above: &str, cases: &mut Vec<Case>) -> Result<(), Fault> {
    match value.bare() {
        Value::Array(items) => items.force()?.iter().try_for_each(|item| collect(item, above, cases)),
        Value::Object(node) => {
            let own = node.get("name").and_then(Value::as_str).unwrap_or_default();
            let name = if above.is_empty() { own.to_string() } else { format!("{above} > {own}") };
            if let Some(tests) = node.get("tests") {
                return collect(tests, &name, cases);
            }
            cases.extend(case(node, name));
            Ok(())
        }
        _ => Ok(()),
    }
}

fn case(node: &Object, name: String) -> Option<Case> {
    let function = |part| match node.get(part)?.bare() {
        Value::Function(function) => Some(function.clone()),
        _ => None,
    };
    let skipped = matches!(node.get("skipped").map(Value::bare), Some(Value::Boolean(true)));
    Some(Case { name, run: function("run")?, judge: function("judge")?, skipped })
}

impl Case {
    /// The test that it is.
    pub fn test(&self) -> Test {
        let ignored = self.skipped.then(|| "it is marked with `skip`".to_string());
        Test { ignored, ..Test::named(self.name.clone()) }
    }

    /// Runs it and judges what it gives.
    ///
    /// # Errors
    /// What the test fails with.
    pub fn judge(&self) -> Result<Value, Fault> {
        let given = self.run.call(&mut [])?;
        given.settle()?;
        self.judge.call(&mut [Value::Null, given])
    }
}
