//! `as` where a temporal value or a temporal type takes part, and the implicit conversions of operands.

use super::pattern::{self, Mode};
use super::{Temporal, fault, units};
use crate::diag::Fault;
use crate::value::locale::Locale;
use crate::value::ty::Simple;
use crate::value::{Key, QName, Schema, Value};
use std::borrow::Cow;
use std::sync::Arc;

/// Converts `value` by the rules of `as T {…}`. The result carries no schema; attaching it is up to the caller.
/// `None`: neither the value nor the type is temporal.
///
/// # Errors
/// No such conversion, a text that does not fit, a wrong pattern (rescuable); an unknown unit or mode, a number too large.
pub fn coerce(value: &Value, to: Simple, schema: &Schema) -> Option<Result<Value, Fault>> {
    match (value.bare(), to) {
        (Value::Temporal(t), _) => Some(from_temporal(t, to, schema)),
        (_, to) if is_temporal(to) => Some(to_temporal(value, to, schema).map(Value::from)),
        _ => None,
    }
}

fn is_temporal(ty: Simple) -> bool {
    use Simple::{Date, DateTime, LocalDateTime, LocalTime, Period, Time, TimeZone};
    matches!(ty, Date | Time | LocalTime | DateTime | LocalDateTime | TimeZone | Period)
}

fn from_temporal(temporal: &Temporal, to: Simple, schema: &Schema) -> Result<Value, Fault> {
    match (temporal, to) {
        (t, Simple::String) => to_string(t, schema).map(Value::from),
        (t, Simple::Key) => {
            let name = QName::local(t.to_string());
            Ok(Value::Key(Arc::new(Key { name, attributes: None })))
        }
        (Temporal::DateTime(t), Simple::Number) => {
            units::of_moment(t, option(schema, "unit")?.as_deref()).map(Value::from)
        }
        (Temporal::Period(t), Simple::Number) => {
            units::of_period(t, option(schema, "unit")?.as_deref()).map(Value::from)
        }
        (t, to) => {
            let converted = t.to_type(to).map(Value::from);
            converted.ok_or_else(|| fault::cannot_coerce(&Value::from(t.clone()), to, None))
        }
    }
}

/// By the format, if there is one; zones and periods have none.
fn to_string(temporal: &Temporal, schema: &Schema) -> Result<String, Fault> {
    match option(schema, "format")? {
        Some(pattern) if has_format(temporal.simple_type()) => pattern::write(temporal, &pattern, &locale(schema)?)
            .map_err(|reason| fault::cannot_coerce(&Value::from(temporal.clone()), Simple::String, Some(&reason))),
        _ => Ok(temporal.to_string()),
    }
}

fn has_format(ty: Simple) -> bool {
    !matches!(ty, Simple::TimeZone | Simple::Period)
}

fn from_text(value: &Value, text: &str, to: Simple, schema: &Schema) -> Result<Temporal, Fault> {
    let Some(pattern) = option(schema, "format")?.filter(|_| has_format(to)) else {
        return Temporal::from_text(text, to).ok_or_else(|| fault::cannot_coerce(value, to, None));
    };
    let mode = match option(schema, "mode")? {
        None => Mode::default(),
        Some(name) => Mode::from_name(&name).ok_or_else(|| fault::invalid_mode(&name))?,
    };
    pattern::read(text, &pattern, &locale(schema)?, mode, to)
        .map_err(|reason| fault::cannot_coerce(value, to, Some(&reason)))
}

fn locale(schema: &Schema) -> Result<Locale, Fault> {
    Ok(option(schema, "locale")?.map_or_else(Locale::default, |tag| Locale::of_tag(&tag)))
}

fn to_temporal(value: &Value, to: Simple, schema: &Schema) -> Result<Temporal, Fault> {
    if let Some(text) = value.as_str() {
        return from_text(value, text, to, schema);
    }
    match value.as_number().filter(|_| to == Simple::DateTime) {
        Some(number) => units::to_moment(&number, option(schema, "unit")?.as_deref()).map(Temporal::DateTime),
        None => Err(fault::cannot_coerce(value, to, None)),
    }
}

/// An option of the schema as text; numbers and the like are turned into text.
fn option<'a>(schema: &'a Schema, name: &str) -> Result<Option<Cow<'a, str>>, Fault> {
    let Some(value) = schema.get(name) else { return Ok(None) };
    match value.bare() {
        Value::String(text) => Ok(Some(Cow::Borrowed(text.as_str()))),
        Value::Boolean(b) => Ok(Some(Cow::Owned(b.to_string()))),
        bare => match bare.as_number() {
            Some(number) => Ok(Some(Cow::Owned(number.to_string()))),
            None => Err(fault::wrong_option(name, bare)),
        },
    }
}

