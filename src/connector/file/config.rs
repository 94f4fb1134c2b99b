//! `file:config`: where paths begin.

use super::local::Local;
use super::system::Folder;
use crate::diag::Fault;
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::path::PathBuf;
use std::sync::Arc;

/// `file:config`
pub static SPEC: Spec = Spec {
    name: "file:config",
    doc: "Where the paths of operations begin.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::default("defaultWriteEncoding", Kind::Text, "UTF-8", "Has no effect here."),
    ],
    parts: &[Part { spec: &CONNECTION, occurs: Occurs::Optional }],
    example: r#"<file:config name="desk"><file:connection workingDir="/srv/desk"/></file:config>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

static CONNECTION: Spec = Spec {
    name: "file:connection",
    doc: "The folder that paths begin in.",
    attributes: &[Attribute::new(
        "workingDir",
        Kind::Text,
        "The folder; no path may lead out of it. Without one, paths begin in the home folder and may lead anywhere.",
    )],
    ..Spec::NEW
};

/// Where paths begin.
pub struct Config {
    /// The folder that paths may not leave.
    working: Option<PathBuf>,
}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        let working = node.part("file:connection").and_then(|connection| connection.text("workingDir"));
        let working = working.filter(|folder| !folder.is_empty());
        Self { working: working.map(|folder| node.builder.folders().folder(&folder)) }
    }
}

impl Global for Config {
    /// A folder that is not there is a matter of the operations that need it: the app starts without it.
    fn start<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            if let Some(folder) = self.working.as_ref().filter(|folder| !folder.is_dir()) {
                tracing::warn!("Provided workingDir '{}' does not exist", folder.display());
            }
            Ok(())
        })
    }
}

/// Where the `config-ref` of an element says that paths begin.
pub fn folder(node: &Node<'_>) -> Folder {
    let working = node.global::<Config>("config-ref").and_then(|config| config.working.clone());
    Local { working }.into()
}
