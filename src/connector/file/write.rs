//! `file:write`

use super::CONFIG_REF;
use super::config::folder;
use super::lock::Lock;
use super::problem::Problem;
use super::system::{Folder, Mode};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Octets};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::path::Path;

/// `file:write`
pub static SPEC: Spec = Spec {
    name: "file:write",
    doc: "Writes a file. The event stays as it is.",
    attributes: &[
        CONFIG_REF,
        Attribute::required("path", Kind::Value, "The file."),
        Attribute::default(
            "mode",
            Kind::Choice(&["OVERWRITE", "APPEND", "CREATE_NEW"]),
            "OVERWRITE",
            "What becomes of a file that is there.",
        ),
        Attribute::default("createParentDirectories", Kind::Boolean, "true", "Whether missing folders are created."),
        Attribute::default(
            "lock",
            Kind::Boolean,
            "false",
            "Whether the file is locked while it is written; one that somebody else has locked is an error.",
        ),
    ],
    parts: &[Part { spec: &CONTENT, occurs: Occurs::Optional }],
    errors: &[
        "FILE:ILLEGAL_PATH",
        "FILE:ILLEGAL_CONTENT",
        "FILE:FILE_ALREADY_EXISTS",
        "FILE:ACCESS_DENIED",
        "FILE:FILE_LOCK",
    ],
    example: r##"<file:write config-ref="desk" path="notes/today.txt" mode="APPEND"/>"##,
    make: Make::Void(|node| Box::new(Write::of(node, folder(node)))),
    ..Spec::NEW
};

static CONTENT: Spec =
    Spec { name: "file:content", doc: "The content, `#[payload]` if it is left out.", body: Body::Value, ..Spec::NEW };

/// Writes a file.
pub struct Write {
    folder: Folder,
    path: Expression,
    content: Expression,
    manner: Manner,
}

/// How a file is written.
#[derive(Clone, Copy)]
struct Manner {
    mode: Mode,
    creates_folders: bool,
    lock: Lock,
}

impl Write {
    /// What an element says.
    pub fn of(node: &Node<'_>, folder: Folder) -> Self {
        let mode = match node.required("mode").as_str() {
            "APPEND" => Mode::Append,
            "CREATE_NEW" => Mode::CreateNew,
            _ => Mode::Overwrite,
        };
        Self {
            path: node.expression("path"),
            content: node.content_of(&format!("{}:content", folder.connector())),
            folder,
            manner: Manner {
                mode,
                creates_folders: node.boolean("createParentDirectories"),
                lock: if node.boolean("lock") { Lock::Exclusive } else { Lock::None },
            },
        }
    }
}

impl Processor for Write {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let path = self.path.text(event)?.unwrap_or_default();
            let content = self.content.typed(event)?;
            if content.is_null() {
                return Err(Problem::content("Cannot write a null content").error(event, self.folder.connector()));
            }
            let content = content.octets().map_err(|fault| Error::expression(&self.content.source(), fault.into()))?;
            let manner = self.manner;
            self.folder.work(event, move |folder| write(folder, &folder.path(&path)?, content, manner)).await
        })
    }
}

fn write(folder: &Folder, path: &Path, content: Octets, manner: Manner) -> Result<(), Problem> {
    let there = folder.find(path)?;
    match &there {
        Some(there) if there.is_folder() => {
            let path = path.display();
            return Err(Problem::path(format!("Cannot write to path '{path}' because it is a Directory.")));
        }
        Some(_) if manner.mode == Mode::CreateNew => {
            return Err(Problem::exists(format!(
                "Cannot write to path '{}' because it already exists and write mode 'CREATE_NEW' was selected. Use a \
                 different write mode or point to a path which doesn't exist",
                path.display()
            )));
        }
        Some(_) => {}
        None => prepare(folder, path, manner.creates_folders)?,
    }
    folder.write(path, content, manner.mode, manner.lock)
}

/// Sees to it that there is a folder for a new file.
fn prepare(folder: &Folder, path: &Path, creates: bool) -> Result<(), Problem> {
    let Some(parent) = path.parent() else { return Ok(()) };
    if folder.find(parent)?.is_some() {
        return Ok(());
    }
    if creates {
        return folder.create_folders(parent);
    }
    Err(Problem::path(format!(
        "Cannot write to file '{}' because path to it doesn't exist. Consider setting the 'createParentDirectories' \
         attribute to 'true'",
        path.display()
    )))
}
