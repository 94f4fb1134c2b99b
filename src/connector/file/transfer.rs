//! `file:copy`, `file:move`, `file:rename`, `file:delete`, `file:create-directory`

use super::CONFIG_REF;
use super::attributes::Attributes;
use super::config::folder;
use super::problem::Problem;
use super::system::{Folder, copy};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;
use std::path::{Path, PathBuf};

const FROM: Attribute = Attribute::required("sourcePath", Kind::Value, "The file or folder.");
const TO: Attribute = Attribute::required("targetPath", Kind::Value, "The folder that it goes to.");
const CREATES: Attribute =
    Attribute::default("createParentDirectories", Kind::Value, "true", "Whether missing folders are created.");
const OVERWRITE: Attribute =
    Attribute::default("overwrite", Kind::Value, "false", "Whether what is there already is replaced.");
const RENAME: Attribute = Attribute::new("renameTo", Kind::Value, "Its new name.");
const PATH: Attribute = Attribute::required("path", Kind::Value, "The file or folder.");

/// `file:copy`
pub static COPY: Spec = Spec {
    name: "file:copy",
    doc: "Copies a file or a folder into another folder.",
    attributes: &[CONFIG_REF, FROM, TO, CREATES, OVERWRITE, RENAME],
    errors: &["FILE:ILLEGAL_PATH", "FILE:FILE_ALREADY_EXISTS", "FILE:ACCESS_DENIED"],
    example: r#"<file:copy config-ref="desk" sourcePath="order.csv" targetPath="archive/"/>"#,
    make: Make::Void(|node| Box::new(Transfer::of(node, Action::Copy, folder(node)))),
    ..Spec::NEW
};

/// `file:move`
pub static MOVE: Spec = Spec {
    name: "file:move",
    doc: "Moves a file or a folder into another folder.",
    attributes: &[CONFIG_REF, FROM, TO, CREATES, OVERWRITE, RENAME],
    errors: &["FILE:ILLEGAL_PATH", "FILE:FILE_ALREADY_EXISTS", "FILE:ACCESS_DENIED"],
    example: r##"<file:move config-ref="desk" sourcePath="order.csv" targetPath="done/" renameTo="#[uuid() ++ '.csv']"/>"##,
    make: Make::Void(|node| Box::new(Transfer::of(node, Action::Move, folder(node)))),
    ..Spec::NEW
};

/// `file:rename`
pub static RENAME_FILE: Spec = Spec {
    name: "file:rename",
    doc: "Gives a file or a folder another name.",
    attributes: &[
        CONFIG_REF,
        PATH,
        Attribute::required("to", Kind::Value, "The new name, without a folder."),
        OVERWRITE,
    ],
    errors: &["FILE:ILLEGAL_PATH", "FILE:FILE_ALREADY_EXISTS", "FILE:ACCESS_DENIED"],
    example: r#"<file:rename config-ref="desk" path="draft.txt" to="final.txt"/>"#,
    make: Make::Void(|node| Box::new(Change::of(node, Task::Rename, folder(node)))),
    ..Spec::NEW
};

/// `file:delete`
pub static DELETE: Spec = Spec {
    name: "file:delete",
    doc: "Deletes a file, or a folder with all that is in it.",
    attributes: &[CONFIG_REF, PATH],
    errors: &["FILE:ILLEGAL_PATH", "FILE:ACCESS_DENIED"],
    example: r#"<file:delete config-ref="desk" path="draft.txt"/>"#,
    make: Make::Void(|node| Box::new(Change::of(node, Task::Delete, folder(node)))),
    ..Spec::NEW
};

/// `file:create-directory`
pub static CREATE_DIRECTORY: Spec = Spec {
    name: "file:create-directory",
    doc: "Creates a folder, and those around it that are missing.",
    attributes: &[CONFIG_REF, Attribute::required("directoryPath", Kind::Value, "The folder.")],
    errors: &["FILE:ILLEGAL_PATH", "FILE:FILE_ALREADY_EXISTS", "FILE:ACCESS_DENIED"],
    example: r#"<file:create-directory config-ref="desk" directoryPath="archive"/>"#,
    make: Make::Void(|node| Box::new(Change::of(node, Task::CreateDirectory, folder(node)))),
    ..Spec::NEW
};

/// What is done with a file and a folder that it goes to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Copy,
    Move,
}

impl Action {
    fn name(self) -> &'static str {
        if self == Action::Copy { "copy" } else { "move" }
    }
}

/// What a transfer does about what is there.
#[derive(Clone, Copy)]
struct Manner {
    action: Action,
    creates_folders: bool,
    overwrites: bool,
}

/// Copies or moves a file.
pub struct Transfer {
    folder: Folder,
    from: Expression,
    to: Expression,
    creates_folders: Expression,
    overwrites: Expression,
    name: Option<Expression>,
    action: Action,
}

impl Transfer {
    /// What an element says.
    pub fn of(node: &Node<'_>, action: Action, folder: Folder) -> Self {
        Self {
            folder,
            from: node.expression("sourcePath"),
            to: node.expression("targetPath"),
            creates_folders: node.expression("createParentDirectories"),
            overwrites: node.expression("overwrite"),
            name: node.value("renameTo"),
            action,
        }
    }
}

