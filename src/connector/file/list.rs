//! `file:list`

use super::CONFIG_REF;
use super::attributes::Attributes;
use super::config::folder;
use super::matcher::{self, Matcher};
use super::problem::Problem;
use super::system::Folder;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use crate::value::Value;
use futures_util::future::BoxFuture;
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
    make: Make::Operation(|node| Box::new(List::of(node, folder(node)))),
    ..Spec::NEW
};

/// Lists a folder.
pub struct List {
    folder: Folder,
    path: Expression,
    recursive: Expression,
    matcher: Arc<Matcher>,
}

impl List {
    /// What an element says.
    pub fn of(node: &Node<'_>, folder: Folder) -> Self {
        Self {
            path: node.expression("directoryPath"),
            recursive: node.expression("recursive"),
            matcher: Matcher::in_or_of(node, folder.connector()),
            folder,
        }
    }
}

impl Processor for List {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (path, recursive) = (self.path.text(event)?.unwrap_or_default(), self.recursive.boolean(event)?);
            let matcher = self.matcher.clone();
            let messages = self.folder.work(event, move |folder| {
                let mut found = Vec::new();
                list(folder, &folder.existing(&path)?, recursive, &matcher, &mut found)?;
                found.iter().map(|file| folder.listed(file)).collect::<Result<Vec<_>, _>>()
            });
            let messages = messages.await?;
            let values: Result<Vec<Value>, _> = messages.iter().map(Message::to_value).collect();
            let values = values.map_err(|fault| Error::expression("payload", fault.into()))?;
            event.message = Message::of(Typed::value(Value::array(values)));
            Ok(())
        })
    }
}

/// The files of a folder that are meant, in alphabetical order.
///
/// # Errors
/// A path that is no folder, or one that may not be read.
pub fn list(
    folder: &Folder,
    listed: &Attributes,
    recursive: bool,
    matcher: &Matcher,
    found: &mut Vec<Attributes>,
) -> Result<(), Problem> {
    if !listed.is_folder() {
        let path = listed.path.display();
        return Err(Problem::path(format!(
            "Cannot list path '{path}' because it's a file. Only directories can be listed"
        )));
    }
    let mut entries = folder.entries(&listed.path)?;
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    for entry in entries {
        // A link to a folder around it would never end.
        let inside = (recursive && entry.is_folder() && !entry.is_link).then(|| entry.clone());
        let taken = matcher.takes(&entry).then_some(entry);
        let (before, after) = if folder.lists_folders_first() { (taken, None) } else { (None, taken) };
        found.extend(before);
        if let Some(inside) = inside {
            list(folder, &inside, recursive, matcher, found)?;
        }
        found.extend(after);
    }
    Ok(())
}
