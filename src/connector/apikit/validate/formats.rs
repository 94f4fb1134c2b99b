//! The dates of RAML, as formats of JSON schemas.

use jsonschema::ValidationOptions;

/// Adds RAML's formats.
pub fn all(options: ValidationOptions<'_>) -> ValidationOptions<'_> {
    options
        .with_format("date-only", is_date)
        .with_format("time-only", is_time)
        .with_format("datetime-only", |text| text.split_once('T').is_some_and(|(d, t)| is_date(d) && is_time(t)))
        .with_format("datetime", is_instant)
        .with_format("rfc2616", |text| jiff::fmt::rfc2822::parse(text).is_ok())
}

/// `2015-05-23`
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// `12:30:00` or `12:30:00.123`
fn is_time(text: &str) -> bool {
    text.len() >= 8 && text.parse::<jiff::civil::Time>().is_ok()
}

/// `2016-02-28T16:41:41.090Z`
fn is_instant(text: &str) -> bool {
    text.get(10..11) == Some("T") && text.parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_known() {
        assert!(is_date("2015-05-23") && !is_date("2015-5-23") && !is_date("2015-02-30"));
        assert!(is_time("12:30:00") && is_time("12:30:00.5") && !is_time("12:30") && !is_time("25:00:00"));
        assert!(is_instant("2016-02-28T16:41:41.090Z") && is_instant("2016-02-28T16:41:41+02:00"));
        assert!(!is_instant("2016-02-28T16:41:41") && !is_instant("2016-02-28"));
    }
}
