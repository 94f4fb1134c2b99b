//! The `db` connector: databases, through the crate `sqlx`.

mod access;
mod address;
mod bulk;
mod call;
mod change;
mod config;
mod connection;
mod decisions;
mod listener;
mod pool;
mod problem;
mod procedure;
mod script;
mod select;
mod server;
mod spool;
mod statement;
mod template;
#[cfg(test)]
mod tests;
mod unit;

use crate::flow::spec::Module;

/// The connector.
pub static MODULE: Module = Module {
    name: "db",
    doc: "Databases: SQLite, PostgreSQL, MySQL and MariaDB.",
    errors: &[
        ("CONNECTIVITY", "MULE:CONNECTIVITY"),
        ("INVALID_CREDENTIALS", "DB:CONNECTIVITY"),
        ("INVALID_DATABASE", "DB:CONNECTIVITY"),
        ("CANNOT_REACH", "DB:CONNECTIVITY"),
        ("CANNOT_LOAD_DRIVER", "DB:CONNECTIVITY"),
        ("RETRY_EXHAUSTED", "MULE:RETRY_EXHAUSTED"),
        ("BAD_SQL_SYNTAX", "MULE:ANY"),
        ("QUERY_EXECUTION", "MULE:ANY"),
    ],
    functions: &[],
    components: &[
        &config::SPEC,
        &listener::SPEC,
        &select::SPEC,
        &select::SINGLE,
        &change::INSERT,
        &change::UPDATE,
        &change::DELETE,
        &bulk::INSERT,
        &bulk::UPDATE,
        &bulk::DELETE,
        &procedure::SPEC,
        &script::DDL,
        &script::SCRIPT,
    ],
};
