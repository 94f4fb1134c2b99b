//! Connections in a `db:config`: where they lead, and how they are kept.

use super::address::{Address, Login};
use super::pool::{Pool, Settings};
use crate::connector::reconnection;
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Occurs, Part, Spec, duration, time_unit};

const USER: Attribute = Attribute::new("user", Kind::Text, "Who logs in.");
const PASSWORD: Attribute = Attribute::new("password", Kind::Text, "The password.");
const ISOLATION: Attribute = Attribute::default(
    "transactionIsolation",
    Kind::Choice(&["NONE", "READ_COMMITTED", "READ_UNCOMMITTED", "REPEATABLE_READ", "SERIALIZABLE", "NOT_CONFIGURED"]),
    "NOT_CONFIGURED",
    "The isolation of transactions, on PostgreSQL, MySQL and MariaDB; `NOT_CONFIGURED` leaves it to the server. Those of \
     SQLite are always `SERIALIZABLE`, which is no less than any level asks for. No database has `NONE`: operations fail \
     with `DB:CONNECTIVITY`.",
);
const XA: Attribute = Attribute::default(
    "useXaTransactions",
    Kind::Boolean,
    "false",
    "Has no effect here: every connection can take part in transactions with `transactionType=\"XA\"`.",
);

/// `db:generic-connection`
pub static GENERIC: Spec = Spec {
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

/// `db:my-sql-connection`
pub static MY_SQL: Spec = Spec {
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
        #[doc = concat!("`", $name, "`")]
        pub static $id: Spec = Spec {
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
            "How many there always are, from the start of the app on.",
        ),
        Attribute::default(
            "maxWait",
            Kind::Integer,
            "0",
            "How long to wait for one that is free, before `DB:CONNECTIVITY`; 0: for ever.",
        ),
        time_unit("maxWaitUnit", "SECONDS"),
        Attribute::default(
            "testConnectionOnCheckout",
            Kind::Boolean,
            "true",
            "Whether a connection is tried before each use.",
        ),
        Attribute::default("acquireIncrement", Kind::Integer, "1", "How many are made at once where none is free."),
        Attribute::new(
            "preparedStatementCacheSize",
            Kind::Integer,
            "How many prepared statements each connection keeps; 100 if it is left out.",
        ),
        Attribute::default(
            "maxIdleTime",
            Kind::Integer,
            "0",
            "How many seconds one is kept that nobody uses; 0: for ever.",
        ),
        Attribute::new(
            "maxStatements",
            Kind::Integer,
            "Has no effect here, and the log says so: statements are counted by connection, with \
             `preparedStatementCacheSize`.",
        ),
    ],
    parts: &[Part { spec: &ADDITIONAL, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static ADDITIONAL: Spec = Spec {
    name: "db:additional-properties",
    doc: "Settings of the vendor's pool; they have no effect here, and the log says so.",
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

/// The pool of a connection.
///
/// # Errors
/// A database that dwrun does not have, as a text for people.
pub fn pool(node: &Node<'_>) -> Result<Pool, String> {
    let (address, isolation) = (address(node)?, isolation(node)?);
    let Some(profile) = node.part(POOLING.name) else {
        return Ok(Pool::new(address, Settings { isolation, ..Settings::default() }));
    };
    if profile.has("maxStatements") || profile.part(ADDITIONAL.name).is_some() {
        tracing::warn!(
            "`maxStatements` and `db:additional-properties` of `db:pooling-profile` have no effect in dwrun"
        );
    }
    let kept = profile.integer("preparedStatementCacheSize").and_then(|kept| usize::try_from(kept).ok());
    let address = if let Some(kept) = kept { address.keeping_statements(kept) } else { address };
    let time = |name, unit: &str| profile.integer(name).filter(|time| *time > 0).map(|time| duration(time, unit));
    let settings = Settings {
        most: profile.limit("maxPoolSize").unwrap_or(5),
        least: profile.limit("minPoolSize").unwrap_or(0),
        increment: profile.limit("acquireIncrement").unwrap_or(1),
        wait: time("maxWait", &profile.required("maxWaitUnit")),
        idle: time("maxIdleTime", "SECONDS"),
        test: profile.boolean("testConnectionOnCheckout"),
        isolation,
    };
    Ok(Pool::new(address, settings))
}

/// The isolation of transactions, as SQL has it.
fn isolation(node: &Node<'_>) -> Result<Option<&'static str>, String> {
    match node.required("transactionIsolation").as_str() {
        "READ_COMMITTED" => Ok(Some("READ COMMITTED")),
        "READ_UNCOMMITTED" => Ok(Some("READ UNCOMMITTED")),
        "REPEATABLE_READ" => Ok(Some("REPEATABLE READ")),
        "SERIALIZABLE" => Ok(Some("SERIALIZABLE")),
        "NONE" => Err("no database runs transactions with `transactionIsolation=\"NONE\"`".to_string()),
        _ => Ok(None),
    }
}
