//! A value with its media type: text and bytes stay as they came until an expression reads them.

use super::{FileContent, Octets};
use crate::diag::Fault;
use crate::format::{Format, Input, MediaType, registry};
use crate::script;
use crate::value::{Charset, Str, Value, ops};
use bytes::Bytes;
use std::io::Cursor;
use std::sync::{Arc, LazyLock, OnceLock};

/// A payload, attributes or a variable. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Typed(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    content: Content,
    media: MediaType,
    /// What expressions see, once one has looked.
    read: OnceLock<Result<Value, Fault>>,
}

/// What is there.
#[derive(Clone, Debug)]
pub enum Content {
    /// A value as an expression gave it.
    Value(Value),
    /// Bytes as they came from outside or from a writer.
    Bytes(Bytes),
    /// The bytes of a large file, which are not read yet.
    File(FileContent),
}

/// The media type of values that no format describes.
const JAVA: &str = "application/java";
/// The media type of what nobody labelled.
const ANY: &str = "*/*";

impl Typed {
    /// Content of a media type.
    pub fn new(content: Content, media: MediaType) -> Self {
        Self(Arc::new(Inner { content, media, read: OnceLock::new() }))
    }

    /// A value of an expression: of the media type it was read as, where it was read as a whole, else
    /// `application/java`.
    pub fn value(value: Value) -> Self {
        let is_text = matches!(value.bare(), Value::String(_) | Value::Binary(_));
        let media = match value.schema().and_then(|schema| schema.text("mediaType")) {
            Some(read_as) if !is_text => media(read_as),
            _ => java(),
        };
        Self::new(Content::Value(value), media)
    }

    /// A value labelled with a media type.
    pub fn labelled(value: Value, media: MediaType) -> Self {
        Self::new(Content::Value(value), media)
    }

    /// Text as it stands in the configuration.
    pub fn literal(text: &str) -> Self {
        Self::new(Content::Value(Value::string(text)), media(ANY))
    }

    /// Bytes of a media type.
    pub fn bytes(bytes: impl Into<Bytes>, media: MediaType) -> Self {
        Self::new(Content::Bytes(bytes.into()), media)
    }

    /// The content of a large file.
    pub fn file(content: FileContent, media: MediaType) -> Self {
        Self::new(Content::File(content), media)
    }

    /// Nothing. Every event shares it.
    pub fn null() -> Self {
        static NULL: LazyLock<Typed> = LazyLock::new(|| Typed::value(Value::Null));
        NULL.clone()
    }

    /// What is there, unread.
    pub fn content(&self) -> &Content {
        &self.0.content
    }

    /// The media type with its parameters.
    pub fn media(&self) -> &MediaType {
        &self.0.media
    }

    /// The same content under another label.
    pub fn with_media(&self, media: MediaType) -> Self {
        Self::new(self.0.content.clone(), media)
    }

    /// Whether it is an object that no format describes: what Java would hold in a map.
    pub fn is_java_map(&self) -> bool {
        self.0.media.essence() == JAVA
            && matches!(&self.0.content, Content::Value(value) if matches!(value.bare(), Value::Object(_)))
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(&self.0.content, Content::Value(value) if value.is_null())
    }

    /// Whether it is text, whatever its label says.
    pub fn is_text(&self) -> bool {
        matches!(&self.0.content, Content::Value(value) if matches!(value.bare(), Value::String(_)))
    }

