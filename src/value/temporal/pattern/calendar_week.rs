//! Weeks as a locale counts them: Java's `WeekFields`.

use crate::value::locale::Week;
use crate::value::temporal::civil::{Date, is_leap_year};

/// 1 to 7 from the locale's first day of the week.
pub fn local_weekday(date: Date, week: Week) -> i64 {
    (i64::from(date.weekday()) - i64::from(week.first_day)).rem_euclid(7) + 1
}

/// 0 to 6; 0 for the days before the first week that has enough days.
pub fn week_of_month(date: Date, week: Week) -> i64 {
    count(start(i64::from(date.day()), local_weekday(date, week), week), date.day().into())
}

/// The year that the day's week belongs to.
pub fn week_based_year(date: Date, week: Week) -> i64 {
    let (number, first_of_next) = week_of_year(date, week);
    if number == 0 {
        date.year() - 1
    } else if number >= first_of_next {
        date.year() + 1
    } else {
        date.year()
    }
}

/// The week's number within its week-based year.
pub fn week_of_week_based_year(date: Date, week: Week) -> i64 {
    let (number, first_of_next) = week_of_year(date, week);
    if number > 0 {
        return if number >= first_of_next { number - first_of_next + 1 } else { number };
    }
    date.plus_days(-date.day_of_year()).map_or(1, |eve| week_of_week_based_year(eve, week))
}

/// The day of a week-based year, a week and a day of the week; numbers beyond their range run on.
pub fn date_of(year: i64, number: i64, local_weekday: i64, week: Week) -> Option<Date> {
    let january_1 = Date::new(year, 1, 1)?;
    let offset = start(1, self::local_weekday(january_1, week), week);
    january_1.plus_days((number - 1).checked_mul(7)?.checked_add(local_weekday - 1 - offset)?)
}

/// How many weeks a week-based year has.
pub fn weeks_in(year: i64, week: Week) -> Option<i64> {
    Some(week_of_year(Date::new(year, 1, 1)?, week).1 - 1)
}

/// The week's number in the calendar year, 0 if it belongs to the last one, and the number that the first week of the
/// next year would have.
fn week_of_year(date: Date, week: Week) -> (i64, i64) {
    let offset = start(date.day_of_year(), local_weekday(date, week), week);
    let length = if is_leap_year(date.year()) { 366 } else { 365 };
    (count(offset, date.day_of_year()), count(offset, length + i64::from(week.minimal_days)))
}

/// The distance from the first day of a year or month to the start of its first week.
fn start(day: i64, local_weekday: i64, week: Week) -> i64 {
    let before = (day - local_weekday).rem_euclid(7);
    if before + 1 > i64::from(week.minimal_days) { 7 - before } else { -before }
}

fn count(offset: i64, day: i64) -> i64 {
    (7 + offset + day - 1) / 7
}

#[cfg(test)]
mod tests {
    use super::*;

    const US: Week = Week { first_day: 7, minimal_days: 1 };
    const ISO: Week = Week { first_day: 1, minimal_days: 4 };

    #[test]
    fn weeks_of_days() {
        for (year, month, day, week, expected) in [
            (2022, 1, 1, US, (2022, 1, 7, 1)),
            (2022, 1, 2, US, (2022, 2, 1, 2)),
            (2022, 12, 31, US, (2022, 53, 7, 5)),
            (2021, 12, 26, US, (2022, 1, 1, 5)),
            (2022, 1, 1, ISO, (2021, 52, 6, 0)),
            (2021, 12, 27, ISO, (2021, 52, 1, 5)),
            (2024, 12, 30, ISO, (2025, 1, 1, 5)),
        ] {
            let date = Date::new(year, month, day).unwrap();
            let weekday = local_weekday(date, week);
            let found =
                (week_based_year(date, week), week_of_week_based_year(date, week), weekday, week_of_month(date, week));
            assert_eq!(found, expected, "{date}");
            assert_eq!(date_of(found.0, found.1, weekday, week), Some(date));
        }
    }
}
