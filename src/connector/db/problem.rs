//! Why work with a database failed, and the error types that flows see.

use crate::connector::reconnection::Attempt;
use crate::diag::{Code, Fault};
use crate::flow::event::{Error, Event};
use std::fmt;

/// Why work with a database failed.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: Kind,
    text: String,
    /// Whether the connection is of no use any more.
    pub broken: bool,
}

/// The error type of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Connectivity,
    InvalidCredentials,
    InvalidDatabase,
    Exhausted,
    Syntax,
    Execution,
}

impl Kind {
    fn identifier(self) -> &'static str {
        match self {
            Kind::Connectivity => "CONNECTIVITY",
            Kind::InvalidCredentials => "INVALID_CREDENTIALS",
            Kind::InvalidDatabase => "INVALID_DATABASE",
            Kind::Exhausted => "RETRY_EXHAUSTED",
            Kind::Syntax => "BAD_SQL_SYNTAX",
            Kind::Execution => "QUERY_EXECUTION",
        }
    }
}

impl Problem {
    /// `DB:CONNECTIVITY`
    pub fn connectivity(text: impl Into<String>) -> Self {
        Self { kind: Kind::Connectivity, text: text.into(), broken: true }
    }

    /// `DB:QUERY_EXECUTION`
    pub fn execution(text: impl Into<String>) -> Self {
        Self { kind: Kind::Execution, text: text.into(), broken: false }
    }

    /// `DB:QUERY_EXECUTION` after which the connection is of no use: its statement was cut off.
    pub fn cut(text: impl Into<String>) -> Self {
        Self { broken: true, ..Self::execution(text) }
    }

    /// `DB:BAD_SQL_SYNTAX`
    pub fn syntax(text: impl Into<String>) -> Self {
        Self { kind: Kind::Syntax, text: text.into(), broken: false }
    }

    /// What the crate says.
    pub fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(inner) => {
                let code = inner.code().unwrap_or_default().into_owned();
                let kind = kind_of(&code);
                let broken = matches!(kind, Kind::Connectivity | Kind::InvalidCredentials | Kind::InvalidDatabase);
                Self { kind, text: inner.message().to_string(), broken }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Configuration(_)
            | sqlx::Error::Protocol(_) => Self::connectivity(error.to_string()),
            other => Self::execution(other.to_string()),
        }
    }

    /// What the crate says of an attempt to connect.
    pub fn of_attempt(error: &sqlx::Error) -> Self {
        match Self::of(error) {
            // MySQL tells an unknown database as it tells an unknown table.
            problem if problem.kind == Kind::Syntax => Self { kind: Kind::InvalidDatabase, broken: true, ..problem },
            problem => problem,
        }
    }

    /// Whether the database could not be reached, so that another attempt may help.
    pub fn is_connectivity(&self) -> bool {
        matches!(self.kind, Kind::Connectivity | Kind::InvalidCredentials | Kind::InvalidDatabase)
    }

    /// The same, after which the connection is of no use.
    pub fn breaking(self) -> Self {
        Self { broken: true, ..self }
    }

    /// The error that flows see.
    pub fn error(self, event: &Event) -> Error {
        Error::named(event, &format!("DB:{}", self.kind.identifier()), self.text)
    }

    /// What expressions fail with that read rows as they come.
    pub fn fault(&self) -> Fault {
        Fault::new(Code::Read, format!("DB:{}: {}", self.kind.identifier(), self.text))
    }
}

impl Attempt for Problem {
    fn may_be_repeated(&self) -> bool {
        self.is_connectivity()
    }

    fn exhausted(self) -> Self {
        Self { kind: Kind::Exhausted, ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The kind of a problem by its code: five characters of SQLSTATE, or a number of SQLite's.
fn kind_of(code: &str) -> Kind {
    if code.len() == 5 && code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return match &code[..2] {
            "08" => Kind::Connectivity,
            "28" => Kind::InvalidCredentials,
            "3D" => Kind::InvalidDatabase,
            // The server is going down, or not up yet.
            "57" if code != "57014" => Kind::Connectivity,
            "42" => Kind::Syntax,
            _ => Kind::Execution,
        };
    }
    match code.parse::<u32>().map(|code| code & 0xff) {
        // SQLITE_ERROR is what unknown names and wrong statements are told with.
        Ok(1) => Kind::Syntax,
        // SQLITE_CANTOPEN, SQLITE_NOTADB
        Ok(14 | 26) => Kind::Connectivity,
        _ => Kind::Execution,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_the_kind() {
        for (code, want) in [
            ("42601", "BAD_SQL_SYNTAX"),
            ("42S02", "BAD_SQL_SYNTAX"),
            ("23505", "QUERY_EXECUTION"),
            ("57014", "QUERY_EXECUTION"),
            ("57P01", "CONNECTIVITY"),
            ("28P01", "INVALID_CREDENTIALS"),
            ("3D000", "INVALID_DATABASE"),
            ("1", "BAD_SQL_SYNTAX"),
            ("2067", "QUERY_EXECUTION"),
            ("14", "CONNECTIVITY"),
            ("", "QUERY_EXECUTION"),
        ] {
            assert_eq!(kind_of(code).identifier(), want, "{code}");
        }
    }
}
