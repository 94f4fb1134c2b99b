//! `parse-template`

use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Template;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::format::{MediaType, registry};
use crate::text::Source;
use crate::value::{Charset, Value};
use futures_util::future::BoxFuture;
use std::path::Path;

static CONTENT: Spec =
    Spec { name: "content", doc: "The template, with `#[…]` anywhere in it.", body: Body::Template, ..Spec::NEW };

/// `parse-template`
pub static SPEC: Spec = Spec {
    name: "parse-template",
    doc: "Fills in a text with `#[…]` anywhere in it, which stands in the element or in a file, and makes it the payload. \
          `\\#[` stands for the text `#[`. Attributes are null afterwards.",
    attributes: &[
        Attribute::new("content", Kind::Template, "The template; `content` may be an element as well."),
        Attribute::new("location", Kind::Text, "The template's file, among the app's resources."),
        Attribute::new(
            "outputMimeType",
            Kind::Text,
            "The media type of the result; that of the file's extension without it.",
        ),
        Attribute::new(
            "outputEncoding",
            Kind::Text,
            "The character set of the file, and the one the result is labelled with.",
        ),
    ],
    parts: &[Part { spec: &CONTENT, occurs: Occurs::Optional }],
    errors: &["MULE:EXPRESSION"],
    example: r##"<parse-template outputMimeType="text/html">
  <content><![CDATA[<p>Dear #[vars.guest], bring #[payload.bring].</p>]]></content>
</parse-template>"##,
    make: Make::Operation(|node| Box::new(ParseTemplate::of(node))),
    ..Spec::NEW
};

struct ParseTemplate {
    template: Option<Template>,
    media: Option<MediaType>,
    /// Whether it says what goes into a target without saying which.
    lacks_target: bool,
}

impl ParseTemplate {
    fn of(node: &Node<'_>) -> Self {
        let content = node.part("content");
        let template = match (&content, node.has("content"), node.text("location")) {
            (Some(content), false, None) => content.content_template(),
            (None, true, None) => node.template("content"),
            (None, false, Some(location)) => from_file(node, &location),
            _ => {
                let fault = Fault::new(Code::Configuration, "`parse-template` takes either `content` or `location`");
                node.refuse("location", fault.help("name a file, or write the template into the element"));
                None
            }
        };
        let is_default = node.text("targetValue").is_none_or(|value| value.replace(' ', "") == "#[payload]");
        Self { template, media: media(node), lacks_target: !is_default && !node.has("target") }
    }
}

/// The template in a file.
fn from_file(node: &Node<'_>, location: &str) -> Option<Template> {
    let read = node.builder.folders().resource(location).map(|path| text_of(&path, node.text("outputEncoding")));
    match read {
        Some(Ok(text)) => node.template_of(&Source::new(location, text)),
        Some(Err(fault)) => {
            node.refuse("location", fault);
            None
        }
        None => {
            let fault = Fault::new(Code::Configuration, format!("Template location: {location} not found"));
            node.refuse("location", fault.help("it is looked for in src/main/resources, or beside the app's file"));
            None
        }
    }
}

fn text_of(path: &Path, encoding: Option<String>) -> Result<String, Fault> {
    let bytes =
        std::fs::read(path).map_err(|e| Fault::new(Code::Io, format!("cannot read {}: {e}", path.display())))?;
    let charset = encoding.map_or(Ok(Charset::UTF_8), |name| Charset::named(&name))?;
    charset.decode(&bytes).map(|text| text.to_string())
}

/// What the result is labelled with, where anything says it.
fn media(node: &Node<'_>) -> Option<MediaType> {
    let guessed = || {
        let location = node.text("location")?;
        match location.rsplit_once('.')?.1 {
            "html" | "htm" => Some(MediaType::plain("text/html")),
            extension => registry::by_extension(extension).map(|format| MediaType::plain(format.mime_type())),
        }
    };
    let media = match node.text("outputMimeType").map(|text| MediaType::parse(&text)) {
        Some(Ok(media)) => media,
        Some(Err(fault)) => {
            node.refuse("outputMimeType", fault);
            return None;
        }
        None => guessed()?,
    };
    Some(match node.text("outputEncoding") {
        Some(encoding) => media.with_parameter("charset", &encoding),
        None => media,
    })
}

impl Processor for ParseTemplate {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            if self.lacks_target {
                let error = Error::mule("UNKNOWN", "Can't define a targetValue with no target");
                return Err(error.with_cause("java.lang.IllegalArgumentException"));
            }
            let text = self.template.as_ref().map_or_else(|| Ok(String::new()), |template| template.text(event))?;
            event.message = Message::of(match &self.media {
                Some(media) => Typed::labelled(Value::string(text), media.clone()),
                None => Typed::literal(&text),
            });
            Ok(())
        })
    }
}
