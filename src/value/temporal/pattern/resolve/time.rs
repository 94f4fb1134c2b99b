//! The time of day that fields make up.

use super::{Mode, OUT_OF_RANGE, Resolver, conflict};
use crate::value::temporal::civil::{LocalTime, NANOS_PER_DAY, NANOS_PER_SECOND};
use crate::value::temporal::pattern::field::Field;

impl Resolver {
    /// The time of day, and how many days it lies beyond the date.
    pub fn time(&mut self) -> Result<(Option<LocalTime>, i64), String> {
        self.hours()?;
        self.split(Field::NanoOfDay, 1)?;
        self.split(Field::MilliOfDay, 1_000_000)?;
        let parts = [Field::HourOfDay, Field::MinuteOfHour, Field::SecondOfMinute, Field::NanoOfSecond];
        let [hour, minute, second, nano] = parts.map(|field| self.get(field));
        let gapless = minute.is_some() || (second.is_none() && nano.is_none());
        if hour.is_none() || !gapless || (second.is_none() && nano.is_some()) {
            for (field, value) in self.fields.iter().filter(|(field, _)| !field.of_date()) {
                self.checked(*field, *value)?;
            }
            return Ok((None, 0));
        }
        let end_of_day = hour == Some(24) && [minute, second, nano].iter().all(|part| part.unwrap_or(0) == 0);
        if self.mode == Mode::Smart && end_of_day {
            self.drop(parts);
            return Ok((Some(LocalTime::MIDNIGHT), 1));
        }
        let mut nanos: i128 = 0;
        for (field, size) in
            parts.into_iter().zip([3_600 * NANOS_PER_SECOND, 60 * NANOS_PER_SECOND, NANOS_PER_SECOND, 1])
        {
            let value = self.take(field).unwrap_or(0);
            nanos += i128::from(self.checked(field, value)?) * i128::from(size);
        }
        let day = i128::from(NANOS_PER_DAY);
        let days_over = i64::try_from(nanos.div_euclid(day)).map_err(|_| OUT_OF_RANGE)?;
        Ok((LocalTime::from_nano_of_day(nanos.rem_euclid(day) as u64), days_over))
    }

    /// All ways to tell the hour become the hour of the day.
    fn hours(&mut self) -> Result<(), String> {
        if let Some(hour) = self.clock_hour(Field::ClockHourOfDay, 24)? {
            self.put(Field::HourOfDay, hour)?;
        }
        if let Some(hour) = self.clock_hour(Field::ClockHourOfAmPm, 12)? {
            self.put(Field::HourOfAmPm, hour)?;
        }
        let half = self.get(Field::AmPmOfDay).or_else(|| self.half_of_day_period());
        if let (Some(half), Some(hour)) = (half, self.get(Field::HourOfAmPm)) {
            let hour =
                self.checked(Field::HourOfAmPm, hour)?.saturating_add(self.checked(Field::AmPmOfDay, half)? * 12);
            self.drop([Field::AmPmOfDay, Field::HourOfAmPm]);
            self.day_period.clear();
            self.put(Field::HourOfDay, hour)?;
        }
        Ok(())
    }

    /// Which half of the day the named part of the day means for this hour: the second one, if that fits.
    fn half_of_day_period(&self) -> Option<i64> {
        let hour = self.get(Field::HourOfAmPm).filter(|_| !self.day_period.is_empty())?;
        let minute = self.get(Field::MinuteOfHour).unwrap_or(0);
        let after_noon = hour.checked_add(12)?.checked_mul(60)?.checked_add(minute)?;
        Some(i64::from(self.is_in_day_period(after_noon)))
    }

    /// An hour counted from 1, as one counted from 0; only strict mode minds an hour 0.
    fn clock_hour(&mut self, field: Field, noon: i64) -> Result<Option<i64>, String> {
        let Some(hour) = self.take(field) else { return Ok(None) };
        if hour != 0 || self.mode == Mode::Strict {
            self.checked(field, hour)?;
        }
        Ok(Some(if hour == noon { 0 } else { hour }))
    }

    fn put(&mut self, field: Field, value: i64) -> Result<(), String> {
        if *self.fields.entry(field).or_insert(value) == value { Ok(()) } else { Err(conflict(field)) }
    }

    /// A count since midnight becomes hour, minute, second and nanosecond.
    fn split(&mut self, field: Field, nanos_per_unit: i64) -> Result<(), String> {
        let Some(count) = self.take(field) else { return Ok(()) };
        let nanos = self.checked(field, count)?.checked_mul(nanos_per_unit).ok_or(OUT_OF_RANGE)?;
        let second = NANOS_PER_SECOND as i64;
        self.put(Field::HourOfDay, nanos / (3_600 * second))?;
        self.put(Field::MinuteOfHour, nanos / (60 * second) % 60)?;
        self.put(Field::SecondOfMinute, nanos / second % 60)?;
        self.put(Field::NanoOfSecond, nanos % second)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::value::ty::Simple::LocalTime as Clock;

    #[test]
    fn times() {
        check(
            Clock,
            &[
                ("6:05 pm", "h:mm a", "18:05:00"),
                ("10:30", "hh:mm", "-"),
                ("13:30 PM", "hh:mm a", "-"),
                ("13:30 PM", "HH:mm a", "13:30:00"),
                ("13:30 AM", "HH:mm a", "-"),
                ("00:30 AM", "hh:mm a", "00:30:00"),
                ("12:30 AM", "hh:mm a", "00:30:00"),
                ("24:30", "kk:mm", "00:30:00"),
                ("10:60", "HH:mm", "-"),
                ("24:00", "HH:mm", "00:00:00"),
                ("24:01", "HH:mm", "-"),
                ("10:30:60", "HH:mm:ss", "-"),
                ("10", "HH", "10:00:00"),
                ("30", "mm", "-"),
                ("9:30", "H:mm", "09:30:00"),
                ("9:30", "HH:mm", "-"),
                ("10:30:05.7", "HH:mm:ss.SSS", "-"),
                ("10:30:05.7", "HH:mm:ss[.SSS]", "-"),
                ("10:30:05", "HH:mm:ss[.SSS]", "10:30:05"),
                ("18:30:05.0071", "HH:mm:ss.SSS", "-"),
                ("183059007", "HHmmssSSS", "18:30:59.007"),
                ("07 o'clock", "HH' o''clock'", "07:00:00"),
                ("66600000", "A", "18:30:00"),
                ("6:30 in the evening", "h:mm B", "18:30:00"),
                ("2:00 at night", "h:mm B", "02:00:00"),
                ("11:59 at night", "h:mm B", "23:59:00"),
                ("18:30 in the morning", "H:mm B", "-"),
            ],
        );
    }
}
