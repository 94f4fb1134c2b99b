//! Matches in a text, one after the other.

use super::Regex;
use crate::diag::Fault;
use smallvec::SmallVec;
use std::ops::Range;

/// A match with its groups. Positions are bytes; see [`crate::value::units`] for UTF-16 units.
#[derive(Clone, Debug)]
pub struct Match<'t> {
    text: &'t str,
    spans: SmallVec<[Option<(usize, usize)>; 3]>,
}

impl<'t> Match<'t> {
    pub(super) fn new(text: &'t str, captures: &fancy_regex::Captures<'_, str>) -> Self {
        Self { text, spans: captures.iter().map(|group| group.map(|g| (g.start(), g.end()))).collect() }
    }

    /// Where the match lies.
    pub fn range(&self) -> Range<usize> {
        self.group_range(0).unwrap_or(0..0)
    }

    /// The texts of the whole match and of all groups; `None` for a group that took no part.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = Option<&'t str>> + '_ {
        self.spans.iter().map(|span| span.map(|(start, end)| &self.text[start..end]))
    }

    /// Where all of them lie.
    pub fn ranges(&self) -> impl ExactSizeIterator<Item = Option<Range<usize>>> + '_ {
        self.spans.iter().map(|span| span.map(|(start, end)| start..end))
    }

    fn group_range(&self, index: usize) -> Option<Range<usize>> {
        self.spans.get(index).copied().flatten().map(|(start, end)| start..end)
    }
}

/// The matches of a text, see [`Regex::matches`]. It ends after a fault.
#[derive(Debug)]
pub struct Matches<'r, 't> {
    regex: &'r Regex,
    /// Taken away by the end, or by a fault.
    program: Option<Result<&'r fancy_regex::Regex, Fault>>,
    text: &'t str,
    /// Where the search goes on.
    from: usize,
}

impl<'r, 't> Matches<'r, 't> {
    pub(super) fn new(regex: &'r Regex, program: Result<&'r fancy_regex::Regex, Fault>, text: &'t str) -> Self {
        Self { regex, program: Some(program), text, from: 0 }
    }

    /// The position of the next search behind a match.
    fn after(&self, range: Range<usize>) -> Option<usize> {
        if !range.is_empty() {
            return Some(range.end);
        }
        self.text[range.end..].chars().next().map(|c| range.end + c.len_utf8())
    }
}

impl<'t> Iterator for Matches<'_, 't> {
    type Item = Result<Match<'t>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let program = match self.program.take()? {
            Ok(program) => program,
            Err(fault) => return Some(Err(fault)),
        };
        let captures = match program.captures_from_pos(self.text, self.from) {
            Ok(captures) => captures?,
            Err(error) => return Some(Err(self.regex.stuck(&error))),
        };
        let found = Match::new(self.text, &captures);
        if let Some(from) = self.after(found.range()) {
            (self.program, self.from) = (Some(Ok(program)), from);
        }
        Some(Ok(found))
    }
}
