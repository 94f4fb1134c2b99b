//! Units of time as attributes name them: `timeout="500" timeoutUnit="MILLISECONDS"`.

use super::{Attribute, Kind};
use std::time::Duration;

/// The words for units, as Java's `TimeUnit` has them.
const WORDS: &[&str] = &["NANOSECONDS", "MICROSECONDS", "MILLISECONDS", "SECONDS", "MINUTES", "HOURS", "DAYS"];

/// An attribute that names a unit of time.
pub const fn time_unit(name: &'static str, default: &'static str) -> Attribute {
    Attribute::default(name, Kind::Choice(WORDS), default, "The unit of time of the attribute that it belongs to.")
}

/// So many of a unit; milliseconds for a word that is none. Less than zero counts as nothing.
pub fn duration(amount: i64, unit: &str) -> Duration {
    let amount = u64::try_from(amount).unwrap_or_default();
    match unit {
        "NANOSECONDS" => Duration::from_nanos(amount),
        "MICROSECONDS" => Duration::from_micros(amount),
        "SECONDS" => Duration::from_secs(amount),
        "MINUTES" => Duration::from_secs(amount.saturating_mul(60)),
        "HOURS" => Duration::from_secs(amount.saturating_mul(3600)),
        "DAYS" => Duration::from_secs(amount.saturating_mul(86_400)),
        _ => Duration::from_millis(amount),
    }
}
