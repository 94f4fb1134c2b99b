//! A fixed sequence of pseudo-random numbers, and the words that are drawn with them.

pub const CITIES: [&str; 12] =
    ["Zürich", "Bern", "Basel", "Genève", "Lausanne", "Luzern", "Lugano", "Chur", "Sion", "Thun", "Olten", "Aarau"];
pub const NAMES: [&str; 8] = [
    "Ada Brandt",
    "Beat Moser",
    "Carla Rossi",
    "Denis Favre",
    "Eva Keller",
    "Flavio Conti",
    "Gret Amstutz",
    "Hugo Blanc",
];
pub const STATES: [&str; 4] = ["paid", "paid", "open", "cancelled"];
pub const PARTS: [&str; 6] = ["hinge", "bracket", "washer M8", "cable 2m", "panel", "lamp \"Nord\""];

/// A xorshift generator that always begins alike.
pub struct Dice(u64);

impl Dice {
    pub fn new() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }

    /// A moment, as in `2023-04-17T08:15:00Z`.
    pub fn moment(&mut self) -> String {
        let (year, month, day, hour) = (20 + self.below(6), 1 + self.below(12), 1 + self.below(28), self.below(24));
        format!("20{year:02}-{month:02}-{day:02}T{hour:02}:15:00Z")
    }

    /// A sum of money below `whole`, with two digits behind the point.
    pub fn money(&mut self, whole: u64) -> String {
        format!("{}.{:02}", self.below(whole), self.below(100))
    }
}
