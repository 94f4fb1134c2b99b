//! `db:config`: the connection to a database.

use super::address::{Address, Login};
use super::pool::{Pool, Settings};
use super::problem::Problem;
use crate::connector::reconnection::{self, Reconnection};
use crate::diag::{Code, Fault};
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec, duration, time_unit};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `db:config`
pub static SPEC: Spec = Spec {
    name: "db:config",
    doc: "The connection to a database: SQLite, PostgreSQL, MySQL or MariaDB, by the JDBC address that apps have. \
          `jdbc:sqlite:orders.db` is a file; `jdbc:sqlite::memory:` goes away with the app. H2, Derby, Oracle and SQL \
          Server are not there: an app that names one starts, and its operations fail with `DB:CONNECTIVITY`.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    parts: &[
        Part { spec: &GENERIC, occurs: Occurs::Optional },
        Part { spec: &MY_SQL, occurs: Occurs::Optional },
        Part { spec: &DATA_SOURCE, occurs: Occurs::Optional },
        Part { spec: &DERBY, occurs: Occurs::Optional },
        Part { spec: &ORACLE, occurs: Occurs::Optional },
        Part { spec: &MS_SQL, occurs: Occurs::Optional },
    ],
    errors: &["DB:CONNECTIVITY"],
    example: r#"<db:config name="ledger">
  <db:generic-connection url="jdbc:postgresql://localhost:5432/ledger" user="${db.user}" password="${db.password}">
    <reconnection><reconnect count="3" frequency="1000"/></reconnection>
    <db:pooling-profile maxPoolSize="10"/>
  </db:generic-connection>
</db:config>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

const USER: Attribute = Attribute::new("user", Kind::Text, "Who logs in.");
const PASSWORD: Attribute = Attribute::new("password", Kind::Text, "The password.");
const ISOLATION: Attribute = Attribute::default(
    "transactionIsolation",
    Kind::Choice(&["NONE", "READ_COMMITTED", "READ_UNCOMMITTED", "REPEATABLE_READ", "SERIALIZABLE", "NOT_CONFIGURED"]),
    "NOT_CONFIGURED",
    "Has no effect here: the server's own isolation holds.",
);
const XA: Attribute = Attribute::default("useXaTransactions", Kind::Boolean, "false", "Has no effect here.");

static GENERIC: Spec = Spec {
    name: "db:generic-connection",
    doc: "A database by its JDBC address.",
    attributes: &[
        Attribute::required(
            "url",
            Kind::Text,
            "`jdbc:sqlite:…`, `jdbc:postgresql:…`, `jdbc:mysql:…` or `jdbc:mariadb:…`.",
        ),
        Attribute::new("driverClassName", Kind::Text, "Has no effect here: the address says which database it is."),
        USER,
        PASSWORD,
        ISOLATION,
        XA,
    ],
    parts: COMMON,
    ..Spec::NEW
};

static MY_SQL: Spec = Spec {
    name: "db:my-sql-connection",
    doc: "A MySQL or MariaDB server.",
    attributes: &[
        Attribute::required("host", Kind::Text, "Its host."),
        Attribute::required("port", Kind::Count, "Its port."),
        Attribute::new("database", Kind::Text, "The database."),
        USER,
        PASSWORD,
        ISOLATION,
        XA,
    ],
    parts: COMMON,
    ..Spec::NEW
};

/// A spec of a connection that is not there.
macro_rules! not_there {
    ($id:ident, $name:literal, [$($attribute:literal),*]) => {
        static $id: Spec = Spec {
            name: $name,
            doc: "Not supported: operations fail with `DB:CONNECTIVITY` unless they are mocked.",
            attributes: &[$(Attribute::new($attribute, Kind::Text, "Has no effect here.")),*, USER, PASSWORD, ISOLATION, XA],
            parts: COMMON,
            ..Spec::NEW
        };
    };
}

