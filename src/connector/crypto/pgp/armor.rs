//! `crypto:pgp-binary-to-armored`: messages and signatures as text.

use crate::connector::apart::Problem;
use crate::connector::crypto::operation::{Change, TAKES_CONTENT, Work};
use crate::connector::crypto::problem::parameters;
use crate::connector::output::{IN_FILE_STREAM, IN_MEMORY_STREAM, NON_REPEATABLE_STREAM};
use crate::flow::event::{Event, Typed, media};
use crate::flow::spec::{Make, Spec};
use pgp::armor::BlockType;
use pgp::packet::{PacketParser, PacketTrait};
use pgp::types::Tag;
use std::io::Write;

/// `crypto:pgp-binary-to-armored`
pub static TO_ARMORED: Spec = Spec {
    name: "crypto:pgp-binary-to-armored",
    doc: "Makes text of a message or a signature that is bytes.",
    parts: &[TAKES_CONTENT, NON_REPEATABLE_STREAM, IN_MEMORY_STREAM, IN_FILE_STREAM],
    errors: &["CRYPTO:PARAMETERS"],
    example: "<crypto:pgp-binary-to-armored/>",
    make: Make::Operation(|node| {
        let prepare = |_: &Event| Ok(Box::new(to_armored) as Work<Typed>);
        Change::of(node, parameters, Box::new(prepare))
    }),
    ..Spec::NEW
};

/// Text that PGP made.
pub fn armored(text: String) -> Typed {
    Typed::labelled(text.as_str().into(), media("text/plain"))
}

/// Bytes as they are.
struct Raw<'a>(&'a [u8]);

impl pgp::ser::Serialize for Raw<'_> {
    fn to_writer<W: Write>(&self, writer: &mut W) -> pgp::errors::Result<()> {
        Ok(writer.write_all(self.0)?)
    }

    fn write_len(&self) -> usize {
        self.0.len()
    }
}

fn to_armored(content: &[u8]) -> Result<Typed, Problem> {
    let first = PacketParser::new(content).next().and_then(Result::ok);
    let kind = match first.map(|packet| packet.tag()) {
        Some(Tag::Signature) => BlockType::Signature,
        Some(Tag::PublicKey) => BlockType::PublicKey,
        Some(Tag::SecretKey) => BlockType::PrivateKey,
        Some(_) => BlockType::Message,
        None => return Err(parameters("the content is neither a message nor a signature of PGP")),
    };
    let mut text = Vec::new();
    let written = pgp::armor::write(&Raw(content), kind, &mut text, None, true);
    let text = written
        .map_err(|e| parameters(e.to_string()))
        .and_then(|()| String::from_utf8(text).map_err(|e| parameters(e.to_string())))?;
    Ok(armored(text))
}
