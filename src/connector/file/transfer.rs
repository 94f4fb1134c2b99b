//! `file:copy`, `file:move`, `file:rename`, `file:delete`, `file:create-directory`

use super::CONFIG_REF;
use super::config::{Folder, Problem, on_disk};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;
use std::fs;
use std::io;
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
    make: Make::Void(|node| Box::new(Transfer::of(node, Action::Copy))),
    ..Spec::NEW
};

/// `file:move`
pub static MOVE: Spec = Spec {
    name: "file:move",
    doc: "Moves a file or a folder into another folder.",
    attributes: &[CONFIG_REF, FROM, TO, CREATES, OVERWRITE, RENAME],
    errors: &["FILE:ILLEGAL_PATH", "FILE:FILE_ALREADY_EXISTS", "FILE:ACCESS_DENIED"],
    example: r##"<file:move config-ref="desk" sourcePath="order.csv" targetPath="done/" renameTo="#[uuid() ++ '.csv']"/>"##,
    make: Make::Void(|node| Box::new(Transfer::of(node, Action::Move))),
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
    make: Make::Void(|node| Box::new(Change::of(node, "path", Task::Rename))),
    ..Spec::NEW
};

/// `file:delete`
pub static DELETE: Spec = Spec {
    name: "file:delete",
    doc: "Deletes a file, or a folder with all that is in it.",
    attributes: &[CONFIG_REF, PATH],
    errors: &["FILE:ILLEGAL_PATH", "FILE:ACCESS_DENIED"],
    example: r#"<file:delete config-ref="desk" path="draft.txt"/>"#,
    make: Make::Void(|node| Box::new(Change::of(node, "path", Task::Delete))),
    ..Spec::NEW
};

/// `file:create-directory`
pub static CREATE_DIRECTORY: Spec = Spec {
    name: "file:create-directory",
    doc: "Creates a folder, and those around it that are missing.",
    attributes: &[CONFIG_REF, Attribute::required("directoryPath", Kind::Value, "The folder.")],
    errors: &["FILE:ILLEGAL_PATH", "FILE:FILE_ALREADY_EXISTS", "FILE:ACCESS_DENIED"],
    example: r#"<file:create-directory config-ref="desk" directoryPath="archive"/>"#,
    make: Make::Void(|node| Box::new(Change::of(node, "directoryPath", Task::CreateDirectory))),
    ..Spec::NEW
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
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

struct Transfer {
    folder: Folder,
    from: Expression,
    to: Expression,
    creates_folders: Expression,
    overwrites: Expression,
    name: Option<Expression>,
    action: Action,
}

impl Transfer {
    fn of(node: &Node<'_>, action: Action) -> Self {
        Self {
            folder: Folder::of(node),
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
            let folder = self.folder.clone();
            let (from, to) = (self.from.text(event)?.unwrap_or_default(), self.to.text(event)?.unwrap_or_default());
            let name =
                self.name.as_ref().map_or(Ok(None), |name| name.text(event))?.filter(|name| !name.trim().is_empty());
            let manner = Manner {
                action: self.action,
                creates_folders: self.creates_folders.boolean(event)?,
                overwrites: self.overwrites.boolean(event)?,
            };
            on_disk(event, move || {
                let (source, target) = (folder.existing(&from)?, folder.path(&to)?);
                let target = destination(&source, &target, name, manner)?;
                // A new name must not lead out of the folder either.
                transfer(&source, &folder.path(&target.to_string_lossy())?, manner)
            })
            .await
        })
    }
}

/// Where a file goes: into the target where that is a folder or can become one, else in its place.
fn destination(source: &Path, target: &Path, name: Option<String>, manner: Manner) -> Result<PathBuf, Problem> {
    let own = source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let inside = target.join(name.unwrap_or(own));
    if target.is_dir() {
        let merges = source.is_dir() && source.file_name() == target.file_name();
        return if merges && !manner.overwrites { Err(already(target)) } else { Ok(inside) };
    }
    if target.exists() {
        return if manner.overwrites { Ok(target.to_path_buf()) } else { Err(already(target)) };
    }
    if !manner.creates_folders {
        let action = manner.action.name();
        return Err(Problem::path(format!(
            "Can't {action} '{}' to '{}' because the destination path doesn't exist",
            source.display(),
            target.display()
        )));
    }
    fs::create_dir_all(target).map_err(|e| Problem::io("create the folder", target, &e))?;
    Ok(inside)
}