not_there!(DATA_SOURCE, "db:data-source-connection", ["dataSourceRef"]);
not_there!(DERBY, "db:derby-connection", ["database", "subsubProtocol", "create"]);
not_there!(ORACLE, "db:oracle-connection", ["host", "port", "instance", "serviceName", "tlsContext"]);
not_there!(MS_SQL, "db:mssql-connection", ["host", "port", "instanceName", "databaseName"]);

const COMMON: &[Part] = &[
    reconnection::PART,
    Part { spec: &POOLING, occurs: Occurs::Optional },
    Part { spec: &PROPERTIES, occurs: Occurs::Optional },
    Part { spec: &COLUMN_TYPES, occurs: Occurs::Optional },
];

static POOLING: Spec = Spec {
    name: "db:pooling-profile",
    doc: "How connections are kept. Without it, up to 20 are.",
    attributes: &[
        Attribute::default("maxPoolSize", Kind::Count, "5", "How many there may be at once."),
        Attribute::default(
            "minPoolSize",
            Kind::Integer,
            "0",
            "Has no effect here: connections are made as they are needed.",
        ),
        Attribute::default("maxWait", Kind::Integer, "0", "How long to wait for one that is free; 0: for ever."),
        time_unit("maxWaitUnit", "SECONDS"),
        Attribute::default(
            "testConnectionOnCheckout",
            Kind::Boolean,
            "true",
            "Whether a connection is tried before each use.",
        ),
        Attribute::new("acquireIncrement", Kind::Integer, "Has no effect here."),
        Attribute::new("preparedStatementCacheSize", Kind::Integer, "Has no effect here: 100 statements are kept."),
        Attribute::new("maxIdleTime", Kind::Integer, "Has no effect here."),
        Attribute::new("maxStatements", Kind::Integer, "Has no effect here."),
    ],
    parts: &[Part { spec: &ADDITIONAL, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static ADDITIONAL: Spec = Spec {
    name: "db:additional-properties",
    doc: "Settings of the vendor's pool; they have no effect here.",
    parts: &[Part { spec: &ADDITIONAL_ENTRY, occurs: Occurs::Any }],
    ..Spec::NEW
};

static ADDITIONAL_ENTRY: Spec = entry("db:additional-property");

static PROPERTIES: Spec = Spec {
    name: "db:connection-properties",
    doc: "Further settings, as they may stand behind the `?` of the address.",
    parts: &[Part { spec: &PROPERTY, occurs: Occurs::Any }],
    ..Spec::NEW
};

static PROPERTY: Spec = entry("db:connection-property");

const fn entry(name: &'static str) -> Spec {
    Spec { name, doc: "A setting.", attributes: ENTRY, ..Spec::NEW }
}

const ENTRY: &[Attribute] =
    &[Attribute::required("key", Kind::Text, "Its name."), Attribute::required("value", Kind::Text, "Its value.")];

static COLUMN_TYPES: Spec = Spec {
    name: "db:column-types",
    doc: "Types of a vendor's own; they have no effect here.",
    parts: &[Part { spec: &COLUMN_TYPE, occurs: Occurs::Any }],
    ..Spec::NEW
};

static COLUMN_TYPE: Spec = Spec {
    name: "db:column-type",
    doc: "A type.",
    attributes: &[
        Attribute::new("id", Kind::Text, "Has no effect here."),
        Attribute::new("typeName", Kind::Text, "Has no effect here."),
        Attribute::new("className", Kind::Text, "Has no effect here."),
    ],
    ..Spec::NEW
};

/// A configured database.
pub struct Config {
    /// Its name.
    pub name: String,
    /// The pool, or why there is none.
    pool: Result<Arc<Pool>, String>,
    /// What happens when the database cannot be reached.
    pub reconnection: Reconnection,
}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        let connections = SPEC.parts.iter().filter_map(|part| node.part(part.spec.name));
        let connections: Vec<_> = connections.collect();
        let (pool, reconnection) = match connections.as_slice() {
            [only] => {
                let pool = address(only).map(|address| Arc::new(Pool::new(address, settings(only))));
                (pool, Reconnection::of_connection(only))
            }
            _ => {
                let fault = Fault::new(Code::Configuration, "`db:config` takes one connection");
                node.refuse("name", fault.help("add a `db:generic-connection` with the JDBC address of the database"));
                (Err("it has no connection".to_string()), Reconnection::NONE)
            }
        };
        Self { name: node.name(), pool, reconnection }
    }

    /// The pool.
    ///
    /// # Errors
    /// `DB:CONNECTIVITY` for a database that dwrun does not have.
    pub fn pool(&self) -> Result<&Arc<Pool>, Problem> {
        self.pool.as_ref().map_err(|why| Problem::connectivity(why.clone()))
    }
}

/// The address of a connection, or why there is none.
fn address(node: &Node<'_>) -> Result<Address, String> {
    let login = Login { user: node.text("user"), password: node.text("password") };
    match node.spec.name {
        "db:generic-connection" => {
            let more = properties(node).map(|(key, value)| format!("{key}={value}"));
            let url = more.fold(node.required("url"), |url, pair| {
                let joint = if url.contains('?') { '&' } else { '?' };
                format!("{url}{joint}{pair}")
            });
            Address::parse(&url, &login)
        }
        "db:my-sql-connection" => {
            let port = node.integer("port").and_then(|port| u16::try_from(port).ok()).unwrap_or(3306);
            Address::mysql(&node.required("host"), port, node.text("database"), &login, properties(node).collect())
        }
        other => Err(format!(
            "`{other}` is not there in dwrun: SQLite, PostgreSQL, MySQL and MariaDB are, as `db:generic-connection`"
        )),
    }
}

fn properties<'a>(node: &Node<'a>) -> impl Iterator<Item = (String, String)> + use<'a> {
    let all = node.part(PROPERTIES.name).map(|part| part.parts(PROPERTY.name)).unwrap_or_default();
    all.into_iter().map(|entry| (entry.required("key"), entry.required("value")))
}

