//! `mimeType` and `encoding`: labels for a value, which convert nothing.

use crate::flow::build::Node;
use crate::flow::event::Typed;
use crate::format::MediaType;

/// What an element says of the media type of its value.
pub struct Label {
    media: Option<MediaType>,
    encoding: Option<String>,
}

impl Label {
    /// What the `mimeType` and `encoding` of an element say; a media type that is none is noted.
    pub fn of(node: &Node<'_>) -> Self {
        let media = node.text("mimeType").and_then(|text| match MediaType::parse(&text) {
            Ok(media) => Some(media),
            Err(fault) => {
                node.refuse("mimeType", fault);
                None
            }
        });
        Self { media, encoding: node.text("encoding") }
    }

    /// The value with the label on it.
    pub fn on(&self, value: Typed) -> Typed {
        let media = match (&self.media, &self.encoding) {
            (None, None) => return value,
            (Some(media), _) => media.clone(),
            (None, Some(_)) => value.media().clone(),
        };
        value.with_media(match &self.encoding {
            Some(encoding) => media.with_parameter("charset", encoding),
            None => media,
        })
    }
}
