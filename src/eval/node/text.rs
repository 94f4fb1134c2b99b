//! Strings with interpolations.

use crate::diag::Fault;
use crate::eval::frame::Frame;
use crate::plan::Node;
use crate::value::{Value, coerce, limit};

impl Frame<'_> {
    /// The parts of a string, joined as text.
    pub(super) fn text(&mut self, parts: &[Node]) -> Result<Value, Fault> {
        let mut text = String::new();
        for part in parts {
            match self.place(part) {
                Some(Value::String(piece)) => text.push_str(piece),
                _ => {
                    let value = self.eval(part)?;
                    text.push_str(&coerce::to_text(&value).map_err(|fault| self.located(fault, part.span))?);
                }
            }
            limit::text(text.len())?;
        }
        Ok(Value::from(text))
    }
}