fn already(path: &Path) -> Problem {
    let path = path.display();
    Problem::exists(format!(
        "'{path}' already exists. Set the 'overwrite' parameter to 'true' to perform the operation anyway"
    ))
}

fn transfer(source: &Path, target: &Path, manner: Manner) -> Result<(), Problem> {
    if target.symlink_metadata().is_ok() && !manner.overwrites {
        return Err(already(target));
    }
    if target.starts_with(source) {
        let message = format!("Can't {} '{}' into itself", manner.action.name(), source.display());
        return Err(Problem::path(message));
    }
    let done = match manner.action {
        Action::Copy => copy(source, target),
        Action::Move => rename(source, target),
    };
    done.map_err(|e| Problem::io(manner.action.name(), source, &e))
}

/// Copies a file, or a folder with all that is in it.
fn copy(source: &Path, target: &Path) -> io::Result<()> {
    if !source.is_dir() {
        return fs::copy(source, target).map(drop);
    }
    fs::create_dir_all(target)?;
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        copy(&entry.path(), &target.join(entry.file_name()))?;
    }
    Ok(())
}

/// Moves a file or folder in place of what is there; between disks, it is copied.
fn rename(source: &Path, target: &Path) -> io::Result<()> {
    if target.is_dir() {
        fs::remove_dir_all(target)?;
    }
    match fs::rename(source, target) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            copy(source, target)?;
            delete(source)
        }
        outcome => outcome,
    }
}

fn delete(path: &Path) -> io::Result<()> {
    match path.symlink_metadata()?.is_dir() {
        true => fs::remove_dir_all(path),
        false => fs::remove_file(path),
    }
}

#[derive(Clone, Copy)]
enum Task {
    Rename,
    Delete,
    CreateDirectory,
}

/// What is done with one path.
struct Change {
    folder: Folder,
    path: Expression,
    to: Option<Expression>,
    overwrites: Option<Expression>,
    task: Task,
}

impl Change {
    fn of(node: &Node<'_>, path: &str, task: Task) -> Self {
        let (to, overwrites) = (node.value("to"), node.value("overwrite"));
        Self { folder: Folder::of(node), path: node.expression(path), to, overwrites, task }
    }
}

impl Processor for Change {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (folder, path, task) = (self.folder.clone(), self.path.text(event)?.unwrap_or_default(), self.task);
            let to = self.to.as_ref().map_or(Ok(None), |to| to.text(event))?.unwrap_or_default();
            let overwrites = self.overwrites.as_ref().map_or(Ok(false), |overwrites| overwrites.boolean(event))?;
            on_disk(event, move || match task {
                Task::Rename => new_name(&folder, &folder.existing(&path)?, &to, overwrites),
                Task::Delete => remove(&folder.existing(&path)?),
                Task::CreateDirectory => {
                    let path = folder.path(&path)?;
                    if path.exists() {
                        return Err(Problem::exists(format!("Directory '{}' already exists", path.display())));
                    }
                    fs::create_dir_all(&path).map_err(|e| Problem::io("create the folder", &path, &e))
                }
            })
            .await
        })
    }
}

/// Moves a file into a folder, which is made if it is not there.
///
/// # Errors
/// A file that is there already and may not be overwritten; what the system refuses.
pub fn move_into(
    folder: &Folder,
    source: &Path,
    target: &str,
    name: Option<String>,
    overwrites: bool,
) -> Result<(), Problem> {
    let manner = Manner { action: Action::Move, creates_folders: true, overwrites };
    let target = destination(source, &folder.path(target)?, name, manner)?;
    transfer(source, &folder.path(&target.to_string_lossy())?, manner)
}

/// Deletes a file.
///
/// # Errors
/// What the system refuses.
pub fn remove(path: &Path) -> Result<(), Problem> {
    delete(path).map_err(|e| Problem::io("delete", path, &e))
}

/// Gives a file another name in its folder.
///
/// # Errors
/// A file that is there already and may not be overwritten; what the system refuses.
pub fn new_name(folder: &Folder, source: &Path, to: &str, overwrites: bool) -> Result<(), Problem> {
    let target = folder.path(&source.with_file_name(to).to_string_lossy())?;
    if target.exists() && !overwrites {
        let message = format!("'{}' cannot be renamed because '{}' already exists", source.display(), target.display());
        return Err(Problem::exists(message));
    }
    rename(source, &target).map_err(|e| Problem::io("rename", source, &e))
}
