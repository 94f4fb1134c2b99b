//! What expressions see as `app`, `mule` and `server`.

use crate::value::{ObjectBuilder, Value};

/// The facts of an app that stay the same while it runs.
pub(super) struct Facts {
    app: Value,
    mule: Value,
}

impl Facts {
    pub(super) fn new(name: &str, home: &str, correlation: &str) -> Self {
        let mut app = ObjectBuilder::with_capacity(3);
        app.field("name", name).field("encoding", "UTF-8").field("standalone", true);
        app.field("workDir", home);
        let mut mule = ObjectBuilder::with_capacity(5);
        mule.field("version", VERSION).field("home", home).field("nodeId", "0").field("clusterId", "");
        mule.field("correlationId", correlation);
        Self { app: app.value(), mule: mule.value() }
    }

    pub(super) fn get(&self, name: &str) -> Value {
        match name {
            "app" => self.app.clone(),
            "mule" => self.mule.clone(),
            "server" => server(),
            _ => Value::Null,
        }
    }
}

/// The Mule version whose behaviour flows follow.
const VERSION: &str = "4.9.0";

fn server() -> Value {
    let mut server = ObjectBuilder::with_capacity(6);
    let zone = jiff::tz::TimeZone::system();
    server.field("host", std::env::var("HOSTNAME").unwrap_or_else(|_| "localhost".to_string()));
    server.field("timeZone", zone.iana_name().unwrap_or("UTC"));
    server.field("osName", std::env::consts::OS).field("osArch", std::env::consts::ARCH);
    server.field("fileSeparator", "/");
    server.field("dateTime", jiff::Zoned::now().strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string());
    server.value()
}
