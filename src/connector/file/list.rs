//! `file:list`

use super::CONFIG_REF;
use super::attributes::Attributes;
use super::config::{Folder, Problem, on_disk};
use super::lock::Lock;
use super::matcher::{self, Matcher};
use super::read::message_of;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use crate::value::Value;
use futures_util::future::BoxFuture;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// `file:list`
pub static SPEC: Spec = Spec {
    name: "file:list",
    doc: "Gives a list of messages, one for each file of a folder: content and attributes. The payload of a folder is \
          null. Names are in alphabetical order; what is in a folder stands before it.",
    attributes: &[
        CONFIG_REF,
        Attribute::required("directoryPath", Kind::Value, "The folder."),
        Attribute::default("recursive", Kind::Value, "false", "Whether the folders in it are listed as well."),
        Attribute::new("matcher", Kind::Reference, "A global `file:matcher`."),
        Attribute::new("timeBetweenSizeCheck", Kind::Integer, "Has no effect here."),
        Attribute::new("timeBetweenSizeCheckUnit", Kind::Text, "Has no effect here."),
    ],
    parts: &[Part { spec: &matcher::SPEC, occurs: Occurs::Optional }],
    errors: &["FILE:ILLEGAL_PATH", "FILE:ACCESS_DENIED"],
    example: r#"<file:list config-ref="desk" directoryPath="orders"><file:matcher filenamePattern="*.csv"/></file:list>"#,
    make: Make::Operation(|node| Box::new(List::of(node))),
    ..Spec::NEW
};

struct List {
    folder: Folder,
    path: Expression,
    recursive: Expression,
    matcher: Arc<Matcher>,
}

impl List {
    fn of(node: &Node<'_>) -> Self {
        let inside = node.part("file:matcher").map(|matcher| Arc::new(Matcher::of(&matcher)));
        Self {
            folder: Folder::of(node),
            path: node.expression("directoryPath"),
            recursive: node.expression("recursive"),
            matcher: inside.or_else(|| node.global::<Matcher>("matcher")).unwrap_or_default(),
        }
    }
}

impl Processor for List {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (folder, path) = (self.folder.clone(), self.path.text(event)?.unwrap_or_default());
            let (recursive, matcher) = (self.recursive.boolean(event)?, self.matcher.clone());
            let messages = on_disk(event, move || {
                let mut found = Vec::new();
                list(&folder.existing(&path)?, recursive, &matcher, &mut found)?;
                found.iter().map(message).collect::<Result<Vec<_>, _>>()
            });
            let messages = messages.await?;
            let values: Result<Vec<Value>, _> = messages.iter().map(Message::to_value).collect();
            let values = values.map_err(|fault| Error::expression("payload", fault.into()))?;
            event.message = Message::of(Typed::value(Value::array(values)));
            Ok(())
        })
    }
}

/// The files of a folder that are meant.
///
/// # Errors
/// A path that is no folder, or one that may not be read.
pub fn list(folder: &Path, recursive: bool, matcher: &Matcher, found: &mut Vec<Attributes>) -> Result<(), Problem> {
    if !folder.is_dir() {
        let path = folder.display();
        return Err(Problem::path(format!(
            "Cannot list path '{path}' because it's a file. Only directories can be listed"
        )));
    }
    let wrong = |e| Problem::io("list the folder", folder, &e);
    let entries = std::fs::read_dir(folder).map_err(wrong)?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>().map_err(wrong)?;
    paths.sort();
    for path in paths {
        // A file may be gone by the time it is looked at.
        let Ok(attributes) = Attributes::of(&path) else { continue };
        // A link to a folder around it would never end.
        if recursive && attributes.metadata.is_dir() && !attributes.is_link {
            list(&path, recursive, matcher, found)?;
        }
        if matcher.takes(&attributes) {
            found.push(attributes);
        }
    }
    Ok(())
}

fn message(file: &Attributes) -> Result<Message, Problem> {
    match file.metadata.is_file() {
        true => message_of(&file.path, Lock::None),
        false => Ok(Message { payload: Typed::null(), attributes: file.typed() }),
    }
}
