//! Cron expressions as Quartz has them: seconds first, days of the week from 1 for Sunday, `?`, `L`, `W`, `#`.

use crate::diag::{Code, Fault};
use croner::parser::{CronParser, Seconds};
use jiff::Zoned;

/// A schedule of points in time.
#[derive(Debug)]
pub struct Cron(croner::Cron);

impl Cron {
    /// Reads an expression of six fields, or seven with the year.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let wrong = |why: String| {
            let fault = Fault::new(Code::Configuration, format!("`{text}` is no cron expression: {why}"));
            fault.help("the fields are second, minute, hour, day of month, month, day of week, and perhaps year")
        };
        let fields: Vec<_> = text.split_whitespace().collect();
        if let [_, _, _, day, _, weekday, ..] = fields[..]
            && ![day, weekday].iter().any(|field| matches!(*field, "?" | "*"))
        {
            return Err(wrong("both a day of the month and a day of the week are given".to_string())
                .help("put `?` in the place of one of them"));
        }
        let unwrapped: Vec<_> =
            fields.iter().enumerate().map(|(index, field)| without_wrapping(index, field)).collect();
        let parser = CronParser::builder().seconds(Seconds::Required).alternative_weekdays(true).sloppy_ranges(true);
        parser.build().parse(&unwrapped.join(" ")).map(Self).map_err(|error| wrong(error.to_string()))
    }

    /// The first point in time of the schedule after this one, in its zone; `None` after the last one. A time of day
    /// that a change of the clock leaves out comes right after the change, and one that comes twice counts once.
    pub fn after(&self, time: &Zoned) -> Option<Zoned> {
        self.0.find_next_occurrence(time, false).ok()
    }
}

/// The names of months and days of the week, with the number of the first one.
const NAMES: [(usize, &[&str]); 2] = [
    (4, &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
    (5, &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
];

/// The least and the largest number of a field.
const BOUNDS: [(u16, u16); 6] = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (1, 7)];

/// A field whose ranges do not go over its end: `22-2` becomes `22-23,0-2`, `FRI-MON` becomes `6-7,1-2`.
fn without_wrapping(index: usize, field: &str) -> String {
    let Some((least, largest)) = BOUNDS.get(index).copied() else { return field.to_string() };
    let number = |text: &str| {
        let name = text.to_ascii_uppercase();
        let named = NAMES
            .iter()
            .filter(|(field, _)| *field == index)
            .find_map(|(_, names)| names.iter().position(|known| *known == name).map(|position| position as u16 + 1));
        named.or_else(|| text.parse::<u16>().ok())
    };
    let part = |part: &str| {
        let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
        let bounds = range.split_once('-').and_then(|(from, to)| Some((number(from)?, number(to)?)));
        let Some((from, to)) = bounds.filter(|(from, to)| from > to) else { return part.to_string() };
        match step.map(str::parse::<u16>) {
            None => format!("{from}-{largest},{least}-{to}"),
            Some(Ok(step)) if step > 0 => {
                let width = largest - least + 1;
                let all = (from..=to + width).step_by(step.into());
                let inside = all.map(|n| if n > largest { n - width } else { n }.to_string());
                inside.collect::<Vec<_>>().join(",")
            }
            Some(_) => part.to_string(),
        }
    };
    field.split(',').map(part).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The next times after a moment, without its date where it is the same.
    fn next(expression: &str, from: &str, count: usize) -> String {
        let cron = Cron::parse(expression).unwrap();
        let mut time: Zoned = from.parse().unwrap();
        let mut found = Vec::new();
        for _ in 0..count {
            time = cron.after(&time).unwrap();
            found.push(time.strftime("%m-%dT%H:%M:%S%:z").to_string());
        }
        found.join(" ")
    }

    #[test]
    fn schedules_are_those_of_quartz() {
        let from = "2026-01-30T10:00:00+00:00[UTC]";
        for (expression, times) in [
            ("* * * * * ?", "01-30T10:00:01+00:00 01-30T10:00:02+00:00"),
            ("0/20 * * * * ?", "01-30T10:00:20+00:00 01-30T10:00:40+00:00"),
            ("0 0 12 * * ?", "01-30T12:00:00+00:00 01-31T12:00:00+00:00"),
            ("0 0 12 ? * 2", "02-02T12:00:00+00:00 02-09T12:00:00+00:00"),
            ("0 0 12 ? * MON-FRI", "01-30T12:00:00+00:00 02-02T12:00:00+00:00"),
            ("0 0 12 ? * FRI-SUN", "01-30T12:00:00+00:00 01-31T12:00:00+00:00"),
            ("0 0 22-1/3 * * ?", "01-30T22:00:00+00:00 01-31T01:00:00+00:00"),
            ("0 0 12 L * ?", "01-31T12:00:00+00:00 02-28T12:00:00+00:00"),
            ("0 0 12 LW * ?", "01-30T12:00:00+00:00 02-27T12:00:00+00:00"),
            ("0 0 12 15W * ?", "02-16T12:00:00+00:00 03-16T12:00:00+00:00"),
            ("0 0 12 ? * 6#3", "02-20T12:00:00+00:00 03-20T12:00:00+00:00"),
            ("0 0 12 ? * 6L", "01-30T12:00:00+00:00 02-27T12:00:00+00:00"),
            ("0 0 0 1 1 ? 2028", "01-01T00:00:00+00:00"),
        ] {
            let count = times.split(' ').count();
            assert_eq!(next(expression, from, count), times, "{expression}");
        }
    }

    #[test]
    fn clocks_that_change_lose_and_double_nothing() {
        let spring = "2026-03-28T12:00:00+01:00[Europe/Berlin]";
        assert_eq!(next("0 30 2 * * ?", spring, 2), "03-29T03:00:00+02:00 03-30T02:30:00+02:00");
        let autumn = "2026-10-24T12:00:00+02:00[Europe/Berlin]";
        assert_eq!(next("0 30 2 * * ?", autumn, 2), "10-25T02:30:00+02:00 10-26T02:30:00+01:00");
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for text in ["", "* * * * *", "0 0 12 1 * MON", "0 61 * * * ?", "here and there and so on"] {
            assert!(Cron::parse(text).is_err(), "{text}");
        }
    }
}
