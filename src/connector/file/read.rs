//! `file:read`

use super::CONFIG_REF;
use super::attributes::{Attributes, media_type};
use super::config::{Folder, Problem, on_disk};
use super::lock::Lock;
use crate::connector::output::{OUTPUT_ENCODING, OUTPUT_MIME_TYPE, Relabel};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, FileContent, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

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
    make: Make::Operation(|node| Box::new(Read::of(node))),
    ..Spec::NEW
};

struct Read {
    folder: Folder,
    path: Expression,
    label: Relabel,
    lock: Lock,
}

impl Read {
    fn of(node: &Node<'_>) -> Self {
        Self {
            folder: Folder::of(node),
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
pub fn message_of(path: &Path, lock: Lock) -> Result<Message, Problem> {
    let attributes = Attributes::of(path)?;
    if attributes.metadata.is_dir() {
        return Err(Problem::path(format!("Cannot read path '{}' since it's a directory", path.display())));
    }
    let wrong = |e: std::io::Error| Problem::io("read the file", path, &e);
    let mut file = File::open(path).map_err(wrong)?;
    lock.take(&file, path)?;
    let payload = match FileContent::open(path).map_err(wrong)? {
        Some(large) => Typed::file(large, media_type(path)),
        None => {
            let mut content = Vec::with_capacity(usize::try_from(attributes.metadata.len()).unwrap_or_default());
            file.read_to_end(&mut content).map_err(wrong)?;
            Typed::bytes(content, media_type(path))
        }
    };
    Ok(Message { payload, attributes: attributes.typed() })
}

impl Processor for Read {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (folder, path) = (self.folder.clone(), self.path.text(event)?.unwrap_or_default());
            let lock = self.lock;
            let mut message = on_disk(event, move || message_of(&folder.existing(&path)?, lock)).await?;
            message.payload = self.label.on(message.payload);
            event.message = message;
            Ok(())
        })
    }
}
