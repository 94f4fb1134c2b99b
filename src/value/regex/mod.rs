//! Regular expressions in Java's syntax, run by fancy-regex: patterns are translated, see [`translate`].

mod class;
mod matches;
mod property;
mod translate;

pub use matches::{Match, Matches};

use crate::diag::{Code, Fault};
use rustc_hash::FxHashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use translate::{Dialect, translate};

/// How often a match may change its mind before it counts as hanging: about a second.
const MOST_BACKTRACKS: usize = 20_000_000;

/// A compiled pattern with its source text.
#[derive(Debug)]
pub struct Regex {
    source: String,
    /// For texts that read alike in Java's dialect and in Rust's.
    plain: Programs,
    /// For all other texts; nothing if the pattern has no part that would notice.
    full: Option<Programs>,
}

/// A translated pattern, compiled when first used: to be found in a text, and to match a text as a whole.
#[derive(Debug)]
struct Programs {
    pattern: String,
    find: OnceLock<Result<fancy_regex::Regex, String>>,
    whole: OnceLock<Result<fancy_regex::Regex, String>>,
}

impl Regex {
    /// Compiles a pattern, `\/` read as `/`.
    ///
    /// # Errors
    /// What java.util.regex.Pattern refuses, and the few things that are not translated (names of characters,
    /// boundaries of graphemes).
    pub fn new(source: &str) -> Result<Self, Fault> {
        let wrong = |reason: String| malformed(source, &reason);
        let plain = translate(source, Dialect::Plain).map_err(wrong)?;
        let full = translate(source, Dialect::Full).map_err(wrong)?;
        let full = (full != plain).then(|| Programs::new(full));
        let regex = Self { source: source.to_string(), plain: Programs::new(plain), full };
        regex.find("")?;
        Ok(regex)
    }

    /// The same from a store of patterns used lately: for patterns that a script computes.
    ///
    /// # Errors
    /// As for [`Regex::new`].
    pub fn cached(source: &str) -> Result<Arc<Self>, Fault> {
        const MOST: usize = 256;
        static STORE: LazyLock<Mutex<FxHashMap<String, Arc<Regex>>>> = LazyLock::new(Mutex::default);
        let store = || STORE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = store().get(source) {
            return Ok(known.clone());
        }
        let regex = Arc::new(Self::new(source)?);
        let mut store = store();
        if store.len() >= MOST {
            store.clear();
        }
        store.insert(source.to_string(), regex.clone());
        Ok(regex)
    }

    /// The pattern as written between the slashes, `\/` read as `/`.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the pattern matches the text as a whole.
    ///
    /// # Errors
    /// The match takes too long.
    pub fn is_full_match(&self, text: &str) -> Result<bool, Fault> {
        self.whole(text)?.is_match(text).map_err(|e| self.stuck(&e))
    }

    /// The match of the text as a whole, with its groups.
    ///
    /// # Errors
    /// The match takes too long.
    pub fn full_match<'t>(&self, text: &'t str) -> Result<Option<Match<'t>>, Fault> {
        let captures = self.whole(text)?.captures(text).map_err(|e| self.stuck(&e))?;
        Ok(captures.map(|captures| Match::new(text, &captures)))
    }

    /// Whether the pattern matches somewhere in the text.
    ///
    /// # Errors
    /// The match takes too long.
    pub fn is_match(&self, text: &str) -> Result<bool, Fault> {
        self.find(text)?.is_match(text).map_err(|e| self.stuck(&e))
    }

    /// All matches from the text's start to its end, with their groups. After an empty match the search goes on behind
    /// the next character, as java.util.regex.Matcher does it.
    pub fn matches<'r, 't>(&'r self, text: &'t str) -> Matches<'r, 't> {
        Matches::new(self, self.find(text), text)
    }

    fn programs(&self, text: &str) -> &Programs {
        match &self.full {
            Some(full) if !is_plain(text) => full,
            _ => &self.plain,
        }
    }

    fn find(&self, text: &str) -> Result<&fancy_regex::Regex, Fault> {
        self.programs(text).find().map_err(|reason| malformed(&self.source, reason))
    }

    fn whole(&self, text: &str) -> Result<&fancy_regex::Regex, Fault> {
        self.programs(text).whole().map_err(|reason| malformed(&self.source, reason))
    }

    fn stuck(&self, error: &fancy_regex::Error) -> Fault {
        let message = format!("the regular expression `{}` takes too long on this text: {error}", self.source);
        Fault::new(Code::Pattern, message).help(
            "nested repetitions such as `(a+)+` try every way to split a text; make the inner one possessive: `(a++)+`",
        )
    }
}

/// Whether a text reads alike in both dialects: all ASCII, `\n` as the only line terminator, none at the end.
fn is_plain(text: &str) -> bool {
    text.is_ascii() && !text.ends_with('\n') && memchr::memchr(b'\r', text.as_bytes()).is_none()
}

impl Programs {
    fn new(pattern: String) -> Self {
        Self { pattern, find: OnceLock::new(), whole: OnceLock::new() }
    }

    fn find(&self) -> Result<&fancy_regex::Regex, &str> {
        self.find.get_or_init(|| compile(&self.pattern)).as_ref().map_err(String::as_str)
    }

    fn whole(&self) -> Result<&fancy_regex::Regex, &str> {
        self.whole.get_or_init(|| compile(&format!(r"\A(?:{})\z", self.pattern))).as_ref().map_err(String::as_str)
    }
}

fn compile(pattern: &str) -> Result<fancy_regex::Regex, String> {
    let mut builder = fancy_regex::RegexBuilder::new(pattern);
    builder.backtrack_limit(MOST_BACKTRACKS).build().map_err(|error| error.to_string())
}

