//! What a callback answers, taken as a condition.

use crate::diag::{Code, Fault};
use crate::value::Value;

/// Which texts count as a Boolean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// `true` and `false` as `if` takes them, in lower case.
    Exact,
    /// Either in any case, as a coercion takes them.
    AnyCase,
}

/// The answer as a Boolean; `asker` is the function that asked.
pub fn holds(answer: &Value, texts: Texts, asker: &str) -> Result<bool, Fault> {
    let text = match answer.bare() {
        Value::Boolean(b) => return Ok(*b),
        Value::String(text) => text.as_str(),
        _ => "",
    };
    let is = |word: &str| text == word || texts == Texts::AnyCase && text.eq_ignore_ascii_case(word);
    match (is("true"), is("false")) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(no_condition(answer, asker)),
    }
}

fn no_condition(answer: &Value, asker: &str) -> Fault {
    let message = format!("the condition of `{asker}` must give a Boolean, not {}", answer.type_name());
    Fault::new(Code::Coercion, message).help("compare explicitly, as in `$ == 1`, or give a `default`")
}
