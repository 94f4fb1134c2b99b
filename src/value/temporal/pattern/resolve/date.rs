//! The date that fields make up.

use super::{Mode, OUT_OF_RANGE, Resolver, conflict};
use crate::value::temporal::civil::Date;
use crate::value::temporal::pattern::calendar_week as week;
use crate::value::temporal::pattern::field::{Field, JULIAN_EPOCH};

impl Resolver {
    /// The date, if there is enough for one.
    pub fn date(&mut self) -> Result<Option<Date>, String> {
        self.year_of_era()?;
        if let Some(day) = self.take(Field::ModifiedJulianDay) {
            return Date::from_epoch_day(day.saturating_sub(JULIAN_EPOCH)).map(Some).ok_or(OUT_OF_RANGE.to_string());
        }
        self.local_day_of_week()?;
        let named = [Field::Year, Field::MonthOfYear, Field::DayOfMonth, Field::DayOfYear].map(|field| self.get(field));
        match named {
            [Some(year), Some(month), Some(day), _] => {
                self.drop([Field::Year, Field::MonthOfYear, Field::DayOfMonth]);
                self.calendar_date(year, month, day).map(Some)
            }
            [Some(year), _, _, Some(day)] => {
                self.drop([Field::Year, Field::DayOfYear]);
                self.ordinal_date(year, day).map(Some)
            }
            [Some(year), Some(month), None, None] => self.week_of_month(year, month),
            _ => self.week_date(),
        }
    }

    /// A year of an era becomes a year; without the era it counts as after Christ, but not in strict mode.
    fn year_of_era(&mut self) -> Result<(), String> {
        let Some(year) = self.get(Field::YearOfEra) else { return Ok(()) };
        if self.mode != Mode::Lenient && year < 1 {
            return Err(format!("Invalid value for YearOfEra (valid values 1 - 999999999): {year}"));
        }
        let era = self.get(Field::Era).or(self.get(Field::Year).map(|year| i64::from(year > 0)));
        let year = match era {
            None if self.mode == Mode::Strict => return Ok(()),
            Some(0) => 1 - year,
            _ => year,
        };
        self.drop([Field::YearOfEra, Field::Era]);
        if *self.fields.entry(Field::Year).or_insert(year) == year { Ok(()) } else { Err(conflict(Field::YearOfEra)) }
    }

    fn local_day_of_week(&mut self) -> Result<(), String> {
        let Some(local) = self.take(Field::LocalDayOfWeek) else { return Ok(()) };
        let local = Field::LocalDayOfWeek.check(local)?;
        let weekday = (i64::from(self.week.first_day) - 1 + local - 1).rem_euclid(7) + 1;
        let known = *self.fields.entry(Field::DayOfWeek).or_insert(weekday);
        if known == weekday { Ok(()) } else { Err(conflict(Field::LocalDayOfWeek)) }
    }

    fn calendar_date(&self, year: i64, month: i64, day: i64) -> Result<Date, String> {
        let date = match self.mode {
            Mode::Strict => Date::new(year, month, day),
            Mode::Smart => {
                let (month, day) = (Field::MonthOfYear.check(month)?, Field::DayOfMonth.check(day)?);
                Date::clamped(year, month as u8, day as u8)
            }
            Mode::Lenient => Date::new(year, 1, 1)
                .and_then(|date| date.plus_months(month.checked_sub(1)?)?.plus_days(day.checked_sub(1)?)),
        };
        date.ok_or_else(|| format!("Invalid date {year}-{month}-{day}"))
    }

    fn ordinal_date(&self, year: i64, day: i64) -> Result<Date, String> {
        let date = match self.mode {
            Mode::Lenient => Date::new(year, 1, 1).and_then(|date| date.plus_days(day.checked_sub(1)?)),
            _ => Date::from_year_day(year, day),
        };
        date.ok_or_else(|| format!("Invalid date {year}, day {day}"))
    }

    /// The locale's day of the week that the fields name.
    fn local_weekday(&self) -> Option<i64> {
        let weekday = self.get(Field::DayOfWeek)?;
        Some((weekday - i64::from(self.week.first_day)).rem_euclid(7) + 1)
    }