fn malformed(source: &str, reason: &str) -> Fault {
    Fault::new(Code::Pattern, format!("the regular expression `{source}` is malformed: {reason}"))
        .help("the syntax is that of java.util.regex.Pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_full_match(pattern: &str, text: &str) -> bool {
        Regex::new(pattern).unwrap().is_full_match(text).unwrap()
    }

    fn found<'t>(pattern: &str, text: &'t str) -> Vec<&'t str> {
        Regex::new(pattern).unwrap().matches(text).map(|m| &text[m.unwrap().range()]).collect()
    }

    #[test]
    fn whole_texts_as_java_matches_them() {
        for (text, pattern, expected) in [
            ("a\n", "a$", false),
            ("É", "(?i)é", false),
            ("É", "(?iu)é", true),
            ("K", "(?i)\u{212a}", false),
            ("ä", r"\w", false),
            ("ä", r"(?U)\w", true),
            ("٣", r"\d", false),
            ("٣", r"(?U)\d", true),
            ("a\u{a0}b", r"a\hb", true),
            ("ab", "[]a]b", true),
            ("b", "[a-z&&[^b]]", false),
            ("c", "[a-z&&[^b]]", true),
            ("c", "[^a-b[c]]", false),
            ("a.b", r"\Qa.b\E", true),
            ("a.b", r"\Qa.b", true),
            ("aaa", "a*+a", false),
            ("abab", r"(?<x>ab)\k<x>", true),
            ("x", r"\p{Alpha}", true),
            ("é", r"\p{Alpha}", false),
            ("é", r"\p{IsAlphabetic}", true),
            ("é", r"\p{javaLowerCase}", true),
            ("α", r"\p{InGreek}", true),
            ("α", r"\p{IsGreek}", true),
            ("é", r"(?U)\p{Lower}", true),
            ("a1", r"\pL\pN", true),
            ("a1", r"\P{N}[^\P{N}]", true),
            ("a b", r"(?x)a \s b # c", true),
            ("a-b", r"[a\-b]+", true),
            ("a_b", r"a\_b", true),
            ("]}", "]}", true),
            ("AAAA", r"\x41\x{41}\0101\u0041", true),
            ("😀😀", r"\x{1F600}\uD83D\uDE00", true),
            ("\u{1}", r"\cA", true),
            ("aa", r"(a)\1", true),
            ("aa0", r"(a)\10", true),
            ("a", r"(a)\2", false),
            ("ab", "(?>a|ab)b", true),
            ("ab", "a(?i)B", true),
            ("AB", "(?i:A)b", false),
            ("aBc", "a(?i:b(?-i)c)", true),
            ("aBC", "a(?i:b(?-i)c)", false),
            ("a", "[[:alpha:]]", true),
            ("a\u{301}", r"\X", true),
            ("ab", r"a\Bb", true),
            ("a\n", r"a\Z\n", true),
            ("a#b", "a#b", true),
            ("a^", "[a^]+", true),
            ("a&~-b", "[&~a-b-]+", true),
            ("z", "(?i)[A-Z]", true),
            ("Z", "(?i)[^a-y]", true),
        ] {
            assert_eq!(is_full_match(pattern, text), expected, "{pattern} on {text:?}");
        }
    }

    #[test]
    fn finds_what_java_finds() {
        let cases: [(&str, &str, &[&str]); 14] = [
            ("éa b", r"\b.", &["a", " ", "b"]),
            ("a-b", r"\b.", &["a", "-", "b"]),
            ("a\rb", ".", &["a", "b"]),
            ("a\u{85}b\u{2028}c", ".", &["a", "b", "c"]),
            ("a\u{85}", "(?s).", &["a", "\u{85}"]),
            ("a\n", "a$", &["a"]),
            ("a\r\n", "a$", &["a"]),
            ("a\n\n", "a$", &[]),
            ("a\nb\rc\n", "(?m)^.?", &["a", "b", "c"]),
            ("a\nb\r\nc", "(?m).$", &["a", "b", "c"]),
            ("aba", "a*", &["a", "", "a", ""]),
            ("ab", "(?<=a{1,3})b", &["b"]),
            ("a\r\n\nb", r"\R", &["\r\n", "\n"]),
            ("😀", "", &["", ""]),
        ];
        for (text, pattern, expected) in cases {
            assert_eq!(found(pattern, text), expected, "{pattern} on {text:?}");
        }
    }

    #[test]
    fn refuses_what_java_refuses() {
        for pattern in [
            r"\i",
            "{",
            "a{",
            "a{,3}",
            "*a",
            "a**",
            "(",
            "a)",
            "[a",
            "[b-a]",
            "(?y)",
            r"\p{Nope}",
            r"\xg",
            r"\k<x>",
            "a{3,2}",
            "(?<1>a)",
            r"\",
        ] {
            assert_eq!(Regex::new(pattern).err().map(|f| f.code()), Some(Code::Pattern), "{pattern}");
        }
    }

    #[test]
    fn groups_and_their_places() {
        let regex = Regex::new("(é)(x)?").unwrap();
        let m = regex.matches("aé").next().unwrap().unwrap();
        assert_eq!(m.groups().collect::<Vec<_>>(), [Some("é"), Some("é"), None]);
        assert_eq!(m.range(), 1..3);
    }

    #[test]
    fn gives_up_instead_of_hanging() {
        let text = "a".repeat(60) + "!";
        assert_eq!(Regex::new(r"(?=a)(a+a+)+\1b").unwrap().is_match(&text).unwrap_err().code(), Code::Pattern);
    }
}
