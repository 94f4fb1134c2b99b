//! `file:read`

use super::CONFIG_REF;
use super::attributes::Attributes;
use super::config::folder;
use super::lock::Lock;
use super::problem::Problem;
use super::system::{FileSystem, Folder};
use crate::connector::output::{OUTPUT_ENCODING, OUTPUT_MIME_TYPE, Relabel};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;

/// `file:read`
pub static SPEC: Spec = Spec {
    name: "file:read",
    doc: "Gives the content of a file, with a media type by the end of its name. A large file stays where it is until \
          something reads it; lists in it are read item by item.",
    attributes: &[
        CONFIG_REF,
        Attribute::required("path", Kind::Value, "The file."),
        Attribute::default(
            "lock",
            Kind::Boolean,
            "false",
            "Whether the file is locked while it is read; one that is written under a lock is an error.",
        ),
        Attribute::new("timeBetweenSizeCheck", Kind::Integer, "Has no effect here."),
        Attribute::new("timeBetweenSizeCheckUnit", Kind::Text, "Has no effect here."),
        OUTPUT_MIME_TYPE,
        OUTPUT_ENCODING,
    ],
    errors: &["FILE:ILLEGAL_PATH", "FILE:ACCESS_DENIED", "FILE:FILE_LOCK"],
    example: r##"<file:read config-ref="desk" path="#['orders/' ++ vars.name]" outputMimeType="text/csv"/>"##,
    make: Make::Operation(|node| Box::new(Read::of(node, folder(node)))),
    ..Spec::NEW
};

/// Reads a file.
pub struct Read {
    folder: Folder,
    path: Expression,
    label: Relabel,
    lock: Lock,
}

impl Read {
    /// What an element says.
    pub fn of(node: &Node<'_>, folder: Folder) -> Self {
        Self {
            folder,
            path: node.expression("path"),
            label: Relabel::of(node),
            lock: if node.boolean("lock") { Lock::Shared } else { Lock::None },
        }
    }
}

/// The message of a file.
///
/// # Errors
/// A folder, a file that may not be read, one that somebody else has locked.
pub fn message_of(system: &dyn FileSystem, file: &Attributes, lock: Lock) -> Result<Message, Problem> {
    if file.is_folder() {
        return Err(Problem::path(format!("Cannot read path '{}' since it's a directory", file.path.display())));
    }
    Ok(Message { payload: system.read(file, lock)?, attributes: system.describe(file) })
}

impl Processor for Read {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (path, lock) = (self.path.text(event)?.unwrap_or_default(), self.lock);
            let message = self.folder.work(event, move |folder| message_of(&**folder, &folder.existing(&path)?, lock));
            let mut message = message.await?;
            message.payload = self.label.on(message.payload);
            event.message = message;
            Ok(())
        })
    }
}
