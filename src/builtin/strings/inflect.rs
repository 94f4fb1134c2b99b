//! English plurals and singulars by the endings of words, with the rules (and the mistakes) of the reference engine.
//!
//! They are those of an early Rails inflector: the strongest rule that fits is taken; what it does not cut stays as
//! written, what it adds is in lower case.

/// Cuts `cut` characters off a word with one of these endings and adds `add`.
///
/// In an ending, `[abc]` takes one of these characters, `[^abc]` any other one, and `^` stands for the word's start.
struct Rule {
    endings: &'static [&'static str],
    cut: usize,
    add: &'static str,
}

const fn rule(endings: &'static [&'static str], cut: usize, add: &'static str) -> Rule {
    Rule { endings, cut, add }
}

/// Words without a plural.
const UNCOUNTABLE: &[&str] =
    &["equipment", "information", "rice", "money", "species", "series", "fish", "sheep", "deer", "aircraft"];

/// Singular and plural; the first letter stays as written, also where the two differ in it (`cow` gives `cine`).
const IRREGULAR: &[(&str, &str)] = &[
    ("person", "people"),
    ("man", "men"),
    ("child", "children"),
    ("sex", "sexes"),
    ("move", "moves"),
    ("cow", "kine"),
    ("goose", "geese"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("die", "dice"),
    ("thief", "thieves"),
];

/// The strongest first.
const PLURAL: &[Rule] = &[
    rule(&["quiz"], 0, "zes"),
    rule(&["^ox"], 0, "en"),
    rule(&["[ml]ouse"], 4, "ice"),
    rule(&["matrix", "vertix", "indix", "ex"], 2, "ices"),
    rule(&["x", "ch", "ss", "sh"], 0, "es"),
    rule(&["[^aeiouy]y", "quy"], 1, "ies"),
    rule(&["hive"], 0, "s"),
    rule(&["[^f]fe"], 2, "ves"),
    rule(&["[lr]f"], 1, "ves"),
    rule(&["sis"], 3, "ses"),
    rule(&["[ti]um"], 2, "a"),
    rule(&["buffalo", "tomato", "volcano"], 1, "oes"),
    rule(&["bus"], 1, "ses"),
    rule(&["alias", "status"], 0, "es"),
    rule(&["octopus", "virus", "alumnus", "fungus"], 2, "i"),
    rule(&["axis", "testis"], 2, "es"),
    rule(&["s"], 1, "s"),
    rule(&[""], 0, "s"),
];

/// The strongest first.
const SINGULAR: &[Rule] = &[
    rule(&["quizzes"], 3, ""),
    rule(&["matrices"], 4, "ix"),
    rule(&["vertices", "indices"], 4, "ex"),
    rule(&["^oxen"], 2, ""),
    rule(&["aliases", "statuses"], 2, ""),
    rule(&["alias", "status"], 0, ""),
    rule(&["octopi", "viri", "alumni", "fungi"], 1, "us"),
    rule(&["crises", "axes", "testes"], 2, "is"),
    rule(&["shoes"], 1, ""),
    rule(&["oes", "buses"], 2, ""),
    rule(&["[ml]ice"], 3, "ouse"),
    rule(&["xes", "ches", "sses", "shes"], 2, ""),
    rule(&["movies"], 5, "ovie"),
    rule(&["series"], 5, "eries"),
    rule(&["[^aeiouy]ies", "quies"], 3, "y"),
    rule(&["[lr]ves"], 3, "f"),
    rule(&["tives", "hives", "leaves"], 1, ""),
    rule(&["[^f]ves"], 3, "fe"),
    rule(&["analyses", "bases", "diagnoses", "parentheses", "prognoses", "synopses", "theses"], 3, "sis"),
    rule(&["[ti]a"], 1, "um"),
    rule(&["news"], 0, ""),
    rule(&["s"], 1, ""),
];

/// The plural of the last word of the text.
pub fn plural(text: &str) -> String {
    let irregular = IRREGULAR.iter().map(|(one, many)| (*one, *many));
    apply(text, irregular, PLURAL)
}

/// The singular of the last word of the text.
pub fn singular(text: &str) -> String {
    let irregular = IRREGULAR.iter().map(|(one, many)| (*many, *one));
    apply(text, irregular, SINGULAR)
}

fn apply(text: &str, mut irregular: impl Iterator<Item = (&'static str, &'static str)>, rules: &[Rule]) -> String {
    if text.is_empty() || UNCOUNTABLE.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return text.to_string();
    }
    if let Some((from, to)) = irregular.find(|(from, _)| ends_with(text, from)) {
        return replace_end(text, from.len() - 1, &to[1..]);
    }
    match rules.iter().find(|rule| rule.endings.iter().any(|ending| ends_with(text, ending))) {
        Some(rule) => replace_end(text, rule.cut, rule.add),
        None => text.to_string(),
    }
}

/// What is cut is always ASCII, as the endings are.
fn replace_end(text: &str, cut: usize, add: &str) -> String {
    let head = text.get(..text.len().saturating_sub(cut)).unwrap_or(text);
    format!("{head}{add}")
}

fn ends_with(text: &str, ending: &str) -> bool {
    let mut letters = text.chars().rev().map(|c| c.to_ascii_lowercase());
    let mut rest = ending;
    while let Some(last) = rest.chars().next_back() {
        rest = &rest[..rest.len() - last.len_utf8()];
        match last {
            '^' => return letters.next().is_none(),
            ']' => {
                let Some((before, class)) = rest.rsplit_once('[') else { return false };
                rest = before;
                let (negated, class) = class.strip_prefix('^').map_or((false, class), |class| (true, class));
                if letters.next().is_none_or(|c| class.contains(c) == negated) {
                    return false;
                }
            }
            _ if letters.next() != Some(last) => return false,
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_the_reference() {
        for (one, many) in [
            ("status", "statuses"),
            ("OX", "OXen"),
            ("box", "boxes"),
            ("spouse", "spouses"),
            ("MATRIX", "MATRices"),
            ("complex", "complices"),
            ("staff", "staffs"),
            ("soliloquy", "soliloquies"),
            ("GAS", "GAs"),
            ("BUS", "BUses"),
            ("unfish", "unfishes"),
            ("Money", "Money"),
            ("scow", "scine"),
            ("Person", "People"),
            ("", ""),
            ("été", "étés"),
        ] {
            assert_eq!(plural(one), many);
        }
    }

    #[test]
    fn singulars_follow_the_reference() {
        for (many, one) in [
            ("alias", "alias"),
            ("aliases", "alias"),
            ("boxen", "boxen"),
            ("MOVIES", "Movie"),
            ("humen", "human"),
            ("cine", "cine"),
            ("ANALYSES", "ANALYsis"),
            ("pizza", "pizza"),
            ("leaves", "leave"),
            ("colloquies", "colloquy"),
            ("virus", "viru"),
            ("OXEN", "OX"),
            ("removes", "remove"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