impl Processor for Transfer {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (from, to) = (self.from.text(event)?.unwrap_or_default(), self.to.text(event)?.unwrap_or_default());
            let name =
                self.name.as_ref().map_or(Ok(None), |name| name.text(event))?.filter(|name| !name.trim().is_empty());
            let manner = Manner {
                action: self.action,
                creates_folders: self.creates_folders.boolean(event)?,
                overwrites: self.overwrites.boolean(event)?,
            };
            let done = self.folder.work(event, move |folder| {
                let source = folder.existing(&from)?;
                transfer(folder, &source, &folder.path(&to)?, name, manner)
            });
            done.await
        })
    }
}

/// Where a file goes: into the target where that is a folder or can become one, else in its place.
fn destination(
    folder: &Folder,
    source: &Attributes,
    target: &Path,
    name: Option<String>,
    manner: Manner,
) -> Result<PathBuf, Problem> {
    let inside = target.join(name.unwrap_or_else(|| source.name()));
    if let Some(there) = folder.find(target)? {
        if there.is_folder() {
            let merges = source.is_folder() && source.name() == there.name();
            return if merges && !manner.overwrites { Err(already(target)) } else { Ok(inside) };
        }
        return if manner.overwrites { Ok(target.to_path_buf()) } else { Err(already(target)) };
    }
    if !manner.creates_folders {
        let action = manner.action.name();
        return Err(Problem::path(format!(
            "Can't {action} '{}' to '{}' because the destination path doesn't exist",
            source.path.display(),
            target.display()
        )));
    }
    folder.create_folders(target)?;
    Ok(inside)
}

fn already(path: &Path) -> Problem {
    let path = path.display();
    Problem::exists(format!(
        "'{path}' already exists. Set the 'overwrite' parameter to 'true' to perform the operation anyway"
    ))
}

fn transfer(
    folder: &Folder,
    source: &Attributes,
    target: &Path,
    name: Option<String>,
    manner: Manner,
) -> Result<(), Problem> {
    let target = destination(folder, source, target, name, manner)?;
    // A new name must not lead out of the folder either.
    let target = folder.path(&target.to_string_lossy())?;
    if !manner.overwrites && folder.find(&target)?.is_some() {
        return Err(already(&target));
    }
    if target.starts_with(&source.path) {
        let message = format!("Can't {} '{}' into itself", manner.action.name(), source.path.display());
        return Err(Problem::path(message));
    }
    match manner.action {
        Action::Copy => copy(&**folder, source, &target),
        Action::Move => folder.rename(source, &target),
    }
}

/// What is done with one path.
#[derive(Clone, Copy)]
pub enum Task {
    Rename,
    Delete,
    CreateDirectory,
}

/// Renames or deletes a file, or creates a folder.
pub struct Change {
    folder: Folder,
    path: Expression,
    to: Option<Expression>,
    overwrites: Option<Expression>,
    task: Task,
}

impl Change {
    /// What an element says.
    pub fn of(node: &Node<'_>, task: Task, folder: Folder) -> Self {
        let path = if matches!(task, Task::CreateDirectory) { "directoryPath" } else { "path" };
        let (to, overwrites) = (node.value("to"), node.value("overwrite"));
        Self { folder, path: node.expression(path), to, overwrites, task }
    }
}

impl Processor for Change {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (path, task) = (self.path.text(event)?.unwrap_or_default(), self.task);
            let to = self.to.as_ref().map_or(Ok(None), |to| to.text(event))?.unwrap_or_default();
            let overwrites = self.overwrites.as_ref().map_or(Ok(false), |overwrites| overwrites.boolean(event))?;
            let done = self.folder.work(event, move |folder| match task {
                Task::Rename => new_name(folder, &folder.existing(&path)?, &to, overwrites),
                Task::Delete => folder.remove(&folder.existing(&path)?),
                Task::CreateDirectory => {
                    let path = folder.path(&path)?;
                    match folder.find(&path)? {
                        Some(_) => Err(Problem::exists(format!("Directory '{}' already exists", path.display()))),
                        None => folder.create_folders(&path),
                    }
                }
            });
            done.await
        })
    }
}

/// Moves a file into a folder, which is made if it is not there.
///
/// # Errors
/// A file that is there already and may not be overwritten; what the system refuses.
pub fn move_into(
    folder: &Folder,
    source: &Attributes,
    target: &str,
    name: Option<String>,
    overwrites: bool,
) -> Result<(), Problem> {
    let manner = Manner { action: Action::Move, creates_folders: true, overwrites };
    transfer(folder, source, &folder.path(target)?, name, manner)
}

/// Gives a file another name in its folder.
///
/// # Errors
/// A file that is there already and may not be overwritten; what the system refuses.
pub fn new_name(folder: &Folder, source: &Attributes, to: &str, overwrites: bool) -> Result<(), Problem> {
    let target = folder.path(&source.path.with_file_name(to).to_string_lossy())?;
    if !overwrites && folder.find(&target)?.is_some() {
        let (source, target) = (source.path.display(), target.display());
        return Err(Problem::exists(format!("'{source}' cannot be renamed because '{target}' already exists")));
    }
    folder.rename(source, &target)
}
