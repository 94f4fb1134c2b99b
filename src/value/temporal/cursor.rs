//! A place in a text and the small steps from there: digits, signs, single characters.

/// A place in a text. Steps that do not fit leave it where it was.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// At the start.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// What lies ahead.
    pub fn rest(&self) -> &'a str {
        self.rest
    }

    /// Whether nothing lies ahead.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Steps over this character.
    pub fn eat(&mut self, c: char) -> bool {
        self.rest.strip_prefix(c).inspect(|rest| self.rest = rest).is_some()
    }

    /// Steps over this lower-case ASCII letter or its capital.
    pub fn eat_ignoring_case(&mut self, lower: char) -> bool {
        self.eat(lower) || self.eat(lower.to_ascii_uppercase())
    }

    /// Steps over this text, in any case of letters.
    pub fn eat_text_ignoring_case(&mut self, text: &str) -> bool {
        let mut ahead = self.rest.chars();
        let same = |a: char, b: char| a == b || a.to_lowercase().eq(b.to_lowercase());
        let found = text.chars().all(|expected| ahead.next().is_some_and(|c| same(c, expected)));
        if found {
            self.rest = ahead.as_str();
        }
        found
    }

    /// Steps over `+` or `-`; whether it was `-`.
    pub fn sign(&mut self) -> Option<bool> {
        if self.eat('-') { Some(true) } else { self.eat('+').then_some(false) }
    }

    /// Steps over all digits ahead if there are `least` to `most` of them.
    pub fn digits(&mut self, least: usize, most: usize) -> Option<&'a str> {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(least..=most).contains(&count) {
            return None;
        }
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        Some(digits)
    }

    /// A number of exactly two digits; more digits may follow.
    pub fn two_digits(&mut self) -> Option<u8> {
        let (digits, rest) = self.rest.split_at_checked(2)?;
        let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
        self.rest = rest;
        Some(number)
    }

    /// Digits with an optional sign: whether it was `-`, and the number.
    pub fn signed_number(&mut self) -> Option<(bool, i128)> {
        const LONGEST: usize = 25;
        let mut ahead = self.clone();
        let negative = ahead.sign().unwrap_or(false);
        let number = ahead.digits(1, LONGEST)?.parse().ok()?;
        *self = ahead;
        Some((negative, number))
    }

    /// `least` to nine digits behind a decimal point, as billionths.
    pub fn fraction(&mut self, least: usize) -> Option<u32> {
        let digits = self.digits(least, 9)?;
        digits
            .bytes()
            .chain(std::iter::repeat(b'0'))
            .take(9)
            .try_fold(0, |n: u32, b| Some(n * 10 + u32::from(b - b'0')))
    }
}
