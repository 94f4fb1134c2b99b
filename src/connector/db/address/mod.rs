//! JDBC's addresses: which database, where, and with which settings.

mod place;

use self::place::{Place, mysql, postgres};
use super::problem::Problem;
use super::server::{self, Family, Session};
use percent_encoding::percent_decode_str;
use sqlx::mysql::MySqlConnectOptions;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions, MySql, Postgres, Sqlite};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// Where a database is.
#[derive(Clone, Debug)]
pub enum Address {
    /// A file. One in memory is a temporary file, so that several connections see the same database.
    Sqlite {
        /// How it is opened.
        options: SqliteConnectOptions,
        /// Keeps the folder of a temporary file.
        _folder: Option<Arc<TempDir>>,
    },
    /// A PostgreSQL server.
    Postgres(PgConnectOptions),
    /// A MySQL or MariaDB server.
    MySql(MySqlConnectOptions),
}

/// Who logs in.
#[derive(Clone, Debug, Default)]
pub struct Login {
    /// The user.
    pub user: Option<String>,
    /// The password.
    pub password: Option<String>,
}

/// How long a server may take to let us in.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a statement waits for another one that writes to the same file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How many rows of SQLite wait for whoever reads them: each time there are none costs a change of threads.
const ROWS_AHEAD: usize = 256;

impl Address {
    /// Reads `jdbc:…`.
    ///
    /// # Errors
    /// What is no address of a database that dwrun knows, as a text for people.
    pub fn parse(url: &str, login: &Login) -> Result<Self, String> {
        let rest = url.strip_prefix("jdbc:").ok_or_else(|| format!("`{url}` does not begin with `jdbc:`"))?;
        let (kind, rest) = rest.split_once(':').ok_or_else(|| format!("`{url}` names no database"))?;
        match kind {
            "sqlite" => sqlite(rest),
            "postgresql" => Place::parse(rest, login).and_then(postgres),
            "mysql" | "mariadb" => Place::parse(rest, login).and_then(mysql),
            other => Err(unknown(other)),
        }
    }

    /// The address of a MySQL server whose parts are known.
    ///
    /// # Errors
    /// A setting that is not right.
    pub fn mysql(
        host: &str,
        port: u16,
        database: Option<String>,
        login: &Login,
        settings: Vec<(String, String)>,
    ) -> Result<Self, String> {
        mysql(Place { host: host.into(), port: Some(port), database, login: login.clone(), settings })
    }

    /// The same, where each connection keeps so many prepared statements.
    #[must_use]
    pub fn keeping_statements(self, most: usize) -> Self {
        match self {
            Self::Sqlite { options, _folder } => {
                Self::Sqlite { options: options.statement_cache_capacity(most), _folder }
            }
            Self::Postgres(options) => Self::Postgres(options.statement_cache_capacity(most)),
            Self::MySql(options) => Self::MySql(options.statement_cache_capacity(most)),
        }
    }

