//! What resource types and traits do to words: number and case.

/// A word changed by the function of this name; `None` where there is no such function.
pub fn apply(function: &str, word: &str) -> Option<String> {
    Some(match function {
        "singularize" => singular(word),
        "pluralize" => plural(word),
        "uppercase" => word.to_uppercase(),
        "lowercase" => word.to_lowercase(),
        "lowercamelcase" => camel(word, false),
        "uppercamelcase" => camel(word, true),
        "lowerunderscorecase" => parts(word).join("_").to_lowercase(),
        "upperunderscorecase" => parts(word).join("_").to_uppercase(),
        "lowerhyphencase" => parts(word).join("-").to_lowercase(),
        "upperhyphencase" => parts(word).join("-").to_uppercase(),
        _ => return None,
    })
}

const IRREGULAR: &[(&str, &str)] =
    &[("person", "people"), ("child", "children"), ("man", "men"), ("woman", "women"), ("mouse", "mice")];

fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    if let Some((one, _)) = IRREGULAR.iter().find(|(_, many)| *many == lower) {
        return one.to_string();
    }
    let cut = |end: usize, tail: &str| format!("{}{tail}", &word[..word.len() - end]);
    match () {
        () if lower.ends_with("ies") && lower.len() > 4 => cut(3, "y"),
        () if ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| lower.ends_with(end)) => cut(2, ""),
        () if ["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) => word.to_string(),
        () if lower.ends_with('s') => cut(1, ""),
        () => word.to_string(),
    }
}

fn plural(word: &str) -> String {
    let lower = word.to_lowercase();
    if let Some((_, many)) = IRREGULAR.iter().find(|(one, _)| *one == lower) {
        return many.to_string();
    }
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let ends_in_consonant_and_y =
        lower.strip_suffix('y').and_then(|rest| rest.chars().last()).is_some_and(|last| !is_vowel(last));
    match () {
        () if ends_in_consonant_and_y => format!("{}ies", &word[..word.len() - 1]),
        () if ["s", "sh", "ch", "x", "z"].iter().any(|end| lower.ends_with(end)) => format!("{word}es"),
        () => format!("{word}s"),
    }
}

fn camel(word: &str, first_is_upper: bool) -> String {
    let mut joined = String::new();
    for (index, part) in parts(word).iter().enumerate() {
        let mut chars = part.chars();
        let Some(first) = chars.next() else { continue };
        match index > 0 || first_is_upper {
            true => joined.extend(first.to_uppercase()),
            false => joined.extend(first.to_lowercase()),
        }
        joined.push_str(chars.as_str());
    }
    joined
}

/// The parts of `userId`, `user-id`, `user_id`.
fn parts(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for c in word.chars() {
        if matches!(c, '-' | '_' | ' ') {
            parts.push(String::new());
            was_lower = false;
            continue;
        }
        if c.is_uppercase() && was_lower {
            parts.push(String::new());
        }
        was_lower = c.is_lowercase() || c.is_ascii_digit();
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change() {
        for (function, word, want) in [
            ("singularize", "orders", "order"),
            ("singularize", "categories", "category"),
            ("singularize", "boxes", "box"),
            ("singularize", "status", "status"),
            ("singularize", "people", "person"),
            ("pluralize", "category", "categories"),
            ("pluralize", "day", "days"),
            ("pluralize", "box", "boxes"),
            ("uppercamelcase", "user-id", "UserId"),
            ("lowercamelcase", "UserId", "userId"),
            ("lowerunderscorecase", "userId", "user_id"),
            ("upperhyphencase", "userId", "USER-ID"),
        ] {
            assert_eq!(apply(function, word).as_deref(), Some(want), "{function} {word}");
        }
        assert_eq!(apply("reverse", "a"), None);
    }
}
