//! Differences of values by path: only what differs of a big document.

use super::{Line, Mark};
use crate::diag::Fault;
use crate::format::{Options, registry};
use crate::value::{Object, Pair, QName, Str, Value, depth, ops};
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Differences that are shown; the rest is counted.
const MOST: usize = 20;
/// Characters shown of a value.
const WIDTH: usize = 110;
/// How long the items of two lists of different lengths may be matched with each other.
const PATIENCE: Duration = Duration::from_secs(1);

/// What differs, the path first. Numbers count by value; the order of keys counts, as for `==`.
///
/// # Errors
/// An item that cannot be read.
pub fn differences(expected: &Value, actual: &Value) -> Result<Vec<Line>, Fault> {
    let mut found = Found::default();
    found.compare(&Path::Root, expected, actual, 0)?;
    if found.more > 0 {
        found.lines.push(Line::new(Mark::Plain, format!("… and {} more differences", found.more)));
    }
    Ok(found.lines)
}

/// Where in the document, linked to where it lies in; only made into text when it is shown.
enum Path<'a> {
    Root,
    Name(&'a Path<'a>, &'a QName),
    /// One of several pairs of the same name.
    Nth(&'a Path<'a>, &'a QName, usize),
    Index(&'a Path<'a>, usize),
    Attributes(&'a Path<'a>),
}

impl Path<'_> {
    fn text(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Name(Path::Attributes(of), name) => format!("{}.@{}", of.text(), name_text(name)),
            Path::Name(of, name) => format!("{}.{}", of.text(), name_text(name)),
            Path::Nth(of, name, at) => format!("{}.*{}[{at}]", of.text(), name_text(name)),
            Path::Index(of, at) => format!("{}[{at}]", of.text()),
            Path::Attributes(of) => of.text(),
        }
    }

    fn shown(&self) -> String {
        Some(self.text()).filter(|text| !text.is_empty()).unwrap_or_else(|| "the whole result".into())
    }
}

/// A name as a selector has it.
fn name_text(name: &QName) -> String {
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_');
    let local = if plain(&name.local) { name.local.to_string() } else { format!("\"{}\"", name.local) };
    match name.ns.as_ref().filter(|ns| !ns.prefix.is_empty()) {
        Some(ns) => format!("{}#{local}", ns.prefix),
        None => local,
    }
}

/// The pairs of an object by their name: local part and namespace.
type ByName<'a> = HashMap<(Str, Option<Str>), Vec<Pair<'a>>>;

#[derive(Default)]
struct Found {
    lines: Vec<Line>,
    shown: usize,
    more: usize,
}

impl Found {
    fn add(&mut self, lines: impl FnOnce() -> Vec<Line>) {
        match self.shown < MOST {
            true => self.lines.extend(lines()),
            false => self.more += 1,
        }
        self.shown += 1;
    }

    fn compare(&mut self, path: &Path<'_>, expected: &Value, actual: &Value, level: usize) -> Result<(), Fault> {
        depth::check(level)?;
        depth::with_stack(|| match (expected.bare(), actual.bare()) {
            (Value::Object(expected), Value::Object(actual)) => self.objects(path, expected, actual, level),
            (Value::Array(expected), Value::Array(actual)) => {
                self.lists(&|at| Path::Index(path, at), expected.force()?, actual.force()?, level)
            }
            _ if ops::equal(expected, actual)? => Ok(()),
            _ => {
                let (expected, actual) = (text(expected)?, text(actual)?);
                if expected != actual {
                    self.add(|| changed(path.shown(), &expected, &actual));
                }
                Ok(())
            }
        })
    }

    fn missing(&mut self, path: &Path<'_>, value: &Value) -> Result<(), Fault> {
        let text = text(value)?;
        self.add(|| vec![heading(path, "missing"), Line::new(Mark::Expected, cut(&text, 0))]);
        Ok(())
    }

    fn surplus(&mut self, path: &Path<'_>, value: &Value) -> Result<(), Fault> {
        let text = text(value)?;
        self.add(|| vec![heading(path, "not expected"), Line::new(Mark::Actual, cut(&text, 0))]);
        Ok(())
    }

