//! JDBC's addresses: which database, where, and with which settings.

use super::problem::Problem;
use super::server::{self, Family, Session};
use percent_encoding::percent_decode_str;
use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
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
    options = options.journal_mode(SqliteJournalMode::Wal).foreign_keys(false);
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

/// What an address of a server says.
struct Place {
    host: String,
    port: Option<u16>,
    database: Option<String>,
    login: Login,
    settings: Vec<(String, String)>,
}

impl Place {
    /// `//host:port/database?name=value`, or the database alone.
    fn parse(rest: &str, login: &Login) -> Result<Self, String> {
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let settings = settings(query);
        let (authority, database) = match rest.strip_prefix("//") {
            Some(rest) => rest.split_once('/').unwrap_or((rest, "")),
            None => ("localhost", rest),
        };
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port = port.map(|port| port.parse().map_err(|_| format!("`{port}` is no port"))).transpose()?;
        let given = |name: &str| settings.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let login = Login {
            user: login.user.clone().or_else(|| given("user")),
            password: login.password.clone().or_else(|| given("password")),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let host = if host.is_empty() { "localhost" } else { host }.to_string();
        let database = Some(decoded(database)).filter(|name| !name.is_empty());
        Ok(Self { host, port, database, login, settings })
    }

    fn setting(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

fn settings(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(k, v)| (decoded(k), decoded(v))).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn postgres(place: Place) -> Result<Address, String> {
    let mut options = PgConnectOptions::new_without_pgpass().host(&place.host).port(place.port.unwrap_or(5432));
    if let Some(user) = &place.login.user {
        options = options.username(user);
    }
    if let Some(password) = &place.login.password {
        options = options.password(password);
    }
    if let Some(database) = place.database.as_ref().or(place.login.user.as_ref()) {
        options = options.database(database);
    }
    let mode =
        place.setting("sslmode").or(place.setting("ssl").map(|on| if on == "false" { "disable" } else { "require" }));
    if let Some(mode) = mode {
        options = options.ssl_mode(PgSslMode::from_str(mode).map_err(|e| e.to_string())?);
    }
    if let Some(file) = place.setting("sslrootcert") {
        options = options.ssl_root_cert(file);
    }
    if let Some(schema) = place.setting("currentSchema") {
        options = options.options([("search_path", schema)]);
    }
    options = options.application_name(place.setting("ApplicationName").unwrap_or("dwrun"));
    Ok(Address::Postgres(options.disable_statement_logging()))
}

fn mysql(place: Place) -> Result<Address, String> {
    // The session keeps the zone of its server, and its modes.
    let mut options = MySqlConnectOptions::new()
        .host(&place.host)
        .port(place.port.unwrap_or(3306))
        .timezone(None)
        .pipes_as_concat(false)
        .no_engine_substitution(false);
    if let Some(user) = &place.login.user {
        options = options.username(user);
    }
    if let Some(password) = &place.login.password {
        options = options.password(password);
    }
    if let Some(database) = &place.database {
        options = options.database(database);
    }
    let mode = match place.setting("sslMode").map(str::to_ascii_lowercase).as_deref() {
        Some("disabled" | "disable") => Some(MySqlSslMode::Disabled),
        Some("required" | "trust") => Some(MySqlSslMode::Required),
        Some("verify_ca" | "verify-ca") => Some(MySqlSslMode::VerifyCa),
        Some("verify_identity" | "verify-full") => Some(MySqlSslMode::VerifyIdentity),
        Some("preferred") => Some(MySqlSslMode::Preferred),
        // Nothing that is taken for less than was meant.
        Some(other) => return Err(format!("`sslMode` cannot be `{other}`")),
        None => match place.setting("useSSL") {
            Some("true") => Some(MySqlSslMode::Required),
            Some(_) => Some(MySqlSslMode::Disabled),
            None => None,
        },
    };
    Ok(Address::MySql(mode.map_or(options.clone(), |mode| options.ssl_mode(mode)).disable_statement_logging()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
