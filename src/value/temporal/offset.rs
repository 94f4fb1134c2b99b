//! Offsets from UTC.

/// Seconds east of UTC, up to eighteen hours either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Offset(i32);

impl Offset {
    /// `Z`
    pub const UTC: Offset = Offset(0);
    const FURTHEST: i32 = 18 * 3_600;

    /// `None` beyond eighteen hours.
    pub fn from_seconds(seconds: i32) -> Option<Self> {
        (-Self::FURTHEST..=Self::FURTHEST).contains(&seconds).then_some(Self(seconds))
    }

    /// Seconds east of UTC.
    pub fn seconds(self) -> i32 {
        self.0
    }

    /// Reads an offset in any of its forms: `Z`, `+2`, `+02`, `+0200`, `+02:00`, `+020000`, `+02:00:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, rest) = match text.split_at_checked(1)? {
            ("Z", "") => return Some(Self::UTC),
            ("+", rest) => (1, rest),
            ("-", rest) => (-1, rest),
            _ => return None,
        };
        let shape: String = rest.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let number: i32 = rest.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()?;
        let (hours, minutes, seconds) = match shape.as_str() {
            "0" | "00" => (number, 0, 0),
            "0000" | "00:00" => (number / 100, number % 100, 0),
            "000000" | "00:00:00" => (number / 10_000, number / 100 % 100, number % 100),
            _ => return None,
        };
        if minutes > 59 || seconds > 59 {
            return None;
        }
        Self::from_seconds(sign * (hours * 3_600 + minutes * 60 + seconds))
    }
}

impl From<jiff::tz::Offset> for Offset {
    fn from(offset: jiff::tz::Offset) -> Self {
        Self(offset.seconds())
    }
}
