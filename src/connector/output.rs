//! What operations that give content have in common: the label it gets, and elements that say how it is kept.

use crate::flow::build::Node;
use crate::flow::event::Typed;
use crate::flow::spec::{Attribute, Kind, Occurs, Part, Spec};
use crate::format::MediaType;

/// A value under the label that `outputMimeType` and `outputEncoding` give it.
pub struct Relabel {
    media: Option<MediaType>,
    encoding: Option<String>,
}

/// The attributes that [`Relabel::of`] reads.
pub const OUTPUT_MIME_TYPE: Attribute = Attribute::new(
    "outputMimeType",
    Kind::Text,
    "The media type that the content is taken for, whatever its source says.",
);
/// See [`OUTPUT_MIME_TYPE`].
pub const OUTPUT_ENCODING: Attribute =
    Attribute::new("outputEncoding", Kind::Text, "The character set that the content is taken for.");

impl Relabel {
    /// What an element says.
    pub fn of(node: &Node<'_>) -> Self {
        let media = node.text("outputMimeType").and_then(|text| {
            let read = MediaType::parse(&text);
            read.map_err(|fault| node.refuse("outputMimeType", fault)).ok()
        });
        Self { media, encoding: node.text("outputEncoding") }
    }

    /// The value under its label.
    pub fn on(&self, value: Typed) -> Typed {
        let media = self.media.as_ref().unwrap_or(value.media()).clone();
        match &self.encoding {
            Some(encoding) => value.with_media(media.with_parameter("charset", encoding)),
            None if self.media.is_none() => value,
            None => value.with_media(media),
        }
    }
}

/// A spec of how a stream is kept; here every body is kept whole and can be read again.
macro_rules! stream_strategy {
    ($id:ident, $name:literal) => {
        static $id: Spec = Spec {
            name: $name,
            doc: "Accepted; content is kept whole and can be read any number of times.",
            attributes: &[
                Attribute::new("initialBufferSize", Kind::Integer, "Has no effect here."),
                Attribute::new("bufferSizeIncrement", Kind::Integer, "Has no effect here."),
                Attribute::new("maxBufferSize", Kind::Integer, "Has no effect here."),
                Attribute::new("inMemorySize", Kind::Integer, "Has no effect here."),
                Attribute::new("maxInMemorySize", Kind::Integer, "Has no effect here."),
                Attribute::new("bufferUnit", Kind::Text, "Has no effect here."),
            ],
            ..Spec::NEW
        };
    };
}

stream_strategy!(NON_REPEATABLE, "non-repeatable-stream");
stream_strategy!(IN_MEMORY, "repeatable-in-memory-stream");
stream_strategy!(IN_FILE, "ee:repeatable-file-store-stream");

/// The stream strategies that a source or an operation may have.
pub const NON_REPEATABLE_STREAM: Part = Part { spec: &NON_REPEATABLE, occurs: Occurs::Optional };
/// See [`NON_REPEATABLE_STREAM`].
pub const IN_MEMORY_STREAM: Part = Part { spec: &IN_MEMORY, occurs: Occurs::Optional };
/// See [`NON_REPEATABLE_STREAM`].
pub const IN_FILE_STREAM: Part = Part { spec: &IN_FILE, occurs: Occurs::Optional };
