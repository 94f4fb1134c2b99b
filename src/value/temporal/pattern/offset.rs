//! Offsets as patterns write and read them: `X`, `x`, `Z`, `O`.

use crate::value::locale::Width;
use crate::value::temporal::cursor::Cursor;
use crate::value::temporal::offset::Offset;

/// How an offset is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OffsetShape {
    /// Colons between the parts.
    colons: bool,
    minutes: Need,
    seconds: Need,
    /// What stands for no offset at all.
    zero: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Never,
    IfNotZero,
    Always,
}

impl OffsetShape {
    /// `+02:00` with `Z` for none: the form of zone ids.
    pub const ID: OffsetShape =
        OffsetShape { colons: true, minutes: Need::Always, seconds: Need::IfNotZero, zero: "Z" };

    /// The shape of `X` to `XXXXX`, `x` to `xxxxx`, `Z` to `ZZZ` and `ZZZZZ`.
    pub fn of_letters(letter: char, count: usize) -> Option<Self> {
        let (count, zero) = match (letter, count) {
            ('X', 1..=5) => (count, "Z"),
            ('x', 1) => (count, "+00"),
            ('x', 2 | 4) => (count, "+0000"),
            ('x', 3 | 5) => (count, "+00:00"),
            ('Z', 1..=3) => (2, "+0000"),
            ('Z', 5) => (5, "Z"),
            _ => return None,
        };
        let minutes = if count == 1 { Need::IfNotZero } else { Need::Always };
        let seconds = if count > 3 { Need::IfNotZero } else { Need::Never };
        Some(Self { colons: count == 3 || count == 5, minutes, seconds, zero })
    }

    /// Writes an offset.
    pub fn write(self, offset: Offset) -> String {
        let (hours, minutes, seconds) = parts(offset);
        let colon = if self.colons { ":" } else { "" };
        let mut text = format!("{}{hours:02}", sign(offset));
        if self.minutes == Need::Always || minutes > 0 {
            text.push_str(&format!("{colon}{minutes:02}"));
        }
        if self.seconds == Need::IfNotZero && seconds > 0 {
            text.push_str(&format!("{colon}{seconds:02}"));
        }
        if offset == Offset::UTC { self.zero.to_string() } else { text }
    }

    /// Reads an offset, if one is ahead.
    pub fn read(self, cursor: &mut Cursor<'_>) -> Option<Offset> {
        if cursor.eat_text_ignoring_case(self.zero) {
            return Some(Offset::UTC);
        }
        let mut ahead = cursor.clone();
        let negative = ahead.sign()?;
        let hours = i32::from(ahead.two_digits()?);
        let minutes = self.read_part(&mut ahead, self.minutes)?;
        let seconds = self.read_part(&mut ahead, self.seconds)?;
        let total = hours * 3_600 + minutes * 60 + seconds;
        let offset = Offset::from_seconds(if negative { -total } else { total })?;
        *cursor = ahead;
        Some(offset)
    }

    fn read_part(self, cursor: &mut Cursor<'_>, need: Need) -> Option<i32> {
        if need == Need::Never {
            return Some(0);
        }
        let mut ahead = cursor.clone();
        let found = (!self.colons || ahead.eat(':')).then(|| ahead.two_digits()).flatten().filter(|n| *n < 60);
        match (found, need) {
            (Some(number), _) => {
                *cursor = ahead;
                Some(number.into())
            }
            (None, Need::IfNotZero) => Some(0),
            (None, _) => None,
        }
    }
}

/// `GMT`, `GMT+2`, `GMT+02:00`.
pub fn write_localized(offset: Offset, width: Width) -> String {
    let (hours, minutes, seconds) = parts(offset);
    let mut text = "GMT".to_string();
    if offset == Offset::UTC {
        return text;
    }
    text.push(sign(offset));
    match width {
        Width::Full => text.push_str(&format!("{hours:02}:{minutes:02}")),
        _ if minutes == 0 && seconds == 0 => text.push_str(&hours.to_string()),
        _ => text.push_str(&format!("{hours}:{minutes:02}")),
    }
    if seconds != 0 {
        text.push_str(&format!(":{seconds:02}"));
    }
    text
}

/// Reads what [`write_localized`] writes.
pub fn read_localized(cursor: &mut Cursor<'_>, width: Width) -> Option<Offset> {
    if !cursor.eat_text_ignoring_case("GMT") {
        return None;
    }
    let mut ahead = cursor.clone();
    let Some(negative) = ahead.sign() else { return Some(Offset::UTC) };
    let hours = match (width, ahead.two_digits()) {
        (_, Some(hours)) => i32::from(hours),
        (Width::Full, None) => return None,
        (_, None) => ahead.digits(1, 1)?.parse().ok()?,
    };
    let mut part = || ahead.eat(':').then(|| ahead.two_digits()).flatten().map_or(0, i32::from);
    let total = hours * 3_600 + part() * 60 + part();
    let offset = Offset::from_seconds(if negative { -total } else { total })?;
    *cursor = ahead;
    Some(offset)
}

fn sign(offset: Offset) -> char {
    if offset.seconds() < 0 { '-' } else { '+' }
}

fn parts(offset: Offset) -> (i32, i32, i32) {
    let seconds = offset.seconds().abs();
    (seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
