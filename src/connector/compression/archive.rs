//! `compression:archive`, `compression:extract`: archives of several entries.

use super::compress::{COMPRESSED, chosen, packed};
use super::content::{Allowance, Packed, not_compressed};
use super::{FORCE_ZIP64, zip};
use crate::connector::apart::{Problem, apart};
use crate::connector::output::{
    IN_FILE_STREAM, IN_MEMORY_STREAM, NON_REPEATABLE_STREAM, OUTPUT_ENCODING, OUTPUT_MIME_TYPE, Relabel,
};
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Body, Make, Occurs, Part, Spec};
use crate::value::Value;
use futures_util::future::BoxFuture;

/// `compression:archive`
pub static ARCHIVE: Spec = Spec {
    name: "compression:archive",
    doc: "Makes an archive. A `/` in the name of an entry parts folders.",
    attributes: &[OUTPUT_MIME_TYPE, OUTPUT_ENCODING],
    parts: &[
        Part { spec: &ENTRIES, occurs: Occurs::Optional },
        Part { spec: &ARCHIVER, occurs: Occurs::Once },
        NON_REPEATABLE_STREAM,
        IN_MEMORY_STREAM,
        IN_FILE_STREAM,
    ],
    errors: &["COMPRESSION:COULD_NOT_COMPRESS"],
    example: r##"<compression:archive>
  <compression:entries>#[{'readme.txt': "see orders", 'orders/today.json': payload}]</compression:entries>
  <compression:archiver><compression:zip-archiver/></compression:archiver>
</compression:archive>"##,
    make: Make::Operation(|node| {
        let format = chosen(node, ARCHIVER.name);
        Box::new(Archive {
            entries: node.content_of(ENTRIES.name),
            forces_zip64: format.is_some_and(|format| format.boolean(FORCE_ZIP64.name)),
            label: Relabel::of(node),
        })
    }),
    ..Spec::NEW
};

/// `compression:extract`
pub static EXTRACT: Spec = Spec {
    name: "compression:extract",
    doc: "Takes an archive apart: the payload is an object with the content of each entry under its full name, as in \
          `payload['orders/today.json']`. Content that grows to more than 256 MB and to more than a hundred times its \
          size is refused, and in any case more than 1 GB.",
    attributes: &[OUTPUT_MIME_TYPE, OUTPUT_ENCODING],
    parts: &[
        Part { spec: &COMPRESSED, occurs: Occurs::Optional },
        Part { spec: &EXTRACTOR, occurs: Occurs::Once },
        NON_REPEATABLE_STREAM,
        IN_MEMORY_STREAM,
        IN_FILE_STREAM,
    ],
    errors: &["COMPRESSION:INVALID_ARCHIVE", "COMPRESSION:COULD_NOT_DECOMPRESS"],
    example: r##"<compression:extract>
  <compression:extractor><compression:zip-extractor/></compression:extractor>
</compression:extract>"##,
    make: Make::Operation(|node| {
        chosen(node, EXTRACTOR.name);
        Box::new(Extract { compressed: node.content_of(COMPRESSED.name), label: Relabel::of(node) })
    }),
    ..Spec::NEW
};

static ENTRIES: Spec = Spec {
    name: "compression:entries",
    doc: "An object with the content of each entry under its name, `#[payload]` if it is left out.",
    body: Body::Value,
    ..Spec::NEW
};

static ARCHIVER: Spec = Spec {
    name: "compression:archiver",
    doc: "The format, its element.",
    parts: &[Part { spec: &ZIP_ARCHIVER, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static EXTRACTOR: Spec = Spec {
    name: "compression:extractor",
    doc: "The format, its element.",
    parts: &[Part { spec: &ZIP_EXTRACTOR, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static ZIP_ARCHIVER: Spec =
    Spec { name: "compression:zip-archiver", doc: "ZIP.", attributes: &[FORCE_ZIP64], ..Spec::NEW };
static ZIP_EXTRACTOR: Spec = Spec { name: "compression:zip-extractor", doc: "ZIP.", ..Spec::NEW };

struct Archive {
    entries: Expression,
    forces_zip64: bool,
    label: Relabel,
}

impl Processor for Archive {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let entries = self.entries.value(event)?;
            let forces_zip64 = self.forces_zip64;
            let archive = apart(event, move || zip::pack(&named(&entries)?, forces_zip64)).await?;
            event.message = Message::of(self.label.on(archive));
            Ok(())
        })
    }
}

/// The entries that an object says.
fn named(entries: &Value) -> Result<Vec<(String, Packed)>, Problem> {
    let object = match entries.bare() {
        Value::Object(object) => object,
        Value::Null => return Err(not_compressed("the entries parameter is null")),
        other => return Err(not_compressed(&format!("the entries have to be an Object, not {}", other.type_name()))),
    };
    let entry = |(name, content): (String, &Value)| {
        let bytes = match content.is_null() {
            true => Err("it is null".to_string()),
            false => Packed::of(&Typed::value(content.clone())),
        };
        let bytes = bytes.map_err(|why| not_compressed(&format!("cannot archive entry [{name}]: {why}")))?;
        Ok((name, bytes))
    };
    object.iter().map(|pair| entry((pair.name.local.to_string(), pair.value))).collect()
}

struct Extract {
    compressed: Expression,
    label: Relabel,
}

impl Processor for Extract {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let compressed = self.compressed.typed(event)?;
            let contents = apart(event, move || {
                let packed = packed(&compressed)?;
                zip::unpack_all(&packed, Allowance::in_memory(packed.length()))
            });
            let contents = Typed::value(Value::Object(contents.await?));
            event.message = Message::of(self.label.on(contents));
            Ok(())
        })
    }
}