    /// Whose language is spoken there.
    pub fn family(&self) -> Family {
        match self {
            Self::Sqlite { .. } => Family::Sqlite,
            Self::Postgres(_) => Family::Postgres,
            Self::MySql(_) => Family::MySql,
        }
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// A database that is not there or does not let us in.
    pub async fn connect(&self) -> Result<Box<dyn Session>, Problem> {
        let opened = async {
            match self {
                Self::Sqlite { options, .. } => server::connect::<Sqlite>(options).await,
                Self::Postgres(options) => server::connect::<Postgres>(options).await,
                Self::MySql(options) => server::connect::<MySql>(options).await,
            }
        };
        let late = |_| Problem::connectivity(format!("no answer within {} s", CONNECT_TIMEOUT.as_secs()));
        tokio::time::timeout(CONNECT_TIMEOUT, opened).await.map_err(late)?
    }
}

fn unknown(kind: &str) -> String {
    let what = match kind {
        "h2" => "H2",
        "derby" => "Derby",
        "hsqldb" => "HSQLDB",
        "oracle" => "Oracle",
        "sqlserver" | "jtds" => "SQL Server",
        "db2" => "DB2",
        other => other,
    };
    let instead = match kind {
        "h2" | "derby" | "hsqldb" => "jdbc:sqlite::memory: is an embedded database that is, with SQL of its own",
        _ => "SQLite, PostgreSQL, MySQL and MariaDB are",
    };
    format!("{what} is not there in dwrun: {instead}; `--stub db` starts the app without its databases")
}

/// `:memory:`, or a path with settings of SQLite's drivers behind a `?`.
fn sqlite(rest: &str) -> Result<Address, String> {
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let settings = settings(query);
    let in_memory =
        path.is_empty() || path.contains(":memory:") || settings.iter().any(|(k, v)| k == "mode" && v == "memory");
    let (folder, file) = match in_memory {
        true => {
            let folder = TempDir::new().map_err(|e| format!("no folder for an embedded database: {e}"))?;
            let file = folder.path().join("memory.db");
            (Some(Arc::new(folder)), file)
        }
        false => (None, path.strip_prefix("file:").unwrap_or(path).into()),
    };
    let mut options = SqliteConnectOptions::new().filename(file).create_if_missing(true).busy_timeout(BUSY_TIMEOUT);
    // Readers and a writer do not wait for each other then.
    options = options.journal_mode(SqliteJournalMode::Wal).foreign_keys(false).row_buffer_size(ROWS_AHEAD);
    if in_memory {
        options = options.pragma("synchronous", "OFF");
    }
    for (name, value) in settings {
        options = match name.as_str() {
            "journal_mode" => options.journal_mode(SqliteJournalMode::from_str(&value).map_err(|e| e.to_string())?),
            "foreign_keys" => options.foreign_keys(matches!(value.as_str(), "true" | "on" | "ON" | "1")),
            "busy_timeout" => {
                let millis =
                    value.parse().map_err(|_| format!("`busy_timeout` has to be a whole number, not `{value}`"))?;
                options.busy_timeout(Duration::from_millis(millis))
            }
            "mode" if value == "ro" => options.read_only(true).create_if_missing(false),
            _ => options,
        };
    }
    Ok(Address::Sqlite { options: options.disable_statement_logging(), _folder: folder })
}

/// The names and values behind the `?`.
fn settings(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(k, v)| (decoded(k), decoded(v))).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::postgres::PgSslMode;

    fn address(url: &str) -> Result<Address, String> {
        Address::parse(url, &Login::default())
    }

    #[test]
    fn addresses_of_servers_are_taken_apart() {
        let Ok(Address::Postgres(options)) =
            address("jdbc:postgresql://db.example:6000/my%20app?user=me&sslmode=disable")
        else {
            panic!("it is one of PostgreSQL")
        };
        assert_eq!((options.get_host(), options.get_port(), options.get_username()), ("db.example", 6000, "me"));
        assert_eq!(options.get_database(), Some("my app"));
        assert!(matches!(options.get_ssl_mode(), PgSslMode::Disable));
        let Ok(Address::MySql(options)) = address("jdbc:mariadb://[::1]/x?useSSL=false") else {
            panic!("it is one of MariaDB")
        };
        assert_eq!((options.get_host(), options.get_port(), options.get_database()), ("::1", 3306, Some("x")));
    }

    #[test]
    fn addresses_of_files_are_taken_apart() {
        let Ok(Address::Sqlite { options, _folder: None }) = address("jdbc:sqlite:/srv/app.db?journal_mode=DELETE")
        else {
            panic!("it is a file")
        };
        assert_eq!(options.get_filename().to_str(), Some("/srv/app.db"));
        assert!(matches!(address("jdbc:sqlite::memory:"), Ok(Address::Sqlite { _folder: Some(_), .. })));
    }

    #[test]
    fn what_is_not_there_is_named() {
        for (url, want) in [
            ("jdbc:h2:mem:test", "H2 is not there in dwrun: jdbc:sqlite::memory: is"),
            ("jdbc:oracle:thin:@x", "Oracle is not there"),
            ("postgresql://x", "does not begin with `jdbc:`"),
            ("jdbc:mysql://x:port/y", "`port` is no port"),
            ("jdbc:mysql://x/y?sslMode=VERIFY", "`sslMode` cannot be `verify`"),
        ] {
            assert!(address(url).is_err_and(|text| text.contains(want)), "{url}");
        }
    }
}
