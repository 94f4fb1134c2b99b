//! What can go wrong with temporal values.

use super::Temporal;
use crate::diag::{Code, Fault};
use crate::value::ty::Simple;
use crate::value::{Number, Type, Value, coerce};

/// A value that cannot be converted, for this reason; `default` replaces it.
pub fn cannot_coerce(value: &Value, to: Simple, reason: Option<&str>) -> Fault {
    match reason {
        Some(reason) => coerce::cannot_coerce_because(value, to, reason),
        None => coerce::cannot_coerce(value, &Type::Simple(to)),
    }
}

/// A `unit` that this conversion does not know.
pub fn invalid_unit(unit: &str, known: &[&str]) -> Fault {
    let known = known.iter().map(|unit| format!("`{unit}`")).collect::<Vec<_>>().join(", ");
    Fault::new(Code::Argument, format!("invalid unit `{unit}`")).help(format!("the units are {known}"))
}

/// A `mode` that is none.
pub fn invalid_mode(mode: &str) -> Fault {
    Fault::new(Code::Argument, format!("invalid mode `{mode}`")).help("the modes are `LENIENT`, `SMART`, `STRICT`")
}

/// An option of `as T {…}` that cannot be read as text.
pub fn wrong_option(name: &str, value: &Value) -> Fault {
    let message = format!("the option `{name}` takes a String, not {}", value.type_name());
    Fault::new(Code::Option, message).help("leave the option out where there is nothing to say")
}

/// A period that does not go with this kind of point in time.
pub fn period_does_not_fit(point: &Temporal, period: &Temporal) -> Fault {
    let part = if matches!(point, Temporal::Date(_)) { "a Date has no time of day" } else { "it has no date" };
    Fault::new(Code::Argument, format!("the Period `{period}` cannot be added to or subtracted from `{point}`: {part}"))
        .help("a Date takes years, months and days, a Time hours, minutes and seconds, a DateTime both")
}

/// A result before the year -999,999,999 or after 999,999,999.
pub fn out_of_range() -> Fault {
    Fault::new(Code::Argument, "the result lies outside of the years -999999999 to 999999999")
}

/// A number of seconds or milliseconds that is no moment.
pub fn no_moment(number: &Number) -> Fault {
    Fault::new(Code::Argument, format!("`{number}` is too far from 1970 for a DateTime"))
        .help("a number counts seconds; for milliseconds write `as DateTime {unit: \"milliseconds\"}`")
}
