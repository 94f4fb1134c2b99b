//! The content of a large file, which stays where it is until somebody reads it, as often as somebody does.

use crate::diag::Fault;
use crate::format::{Input, MediaType};
use crate::script;
use crate::value::{Array, Producer, Replay, Value};
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::Arc;

/// Smaller content is in memory as a whole, in bytes.
pub(super) const SMALL: u64 = 16 << 20;

/// The content of a file. The file is open as long as this is there: it may be moved and removed meanwhile.
#[derive(Clone, Debug)]
pub struct FileContent {
    file: Arc<File>,
    name: String,
}

impl FileContent {
    /// The content of a file; `None` for one that should rather be read at once.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn open(path: &Path) -> io::Result<Option<Self>> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        let is_large = metadata.is_file() && metadata.len() >= SMALL;
        Ok(is_large.then(|| Self { file: Arc::new(file), name: path.display().to_string() }))
    }

    /// The content of an open file, which is called so where something is wrong with it.
    pub fn of(name: &str, file: Arc<File>) -> Self {
        Self { file, name: name.to_string() }
    }

    /// How many bytes there are.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    /// Whether this is what a path leads to.
    pub fn is_at(&self, path: &Path) -> bool {
        let identity = |metadata: Metadata| (metadata.dev(), metadata.ino());
        match (self.file.metadata(), path.metadata()) {
            (Ok(own), Ok(other)) => identity(own) == identity(other),
            _ => false,
        }
    }

    /// The last byte.
    pub(super) fn last(&self) -> Option<u8> {
        let mut last = [0];
        self.file.read_exact_at(&mut last, self.length().ok()?.checked_sub(1)?).ok()?;
        Some(last[0])
    }

    /// The bytes, from the first one on.
    pub fn reader(&self) -> impl Read + Send + Sync + 'static + use<> {
        Bytes { file: self.file.clone(), at: 0 }
    }

    /// All bytes.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn to_vec(&self) -> Result<Vec<u8>, Fault> {
        Input::stream(&self.name, self.reader()).into_vec()
    }

    /// The value that a reader makes of it while somebody takes it apart, once.
    ///
    /// # Errors
    /// Content that is not what the media type says.
    pub fn stream(&self, media: &MediaType) -> Result<Value, Fault> {
        script::read(Input::stream(&self.name, self.reader()), media)
    }

    /// The value for any use: a list is read from the file again each time somebody goes through it.
    ///
    /// # Errors
    /// Content that is not what the media type says.
    pub fn read(&self, media: &MediaType) -> Result<Value, Fault> {
        let value = self.stream(media)?;
        if !matches!(value.bare(), Value::Array(_)) {
            value.settle()?;
            return Ok(value);
        }
        let list = Value::Array(Array::replayed(List { file: self.clone(), media: media.clone() }));
        Ok(match value.schema() {
            Some(schema) => list.with_schema(schema.clone()),
            None => list,
        })
    }
}

/// The bytes of a file from a place on. Each reader has a place of its own.
struct Bytes {
    file: Arc<File>,
    at: u64,
}

impl Read for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read_at(buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

/// The list in a file.
struct List {
    file: FileContent,
    media: MediaType,
}

impl Replay for List {
    fn open(&self) -> Box<dyn Producer> {
        let fault = match self.file.stream(&self.media).map(Value::into_bare) {
            Ok(Value::Array(items)) => return Box::new(items.into_elements()),
            Ok(_) => Fault::internal("a list in a file is none any more"),
            Err(fault) => fault,
        };
        Box::new(std::iter::once(Err(fault)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::event::{Typed, media};

    #[test]
    fn lists_in_large_files_are_read_anew_each_time() {
        let path = std::env::temp_dir().join(format!("dwrun-large-{}.json", std::process::id()));
        let item = format!("{{\"text\": \"{}\"}}", "x".repeat(1 << 20));
        std::fs::write(&path, format!("[{}]", vec![item; 20].join(","))).unwrap();
        let content = FileContent::open(&path).unwrap().unwrap();
        std::fs::remove_file(&path).unwrap();
        let typed = Typed::file(content, media("application/json"));
        for _ in 0..2 {
            let Value::Array(items) = typed.read().unwrap().into_bare() else { panic!("no list") };
            assert!(items.is_replayed());
            assert_eq!(items.iter().filter(|item| item.is_ok()).count(), 20);
        }
        assert_eq!(typed.to_bytes().unwrap().len(), 20 * ((1 << 20) + 12) + 19 + 2);
        assert!(FileContent::open(Path::new(file!())).unwrap().is_none());
    }
}
