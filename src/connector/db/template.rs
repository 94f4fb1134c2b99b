//! SQL with named parameters: `:name` outside of texts, comments and casts.

use super::server::Family;

/// A statement, cut at its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// The text before each parameter.
    texts: Vec<String>,
    /// The parameters in the order they stand.
    names: Vec<String>,
    /// The text after the last parameter.
    rest: String,
}

impl Template {
    /// Finds the parameters of a statement as this family of databases would read it.
    pub fn parse(sql: &str, family: Family) -> Self {
        let mut template = Self { texts: Vec::new(), names: Vec::new(), rest: String::new() };
        let (mut from, mut at) = (0, 0);
        while at < sql.len() {
            let rest = &sql[at..];
            if let Some(name) = parameter(rest) {
                template.texts.push(sql[from..at].to_string());
                template.names.push(name.to_string());
                at += 1 + name.len();
                from = at;
            } else {
                at += quoted(rest, &sql[..at], family).unwrap_or_else(|| plain(rest));
            }
        }
        template.rest = sql[from..].to_string();
        template
    }

    /// The parameters in the order they stand; a name may stand several times.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The statement with placeholders for its parameters, which count from 0.
    pub fn render(&self, placeholder: impl Fn(usize) -> String) -> String {
        let mut sql = String::with_capacity(self.rest.len() + 32);
        for (index, text) in self.texts.iter().enumerate() {
            sql.push_str(text);
            sql.push_str(&placeholder(index));
        }
        sql.push_str(&self.rest);
        sql
    }

    /// The same statement with more text at its end.
    pub fn followed_by(&self, text: &str) -> Self {
        let rest = format!("{}{text}", self.rest.trim_end().trim_end_matches(';'));
        Self { rest, ..self.clone() }
    }
}

/// The name of the parameter that stands here.
fn parameter(rest: &str) -> Option<&str> {
    let name = rest.strip_prefix(':')?;
    let end = name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).unwrap_or(name.len());
    name.starts_with(|c: char| c.is_alphabetic() || c == '_').then(|| &name[..end])
}

/// How much of the text is no parameter whatever comes next: a cast's two colons, or one character.
fn plain(rest: &str) -> usize {
    match rest.starts_with("::") {
        true => 2,
        false => rest.chars().next().map_or(1, char::len_utf8),
    }
}

/// The length of the text or comment that begins here.
fn quoted(rest: &str, before: &str, family: Family) -> Option<usize> {
    let first = rest.as_bytes().first()?;
    match first {
        b'\'' => {
            let escapes = match family {
                Family::MySql => true,
                Family::Postgres => is_escape_text(before),
                Family::Sqlite => false,
            };
            Some(until_quote(rest, '\'', escapes))
        }
        b'"' => Some(until_quote(rest, '"', family == Family::MySql)),
        b'`' if family != Family::Postgres => Some(until_quote(rest, '`', false)),
        b'-' if rest.starts_with("--") => Some(line(rest)),
        b'#' if family == Family::MySql => Some(line(rest)),
        b'/' if rest.starts_with("/*") => Some(block(rest, family == Family::Postgres)),
        b'$' if family == Family::Postgres => dollars(rest, before),
        _ => None,
    }
}

/// Whether a quote begins a text with backslashes: `E'…'`.
fn is_escape_text(before: &str) -> bool {
    let mut last = before.chars().rev();
    let is_e = last.next().is_some_and(|c| matches!(c, 'e' | 'E'));
    is_e && !last.next().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Up to the closing quote; a doubled one stands for itself.
fn until_quote(rest: &str, quote: char, escapes: bool) -> usize {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if c == '\\' && escapes {
            characters.next();
        } else if c == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return at + quote.len_utf8();
        }
    }
    rest.len()
}

fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

fn block(rest: &str, nests: bool) -> usize {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 {
        let Some(next) = rest[at..].find("*/").map(|end| at + end) else { return rest.len() };
        let inner = rest[at..next].find("/*").filter(|_| nests);
        (at, depth) = match inner {
            Some(inner) => (at + inner + 2, depth + 1),
            None => (next + 2, depth - 1),
        };
    }
    at
}

/// `$tag$ … $tag$`
fn dollars(rest: &str, before: &str) -> Option<usize> {
    let is_name = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
    let end = rest[1..].find('$').filter(|_| !is_name)? + 2;
    let tag = &rest[..end];
    let fits = tag[1..end - 1].chars().all(|c| c.is_alphanumeric() || c == '_');
    let starts_well = !tag[1..].starts_with(|c: char| c.is_ascii_digit());
    (fits && starts_well).then(|| rest[end..].find(tag).map_or(rest.len(), |close| end + close + tag.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sql: &str, family: Family) -> String {
        Template::parse(sql, family).render(|index| format!("<{index}>"))
    }

    #[test]
    fn parameters_are_found() {
        for (sql, want) in [
            ("select :a, :b_1", "select <0>, <1>"),
            ("where id=:id and x = :id;", "where id=<0> and x = <1>;"),
            (":ä, a:=1, :1, : x", "<0>, a:=1, :1, : x"),
            ("limit :n", "limit <0>"),
        ] {
            assert_eq!(read(sql, Family::Sqlite), want);
        }
        let template = Template::parse("a = :x or b = :y", Family::MySql);
        assert_eq!(template.names(), ["x", "y"]);
        assert_eq!(template.followed_by(" more").render(|_| "?".into()), "a = ? or b = ? more");
    }

    #[test]
    fn texts_comments_and_casts_are_left_alone() {
        for (sql, family) in [
            ("'it''s :a' \":b\" -- :c\n/* :d */ x::text", Family::Sqlite),
            (r"'a\' :b' `:c` # :d", Family::MySql),
            (r"E'a\' :b' $$ :c $$ $q$ :d $x$ :e $q$ /* a /* :b */ :c */", Family::Postgres),
            ("'open :a", Family::Sqlite),
            ("/* open :a", Family::Postgres),
        ] {
            assert_eq!(read(sql, family), sql);
        }
        assert_eq!(read(r"'a\' || :b", Family::Postgres), r"'a\' || <0>");
        assert_eq!(read("$1 + :a$", Family::Postgres), "$1 + <0>");
    }
}
