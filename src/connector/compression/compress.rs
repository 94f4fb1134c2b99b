//! `compression:compress`, `compression:decompress`: one content.

use super::content::{Allowance, Packed, invalid, not_compressed, not_decompressed};
use super::{FORCE_ZIP64, gzip, zip};
use crate::connector::apart::{Problem, apart};
use crate::connector::output::{
    IN_FILE_STREAM, IN_MEMORY_STREAM, NON_REPEATABLE_STREAM, OUTPUT_ENCODING, OUTPUT_MIME_TYPE, Relabel,
};
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Body, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;

/// `compression:compress`
pub static COMPRESS: Spec = Spec {
    name: "compression:compress",
    doc: "Compresses content. As ZIP it becomes an archive with the entry `data`.",
    attributes: &[OUTPUT_MIME_TYPE, OUTPUT_ENCODING],
    parts: &[
        Part { spec: &CONTENT, occurs: Occurs::Optional },
        Part { spec: &COMPRESSOR, occurs: Occurs::Once },
        NON_REPEATABLE_STREAM,
        IN_MEMORY_STREAM,
        IN_FILE_STREAM,
    ],
    errors: &["COMPRESSION:COULD_NOT_COMPRESS"],
    example: r##"<compression:compress>
  <compression:content>#[vars.report]</compression:content>
  <compression:compressor><compression:gzip-compressor/></compression:compressor>
</compression:compress>"##,
    make: Make::Operation(|node| {
        let format = chosen(node, COMPRESSOR.name);
        let forces_zip64 = format.as_ref().is_some_and(|format| format.boolean(FORCE_ZIP64.name));
        let strategy = match format.map(|format| format.spec.name) {
            Some("compression:zip-compressor") => Strategy::Zip { forces_zip64 },
            _ => Strategy::Gzip,
        };
        Box::new(Compress { content: node.content_of(CONTENT.name), strategy, label: Relabel::of(node) })
    }),
    ..Spec::NEW
};

/// `compression:decompress`
pub static DECOMPRESS: Spec = Spec {
    name: "compression:decompress",
    doc: "Decompresses content. An archive may have one entry only. Content that grows to more than 256 MB and to more than \
          a hundred times its size is refused.",
    attributes: &[OUTPUT_MIME_TYPE, OUTPUT_ENCODING],
    parts: &[
        Part { spec: &COMPRESSED, occurs: Occurs::Optional },
        Part { spec: &DECOMPRESSOR, occurs: Occurs::Once },
        NON_REPEATABLE_STREAM,
        IN_MEMORY_STREAM,
        IN_FILE_STREAM,
    ],
    errors: &["COMPRESSION:INVALID_ARCHIVE", "COMPRESSION:TOO_MANY_ENTRIES", "COMPRESSION:COULD_NOT_DECOMPRESS"],
    example: r##"<compression:decompress outputMimeType="application/json">
  <compression:decompressor><compression:gzip-decompressor/></compression:decompressor>
</compression:decompress>"##,
    make: Make::Operation(|node| {
        let strategy = match chosen(node, DECOMPRESSOR.name).map(|format| format.spec.name) {
            Some("compression:zip-decompressor") => Strategy::Zip { forces_zip64: false },
            _ => Strategy::Gzip,
        };
        Box::new(Decompress { compressed: node.content_of(COMPRESSED.name), strategy, label: Relabel::of(node) })
    }),
    ..Spec::NEW
};

static CONTENT: Spec = Spec {
    name: "compression:content",
    doc: "What is compressed, `#[payload]` if it is left out.",
    body: Body::Value,
    ..Spec::NEW
};

/// What is decompressed or taken apart.
pub static COMPRESSED: Spec = Spec {
    name: "compression:compressed",
    doc: "The compressed content, `#[payload]` if it is left out.",
    body: Body::Value,
    ..Spec::NEW
};