    /// Year, month, and a week of the month: the locale's (`W`) or counted from the first (`F`).
    fn week_of_month(&mut self, year: i64, month: i64) -> Result<Option<Date>, String> {
        let Some(weekday) = self.local_weekday() else { return Ok(None) };
        let first = self.calendar_date(year, month, 1)?;
        let first_weekday = week::local_weekday(first, self.week);
        let (weeks, days) = if let Some(number) = self.get(Field::WeekOfMonth) {
            let number = self.checked(Field::WeekOfMonth, number)?;
            (number.saturating_sub(week::week_of_month(first, self.week)), weekday - first_weekday)
        } else if let Some(number) = self.get(Field::AlignedWeekOfMonth) {
            let number = self.checked(Field::AlignedWeekOfMonth, number)?;
            (number.saturating_sub(1), (weekday - first_weekday).rem_euclid(7))
        } else {
            return Ok(None);
        };
        let days = weeks.saturating_mul(7).saturating_add(days);
        self.drop([Field::Year, Field::MonthOfYear, Field::WeekOfMonth, Field::AlignedWeekOfMonth]);
        let date = first.plus_days(days).ok_or(OUT_OF_RANGE)?;
        let same_month = date.month() == first.month() || self.mode != Mode::Strict;
        if same_month { Ok(Some(date)) } else { Err(conflict(Field::WeekOfMonth)) }
    }

    /// A week of a week-based year; in smart mode week 53 is the last.
    fn week_date(&mut self) -> Result<Option<Date>, String> {
        let named = (self.get(Field::WeekBasedYear), self.get(Field::WeekOfWeekBasedYear), self.local_weekday());
        let (Some(year), Some(number), Some(weekday)) = named else { return Ok(None) };
        let number = self.checked(Field::WeekOfWeekBasedYear, number)?;
        let last = week::weeks_in(year, self.week).ok_or(OUT_OF_RANGE)?;
        let number = match self.mode {
            Mode::Strict if number > last => return Err(conflict(Field::WeekOfWeekBasedYear)),
            Mode::Smart => number.min(last),
            _ => number,
        };
        self.drop([Field::WeekBasedYear, Field::WeekOfWeekBasedYear]);
        week::date_of(year, number, weekday, self.week).map(Some).ok_or(OUT_OF_RANGE.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::value::ty::Simple::Date as Day;

    #[test]
    fn dates() {
        check(
            Day,
            &[
                ("04/07/2018", "d/M/uuuu", "2018-07-04"),
                ("4/7/2018", "dd/MM/uuuu", "-"),
                ("20181224", "uuuuMMdd", "2018-12-24"),
                ("2018358", "uuuuDDD", "2018-12-24"),
                ("12021-11-05", "uuuu-MM-dd", "-"),
                ("+12021-11-05", "uuuu-MM-dd", "+12021-11-05"),
                ("May-01-2018", "MMM-dd-uuuu", "2018-05-01"),
                ("24DEC18", "ddMMMuu", "2018-12-24"),
                ("MONDAY 24 december 2018", "EEEE d MMMM uuuu", "2018-12-24"),
                ("Tuesday 24 December 2018", "EEEE d MMMM uuuu", "-"),
                ("24/12/2018", "[uuuu-MM-dd][dd/MM/uuuu][uuuuMMdd]", "2018-12-24"),
                ("15/03/0044 BC", "dd/MM/yyyy G", "-0043-03-15"),
                ("15/03/2018 AD", "dd/MM/yyyy G", "2018-03-15"),
                ("15/03/-0043", "dd/MM/uuuu", "-0043-03-15"),
                ("2018-02-31", "uuuu-MM-dd", "2018-02-28"),
                ("2018-02-32", "uuuu-MM-dd", "-"),
                ("2018-13-01", "uuuu-MM-dd", "-"),
                ("2018-12-24T18:30", "uuuu-MM-dd'T'HH:mm", "2018-12-24"),
                ("18:30", "HH:mm", "-"),
                ("Q4 24.12.2018", "QQQ d.M.uuuu", "2018-12-24"),
                ("Q3 24.12.2018", "QQQ d.M.uuuu", "-"),
                ("58476", "g", "2018-12-24"),
                ("2018 12 5 Mon", "uuuu MM W EEE", "2018-12-24"),
                ("2018 12 4 Mon", "uuuu MM F EEE", "2018-12-24"),
                ("2018-12-24", "", "-"),
                ("J 4 1999", "MMMMM d u", "1999-07-04"),
                (" 4/ 7/2018", "ppd/ppM/uuuu", "2018-07-04"),
            ],
        );
    }
}
