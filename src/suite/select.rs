//! Which tests run: by name, by tag, by the name of their suite.

use super::{Suite, Test};
use fancy_regex::Regex;
use std::path::Path;

/// The tag that stands for having none, as in MUnit.
const NO_TAG: &str = "NO_TAG";

/// Which tests run; all of them by default.
#[derive(Debug, Default)]
pub struct Selection {
    names: Vec<Regex>,
    suites: Vec<Regex>,
    tags: Vec<String>,
}

impl Selection {
    /// Only tests whose name has a match of the pattern. Fails if it is no regular expression.
    pub fn name(mut self, pattern: &str) -> Result<Self, String> {
        self.names.push(regex(pattern)?);
        Ok(self)
    }

    /// Only tests with one of these tags (comma-separated; `NO_TAG`: without any).
    pub fn tags(mut self, tags: &str) -> Self {
        self.tags.extend(tags.split(',').map(|tag| tag.trim().to_string()).filter(|tag| !tag.is_empty()));
        self
    }

    /// MUnit's `SUITE#TEST`: two regular expressions, each for a whole name; either may be absent.
    pub fn munit(mut self, pattern: &str) -> Result<Self, String> {
        let (suite, test) = pattern.split_once('#').unwrap_or((pattern, ""));
        for (part, list) in [(suite, &mut self.suites), (test, &mut self.names)] {
            if !part.is_empty() {
                list.push(regex(&format!("^(?:{part})$"))?);
            }
        }
        Ok(self)
    }

    /// The positions of the tests of a suite that are selected.
    pub fn of(&self, suite: &dyn Suite) -> Vec<usize> {
        if !self.takes_suite(suite.name(), suite.path()) {
            return Vec::new();
        }
        let tests = suite.tests().iter().enumerate();
        tests.filter(|(_, test)| self.takes(test)).map(|(at, _)| at).collect()
    }

    /// A suite goes by its name, the last part of it, and its file's name.
    fn takes_suite(&self, name: &str, path: &Path) -> bool {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let last = name.rsplit('/').next().unwrap_or(name);
        self.suites.iter().all(|pattern| [name, last, &file].iter().any(|text| is_match(pattern, text)))
    }

    fn takes(&self, test: &Test) -> bool {
        let tagged = |tag: &String| test.tags.contains(tag) || (tag == NO_TAG && test.tags.is_empty());
        self.names.iter().all(|pattern| is_match(pattern, &test.name))
            && (self.tags.is_empty() || self.tags.iter().any(tagged))
    }
}

fn regex(pattern: &str) -> Result<Regex, String> {
    Regex::new(pattern).map_err(|e| format!("`{pattern}` is no regular expression: {e}"))
}

/// A pattern that backtracks too long matches nothing.
fn is_match(pattern: &Regex, text: &str) -> bool {
    pattern.is_match(text).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chooses_by_name_tag_and_suite() {
        let test = |name: &str, tags: &[&str]| Test {
            tags: tags.iter().map(|t| t.to_string()).collect(),
            ..Test::named(name)
        };
        let takes = |selection: &Selection| {
            let tests = [test("gold", &["smoke"]), test("old gold", &[]), test("silver", &["slow", "smoke"])];
            let names = tests.into_iter().filter(|t| selection.takes(t)).map(|t| t.name);
            names.collect::<Vec<_>>().join("|")
        };
        let select = Selection::default;
        assert_eq!(takes(&select()), "gold|old gold|silver");
        assert_eq!(takes(&select().name("gold").unwrap()), "gold|old gold");
        assert_eq!(takes(&select().munit("a#gold").unwrap()), "gold");
        assert_eq!(takes(&select().munit("#.*gold").unwrap().tags("NO_TAG")), "old gold");
        assert_eq!(takes(&select().tags("slow, other")), "silver");
        let suite = select().munit("merge.*#x").unwrap();
        assert!(suite.takes_suite("merge-suite.xml", Path::new("a/merge-suite.xml")));
        assert!(suite.takes_suite("orders/merge", Path::new("a")));
        assert!(!suite.takes_suite("other", Path::new("a/no-merge.xml")));
        assert!(select().name("(").is_err());
    }
}