static COMPRESSOR: Spec = Spec {
    name: "compression:compressor",
    doc: "The format, one of its elements.",
    parts: &[
        Part { spec: &ZIP_COMPRESSOR, occurs: Occurs::Optional },
        Part { spec: &GZIP_COMPRESSOR, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

static DECOMPRESSOR: Spec = Spec {
    name: "compression:decompressor",
    doc: "The format, one of its elements.",
    parts: &[
        Part { spec: &ZIP_DECOMPRESSOR, occurs: Occurs::Optional },
        Part { spec: &GZIP_DECOMPRESSOR, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

static ZIP_COMPRESSOR: Spec =
    Spec { name: "compression:zip-compressor", doc: "ZIP.", attributes: &[FORCE_ZIP64], ..Spec::NEW };
static GZIP_COMPRESSOR: Spec = Spec { name: "compression:gzip-compressor", doc: "GZIP.", ..Spec::NEW };
static ZIP_DECOMPRESSOR: Spec = Spec { name: "compression:zip-decompressor", doc: "ZIP.", ..Spec::NEW };
static GZIP_DECOMPRESSOR: Spec = Spec { name: "compression:gzip-decompressor", doc: "GZIP.", ..Spec::NEW };

/// The element in a part that names the format; another number than one is noted.
pub fn chosen<'a>(node: &Node<'a>, part: &str) -> Option<Node<'a>> {
    let part = node.part(part)?;
    let found: Vec<_> = part.spec.parts.iter().filter_map(|format| part.part(format.spec.name)).collect();
    if found.len() != 1 {
        let names: Vec<_> = part.spec.parts.iter().map(|format| format!("`{}`", format.spec.name)).collect();
        let message = format!("`{}` takes exactly one format, not {}", part.spec.name, found.len());
        let fault = Fault::new(Code::Configuration, message).help(format!("it is one of {}", names.join(", ")));
        node.builder.note(fault.at(|| part.element.start()));
    }
    found.into_iter().next()
}

#[derive(Clone, Copy)]
enum Strategy {
    Zip { forces_zip64: bool },
    Gzip,
}

struct Compress {
    content: Expression,
    strategy: Strategy,
    label: Relabel,
}

impl Processor for Compress {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let content = self.content.typed(event)?;
            let strategy = self.strategy;
            let packed = apart(event, move || compress(&content, strategy)).await?;
            event.message = Message::of(self.label.on(packed));
            Ok(())
        })
    }
}

fn compress(content: &Typed, strategy: Strategy) -> Result<Typed, Problem> {
    if content.is_null() {
        return Err(not_compressed("cannot compress null content"));
    }
    let content = Packed::of(content).map_err(|why| not_compressed(&why))?;
    match strategy {
        Strategy::Gzip => gzip::compress(&content),
        Strategy::Zip { forces_zip64 } => zip::pack(&[("data".to_string(), content)], forces_zip64),
    }
}

struct Decompress {
    compressed: Expression,
    strategy: Strategy,
    label: Relabel,
}

impl Processor for Decompress {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let compressed = self.compressed.typed(event)?;
            let strategy = self.strategy;
            let plain = apart(event, move || decompress(&compressed, strategy)).await?;
            event.message = Message::of(self.label.on(plain));
            Ok(())
        })
    }
}

fn decompress(compressed: &Typed, strategy: Strategy) -> Result<Typed, Problem> {
    let packed = packed(compressed)?;
    let allowance = Allowance::of(packed.length());
    match strategy {
        Strategy::Gzip => gzip::decompress(&packed, allowance),
        Strategy::Zip { .. } => zip::unpack_one(&packed, allowance),
    }
}

/// The bytes to be decompressed.
///
/// # Errors
/// `INVALID_ARCHIVE` for null, `COULD_NOT_DECOMPRESS` for what has no bytes.
pub fn packed(compressed: &Typed) -> Result<Packed, Problem> {
    if compressed.is_null() {
        return Err(invalid("The provided archive is null "));
    }
    Packed::of(compressed).map_err(|why| not_decompressed(&why))
}
