//! `file:write`

use super::CONFIG_REF;
use super::config::{Folder, Problem, on_disk};
use super::lock::Lock;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Octets};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::fs::OpenOptions;
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
            let content = content.octets().map_err(|fault| Error::expression(&self.content.source(), fault.into()))?;
            let manner = self.manner;
            on_disk(event, move || write(&folder.path(&path)?, content, manner)).await
        })
    }
}

fn write(path: &Path, content: Octets, manner: Manner) -> Result<(), Problem> {
    check(path, manner)?;
    let content = apart(content, path)?;
    let Manner { mode, lock, .. } = manner;
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
    content.write_to(&mut file).map_err(wrong)
}

/// Whether a file may be written in this manner. Makes the folders that it lies in.
fn check(path: &Path, manner: Manner) -> Result<(), Problem> {
    if path.is_dir() {
        return Err(Problem::path(format!("Cannot write to path '{}' because it is a Directory.", path.display())));
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.exists()) {
        if !manner.creates_folders {
            return Err(Problem::path(format!(
                "Cannot write to file '{}' because path to it doesn't exist. Consider setting the \
                 'createParentDirectories' attribute to 'true'",
                path.display()
            )));
        }
        std::fs::create_dir_all(parent).map_err(|e| Problem::io("create the folder", parent, &e))?;
    }
    if matches!(manner.mode, Mode::CreateNew) && path.exists() {
        return Err(Problem::exists(format!(
            "Cannot write to path '{}' because it already exists and write mode 'CREATE_NEW' was selected. Use a \
             different write mode or point to a path which doesn't exist",
            path.display()
        )));
    }
    Ok(())
}

/// Content that stays as it is while a file is written: what comes from that very file is copied before.
fn apart(content: Octets, path: &Path) -> Result<Octets, Problem> {
    match &content {
        Octets::File(file) if file.is_at(path) => {
            Octets::written(|out| content.write_to(out)).map_err(|e| Problem::io("read the file", path, &e))
        }
        _ => Ok(content),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::testing::folder;
    use crate::flow::event::FileContent;

    #[test]
    fn a_large_file_may_be_written_onto_itself() {
        let path = folder().join("large.bin");
        let length = 17 << 20;
        std::fs::write(&path, vec![7; length]).unwrap();
        for (mode, want) in [(Mode::Overwrite, length), (Mode::Append, length * 2)] {
            let content = Octets::File(FileContent::open(&path).unwrap().unwrap());
            write(&path, content, Manner { mode, creates_folders: false, lock: Lock::None }).unwrap();
            assert_eq!(std::fs::read(&path).unwrap(), vec![7; want]);
        }
        std::fs::remove_file(&path).unwrap();
    }
}
