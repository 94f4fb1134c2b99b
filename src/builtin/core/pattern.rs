//! Regular expressions on texts: match, matches, scan, find, contains, splitBy.

use super::text::drop_empty_end;
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Match, Regex, Value, units};
use std::sync::Arc;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::match", body: match_groups },
    Native { key: "core::matches", body: |_, args| Ok(pattern(&args, 1)?.is_full_match(args.str(0)?)?.into()) },
    Native { key: "core::containsMatch", body: |_, args| Ok(pattern(&args, 1)?.is_match(args.str(0)?)?.into()) },
    Native { key: "core::scan", body: scan },
    Native { key: "core::findMatches", body: find },
    Native { key: "core::splitAtMatches", body: |_, args| split(args.str(0)?, pattern(&args, 1)?) },
];

/// A Regex argument.
pub fn pattern<'a>(args: &'a Args<'_>, index: usize) -> Result<&'a Arc<Regex>, Fault> {
    match args.bare(index) {
        Value::Regex(regex) => Ok(regex),
        other => Err(Fault::internal(format!("a Regex was declared, {} came", other.type_name()))),
    }
}

/// The whole match and its groups; null for a group that took no part.
pub fn groups(found: &Match<'_>) -> Value {
    Value::array(found.groups().map(|group| group.map_or(Value::Null, Value::from)).collect())
}

fn match_groups(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let found = pattern(&args, 1)?.full_match(args.str(0)?)?;
    Ok(found.map_or_else(|| Value::array(Vec::new()), |found| groups(&found)))
}

fn scan(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let found = pattern(&args, 1)?.matches(args.str(0)?);
    found.map(|found| Ok(groups(&found?))).collect::<Result<_, Fault>>().map(Value::array)
}

fn find(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let text = args.str(0)?;
    let mut positions = units::Positions::new(text);
    let mut all = Vec::new();
    for found in pattern(&args, 1)?.matches(text) {
        let found = found?;
        let start = found.range().start;
        let position = positions.at(start);
        let place = |at: usize| match at < start {
            true => position - units::len(&text[at..start]),
            false => position + units::len(&text[start..at]),
        };
        let places = found.ranges().map(|range| range.map_or(Value::Int(-1), |range| Value::count(place(range.start))));
        all.push(Value::array(places.collect()));
    }
    Ok(Value::array(all))
}

/// As Java's `Pattern.split`: no empty part before an empty match at the start, no empty parts at the end.
fn split(text: &str, pattern: &Regex) -> Result<Value, Fault> {
    let (mut parts, mut from) = (Vec::new(), 0);
    for found in pattern.matches(text) {
        let range = found?.range();
        if range.end > 0 {
            parts.push(Value::from(&text[from..range.start]));
            from = range.end;
        }
    }
    if from == 0 {
        return Ok(Value::array(vec![text.into()]));
    }
    parts.push(Value::from(&text[from..]));
    drop_empty_end(&mut parts);
    Ok(Value::array(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_java_does() {
        let cases: [(&str, &str, &[&str]); 8] = [
            ("a,b;c", "[,;]", &["a", "b", "c"]),
            (",a", ",", &["", "a"]),
            ("camelCaseText", "(?=[A-Z])", &["camel", "Case", "Text"]),
            ("CamelCase", "(?=[A-Z])", &["Camel", "Case"]),
            ("abc", "x*", &["a", "b", "c"]),
            ("boo", "o*$", &["b"]),
            ("", ",", &[""]),
            ("abc", "x", &["abc"]),
        ];
        for (text, pattern, expected) in cases {
            let parts = split(text, &Regex::new(pattern).unwrap()).unwrap();
            let parts: Vec<_> =
                parts.elements().unwrap().map(|part| part.unwrap().as_str().unwrap().to_string()).collect();
            assert_eq!(parts, expected, "{text} by {pattern}");
        }
    }
}
