//! `validation:is-time`, `validation:is-elapsed`, `validation:is-not-elapsed`

use super::messages::Text;
use super::validator::{Failure, Verdict, text_or_null, validator, verdict};
use super::{CONFIG_REF, MESSAGE};
use crate::connector::clock::local_now;
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec, duration, time_unit};
use crate::value::locale::Locale;
use crate::value::temporal::{self, Duration, LocalDateTime, Period, Temporal, fits_pattern};
use crate::value::ty::Simple;
use crate::value::{Schema, Value};

/// `validation:is-time`
pub static IS_TIME: Spec = Spec {
    name: "validation:is-time",
    doc: "Fails unless a text is a date or a time as a pattern has it.",
    attributes: &[
        Attribute::required("time", Kind::Value, "The text."),
        Attribute::new(
            "pattern",
            Kind::Value,
            "The pattern, as Java's `DateTimeFormatter` has it; ISO 8601 without it.",
        ),
        Attribute::new("locale", Kind::Value, "The language that names of months and days are in."),
        MESSAGE,
        CONFIG_REF,
    ],
    errors: &["VALIDATION:INVALID_TIME"],
    example: r##"<validation:is-time time="#[payload.pickUp]" pattern="HH:mm"/>"##,
    make: Make::Void(is_time),
    ..Spec::NEW
};

const TIME: Attribute = Attribute::required("time", Kind::Value, "How much time.");
const UNIT: Attribute = time_unit("timeUnit", "SECONDS");
const SINCE: Attribute = Attribute::required("since", Kind::Value, "When the time began to run.");

/// `validation:is-elapsed`
pub static IS_ELAPSED: Spec = Spec {
    name: "validation:is-elapsed",
    doc: "Fails while less than some time has gone by.",
    attributes: &[TIME, UNIT, SINCE, MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:NOT_ELAPSED_TIME"],
    example: r##"<validation:is-elapsed time="1" timeUnit="HOURS" since="#[vars.lastCall]"/>"##,
    make: Make::Void(|node| elapsed(node, true)),
    ..Spec::NEW
};

/// `validation:is-not-elapsed`
pub static IS_NOT_ELAPSED: Spec = Spec {
    name: "validation:is-not-elapsed",
    doc: "Fails once some time has gone by.",
    attributes: &[TIME, UNIT, SINCE, MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:ELAPSED_TIME"],
    example: r##"<validation:is-not-elapsed time="30" timeUnit="DAYS" since="#[payload.boughtAt]"/>"##,
    make: Make::Void(|node| elapsed(node, false)),
    ..Spec::NEW
};

/// The language where nothing names one.
pub const LANGUAGE: &str = "en";

fn is_time(node: &Node<'_>) -> Box<dyn Processor> {
    let (time, pattern, locale) = (node.expression("time"), node.value("pattern"), node.value("locale"));
    validator(node, move |event| {
        let optional = |part: &Option<Expression>| part.as_ref().map_or(Ok(None), |part| part.text(event));
        let (text, pattern) = (text_or_null(&time, event)?, optional(&pattern)?);
        let locale = optional(&locale)?.unwrap_or_else(|| LANGUAGE.to_string());
        let fits = is_of_pattern(&text, pattern.as_deref(), &locale);
        let fits = fits.map_err(|fault| Error::mule("UNKNOWN", fault.to_string()))?;
        let pattern = pattern.as_deref().unwrap_or("ISO 8601");
        Ok(verdict(fits, || Failure::new("INVALID_TIME", Text::Time, [&text, pattern, &locale])))
    })
}

/// Whether a text is a date or a time of a pattern.
///
/// # Errors
/// A pattern that is none.
pub fn is_of_pattern(text: &str, pattern: Option<&str>, locale: &str) -> Result<bool, Fault> {
    let Some(pattern) = pattern else {
        let kinds = [Simple::Date, Simple::LocalTime, Simple::Time, Simple::LocalDateTime, Simple::DateTime];
        return Ok(kinds.into_iter().any(|kind| Temporal::from_text(text, kind).is_some()));
    };
    fits_pattern(text, pattern, &Locale::of_tag(locale)).map_err(|why| Fault::new(Code::Argument, why))
}

fn elapsed(node: &Node<'_>, expected: bool) -> Box<dyn Processor> {
    let (time, since, unit) = (node.expression("time"), node.expression("since"), node.required("timeUnit"));
    validator(node, move |event| check(event, &time, &unit, &since, expected))
}

fn check(event: &Event, time: &Expression, unit: &str, since: &Expression, expected: bool) -> Result<Verdict, Error> {
    let interval = i128::try_from(duration(time.integer(event)?, unit).as_nanos()).unwrap_or(i128::MAX);
    let wrong = |fault: Fault| Error::expression(&since.source(), fault.into());
    let start = local(&since.value(event)?).map_err(wrong)?;
    let out_of_range = || Error::mule("UNKNOWN", "the time is out of range");
    let now = local_now().ok_or_else(out_of_range)?;
    let is_elapsed = start.plus_nanos(interval).ok_or_else(out_of_range)?.nanos() <= now.nanos();
    Ok(verdict(is_elapsed == expected, || {
        let (identifier, text) = match expected {
            true => ("NOT_ELAPSED_TIME", Text::NotElapsed),
            false => ("ELAPSED_TIME", Text::Elapsed),
        };
        let shown = Duration::from_nanos(interval).map(|d| Temporal::from(Period::Duration(d)).to_string());
        let point = |point: LocalDateTime| Temporal::from(point).to_string();
        Failure::new(identifier, text, [&point(start), &shown.unwrap_or_default(), &point(now)])
    }))
}

/// A point in time on the clock of this machine; a moment with a zone is moved to it.
fn local(value: &Value) -> Result<LocalDateTime, Fault> {
    if let Value::Temporal(temporal) = value.bare()
        && let Temporal::DateTime(moment) = &**temporal
    {
        let zone =
            jiff::Timestamp::from_second(moment.epoch_second()).ok().map(|t| jiff::tz::TimeZone::system().to_offset(t));
        let shift = i128::from(zone.map_or(0, |offset| offset.seconds())) * 1_000_000_000;
        let local = LocalDateTime::from_nanos(moment.instant() + shift);
        return local.ok_or_else(|| Fault::new(Code::Argument, "the time is out of range"));
    }
    let coerced = temporal::coerce(value, Simple::LocalDateTime, &Schema::default());
    match coerced.transpose()?.as_ref().map(Value::bare) {
        Some(Value::Temporal(temporal)) => match &**temporal {
            Temporal::LocalDateTime(point) => Ok(*point),
            other => Err(Fault::internal(format!("{} as a point in time", other.type_name()))),
        },
        _ => Err(Fault::new(Code::Coercion, format!("{} is no point in time", value.type_name()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_patterns() {
        for (text, pattern, fits) in [
            ("12:08 PM", Some("h:mm a"), true),
            ("Wed, Jul 4, '01", Some("EEE, MMM d, ''yy"), true),
            ("12:08 PM", Some("yyMMddHHmmssZ"), false),
            ("34/02/2", Some("MM/dd/YYYY"), false),
            ("12/24", Some("MM/dd"), true),
            ("2026-02-30", Some("yyyy-MM-dd"), true),
            ("2026-02-32", Some("yyyy-MM-dd"), false),
            ("2026-02-28T10:00:00Z", None, true),
            ("soon", None, false),
        ] {
            assert_eq!(is_of_pattern(text, pattern, "en").unwrap(), fits, "{text} {pattern:?}");
        }
        assert!(is_of_pattern("1", Some("{"), "en").is_err());
    }
}
