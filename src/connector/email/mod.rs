//! The email connector: sending mails over SMTP.

mod config;
mod delivery;
mod line;
mod message;
mod problem;
mod send;
#[cfg(test)]
pub mod tests;

use crate::flow::spec::Module;

/// The connector with its error types (mule-email-connector `EmailError`), those that sending raises, and `DISCONNECTED`: only
/// mailboxes raise it, but handlers name it.
pub static MODULE: Module = Module {
    name: "email",
    doc: "Sends mails. Receiving them, over IMAP or POP3, is not supported.",
    errors: &[
        ("CONNECTIVITY", "MULE:CONNECTIVITY"),
        ("RETRY_EXHAUSTED", "MULE:RETRY_EXHAUSTED"),
        ("AUTHENTICATION", "EMAIL:CONNECTIVITY"),
        ("INVALID_CREDENTIALS", "EMAIL:CONNECTIVITY"),
        ("UNKNOWN_HOST", "EMAIL:CONNECTIVITY"),
        ("CONNECTION_TIMEOUT", "EMAIL:CONNECTIVITY"),
        ("DISCONNECTED", "EMAIL:CONNECTIVITY"),
        ("SSL_ERROR", "EMAIL:CONNECTIVITY"),
        ("SEND", "MULE:ANY"),
        ("ATTACHMENT", "EMAIL:SEND"),
    ],
    functions: &[],
    components: &[&config::SPEC, &send::SPEC],
};
