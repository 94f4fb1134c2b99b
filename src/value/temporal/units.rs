//! Temporal values as counts of a unit, and back: `as Number {unit}`, `as DateTime {unit}`.

use super::civil::NANOS_PER_SECOND;
use super::fault;
use super::moment::DateTime;
use super::period::{Duration, Period};
use super::zone::Zone;
use crate::diag::Fault;
use crate::value::Number;
use num_bigint::BigInt;

const EPOCH_UNITS: [&str; 2] = ["milliseconds", "seconds"];
const DATE_UNITS: [&str; 2] = ["years", "months"];
const DURATION_UNITS: [&str; 6] = ["days", "hours", "minutes", "seconds", "milliseconds", "nanos"];
const NANOS_PER_MILLISECOND: i128 = 1_000_000;

/// Since the epoch: whole seconds (or milliseconds), rounded down.
pub fn of_moment(moment: &DateTime, unit: Option<&str>) -> Result<Number, Fault> {
    Ok(whole(moment.instant().div_euclid(nanos_per_epoch_unit(unit)?)))
}

/// The moment this many seconds (or milliseconds) from the epoch, in UTC; a fraction is cut off.
pub fn to_moment(number: &Number, unit: Option<&str>) -> Result<DateTime, Fault> {
    let scale = nanos_per_epoch_unit(unit)?;
    number
        .truncated_i64()
        .and_then(|count| DateTime::from_instant(i128::from(count) * scale, Zone::UTC))
        .ok_or_else(|| fault::no_moment(number))
}

fn nanos_per_epoch_unit(unit: Option<&str>) -> Result<i128, Fault> {
    match unit {
        None | Some("seconds") => Ok(i128::from(NANOS_PER_SECOND)),
        Some("milliseconds") => Ok(NANOS_PER_MILLISECOND),
        Some(other) => Err(fault::invalid_unit(other, &EPOCH_UNITS)),
    }
}

/// A date period in months (or years), its days left out; a duration in seconds (or another unit).
pub fn of_period(period: &Period, unit: Option<&str>) -> Result<Number, Fault> {
    match (period, unit) {
        (Period::Dates(dates), None | Some("months")) => Ok(dates.total_months().into()),
        (Period::Dates(dates), Some("years")) => Ok((dates.total_months() / 12).into()),
        (Period::Dates(_), Some(other)) => Err(fault::invalid_unit(other, &DATE_UNITS)),
        (Period::Duration(duration), unit) => of_duration(*duration, unit.unwrap_or("seconds")),
    }
}

/// The seconds are rounded down; the coarser units are those seconds divided, rounded toward zero (java.time).
fn of_duration(duration: Duration, unit: &str) -> Result<Number, Fault> {
    Ok(whole(match unit {
        "nanos" => duration.nanos(),
        "milliseconds" => duration.nanos() / NANOS_PER_MILLISECOND,
        "seconds" => duration.seconds(),
        "minutes" => duration.seconds() / 60,
        "hours" => duration.seconds() / 3_600,
        "days" => duration.seconds() / 86_400,
        other => return Err(fault::invalid_unit(other, &DURATION_UNITS)),
    }))
}

fn whole(n: i128) -> Number {
    i64::try_from(n).map_or_else(|_| Number::from(BigInt::from(n)), Number::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::temporal::{iso, period};

    fn text(number: Result<Number, Fault>) -> String {
        number.map_or_else(|fault| fault.message().to_string(), |n| n.to_string())
    }

    #[test]
    fn moments_as_numbers() {
        for (moment, unit, number) in [
            ("2017-07-14T04:40:00.999+02:00", None, "1500000000"),
            ("1969-12-31T23:59:59.5Z", None, "-1"),
            ("1969-12-31T23:59:59.5Z", Some("milliseconds"), "-500"),
            ("2017-07-14T02:40:00.123456Z", Some("milliseconds"), "1500000000123"),
            ("2017-07-14T02:40:00Z", Some("minutes"), "invalid unit `minutes`"),
        ] {
            assert_eq!(text(of_moment(&iso::date_time(moment).unwrap(), unit)), number, "{moment}");
        }
    }

    #[test]
    fn numbers_as_moments() {
        for (number, unit, moment) in [
            ("-1", None, "1969-12-31T23:59:59Z"),
            ("-1.5", None, "1969-12-31T23:59:59Z"),
            ("1500000000123", Some("milliseconds"), "2017-07-14T02:40:00.123Z"),
            ("1.9999", Some("milliseconds"), "1970-01-01T00:00:00.001Z"),
            ("1e20", None, "`1E+20` is too far from 1970 for a DateTime"),
            ("31556889864403200", None, "`31556889864403200` is too far from 1970 for a DateTime"),
            ("1", Some("Seconds"), "invalid unit `Seconds`"),
        ] {
            let read = to_moment(&Number::parse(number).unwrap(), unit);
            assert_eq!(read.map_or_else(|fault| fault.message().to_string(), |t| t.to_string()), moment, "{number}");
        }
    }

    #[test]
    fn periods_as_numbers() {
        for (text_form, unit, number) in [
            ("P1Y2M", None, "14"),
            ("P45D", None, "0"),
            ("P-13M", Some("years"), "-1"),
            ("P1Y-1M", Some("months"), "11"),
            ("P1D", Some("days"), "invalid unit `days`"),
            ("P1DT0H", None, "86400"),
            ("PT-1.5S", None, "-2"),
            ("PT-90M-0.5S", Some("days"), "0"),
            ("PT-90M-0.5S", Some("hours"), "-1"),
            ("PT-90M-0.5S", Some("minutes"), "-90"),
            ("PT-90M-0.5S", Some("milliseconds"), "-5400500"),
            ("PT9223372036854775807S", Some("nanos"), "9223372036854775807000000000"),
            ("PT720H", Some("months"), "invalid unit `months`"),
        ] {
            assert_eq!(text(of_period(&period::parse(text_form).unwrap(), unit)), number, "{text_form}");
        }
    }
}
