//! Paths of listeners: text, `{parameters}` and `*`, and which of several takes a request.

use super::uri;
use crate::diag::{Code, Fault};

/// The path of a listener.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    parts: Vec<Part>,
}

/// What stands between two slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Parameter(String),
    /// `*` in the middle: any one part.
    Any,
    /// `*` at the end: any number of parts, none as well.
    Rest,
}

impl Pattern {
    /// Reads a path.
    ///
    /// # Errors
    /// A `*` that is not alone between slashes; a parameter that is there twice.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = if text.starts_with('/') { text.to_string() } else { format!("/{text}") };
        let written: Vec<&str> = split(&text).collect();
        let mut parts = Vec::with_capacity(written.len());
        for (index, part) in written.iter().enumerate() {
            let read = match *part {
                "*" if index + 1 == written.len() => Part::Rest,
                "*" => Part::Any,
                part => match part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                    Some(name) => Part::Parameter(name.to_string()),
                    None if part.contains('*') => return Err(wildcard(&text)),
                    None => Part::Text(uri::decode(part).map_or_else(|| part.to_string(), |text| text.into_owned())),
                },
            };
            if matches!(read, Part::Parameter(_)) && parts.contains(&read) {
                let message = format!("Http Listener with path {text} contains duplicated uri param names");
                return Err(Fault::new(Code::Configuration, message).help("give each parameter a name of its own"));
            }
            parts.push(read);
        }
        Ok(Self { text, parts })
    }

    /// As it is written, with a slash before it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it takes a path of these parts, escapes resolved.
    pub fn takes(&self, path: &[impl AsRef<str>]) -> bool {
        let (parts, has_rest) = match self.parts.split_last() {
            Some((Part::Rest, parts)) => (parts, true),
            _ => (self.parts.as_slice(), false),
        };
        let is_long_enough = if has_rest { path.len() >= parts.len() } else { path.len() == parts.len() };
        is_long_enough
            && parts.iter().zip(path).all(|(part, found)| match part {
                Part::Text(text) => text == found.as_ref(),
                _ => true,
            })
    }

    /// The parameters of a path that it takes.
    pub fn parameters(&self, path: &[impl AsRef<str>]) -> Vec<(String, String)> {
        let pairs = self.parts.iter().zip(path);
        let named = pairs.filter_map(|(part, found)| match part {
            Part::Parameter(name) => Some((name.clone(), found.as_ref().to_string())),
            _ => None,
        });
        named.collect()
    }

    /// What a `*` at the end stands for in a path as it came, with a slash before it.
    pub fn masked<'p>(&self, raw: &'p str) -> Option<&'p str> {
        let Some(Part::Rest) = self.parts.last() else { return None };
        let slash = raw.match_indices('/').nth(self.parts.len() - 1).map(|(at, _)| at);
        Some(slash.map_or("/", |at| &raw[at..]))
    }

    /// Where it stands among others: texts before parameters, those before wildcards.
    pub fn rank(&self) -> Vec<u8> {
        let rank = |part: &Part| match part {
            Part::Text(_) => 0,
            Part::Parameter(_) | Part::Any => 1,
            Part::Rest => 2,
        };
        self.parts.iter().map(rank).collect()
    }

    /// Whether both take the same paths.
    pub fn collides_with(&self, other: &Self) -> bool {
        let same = |(one, two): (&Part, &Part)| match (one, two) {
            (Part::Text(one), Part::Text(two)) => one == two,
            (Part::Parameter(_) | Part::Any, Part::Parameter(_) | Part::Any) => true,
            (one, two) => one == two,
        };
        self.parts.len() == other.parts.len() && self.parts.iter().zip(&other.parts).all(same)
    }
}

/// The parts of a path between its slashes; a slash at the end does not count.
pub fn split(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    path.split('/').filter(move |_| !path.is_empty())
}

fn wildcard(path: &str) -> Fault {
    let message = format!(
        "Http Listener with path {path} contains an invalid use of a wildcard. Wildcards can only be used at the end of \
         the path (i.e.: /path/*) or between / characters (.i.e.: /path/*/anotherPath))"
    );
    Fault::new(Code::Configuration, message).help("put the `*` between slashes of its own")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(pattern: &str, path: &str) -> bool {
        Pattern::parse(pattern).unwrap().takes(&split(path).collect::<Vec<_>>())
    }

    #[test]
    fn patterns_take_paths() {
        for (pattern, path, want) in [
            ("/", "/", true),
            ("/a", "/a/", true),
            ("/a/", "/a", true),
            ("/a", "/b", false),
            ("/a/{id}", "/a/7", true),
            ("/a/{id}", "/a", false),
            ("/a/*", "/a", true),
            ("/a/*", "/a/b/c", true),
            ("/*", "/", true),
            ("/a/*/c", "/a/b/c", true),
            ("/a/*/c", "/a/b/d", false),
        ] {
            assert_eq!(takes(pattern, path), want, "{pattern} {path}");
        }
        assert!(Pattern::parse("/a*").is_err() && Pattern::parse("/{a}/{a}").is_err());
    }

    #[test]
    fn texts_go_before_parameters_and_wildcards() {
        let mut all: Vec<_> = ["/*", "/{a}", "/b", "/b/*", "/b/{c}"].map(|p| Pattern::parse(p).unwrap()).to_vec();
        all.sort_by_key(Pattern::rank);
        assert_eq!(all.iter().map(Pattern::text).collect::<Vec<_>>(), ["/b", "/b/{c}", "/b/*", "/{a}", "/*"]);
    }

    #[test]
    fn parameters_and_masks() {
        let pattern = Pattern::parse("/a/{id}/*").unwrap();
        let path: Vec<_> = split("/a/7/x%20y/z").collect();
        assert_eq!(pattern.parameters(&path), [("id".to_string(), "7".to_string())]);
        assert_eq!(pattern.masked("/a/7/x%20y/z"), Some("/x%20y/z"));
        assert_eq!(pattern.masked("/a/7"), Some("/"));
        assert_eq!(Pattern::parse("/a").unwrap().masked("/a"), None);
    }
}