fn settings(node: &Node<'_>) -> Settings {
    let Some(profile) = node.part(POOLING.name) else { return Settings::default() };
    let wait = profile.integer("maxWait").filter(|wait| *wait > 0);
    Settings {
        most: profile.limit("maxPoolSize").unwrap_or(5),
        wait: wait.map(|wait| duration(wait, &profile.required("maxWaitUnit"))),
        test: profile.boolean("testConnectionOnCheckout"),
    }
}

impl Global for Config {
    fn start<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let tried = match self.pool() {
                Ok(pool) if self.reconnection.fails_deployment => self.reach(pool).await,
                Ok(_) => Ok(()),
                Err(problem) => Err(problem),
            };
            match tried {
                Err(problem) if self.reconnection.fails_deployment => {
                    let message = format!("the database of `{}` cannot be reached: {problem}", self.name);
                    Err(Fault::new(Code::Io, message).help("`failsDeployment` is set: the app needs it to start"))
                }
                Err(problem) => {
                    tracing::warn!("operations of '{}' will fail: {problem}", self.name);
                    Ok(())
                }
                Ok(()) => Ok(()),
            }
        })
    }

    fn decided<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<bool, Fault>> {
        Box::pin(async move {
            let decided = async {
                let pool = self.pool()?;
                pool.decisions.decided(pool, id).await
            };
            decided.await.map_err(|problem| problem.fault())
        })
    }

    fn stop<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if let Ok(pool) = &self.pool {
                pool.close().await;
            }
        })
    }
}

impl Config {
    /// Makes a connection, as often as the reconnection strategy says.
    async fn reach(&self, pool: &Arc<Pool>) -> Result<(), Problem> {
        let mut pauses = self.reconnection.pauses();
        loop {
            match pool.lend().await {
                Ok(lease) => {
                    lease.hand_back();
                    return Ok(());
                }
                Err(problem) => match pauses.next() {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => return Err(problem),
                },
            }
        }
    }
}
