//! Selectors in front of the cursor, followed through the actual data: `payload."0".payload.acc`.

use crate::format::dw;
use crate::syntax::{Class, Lexeme};
use crate::value::Value;

/// How many items of a list are looked at, and how many keys are offered.
const ITEMS: usize = 20;
const KEYS: usize = 500;

/// A name with selectors, the last of which is only begun.
#[derive(Debug)]
pub(super) struct Selection {
    /// The name that the selectors start from.
    pub base: String,
    /// The complete selectors.
    steps: Vec<Step>,
    /// Where the last selector's name begins.
    pub start: usize,
    /// Whether it asks for an attribute.
    is_attribute: bool,
}

#[derive(Debug)]
enum Step {
    Key(String),
    Position(usize),
    /// `$` of a function that goes through a list.
    Item,
}

/// Functions whose `$` is an item of the list before them.
const THROUGH_ITEMS: [&str; 14] = [
    "map",
    "filter",
    "flatMap",
    "groupBy",
    "orderBy",
    "distinctBy",
    "maxBy",
    "minBy",
    "sumBy",
    "countBy",
    "every",
    "some",
    "partition",
    "firstWith",
];

/// The selection that the text ends in.
pub(super) fn at_end(text: &str, words: &[Lexeme]) -> Option<Selection> {
    let word = |at: usize| &text[words[at].start..words[at].end];
    let mut end = words.len();
    let last = words.last()?;
    let touches = last.end == text.len();
    let is_begun = touches
        && (matches!(last.class, Class::Name | Class::Keyword | Class::Number) || is_open_text(word(end - 1), last));
    let start = if is_begun { last.start } else { text.len() };
    if is_begun {
        end -= 1;
    }
    let is_attribute = end > 0 && word(end - 1) == "@";
    if is_attribute {
        end -= 1;
    }
    // `.*name` and `..name` too.
    while end > 0
        && matches!(word(end - 1), "*" | "&")
        && words[end - 1].end == words.get(end).map_or(start, |w| w.start)
    {
        end -= 1;
    }
    let has_dot = end > 0 && word(end - 1) == "." && (is_begun || touches);
    let (base, steps) = has_dot.then(|| chain(text, words, end - 1))??;
    Some(Selection { base, steps, start, is_attribute })
}

fn is_open_text(text: &str, word: &Lexeme) -> bool {
    word.class == Class::Text && (text.len() == 1 || !text.ends_with(['"', '\'']))
}

/// The name and the selectors that end before the word at `end`.
fn chain(text: &str, words: &[Lexeme], end: usize) -> Option<(String, Vec<Step>)> {
    let word = |at: usize| &text[words[at].start..words[at].end];
    let mut steps = Vec::new();
    let mut at = end.checked_sub(1)?;
    loop {
        match words[at].class {
            Class::Close if word(at) == "]" => {
                let index = at.checked_sub(1)?;
                let step = match words[index].class {
                    Class::Number => Step::Position(word(index).parse().ok()?),
                    Class::Text => Step::Key(word(index).trim_matches(['"', '\'']).to_string()),
                    _ => return None,
                };
                let open = index.checked_sub(1).filter(|open| word(*open) == "[")?;
                steps.push(step);
                at = open.checked_sub(1)?;
            }
            Class::Name | Class::Keyword | Class::Text if at > 0 && matches!(word(at - 1), "." | "*") => {
                steps.push(Step::Key(word(at).trim_matches(['"', '\'']).to_string()));
                at = if word(at - 1) == "*" { at.checked_sub(3)? } else { at.checked_sub(2)? };
            }
            Class::Name => {
                steps.reverse();
                return Some((word(at).to_string(), steps));
            }
            Class::Symbol if word(at) == "$" => {
                let (base, mut before) = items_before(text, words, at)?;
                before.push(Step::Item);
                before.extend(steps.into_iter().rev());
                return Some((base, before));
            }
            _ => return None,
        }
    }
}

/// The list whose items the `$` at `at` stands for.
fn items_before(text: &str, words: &[Lexeme], at: usize) -> Option<(String, Vec<Step>)> {
    let mut closed = 0;
    for i in (0..at).rev() {
        match words[i].class {
            Class::Close => closed += 1,
            Class::Open if closed > 0 => closed -= 1,
            Class::Name if closed == 0 && THROUGH_ITEMS.contains(&&text[words[i].start..words[i].end]) => {
                return chain(text, words, i);
            }
            _ => {}
        }
    }
    None
}

impl Selection {
    /// The keys that may stand at the end, with what each leads to.
    pub fn keys(&self, value: &Value) -> Vec<(String, &'static str)> {
        let Some(found) = self.steps.iter().try_fold(value.clone(), |value, step| follow(&value, step)) else {
            return Vec::new();
        };
        let mut keys = Vec::new();
        match self.is_attribute {
            true => found
                .attributes()
                .into_iter()
                .for_each(|attributes| add_keys(&mut keys, &Value::Object(attributes.clone()))),
            false => add_keys(&mut keys, &found),
        }
        keys
    }

    /// A key as it is written behind the dot.
    pub fn written(&self, key: &str) -> String {
        dw::quoted_name(key)
    }
}

/// The value behind a selector; a list gives the first item that has it.
fn follow(value: &Value, step: &Step) -> Option<Value> {
    match step {
        Step::Key(name) => match value.bare() {
            Value::Object(object) => object
                .find(name, None)
                .or_else(|| object.iter().find(|p| p.name.local == name.as_str()))
                .map(|pair| pair.selected()),
            _ => value.elements()?.take(ITEMS).flatten().find_map(|item| match item.bare() {
                Value::Object(_) => follow(&item, step),
                _ => None,
            }),
        },
        Step::Position(at) => match value.bare() {
            Value::Object(object) => object.pair(*at).map(|pair| pair.selected()),
            _ => value.elements()?.nth(*at)?.ok(),
        },
        Step::Item => value.elements()?.next()?.ok(),
    }
}

fn add_keys(keys: &mut Vec<(String, &'static str)>, value: &Value) {
    match value.bare() {
        Value::Object(object) => {
            for pair in object.iter().take(KEYS) {
                let name = pair.name.local.to_string();
                if !keys.iter().any(|(known, _)| *known == name) {
                    keys.push((name, pair.value.type_name()));
                }
            }
        }
        _ => value.elements().into_iter().flatten().take(ITEMS).flatten().for_each(|item| {
            if let Value::Object(_) = item.bare() {
                add_keys(keys, &item);
            }
        }),
    }
}