/// An operand as this type, and what the conversion costs: nothing if it is of the type, else one.
pub fn operand(value: &Value, to: Simple) -> Option<(u8, Temporal)> {
    match value.bare() {
        Value::Temporal(t) => t.to_type(to).map(|converted| (u8::from(t.simple_type() != to), converted)),
        Value::String(text) => Temporal::from_text(text, to).map(|t| (1, t)),
        bare if to == Simple::DateTime => {
            units::to_moment(&bare.as_number()?, None).ok().map(|moment| (1, Temporal::DateTime(moment)))
        }
        _ => None,
    }
}

/// The operands as the first of the pairs of types that takes the fewest conversions, with their number.
pub fn operands(a: &Value, b: &Value, pairs: &[(Simple, Simple)]) -> Option<(u8, Temporal, Temporal)> {
    if let (Value::Temporal(left), Value::Temporal(right)) = (a.bare(), b.bare())
        && pairs.contains(&(left.simple_type(), right.simple_type()))
    {
        return Some((0, (**left).clone(), (**right).clone()));
    }
    pairs
        .iter()
        .filter_map(|(left, right)| {
            let ((left_cost, left), (right_cost, right)) = (operand(a, *left)?, operand(b, *right)?);
            Some((left_cost + right_cost, left, right))
        })
        .min_by_key(|(cost, ..)| *cost)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{show, value};
    use super::*;
    use Simple::{Boolean, Date, DateTime, LocalDateTime, LocalTime, Number, Period, String, Time, TimeZone};

    #[test]
    fn which_types_convert_to_which() {
        let types = [Date, LocalDateTime, DateTime, LocalTime, Time, TimeZone, Period, Number, Boolean];
        for (from, to) in [
            ("|2021-11-05|", "Date"),
            ("|2021-11-05T06:07|", "Date LocalDateTime DateTime LocalTime Time"),
            ("|2021-11-05T06:07Z|", "Date LocalDateTime DateTime LocalTime Time TimeZone Number"),
            ("|06:07|", "LocalTime Time"),
            ("|06:07Z|", "LocalTime Time TimeZone"),
            ("|+01:00|", "TimeZone"),
            ("|P1D|", "Period Number"),
            ("1636092428", "DateTime"),
        ] {
            let converts = |to: &&Simple| matches!(coerce(&value(from), **to, &Schema::default()), Some(Ok(_)));
            let names: Vec<&str> = types.iter().filter(converts).map(|ty| ty.name()).collect();
            assert_eq!(names.join(" "), to, "{from}");
        }
    }

    #[test]
    fn conversions_without_options() {
        for (from, to, result) in [
            ("|2021-11-05T23:30:00-08:00|", Date, "|2021-11-05|"),
            ("|2021-11-05T23:30:00-08:00|", Time, "|23:30:00-08:00|"),
            ("|23:30:00|", Time, "|23:30:00Z|"),
            ("|PT90M|", String, "\"PT1H30M\""),
            ("\"2021-11-05T23:30:00-08:00\"", LocalTime, "|23:30:00|"),
            ("\"P1W2D\"", Period, "|P9D|"),
            ("\"n/a\"", Date, "Cannot coerce String (n/a) to Date"),
            ("5", Date, "Cannot coerce Number (5) to Date"),
            ("|2021-11-05|", DateTime, "Cannot coerce Date (|2021-11-05|) to DateTime"),
        ] {
            let result_or_fault = coerce(&value(from), to, &Schema::default()).unwrap();
            assert_eq!(result_or_fault.map_or_else(|f| f.message().to_string(), |v| show(&v)), result, "{from}");
        }
        let fault = coerce(&Value::Null, LocalTime, &Schema::default()).unwrap().unwrap_err();
        assert_eq!((fault.message(), fault.is_rescuable()), ("Cannot coerce Null (null) to LocalTime", true));
    }

    #[test]
    fn options_must_be_texts() {
        let unit = |unit: Value| Schema(vec![("unit".into(), unit)]);
        let milliseconds = coerce(&value("1500"), DateTime, &unit(Value::string("milliseconds")));
        assert_eq!(show(&milliseconds.unwrap().unwrap()), "|1970-01-01T00:00:01.5Z|");
        for wrong in [Value::Null, Value::Int(5)] {
            let fault = coerce(&value("1500"), DateTime, &unit(wrong)).unwrap().unwrap_err();
            assert!(!fault.is_rescuable());
        }
    }
}
