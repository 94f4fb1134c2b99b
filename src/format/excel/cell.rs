//! Places in a sheet, and what serial numbers of days stand for.

use crate::value::temporal::{Date, LocalDateTime, LocalTime, Temporal};
use crate::value::{Number, Value};
use calamine::{DataRef, ExcelDateTime};

/// A sheet has so many rows.
pub const ROWS: u32 = 1_048_576;
/// A sheet has so many columns.
pub const COLUMNS: u32 = 16_384;

/// A cell's place; both parts count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub row: u32,
    pub column: u32,
}

impl Position {
    /// Reads `B3`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.find(|c: char| c.is_ascii_digit())?;
        let row = text[digits..].parse::<u32>().ok()?.checked_sub(1).filter(|row| *row < ROWS)?;
        Some(Self { row, column: column(&text[..digits])? })
    }
}

/// The place of the column with these letters.
pub fn column(letters: &str) -> Option<u32> {
    let is_name = (1..=3).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_alphabetic());
    let number = |sum, b: u8| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1;
    is_name.then(|| letters.bytes().fold(0, number) - 1).filter(|column| *column < COLUMNS)
}

/// The letters of a column.
pub fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.insert(0, b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.into_iter().map(char::from).collect()
}

/// The value of a cell; `None` if it is empty.
pub fn value(data: &DataRef<'_>) -> Option<Value> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::Int(n) => Value::Int(*n),
        DataRef::Float(f) => number(*f),
        DataRef::String(text) => Value::string(text),
        DataRef::SharedString(text) => Value::string(text),
        DataRef::Bool(b) => Value::Boolean(*b),
        DataRef::DateTime(moment) => moment_value(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::string(text),
        DataRef::Error(error) => Value::from(error.to_string()),
    })
}

/// A double as the decimal with the fewest digits that is read back as it.
fn number(double: f64) -> Value {
    Number::parse(&double.to_string()).map_or_else(|| Value::from(double.to_string()), Value::from)
}

/// A whole day is a date, a part of the first day a time of day, anything else both.
fn moment_value(moment: &ExcelDateTime) -> Value {
    let serial = moment.as_f64();
    if !moment.is_datetime() || serial < 0.0 {
        return number(serial);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let date = Date::new(year.into(), month.into(), day.into());
    let time = LocalTime::new(hour.into(), minute.into(), second.into(), u64::from(milli) * 1_000_000);
    match (date, time) {
        (_, Some(time)) if serial > 0.0 && serial < 1.0 => Value::from(Temporal::LocalTime(time)),
        (Some(date), Some(time)) if time == LocalTime::MIDNIGHT => Value::from(Temporal::Date(date)),
        (Some(date), Some(time)) => Value::from(Temporal::LocalDateTime(LocalDateTime { date, time })),
        _ => number(serial),
    }
}

/// The serial number of a day, if a sheet can show it: from 1900 on, with the 29 February that 1900 did not have.
pub fn serial(date: Date) -> Option<i64> {
    const EPOCH: i64 = 25_569;
    const MARCH_1900: i64 = 61;
    let days = date.epoch_day() + EPOCH;
    let serial = if days < MARCH_1900 { days - 1 } else { days };
    (serial >= 1 && date.year() <= 9999).then_some(serial)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn names_columns_and_cells() {
        for (text, number) in [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16_383)] {
            assert_eq!((column(text), letters(number)), (Some(number), text.to_string()));
        }
        assert_eq!(Position::parse("b3"), Some(Position { row: 2, column: 1 }));
        for bad in ["", "3", "B", "B0", "XFE1", "A1048577", "AAAA1", "B-1", "É1"] {
            assert_eq!(Position::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn serial_numbers_go_both_ways() {
        for (year, month, day, number) in [(1900, 1, 1, 1), (1900, 2, 28, 59), (1900, 3, 1, 61), (2025, 10, 13, 45_943)]
        {
            let date = Date::new(year, month, day).unwrap();
            assert_eq!(serial(date), Some(number));
            let moment = ExcelDateTime::new(number as f64, ExcelDateTimeType::DateTime, false);
            assert!(matches!(moment_value(&moment), Value::Temporal(t) if *t == Temporal::Date(date)));
        }
        assert_eq!(serial(Date::new(1899, 12, 31).unwrap()), None);
    }

    #[test]
    fn doubles_are_exact_decimals() {
        for (double, want) in
            [(123.0, "123"), (12.5, "12.5"), (0.1, "0.1"), (1e-7, "1E-7"), (1e21, "1000000000000000000000")]
        {
            assert_eq!(number(double).as_number().unwrap().to_string(), want);
        }
    }
}
