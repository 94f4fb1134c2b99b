//! An index of a library module without parsing it: where each declaration stands, under which name.
//!
//! In library texts every declaration starts in the first column, after its doc comment and its annotations; what follows
//! up to the next comment or declaration belongs to it.

use crate::text::Span;
use rustc_hash::FxHashMap;

/// Where the declarations of a text stand.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The declarations of each name, in order.
    pub names: FxHashMap<&'static str, Vec<Span>>,
    /// The `import` directives.
    pub imports: Vec<Span>,
}

const KEYWORDS: [&str; 6] = ["fun", "var", "type", "ns", "annotation", "import"];

/// Scans a library text.
pub(super) fn index(text: &'static str) -> Index {
    let mut index = Index::default();
    let mut open: Option<(usize, Option<&'static str>)> = None;
    let mut in_comment = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        if in_comment {
            in_comment = !line.contains("*/");
            continue;
        }
        let keyword = keyword(line);
        let starts = line.starts_with('/') || line.starts_with('@') || keyword.is_some();
        if starts && let Some((from, Some(name))) = open {
            index.add(name, Span::new(from, start));
            open = None;
        }
        if line.starts_with('/') {
            in_comment = line.starts_with("/*") && !line.contains("*/");
        } else if let Some(keyword) = keyword {
            let from = open.map_or(start, |(from, _)| from);
            open = Some((from, Some(declared_name(keyword, line))));
        } else if line.starts_with('@') && open.is_none() {
            open = Some((start, None));
        }
    }
    if let Some((from, Some(name))) = open {
        index.add(name, Span::new(from, text.len()));
    }
    index
}

impl Index {
    fn add(&mut self, name: &'static str, span: Span) {
        match name {
            "import" => self.imports.push(span),
            name => self.names.entry(name).or_default().push(span),
        }
    }
}

fn keyword(line: &str) -> Option<&'static str> {
    let rest = |k: &str| line.strip_prefix(k).is_some_and(|r| r.starts_with([' ', '\t']));
    KEYWORDS.into_iter().find(|k| rest(k))
}

/// The name after the keyword; an import has none and goes under its keyword.
fn declared_name(keyword: &'static str, line: &'static str) -> &'static str {
    if keyword == "import" {
        return keyword;
    }
    let rest = line[keyword.len()..].trim_start();
    let operator = if rest.starts_with("<~") { 2 } else { 0 };
    let end = rest[operator..].find(|c: char| c.is_whitespace() || "(<:=".contains(c));
    &rest[..end.map_or(rest.len(), |end| operator + end)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_declarations_with_their_annotations() {
        let text = "/** fun a(x) = 1 */\nimport b from dw::B\n\n/**\nfun no()\n */\n@Since(v = \"1\")\nfun ++ <T>(a: T) = [\n  a\n]\n// x\nfun ++(b) = 2\nvar pi = 3\n";
        let index = index(text);
        let slices = |name| index.names[name].iter().map(|s: &Span| &text[s.range()]).collect::<Vec<_>>();
        assert_eq!(slices("++"), ["@Since(v = \"1\")\nfun ++ <T>(a: T) = [\n  a\n]\n", "fun ++(b) = 2\n"]);
        assert_eq!(slices("pi"), ["var pi = 3\n"]);
        assert_eq!((index.names.len(), index.imports.len()), (2, 1));
    }
}
