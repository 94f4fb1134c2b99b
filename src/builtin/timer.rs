//! Natives of `dw::util::Timer`.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::temporal::Temporal;
use crate::value::{Number, Value};

/// Natives of this file.
pub const NATIVES: &[Native] = &[Native { key: "Timer::toMilliseconds", body: to_milliseconds }];

fn to_milliseconds(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    const NANOS: i128 = 1_000_000;
    match args.temporal(0)? {
        Temporal::DateTime(moment) => Ok(Number::from_parts(moment.instant().div_euclid(NANOS).into(), 0).into()),
        other => Err(Fault::internal(format!("a DateTime was declared, but a {} came", other.type_name()))),
    }
}
