//! `db:config`: the connection to a database.

use super::connection::{self, DATA_SOURCE, DERBY, GENERIC, MS_SQL, MY_SQL, ORACLE};
use super::pool::Pool;
use super::problem::Problem;
use crate::connector::reconnection::Reconnection;
use crate::diag::{Code, Fault};
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
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
            [only] => (connection::pool(only).map(Arc::new), Reconnection::of_connection(only)),
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

impl Global for Config {
    fn start<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            match self.begin().await {
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
    /// Looks whether there is a database, where the app needs it to start.
    async fn begin(&self) -> Result<(), Problem> {
        let pool = self.pool()?;
        if self.reconnection.fails_deployment {
            self.reach(pool).await?;
        }
        pool.tend();
        Ok(())
    }

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