    fn objects(&mut self, path: &Path<'_>, expected: &Object, actual: &Object, level: usize) -> Result<(), Fault> {
        let (wanted, given) = (by_name(expected), by_name(actual));
        for (name, pairs) in in_order(expected, &wanted) {
            let others = given.get(&id(name)).map_or(&[][..], Vec::as_slice);
            self.pairs(path, name, pairs, others, level)?;
        }
        for (name, pairs) in in_order(actual, &given).filter(|(name, _)| !wanted.contains_key(&id(name))) {
            self.pairs(path, name, &[], pairs, level)?;
        }
        let names = |object, others: &ByName<'_>| -> Vec<String> {
            let all = in_order_of_pairs(object).filter(|name| others.contains_key(&id(name)));
            all.map(name_text).collect()
        };
        let (expected, actual) = (names(expected, &given), names(actual, &wanted));
        if expected != actual && expected.len() == actual.len() {
            let (expected, actual) = (expected.join(", "), actual.join(", "));
            self.add(|| changed(format!("{}: keys in another order", path.shown()), &expected, &actual));
        }
        Ok(())
    }

    /// The pairs of one name on both sides.
    fn pairs(
        &mut self,
        path: &Path<'_>,
        name: &QName,
        expected: &[Pair<'_>],
        actual: &[Pair<'_>],
        level: usize,
    ) -> Result<(), Fault> {
        if let ([expected], [actual]) = (expected, actual) {
            let path = Path::Name(path, name);
            self.attributes(&path, expected.attributes, actual.attributes, level)?;
            return self.compare(&path, expected.value, actual.value, level + 1);
        }
        if expected.len() == actual.len() {
            for (at, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                self.attributes(&Path::Nth(path, name, at), expected.attributes, actual.attributes, level)?;
            }
        }
        let values = |pairs: &[Pair<'_>]| pairs.iter().map(|pair| pair.value.clone()).collect::<Vec<_>>();
        let many = expected.len().max(actual.len()) > 1;
        let place = |at| if many { Path::Nth(path, name, at) } else { Path::Name(path, name) };
        self.lists(&place, &values(expected), &values(actual), level)
    }

    fn attributes(
        &mut self,
        path: &Path<'_>,
        expected: Option<&Object>,
        actual: Option<&Object>,
        level: usize,
    ) -> Result<(), Fault> {
        if expected.is_none() && actual.is_none() {
            return Ok(());
        }
        let none = Object::default();
        let (expected, actual) = (expected.unwrap_or(&none), actual.unwrap_or(&none));
        self.objects(&Path::Attributes(path), expected, actual, level)
    }

    /// Items at equal positions where both lists are equally long; else those that fit together best.
    fn lists<'p>(
        &mut self,
        place: &dyn Fn(usize) -> Path<'p>,
        expected: &[Value],
        actual: &[Value],
        level: usize,
    ) -> Result<(), Fault> {
        if expected.len() == actual.len() {
            return self.range(place, (expected, 0), (actual, 0), level);
        }
        let texts = |values: &[Value]| values.iter().map(text).collect::<Result<Vec<_>, _>>();
        let (old, new) = (texts(expected)?, texts(actual)?);
        let deadline = Some(Instant::now() + PATIENCE);
        for op in capture_diff_slices_deadline(Algorithm::Myers, &old, &new, deadline) {
            if !matches!(op, DiffOp::Equal { .. }) {
                let (old, new) = (op.old_range(), op.new_range());
                let (before, after) = (&expected[old.clone()], &actual[new.clone()]);
                self.range(place, (before, old.start), (after, new.start), level)?;
            }
        }
        Ok(())
    }

    /// Two stretches, item by item, each with the position of its first.
    fn range<'p>(
        &mut self,
        place: &dyn Fn(usize) -> Path<'p>,
        (expected, start): (&[Value], usize),
        (actual, actual_start): (&[Value], usize),
        level: usize,
    ) -> Result<(), Fault> {
        for (at, (expected, actual)) in expected.iter().zip(actual).enumerate() {
            self.compare(&place(start + at), expected, actual, level + 1)?;
        }
        let both = expected.len().min(actual.len());
        for (at, value) in expected.iter().enumerate().skip(both) {
            self.missing(&place(start + at), value)?;
        }
        for (at, value) in actual.iter().enumerate().skip(both) {
            self.surplus(&place(actual_start + at), value)?;
        }
        Ok(())
    }
}