    /// Whether it is the same content.
    pub fn is_equal(&self, other: &Typed) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || match (&self.0.content, &other.0.content) {
                (Content::Value(a), Content::Value(b)) => ops::equal(a, b).unwrap_or(false),
                (Content::Bytes(a), Content::Bytes(b)) => a == b,
                _ => false,
            }
    }

    /// The value as expressions see it: text and bytes whose label names a structured format are read as it, once.
    ///
    /// # Errors
    /// Content that is not what its label says.
    pub fn read(&self) -> Result<Value, Fault> {
        match &self.0.content {
            Content::Value(value) if !self.is_document(value) => Ok(value.clone()),
            _ => self.0.read.get_or_init(|| self.parse()).clone(),
        }
    }

    /// The value for whoever takes it apart from front to back, once: a document is read while that happens, and is
    /// never in memory as a whole.
    ///
    /// # Errors
    /// Content that is not what its label says; later parts tell of theirs.
    pub fn open(&self) -> Result<Value, Fault> {
        match &self.0.content {
            _ if structured(&self.0.media).is_none() => self.read(),
            Content::Bytes(bytes) => script::read(Input::stream("payload", Cursor::new(bytes.clone())), &self.0.media),
            Content::File(file) => file.stream(&self.0.media),
            Content::Value(_) => self.read(),
        }
    }

    /// The value with its media type on it, for expressions that select `^mimeType` or `^mediaType`.
    ///
    /// # Errors
    /// Content that is not what its label says.
    pub fn read_labelled(&self) -> Result<Value, Fault> {
        let value = self.read()?;
        if value.is_null() {
            return Ok(value);
        }
        let mut schema = value.schema().cloned().unwrap_or_default();
        for (name, text) in [("mimeType", self.0.media.essence().to_string()), ("mediaType", self.0.media.to_string())]
        {
            if schema.text(name).is_none() {
                schema.0.push((Str::from(name), text.into()));
            }
        }
        Ok(value.with_schema(schema))
    }

    /// Whether a value is the text or the bytes of a document.
    fn is_document(&self, value: &Value) -> bool {
        matches!(value.bare(), Value::String(_) | Value::Binary(_)) && structured(&self.0.media).is_some()
    }

    fn parse(&self) -> Result<Value, Fault> {
        if let Content::File(file) = &self.0.content
            && structured(&self.0.media).is_some()
        {
            return file.read(&self.0.media);
        }
        let bytes = self.to_bytes()?;
        let media = &self.0.media;
        if structured(media).is_none() && media.essence() != "text/plain" {
            return Ok(match media.essence().starts_with("text/") {
                true => Value::string(charset(media)?.decode(&bytes)?),
                false => Value::Binary(Arc::new(bytes.to_vec())),
            });
        }
        let value = script::read(Input::memory("payload", &*bytes), media)?;
        value.settle()?;
        Ok(value)
    }

    /// The bytes, as they go over a wire or into a file: text in its character set, anything else as its media type
    /// says, and as JSON where that says nothing.
    ///
    /// # Errors
    /// A value that the format cannot hold.
    pub fn octets(&self) -> Result<Octets, Fault> {
        let value = match &self.0.content {
            Content::Bytes(bytes) => return Ok(Octets::Bytes(bytes.clone())),
            Content::File(file) => return Ok(Octets::File(file.clone())),
            Content::Value(value) => value,
        };
        Ok(Octets::Bytes(match value.bare() {
            Value::Null => Bytes::new(),
            Value::Binary(bytes) => Bytes::copy_from_slice(bytes),
            Value::String(text) => charset(&self.0.media)?.encode(text).into(),
            _ => return Octets::written(|out| script::write(value.clone(), &self.written_as(), out)),
        }))
    }

    /// The same, in memory as a whole.
    ///
    /// # Errors
    /// As for [`Typed::octets`].
    pub fn to_bytes(&self) -> Result<Bytes, Fault> {
        self.octets()?.into_bytes()
    }

    /// The media type of [`Typed::to_bytes`].
    pub fn written_as(&self) -> MediaType {
        let is_plain = matches!(&self.0.content, Content::Value(v)
            if !matches!(v.bare(), Value::Null | Value::String(_) | Value::Binary(_)));
        if is_plain && structured(&self.0.media).is_none() { media("application/json") } else { self.0.media.clone() }
    }

    /// The text, as a log shows it.
    pub fn to_text(&self) -> String {
        match self.to_bytes() {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(fault) => format!("<{fault}>"),
        }
    }
}

/// The format that reads documents of this type; `None` for plain text, octets, Java values and unknown types.
pub fn structured(media: &MediaType) -> Option<&'static dyn Format> {
    if matches!(media.essence(), JAVA | ANY) {
        return None;
    }
    registry::by_media_type(media).ok().filter(|format| !matches!(format.id(), "text" | "binary"))
}

/// A media type of this program's own; text that is none counts as octets.
pub fn media(text: &str) -> MediaType {
    MediaType::parse(text).unwrap_or_else(|_| MediaType::plain("application/octet-stream"))
}

/// `application/java`.
pub fn java() -> MediaType {
    MediaType::plain(JAVA)
}

fn charset(media: &MediaType) -> Result<Charset, Fault> {
    Ok(media.charset()?.unwrap_or(Charset::UTF_8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_read_and_text_is_not() {
        let labelled = |text: &str, label: &str| Typed::labelled(Value::string(text), media(label)).read().unwrap();
        assert_eq!(labelled("[1]", "application/json").type_name(), "Array");
        assert_eq!(labelled("[1]", "text/plain").type_name(), "String");
        assert_eq!(labelled("[1]", ANY).type_name(), "String");
        assert_eq!(Typed::bytes("a,b\n1,2", media("text/csv")).read().unwrap().type_name(), "Array");
        assert_eq!(Typed::bytes("x", media("image/png")).read().unwrap().type_name(), "Binary");
        assert!(Typed::bytes("{", media("application/json")).read().is_err());
    }

    #[test]
    fn values_keep_the_type_they_were_read_as() {
        let read = Typed::bytes(r#"{"a": 1}"#, media("application/json")).read().unwrap();
        let again = Typed::value(read);
        assert_eq!(again.media().essence(), "application/json");
        assert_eq!(again.to_text().replace([' ', '\n'], ""), r#"{"a":1}"#);
        let text = Typed::bytes(r#""a""#, media("application/json")).read().unwrap();
        assert_eq!(Typed::value(text).media().essence(), JAVA);
    }
}
