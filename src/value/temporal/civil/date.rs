//! Days of the calendar.

use super::{DAYS_PER_CYCLE, LocalDateTime, LocalTime, YEARS};

/// Whether February of this year has 29 days.
pub fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days this month (1 to 12) has.
pub fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// `None` if there is no such day.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        if !YEARS.contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let month = month as u8;
        (1..=i64::from(days_in_month(year, month))).contains(&day).then_some(Self {
            year: year as i32,
            month,
            day: day as u8,
        })
    }

    /// The day in this month, or the month's last day if it has fewer.
    pub fn clamped(year: i64, month: u8, day: u8) -> Option<Self> {
        Self::new(year, month.into(), day.min(days_in_month(year, month)).into())
    }

    /// The day of the year, counted from 1.
    pub fn from_year_day(year: i64, day_of_year: i64) -> Option<Self> {
        let length = if is_leap_year(year) { 366 } else { 365 };
        if !(1..=length).contains(&day_of_year) {
            return None;
        }
        Self::new(year, 1, 1)?.plus_days(day_of_year - 1)
    }

    /// The ISO week date: the week with the year's first Thursday is week 1, Monday is day 1.
    pub fn from_week_date(year: i64, week: i64, weekday: i64) -> Option<Self> {
        let january_4 = Self::new(year, 1, 4)?;
        if !(1..=53).contains(&week) || !(1..=7).contains(&weekday) {
            return None;
        }
        let monday = january_4.plus_days(1 - i64::from(january_4.weekday()))?;
        let thursday = monday.plus_days((week - 1) * 7 + 3)?;
        (thursday.year() == year).then(|| thursday.plus_days(weekday - 4))?
    }

    /// Days since 1970-01-01. The algorithm counts years from March, so that the leap day is the last of its year.
    pub fn epoch_day(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let cycle = year.div_euclid(400);
        let year_of_cycle = year.rem_euclid(400);
        let month_from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
        cycle * DAYS_PER_CYCLE + day_of_cycle - 719_468
    }

    /// The inverse of [`Date::epoch_day`]; `None` outside of [`YEARS`].
    pub fn from_epoch_day(day: i64) -> Option<Self> {
        let shifted = day.checked_add(719_468)?;
        let cycle = shifted.div_euclid(DAYS_PER_CYCLE);
        let day_of_cycle = shifted.rem_euclid(DAYS_PER_CYCLE);
        let year_of_cycle =
            (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = cycle * 400 + year_of_cycle + i64::from(month <= 2);
        Self::new(year, month, day_of_year - (153 * month_from_march + 2) / 5 + 1)
    }

    /// The year; 0 is the year before 1.
    pub fn year(self) -> i64 {
        self.year.into()
    }

    /// 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// 1 (Monday) to 7 (Sunday).
    pub fn weekday(self) -> u8 {
        ((self.epoch_day() + 3).rem_euclid(7) + 1) as u8
    }

    /// 1 to 366.
    pub fn day_of_year(self) -> i64 {
        self.epoch_day() - Self { month: 1, day: 1, ..self }.epoch_day() + 1
    }

    /// 1 to 4.
    pub fn quarter(self) -> u8 {
        (self.month - 1) / 3 + 1
    }

    /// Whether the year has a leap day.
    pub fn is_leap(self) -> bool {
        is_leap_year(self.year())
    }

    /// Months since the year 0.
    pub fn month_count(self) -> i64 {
        self.year() * 12 + i64::from(self.month) - 1
    }

    /// `months` later, on the last day of the month where there is no such day.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let count = self.month_count().checked_add(months)?;
        Self::clamped(count.div_euclid(12), (count.rem_euclid(12) + 1) as u8, self.day)
    }

    /// `days` later.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_epoch_day(self.epoch_day().checked_add(days)?)
    }

    /// The start of the day.
    pub fn at_midnight(self) -> LocalDateTime {
        LocalDateTime { date: self, time: LocalTime::MIDNIGHT }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i64, month: i64, day: i64) -> Date {
        Date::new(year, month, day).unwrap()
    }

    #[test]
    fn epoch_days_go_both_ways() {
        for (d, days) in [
            (date(1970, 1, 1), 0),
            (date(1969, 12, 31), -1),
            (date(2000, 2, 29), 11_016),
            (date(0, 3, 1), -719_468),
            (date(-999_999_999, 1, 1), -365_243_219_162),
            (date(999_999_999, 12, 31), 365_241_780_471),
        ] {
            assert_eq!(d.epoch_day(), days);
            assert_eq!(Date::from_epoch_day(days), Some(d));
        }
        assert_eq!(Date::from_epoch_day(365_241_780_472), None);
        assert_eq!(Date::from_epoch_day(i64::MAX), None);
    }

    #[test]
    fn other_notations_of_days() {
        assert_eq!(Date::from_year_day(2020, 366), Some(date(2020, 12, 31)));
        assert_eq!(Date::from_year_day(2021, 366), None);
        assert_eq!(Date::from_week_date(2020, 53, 7), Some(date(2021, 1, 3)));
        assert_eq!(Date::from_week_date(2021, 53, 1), None);
        assert_eq!(date(2016, 2, 29).weekday(), 1);
        assert_eq!(date(2016, 12, 31).day_of_year(), 366);
    }

    #[test]
    fn months_are_clamped_to_their_end() {
        assert_eq!(date(2023, 1, 31).plus_months(1), Some(date(2023, 2, 28)));
        assert_eq!(date(2024, 2, 29).plus_months(-12), Some(date(2023, 2, 28)));
        assert_eq!(date(2024, 2, 29).plus_months(i64::MAX), None);
    }
}
