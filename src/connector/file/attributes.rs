//! What is known of a file: its attributes, and the media type that its name tells.

use crate::flow::event::media;
use crate::format::{MediaType, registry};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What is at a path, after links have been followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Folder,
    File,
    /// A pipe, a device.
    Other,
}

/// What is known of a file.
#[derive(Clone, Debug)]
pub struct Attributes {
    /// Its full path.
    pub path: PathBuf,
    pub kind: FileKind,
    /// Whether the path is that of a link.
    pub is_link: bool,
    /// In bytes.
    pub size: u64,
    /// When it was changed last.
    pub modified: Option<SystemTime>,
    /// When it was created; when it was changed last where that is not known.
    pub created: Option<SystemTime>,
    /// When it was read last.
    pub accessed: Option<SystemTime>,
    /// The bits of a Unix file; files of this machine have none here.
    pub permissions: Option<u32>,
}

impl Attributes {
    /// What this machine says of a path.
    pub fn local(path: &Path, is_link: bool, metadata: &Metadata) -> Self {
        let kind = if metadata.is_dir() {
            FileKind::Folder
        } else if metadata.is_file() {
            FileKind::File
        } else {
            FileKind::Other
        };
        Self {
            path: path.to_path_buf(),
            kind,
            is_link,
            size: metadata.len(),
            modified: metadata.modified().ok(),
            created: metadata.created().or_else(|_| metadata.modified()).ok(),
            accessed: metadata.accessed().ok(),
            permissions: None,
        }
    }

    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.kind == FileKind::Folder
    }

    /// Whether it is a file.
    pub fn is_file(&self) -> bool {
        self.kind == FileKind::File
    }

    /// The name without the folder.
    pub fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
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
