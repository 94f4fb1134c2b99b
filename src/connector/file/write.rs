//! `file:write`

use super::CONFIG_REF;
use super::config::{Folder, Problem, on_disk};
use super::lock::Lock;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::fs::OpenOptions;
use std::io::Write as _;
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
    make: Make::Void(|node| Box::new(Write::of(node))),
    ..Spec::NEW
};

static CONTENT: Spec =
    Spec { name: "file:content", doc: "The content, `#[payload]` if it is left out.", body: Body::Value, ..Spec::NEW };

#[derive(Clone, Copy)]
enum Mode {
    Overwrite,
    Append,
    CreateNew,
}

struct Write {
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
    fn of(node: &Node<'_>) -> Self {
        let mode = match node.required("mode").as_str() {
            "APPEND" => Mode::Append,
            "CREATE_NEW" => Mode::CreateNew,
            _ => Mode::Overwrite,
        };
        Self {
            folder: Folder::of(node),
            path: node.expression("path"),
            content: node.content_of("file:content"),
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
            let (folder, path) = (self.folder.clone(), self.path.text(event)?.unwrap_or_default());
            let content = self.content.typed(event)?;
            if content.is_null() {
                return Err(Problem::content("Cannot write a null content").error(event));
            }
            let content =
                content.to_bytes().map_err(|fault| Error::expression(&self.content.source(), fault.into()))?;
            let manner = self.manner;
            on_disk(event, move || write(&folder.path(&path)?, &content, manner)).await
        })
    }
}

fn write(path: &Path, content: &[u8], manner: Manner) -> Result<(), Problem> {
    let Manner { mode, creates_folders, lock } = manner;
    if path.is_dir() {
        return Err(Problem::path(format!("Cannot write to path '{}' because it is a Directory.", path.display())));
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.exists()) {
        if !creates_folders {
            return Err(Problem::path(format!(
                "Cannot write to file '{}' because path to it doesn't exist. Consider setting the \
                 'createParentDirectories' attribute to 'true'",
                path.display()
            )));
        }
        std::fs::create_dir_all(parent).map_err(|e| Problem::io("create the folder", parent, &e))?;
    }
    if matches!(mode, Mode::CreateNew) && path.exists() {
        return Err(Problem::exists(format!(
            "Cannot write to path '{}' because it already exists and write mode 'CREATE_NEW' was selected. Use a \
             different write mode or point to a path which doesn't exist",
            path.display()
        )));
    }
    let mut options = OpenOptions::new();
    match mode {
        Mode::Append => options.append(true).create(true),
        Mode::CreateNew => options.write(true).create_new(true),
        // What somebody else has locked is not to be emptied.
        Mode::Overwrite => options.write(true).create(true).truncate(lock == Lock::None),
    };
    let wrong = |e| Problem::io("write to the file", path, &e);
    let mut file = options.open(path).map_err(wrong)?;
    lock.take(&file, path)?;
    if matches!(mode, Mode::Overwrite) && lock != Lock::None {
        file.set_len(0).map_err(wrong)?;
    }
    file.write_all(content).map_err(wrong)
}
