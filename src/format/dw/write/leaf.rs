//! Values without parts, and namespaces, which are written as objects.

use super::Writer;
use crate::diag::Fault;
use crate::format::json::escape::write_quoted;
use crate::format::scalar;
use crate::value::{Function, Namespace, Value};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

impl Writer<'_> {
    /// `{uri: …, prefix: …}as Namespace`
    pub(super) fn namespace(&mut self, ns: &Namespace, level: usize) -> Result<(), Fault> {
        self.add("{");
        for (i, (name, text)) in [("uri", &ns.uri), ("prefix", &ns.prefix)].into_iter().enumerate() {
            self.add(if i == 0 { "" } else { "," });
            self.new_line(level + 1);
            self.add(name);
            self.add(": ");
            write_quoted(text, true, self.sink.buffer());
        }
        self.close("}as Namespace", 2, level);
        Ok(())
    }

    pub(super) fn scalar(&mut self, value: &Value) {
        let out = self.sink.buffer();
        match value {
            Value::Null => out.extend_from_slice(b"null"),
            Value::Boolean(b) => out.extend_from_slice(if *b { b"true" } else { b"false" }),
            Value::Int(_) | Value::Decimal(_) | Value::BigNumber(_) => scalar::write_number(value, out),
            Value::Temporal(temporal) => self.add(&format!("|{temporal}|")),
            Value::Regex(regex) => self.add(&format!("/{}/", regex.source().replace('/', "\\/"))),
            Value::Binary(bytes) => {
                self.add(&format!("\"{}\" as Binary {{base: \"64\"}}", BASE64_STANDARD.encode(&**bytes)))
            }
            Value::Function(function) => self.function(function),
            other => write_quoted(&scalar::text(other).unwrap_or_default(), true, out),
        }
    }

    /// A function shows its parameters; its body cannot be written.
    fn function(&mut self, function: &Function) {
        let params = function.signature().params.iter();
        let params: Vec<_> = params.map(|(name, ty, _)| format!("{name}:{ty}")).collect();
        self.add(&format!("({}) -> ???", params.join(", ")));
    }
}
