//! Dates: now, daysBetween, isLeapYear, and `++` of dates, times and zones.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::temporal::{self, Date, Temporal};
use crate::value::{Number, Value};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::now", body: |run, _| Ok(Temporal::DateTime(run.host.now()?).into()) },
    Native { key: "core::daysBetween", body: days_between },
    Native { key: "core::isLeapYear", body: |_, args| Ok(date(&args, 0)?.is_leap().into()) },
    Native { key: "core::concatTemporals", body: concat },
];

/// The calendar day of a Date, DateTime or LocalDateTime.
fn date(args: &Args<'_>, index: usize) -> Result<Date, Fault> {
    let Value::Temporal(temporal) = args.bare(index) else { return Err(no_date(args.bare(index))) };
    match &**temporal {
        Temporal::Date(date) => Ok(*date),
        Temporal::LocalDateTime(moment) => Ok(moment.date),
        Temporal::DateTime(moment) => Ok(moment.local().date),
        _ => Err(no_date(args.bare(index))),
    }
}

fn no_date(value: &Value) -> Fault {
    Fault::internal(format!("a date was declared, {} came", value.type_name()))
}

fn days_between(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let days = date(&args, 1)?.epoch_day() - date(&args, 0)?.epoch_day();
    Ok(Number::Int(days).into())
}

fn concat(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let joined = temporal::concat(args.bare(0), args.bare(1));
    joined.unwrap_or_else(|| Err(Fault::internal("dates and times were declared that do not join")))
}
