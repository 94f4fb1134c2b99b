//! A document against a schema.

use super::message;
use crate::connector::xml::document::{self, Failure};
use uppsala::XsdValidator;

/// How many mistakes are told.
const MAX_TOLD: usize = 1_000;

/// Checks a document.
///
/// # Errors
/// `INVALID_INPUT_XML`, `SCHEMA_NOT_HONOURED` with all that is wrong.
pub fn check(validator: &XsdValidator, content: &[u8], entities: bool) -> Result<(), Failure> {
    let text = document::text(content)?;
    let tree = document::parse(&text, entities).map_err(Failure::input)?;
    let errors = validator.validate(&tree);
    if errors.is_empty() {
        return Ok(());
    }
    let mut violations = message::all(&tree, &text, &errors);
    violations.truncate(MAX_TOLD);
    let text = "Input XML was not compliant with the schema. Check this error's Mule message for the list of problems \
                (e.g: #[error.errorMessage.payload[0].description)";
    Err(Failure { violations, ..Failure::new("SCHEMA_NOT_HONOURED", text) })
}
