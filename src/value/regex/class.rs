//! Character classes: unions, ranges, intersections and classes in classes, as Java writes them.

use super::translate::{Translator, escaped};

/// How deep classes may nest.
const DEEPEST: usize = 50;

/// Reads a class behind its `[`; the result is a class of fancy-regex.
pub(super) fn read(from: &mut Translator) -> Result<String, String> {
    let class = nested(from, 0)?;
    let all_cases = from.flags.ignore_case && from.flags.unicode_case;
    Ok(if all_cases { format!("(?i:{class})") } else { class })
}

fn nested(from: &mut Translator, level: usize) -> Result<String, String> {
    if level > DEEPEST {
        return Err("character classes are nested too deeply".to_string());
    }
    let mut class = String::from(if from.eat('^') { "[^" } else { "[" });
    let mut empty = true;
    while let Some(c) = from.next() {
        if from.skipped(c) {
            continue;
        }
        match c {
            ']' if !empty => return Ok(class + "]"),
            '[' => class.push_str(&nested(from, level + 1)?),
            '&' if from.peek() == Some('&') => {
                from.next();
                intersect(from, &mut class, empty);
            }
            '\\' if from.peek() == Some('Q') => quoted(from, &mut class),
            c => item(from, c, &mut class)?,
        }
        empty = false;
    }
    Err("a character class is not closed".to_string())
}

/// `&&`. Where one of its sides is empty, Java takes it for nothing.
fn intersect(from: &Translator, class: &mut String, empty: bool) {
    if !empty && from.peek() != Some(']') {
        class.push_str("&&");
    }
}

fn quoted(from: &mut Translator, class: &mut String) {
    from.next();
    while let Some(c) = from.next() {
        if c == '\\' && from.eat('E') {
            return;
        }
        single(from, c, c, class);
    }
}

/// A character, a range, or a class by its escape.
fn item(from: &mut Translator, c: char, class: &mut String) -> Result<(), String> {
    let low = match c {
        '\\' => {
            let c = from.next().ok_or("a character class is not closed")?;
            if let Some(part) = from.class_escape(c)? {
                class.push_str(&part);
                return Ok(());
            }
            from.character_escape(c)?
        }
        c => Some(c),
    };
    let range = from.peek() == Some('-') && !matches!(from.peek_after(1), None | Some(']' | '['));
    let high = if range { upper_end(from)? } else { low };
    if let (Some(low), Some(high)) = (low, high) {
        if high < low {
            return Err(format!("the range {low}-{high} runs backwards"));
        }
        single(from, low, high, class);
    }
    Ok(())
}

fn upper_end(from: &mut Translator) -> Result<Option<char>, String> {
    from.next();
    match from.next() {
        Some('\\') => {
            let c = from.next().ok_or("a character class is not closed")?;
            from.character_escape(c)
        }
        c => Ok(c),
    }
}

/// A range, with the other case of its ASCII letters where case does not matter.
fn single(from: &Translator, low: char, high: char, class: &mut String) {
    push_range(low, high, class);
    if !from.flags.ignore_case || from.flags.unicode_case {
        return;
    }
    for (first, last) in [('a', 'z'), ('A', 'Z')] {
        let (low, high) = (low.max(first), high.min(last));
        if low <= high {
            let other = |c: char| char::from(c as u8 ^ 32);
            push_range(other(low), other(high), class);
        }
    }
}

fn push_range(low: char, high: char, class: &mut String) {
    class.push_str(&escaped(low));
    if low < high {
        class.push('-');
        class.push_str(&escaped(high));
    }
}
