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
            let Some(end) = script_end(&text[found + 2..]).map(|end| found + 2 + end) else {
                let fault = Fault::new(Code::Configuration, "the expression is not closed");
                return Err(vec![fault.help("end it with `]`, or write `\\#[` for the text `#[`")]);
            };
            parts.push(Part::Text(std::mem::take(&mut plain)));
            match compile(&text[found + 2..end], found + 2) {
                Ok(script) => parts.push(Part::Script(script)),
                Err(mistakes) => faults.extend(mistakes),
            }
            at = end + 1;
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

/// Where the script that begins a text ends: at its `]`, not at one inside brackets or quotes. Scripts may hold
/// `#[…]` of their own, inside quotes too.
fn script_end(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0usize, None);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (_, '\\') => {
                chars.next();
            }
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') if depth == 0 => return Some(at),
            (None, ']') => depth -= 1,
            (None, _) => {}
        }
    }
    None
}