fn heading(path: &Path<'_>, what: &str) -> Line {
    Line::new(Mark::Path, format!("{}: {what}", path.shown()))
}

fn changed(place: String, expected: &str, actual: &str) -> Vec<Line> {
    let same = expected.chars().zip(actual.chars()).take_while(|(a, b)| a == b).count();
    let from = if expected.len().max(actual.len()) > WIDTH { same.saturating_sub(WIDTH / 4) } else { 0 };
    vec![
        Line::new(Mark::Path, place),
        Line::new(Mark::Expected, cut(expected, from)),
        Line::new(Mark::Actual, cut(actual, from)),
    ]
}

/// A part of a long text, from this character on.
fn cut(text: &str, from: usize) -> String {
    let mut part: String = text.chars().skip(from).take(WIDTH).collect();
    if from > 0 {
        part.insert(0, '…');
    }
    if text.chars().nth(from + WIDTH).is_some() {
        part.push('…');
    }
    part
}

/// A value on one line.
fn text(value: &Value) -> Result<String, Fault> {
    let format = registry::by_id("dw")?;
    let given = [("indent", ""), ("ignoreSchema", "true")].map(|(name, text)| (Str::from(name), Value::string(text)));
    let mut out = Vec::new();
    format.write(value.clone(), &mut out, &Options::lenient(format.writer_properties(), &given)?)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn id(name: &QName) -> (Str, Option<Str>) {
    (name.local.clone(), name.ns.as_ref().map(|ns| ns.uri.clone()))
}

fn by_name(object: &Object) -> ByName<'_> {
    let mut all = ByName::new();
    for pair in object.iter() {
        all.entry(id(pair.name)).or_default().push(pair);
    }
    all
}

/// Each name once, in the order of the object, with its pairs.
fn in_order<'a>(object: &'a Object, by_name: &'a ByName<'a>) -> impl Iterator<Item = (&'a QName, &'a [Pair<'a>])> {
    object.iter().filter_map(|pair| {
        let pairs = by_name.get(&id(pair.name))?;
        let is_first = pairs.first().is_some_and(|first| std::ptr::eq(first.value, pair.value));
        is_first.then_some((pair.name, pairs.as_slice()))
    })
}

fn in_order_of_pairs(object: &Object) -> impl Iterator<Item = &QName> {
    object.iter().map(|pair| pair.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Engine, Inputs};

    fn diff(expected: &str, actual: &str) -> String {
        let value = |text: &str| Engine::new().compile(text).unwrap().run(Inputs::new()).unwrap();
        let lines = differences(&value(expected), &value(actual)).unwrap();
        lines.iter().map(Line::marked).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn names_the_path_of_each_difference() {
        for (expected, actual, wanted) in [
            ("1", "1.0", ""),
            ("1", "2", "the whole result|- 1|+ 2"),
            ("{a: {b: [1, 2]}}", "{a: {b: [1, 3]}}", ".a.b[1]|- 2|+ 3"),
            ("{a: 1, b: 2}", "{b: 2, c: 3}", ".a: missing|- 1|.c: not expected|+ 3"),
            ("{a: 1, b: 2}", "{b: 2, a: 1}", "the whole result: keys in another order|- a, b|+ b, a"),
            ("{r @(id: 1): 1}", "{r @(id: 2): 1}", ".r.@id|- 1|+ 2"),
            ("{i: 1, i: 2, i: 3}", "{i: 1, i: 3}", ".*i[1]: missing|- 2"),
            ("{\"a b\": [{}]}", "{\"a b\": []}", ".\"a b\"[0]: missing|- {}"),
            ("[{n: 1}, {n: 2}, {n: 3}]", "[{n: 0}, {n: 1}, {n: 2}, {n: 3}]", "[0]: not expected|+ {n: 0}"),
        ] {
            assert_eq!(diff(expected, actual), wanted, "{expected} and {actual}");
        }
    }

    #[test]
    fn shows_the_first_differences_and_counts_the_rest() {
        let all = diff("(1 to 100) map {n: $}", "(1 to 100) map {n: -$}");
        assert!(all.ends_with("… and 80 more differences"), "{all}");
        let long = diff("(1 to 900) joinBy \"\"", "(1 to 800) joinBy \"\"");
        assert!(long.lines().all(|l| l.chars().count() < 400), "{long}");
    }
}
