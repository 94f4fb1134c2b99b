//! Words in other spellings: camel case, dashes, capitals, plurals, ordinals.

use super::inflect;
use crate::builtin::amount;
use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::Value;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Strings::camelize", body: |_, args| Ok(camelize(args.str(0)?).into()) },
    Native { key: "Strings::capitalize", body: |_, args| Ok(capitalize(args.str(0)?).into()) },
    Native { key: "Strings::dasherize", body: |_, args| Ok(separate(args.str(0)?, '-').into()) },
    Native { key: "Strings::underscore", body: |_, args| Ok(separate(args.str(0)?, '_').into()) },
    Native { key: "Strings::pluralize", body: |_, args| Ok(inflect::plural(args.str(0)?).into()) },
    Native { key: "Strings::singularize", body: |_, args| Ok(inflect::singular(args.str(0)?).into()) },
    Native { key: "Strings::ordinalize", body: ordinalize },
];

fn camelize(text: &str) -> String {
    let mut camel = String::with_capacity(text.len());
    let mut after_underscore = false;
    for c in text.chars() {
        match (c, camel.is_empty()) {
            ('_', _) => {}
            (_, true) => camel.extend(c.to_lowercase()),
            _ if after_underscore => camel.extend(c.to_uppercase()),
            _ => camel.push(c),
        }
        after_underscore = c == '_';
    }
    camel
}

/// The words of the text, in lower case, joined by `separator`; each blank, dash and underscore counts by itself.
fn separate(text: &str, separator: char) -> String {
    let spaced = camel_steps(text, separator);
    let joined: String = spaced.chars().map(|c| if is_separator(c) { separator } else { c }).collect();
    joined.to_lowercase()
}

fn capitalize(text: &str) -> String {
    let words = separate(text, ' ');
    let mut capitals = String::with_capacity(words.len());
    let mut before = None;
    for c in words.chars() {
        // Only ASCII letters have word boundaries around them here, so that `façade` becomes `FaçAde`.
        let starts_word = !before.is_some_and(is_word_character) && c.is_ascii_alphabetic();
        if before.is_none() || starts_word {
            capitals.extend(c.to_uppercase());
        } else {
            capitals.push(c);
        }
        before = Some(c);
    }
    capitals
}

fn is_word_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '_' | ' ' | '\t'..='\r')
}

/// Puts `separator` where a word begins by a change of case: `parseXMLFeed` is `parse XML Feed`. ASCII only.
fn camel_steps(text: &str, separator: char) -> String {
    let mut spaced = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let next_is_lower = || rest.clone().next().is_some_and(|n| n.is_ascii_lowercase());
        let after_word = before.is_ascii_lowercase() || before.is_ascii_digit();
        if c.is_ascii_uppercase() && (after_word || before.is_ascii_uppercase() && next_is_lower()) {
            spaced.push(separator);
        }
        spaced.push(c);
        before = c;
    }
    spaced
}

fn ordinalize(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let whole = amount::truncated(&args.number(0)?);
    if whole == i64::MAX || whole == i64::MIN {
        return Err(Fault::new(Code::Argument, "`ordinalize` takes numbers of up to 18 digits"));
    }
    let suffix = match (whole % 100, whole % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    Ok(format!("{whole}{suffix}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_words() {
        assert_eq!(camelize("__a_b__c_"), "aBC");
        assert_eq!(camelize("MAX_COUNT"), "mAXCOUNT");
        for (text, dashed) in [
            ("parseXMLFeed", "parse-xml-feed"),
            ("mk2Turbo", "mk2-turbo"),
            ("v10beta", "v10beta"),
            ("rueÉcole", "rueécole"),
            ("__a b", "--a-b"),
            ("ABC", "abc"),
        ] {
            assert_eq!(separate(text, '-'), dashed);
        }
        for (text, capitals) in
            [("façade", "FaçAde"), ("élan", "ÉLan"), ("mk2turbo", "Mk2turbo"), ("o'hara (x)", "O'Hara (X)"), ("", "")]
        {
            assert_eq!(capitalize(text), capitals);
        }
    }
}
