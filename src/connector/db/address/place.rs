//! Servers in addresses.

use super::{Address, Login, decoded, settings};
use sqlx::ConnectOptions;
use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::str::FromStr;

/// What an address of a server says.
pub struct Place {
    /// The host.
    pub host: String,
    /// The port, where it is not the usual one.
    pub port: Option<u16>,
    /// The database.
    pub database: Option<String>,
    /// Who logs in.
    pub login: Login,
    /// Names and values of settings.
    pub settings: Vec<(String, String)>,
}

impl Place {
    /// `//host:port/database?name=value`, or the database alone.
    ///
    /// # Errors
    /// A port that is none.
    pub fn parse(rest: &str, login: &Login) -> Result<Self, String> {
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

/// The address of a PostgreSQL server.
///
/// # Errors
/// A setting that is not right.
pub fn postgres(place: Place) -> Result<Address, String> {
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

/// The address of a MySQL or MariaDB server.
///
/// # Errors
/// A setting that is not right.
pub fn mysql(place: Place) -> Result<Address, String> {
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
    if let Some(mode) = encryption(&place)? {
        options = options.ssl_mode(mode);
    }
    Ok(Address::MySql(options.disable_statement_logging()))
}

/// Whether a MySQL server is talked to in secret, where the address says it.
fn encryption(place: &Place) -> Result<Option<MySqlSslMode>, String> {
    Ok(match place.setting("sslMode").map(str::to_ascii_lowercase).as_deref() {
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
    })
}
