//! `file:write`

use super::CONFIG_REF;
use super::config::{Folder, Problem, on_disk};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Execution, Kind, Make, Occurs, Part, Spec};
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
        Attribute::default("lock", Kind::Boolean, "false", "Has no effect here: a file is written in one go."),
    ],
    parts: &[Part { spec: &CONTENT, occurs: Occurs::Optional }],
    errors: &["FILE:ILLEGAL_PATH", "FILE:ILLEGAL_CONTENT", "FILE:FILE_ALREADY_EXISTS", "FILE:ACCESS_DENIED"],
    execution: Execution::Blocking,
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
    mode: Mode,
    creates_folders: bool,
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
            mode,
            creates_folders: node.boolean("createParentDirectories"),
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
            let (mode, creates_folders) = (self.mode, self.creates_folders);
            on_disk(event, move || write(&folder.path(&path)?, &content, mode, creates_folders)).await
        })
    }
}

fn write(path: &Path, content: &[u8], mode: Mode, creates_folders: bool) -> Result<(), Problem> {
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
        Mode::Overwrite => options.write(true).create(true).truncate(true),
    };
    let wrong = |e| Problem::io("write to the file", path, &e);
    let mut file = options.open(path).map_err(wrong)?;
    file.write_all(content).map_err(wrong)
}
