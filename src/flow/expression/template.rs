//! Text with expressions in it, as `logger` and `parse-template` take it.

use super::Expression;
use crate::diag::{Code, Fault};
use crate::flow::event::{Error, Event};

/// Text with `#[…]` anywhere in it.
pub struct Template {
    parts: Vec<Part>,
}

enum Part {
    Text(String),
    Script(Expression),
}

impl Template {
    /// Takes a text apart; `compile` gets each script and the byte where it begins. `\#[` stands for `#[`.
    ///
    /// # Errors
    /// A `#[` without its end; the mistakes of all scripts.
    pub(super) fn parse(
        text: &str,
        compile: impl Fn(&str, usize) -> Result<Expression, Vec<Fault>>,
    ) -> Result<Self, Vec<Fault>> {
        let (mut parts, mut faults) = (Vec::new(), Vec::new());
        let mut plain = String::new();
        let mut at = 0;
        while let Some(found) = text[at..].find("#[").map(|found| at + found) {
            if let Some(before) = text[at..found].strip_suffix('\\') {
                plain.push_str(before);
                plain.push_str("#[");
                at = found + 2;
                continue;
            }
            plain.push_str(&text[at..found]);
            let Some((script, length)) = script(&text[found + 2..]) else {
                let fault = Fault::new(Code::Configuration, "the expression is not closed");
                return Err(vec![fault.help("end it with `]`, or write `\\#[` for the text `#[`")]);
            };
            parts.push(Part::Text(std::mem::take(&mut plain)));
            match compile(&script, found + 2) {
                Ok(script) => parts.push(Part::Script(script)),
                Err(mistakes) => faults.extend(mistakes),
            }
            at = found + 2 + length + 1;
        }
        plain.push_str(&text[at..]);
        parts.push(Part::Text(plain));
        if faults.is_empty() { Ok(Self { parts }) } else { Err(faults) }
    }

    /// The text for an event.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` where a script fails.
    pub fn text(&self, event: &Event) -> Result<String, Error> {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Script(script) => out.push_str(&script.text(event)?.unwrap_or_else(|| "null".to_string())),
            }
        }
        Ok(out)
    }
}

/// The script that begins a text and how long it is: up to its `]`, not one inside brackets or quotes. A script may have
/// others inside, as in `#['hello #[upper("world")]']`; in quotes they become interpolations of the same length, so that
/// everything keeps its place.
fn script(text: &str) -> Option<(String, usize)> {
    let mut out = text.as_bytes().to_vec();
    let end = scan(text, 0, &mut out)?;
    out.truncate(end);
    let script = String::from_utf8(out).ok()?;
    Some((script.replace("\\#", "#"), end))
}

/// The place of the `]` that ends the script that begins at `start`. Nested scripts are rewritten in `out`.
fn scan(text: &str, start: usize, out: &mut [u8]) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut quote) = (0usize, None);
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match (quote, byte) {
            (_, b'\\') => at += 1,
            (_, b'#') if bytes.get(at + 1) == Some(&b'[') => {
                if let Some(end) = scan(text, at + 2, out) {
                    let opening = if quote.is_some() { *b"$(" } else { *b" (" };
                    out[at..at + 2].copy_from_slice(&opening);
                    out[end] = b')';
                    at = end;
                }
            }
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'[') => depth += 1,
            (None, b']') if depth == 0 => return Some(at),
            (None, b']') => depth -= 1,
            (None, _) => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_end_at_their_own_bracket() {
        for (text, want) in [
            ("payload[0]] rest", "payload[0]"),
            ("'a]b'] rest", "'a]b'"),
            (r#""say \"]\""]"#, r#""say \"]\"""#),
            (r#"'hello #[upper("world")]']"#, r#"'hello $(upper("world"))'"#),
            ("1 + #[vars.x]]", "1 +  (vars.x)"),
            (r"'abcd\#[-1234' ++ x]", "'abcd#[-1234' ++ x"),
        ] {
            assert_eq!(script(text).map(|(script, _)| script).as_deref(), Some(want), "{text}");
        }
        assert!(script("'never closed").is_none() && script("[1, 2]").is_none());
    }
}
