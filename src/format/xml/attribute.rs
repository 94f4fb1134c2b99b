//! The attributes of a start tag as written. quick-xml's own iterator is lenient where XML is not.

use super::grammar::{is_space, space};

/// An attribute as written.
#[derive(Debug, PartialEq)]
pub struct Raw<'a> {
    /// The name with its prefix.
    pub name: &'a str,
    /// What stands between the quotes.
    pub value: &'a str,
    /// Where the name stands in the text of the tag.
    pub at: usize,
}

/// Goes through the attributes in the text behind a tag's name. After an error it ends.
pub struct Attributes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Attributes<'a> {
    /// The attributes of a tag; `at` is where its name ends.
    pub fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    fn parse(&mut self) -> Result<Option<Raw<'a>>, (usize, &'static str)> {
        let blank = space(&self.text[self.at..]);
        let at = self.at + blank;
        let rest = &self.text[at..];
        if rest.is_empty() {
            return Ok(None);
        }
        if blank == 0 {
            return Err((at, "white space is missing in front of this attribute"));
        }
        let end = rest.bytes().position(|b| b == b'=' || is_space(b)).unwrap_or(rest.len());
        let (name, tail) = rest.split_at(end);
        let Some(tail) = tail[space(tail)..].strip_prefix('=') else {
            return Err((at, "this attribute has no value"));
        };
        let tail = &tail[space(tail)..];
        let quote = tail.bytes().next().filter(|b| matches!(b, b'"' | b'\''));
        let quote = quote.ok_or((at, "the value of this attribute is not in quotes"))?;
        let end =
            memchr::memchr(quote, &tail.as_bytes()[1..]).ok_or((at, "the value of this attribute does not end"))?;
        self.at = self.text.len() - tail.len() + end + 2;
        Ok(Some(Raw { name, value: &tail[1..=end], at }))
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Result<Raw<'a>, (usize, &'static str)>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.parse();
        if next.is_err() {
            self.at = self.text.len();
        }
        next.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_attributes() {
        let got: Result<Vec<_>, _> = Attributes::new("v a='1'\n b = \"it's\"\t", 1).collect();
        let want = [Raw { name: "a", value: "1", at: 2 }, Raw { name: "b", value: "it's", at: 9 }];
        assert_eq!(got.unwrap(), want);
        assert_eq!(Attributes::new("v", 1).count(), 0);
    }

    #[test]
    fn refuses_sloppy_ones() {
        for text in ["v a=1", "v a", "v a='1'b='2'", "v a='1", "v /", "va='1'"] {
            assert!(Attributes::new(text, 1).any(|a| a.is_err()), "{text}");
        }
    }
}
