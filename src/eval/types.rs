//! Types at run time: tests, conversions of arguments, and how heads of functions are shown.

use crate::diag::{Code, Fault};
use crate::eval::frame::Frame;
use crate::plan::node::{Conversion, Test, TypeTest};
use crate::value::{Schema, Signature, Value, coerce};

/// A function's head, as scripts declare it.
pub(super) fn head(name: &str, signature: &Signature) -> String {
    let params = signature.params.iter().map(|(name, ty, has_default)| match has_default {
        true => format!("{name}?: {ty}"),
        false => format!("{name}: {ty}"),
    });
    format!("{name}({})", params.collect::<Vec<_>>().join(", "))
}

/// The fault of a call whose arguments the function does not take. With a null among them, `default` replaces it.
#[cold]
pub(super) fn refused<'h>(name: &str, heads: impl Iterator<Item = &'h Signature>, args: &[Value]) -> Fault {
    let given = args.iter().map(Value::type_name).collect::<Vec<_>>().join(", ");
    let heads = heads.map(|signature| head(name, signature)).collect::<Vec<_>>().join("; ");
    let fault = Fault::new(Code::NoOverload, format!("`{name}` does not take ({given})"));
    let fault = fault.help(format!("it takes {heads}"));
    if args.iter().any(Value::is_null) { fault.rescuable() } else { fault }
}

/// Whether a value is of a type.
pub(super) fn is(test: &TypeTest, value: &Value) -> bool {
    test.filter.answer(value).unwrap_or_else(|| coerce::accepts(&test.ty, value))
}

impl Frame<'_> {
    /// `value is Type`
    pub(super) fn is(&mut self, test: &Test) -> Result<Value, Fault> {
        let value = self.eval(&test.value)?;
        Ok(Value::Boolean(is(&test.test, &value)))
    }

    /// `value as Type`
    pub(super) fn conversion(&mut self, conversion: &Conversion) -> Result<Value, Fault> {
        let value = self.eval(&conversion.value)?;
        let mut schema = Vec::with_capacity(conversion.schema.len());
        for (name, node) in &conversion.schema {
            schema.push((name.clone(), self.eval(node)?));
        }
        coerce::coerce(&value, &conversion.ty, &Schema(schema))
    }
}
