//! What is known of a file: its attributes, and the media type that its name tells.

use super::config::Problem;
use crate::connector::clock::local_time;
use crate::flow::event::{Typed, media};
use crate::format::{MediaType, registry};
use crate::value::temporal::{LocalDateTime, Temporal};
use crate::value::{ObjectBuilder, Value};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// What is known of a file.
#[derive(Clone, Debug)]
pub struct Attributes {
    /// Its full path.
    pub path: PathBuf,
    /// Whether the path is that of a link.
    pub is_link: bool,
    /// What the system says.
    pub metadata: Metadata,
}

impl Attributes {
    /// Asks the system about a path.
    ///
    /// # Errors
    /// There is nothing, or it may not be looked at.
    pub fn of(path: &Path) -> Result<Self, Problem> {
        let wrong = |e| Problem::io("look at", path, &e);
        let own = path.symlink_metadata().map_err(wrong)?;
        // A link that leads nowhere has attributes of its own.
        let metadata = path.metadata().unwrap_or_else(|_| own.clone());
        Ok(Self { path: path.to_path_buf(), is_link: own.is_symlink(), metadata })
    }

    /// The name without the folder.
    pub fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// When it was changed last.
    pub fn modified(&self) -> Option<LocalDateTime> {
        self.metadata.modified().ok().and_then(local_time)
    }

    /// When it was created.
    pub fn created(&self) -> Option<LocalDateTime> {
        self.metadata.created().or_else(|_| self.metadata.modified()).ok().and_then(local_time)
    }

    /// When it was read last.
    pub fn accessed(&self) -> Option<LocalDateTime> {
        self.metadata.accessed().ok().and_then(local_time)
    }

    /// The attributes of its message.
    pub fn typed(&self) -> Typed {
        let time = |time: Option<LocalDateTime>| time.map_or(Value::Null, |time| Value::from(Temporal::from(time)));
        let mut object = ObjectBuilder::with_capacity(9);
        object.field("lastModifiedTime", time(self.modified())).field("lastAccessTime", time(self.accessed()));
        object.field("creationTime", time(self.created()));
        object.field("size", Value::from(self.metadata.len() as i64));
        object.field("regularFile", self.metadata.is_file()).field("directory", self.metadata.is_dir());
        object.field("symbolicLink", self.is_link);
        object.field("path", &*self.path.to_string_lossy()).field("fileName", self.name().as_str());
        Typed::value(object.value())
    }
}

/// The media types of files that no data format describes.
const MEDIA_TYPES: [(&str, &str); 17] = [
    ("txt", "text/plain"),
    ("log", "text/plain"),
    ("html", "text/html"),
    ("htm", "text/html"),
    ("css", "text/css"),
    ("js", "application/javascript"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("zip", "application/zip"),
    ("svg", "image/svg+xml"),
    ("ico", "image/x-icon"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("wasm", "application/wasm"),
];

/// The media type of a file by the end of its name; octets for an unknown one.
pub fn media_type(path: &Path) -> MediaType {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if let Some((_, known)) = MEDIA_TYPES.iter().find(|(known, _)| *known == extension) {
        return media(known);
    }
    media(registry::by_extension(&extension).map_or("application/octet-stream", |format| format.mime_type()))
}
