//! Content, messages and variables as stored bytes.

use super::message::SHAPE;
use super::{Content, Message, Typed, Variables};
use crate::diag::Fault;
use crate::format::MediaType;
use crate::state::{Decoder, Encoder, damaged};
use std::slice;

const VALUE: u8 = 0;
const BYTES: u8 = 1;

/// What can be stored and comes back as it was.
pub trait Stored: Sized {
    /// Writes it.
    ///
    /// # Errors
    /// Functions, which cannot be kept; what a sequence fails with.
    fn write(&self, encoder: &mut Encoder) -> Result<(), Fault>;

    /// Reads it.
    ///
    /// # Errors
    /// Damaged data.
    fn read_from(decoder: &mut Decoder<'_>) -> Result<Self, Fault>;

    /// It as bytes.
    ///
    /// # Errors
    /// Those of [`Stored::write`].
    fn to_stored(&self) -> Result<Vec<u8>, Fault> {
        let mut encoder = encoder();
        self.write(&mut encoder)?;
        Ok(encoder.finish())
    }

    /// What the bytes say.
    ///
    /// # Errors
    /// Damaged data.
    fn from_stored(bytes: &[u8]) -> Result<Self, Fault> {
        let mut decoder = decoder(bytes)?;
        let all = Self::read_from(&mut decoder)?;
        decoder.finish()?;
        Ok(all)
    }
}

/// An encoder for parts of events: messages inside of lists stay messages.
pub fn encoder() -> Encoder {
    Encoder::new(slice::from_ref(&*SHAPE))
}

/// A decoder for what [`encoder`] wrote.
///
/// # Errors
/// Data of another version.
pub fn decoder(bytes: &[u8]) -> Result<Decoder<'_>, Fault> {
    Decoder::new(bytes, slice::from_ref(&*SHAPE))
}

impl Stored for Typed {
    fn write(&self, encoder: &mut Encoder) -> Result<(), Fault> {
        let media = self.media();
        encoder.text(media.essence());
        let parameters: Vec<_> = media.parameters().collect();
        encoder.count(parameters.len() as u64);
        for (name, value) in parameters {
            encoder.text(name);
            encoder.text(value);
        }
        match self.content() {
            Content::Value(value) => {
                encoder.tag(VALUE);
                encoder.value(value)
            }
            Content::Bytes(bytes) => {
                encoder.tag(BYTES);
                encoder.bytes(bytes);
                Ok(())
            }
            Content::File(file) => {
                encoder.tag(BYTES);
                encoder.bytes(&file.to_vec()?);
                Ok(())
            }
        }
    }

    fn read_from(decoder: &mut Decoder<'_>) -> Result<Self, Fault> {
        let mut media = MediaType::plain(&decoder.text()?);
        for _ in 0..decoder.count()? {
            let (name, value) = (decoder.text()?, decoder.text()?);
            media = media.with_parameter(&name, &value);
        }
        match decoder.tag()? {
            BYTES => Ok(Typed::bytes(decoder.bytes()?.to_vec(), media)),
            VALUE => Ok(Typed::labelled(decoder.value()?, media)),
            _ => Err(damaged("content of no known kind")),
        }
    }
}

impl Stored for Message {
    fn write(&self, encoder: &mut Encoder) -> Result<(), Fault> {
        self.payload.write(encoder)?;
        self.attributes.write(encoder)
    }

    fn read_from(decoder: &mut Decoder<'_>) -> Result<Self, Fault> {
        Ok(Self { payload: Typed::read_from(decoder)?, attributes: Typed::read_from(decoder)? })
    }
}

impl Stored for Variables {
    fn write(&self, encoder: &mut Encoder) -> Result<(), Fault> {
        encoder.count(self.iter().len() as u64);
        for (name, value) in self.iter() {
            encoder.text(name);
            value.write(encoder)?;
        }
        Ok(())
    }

    fn read_from(decoder: &mut Decoder<'_>) -> Result<Self, Fault> {
        let mut all = Self::default();
        for _ in 0..decoder.count()? {
            let name = decoder.text()?;
            all.set(&name, Typed::read_from(decoder)?);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::event::media;
    use crate::value::Value;

    #[test]
    fn content_comes_back_with_its_label() {
        for typed in [
            Typed::null(),
            Typed::literal("text"),
            Typed::bytes("a;b", media("text/csv; separator=\";\"; header=false")),
            Typed::labelled(Value::string("[1]"), media("application/json; charset=UTF-16")),
            Typed::value(Value::array(vec![1.into()])),
        ] {
            let back = Typed::from_stored(&typed.to_stored().unwrap()).unwrap();
            assert_eq!(format!("{:?}", back.content()), format!("{:?}", typed.content()));
            assert_eq!(back.media(), typed.media());
        }
        assert!(Typed::from_stored(&[]).is_err());
    }

    #[test]
    fn messages_in_lists_stay_messages() {
        let inner = Message { payload: Typed::value(1.into()), attributes: Typed::value(2.into()) };
        let list = Message::of(Typed::value(Value::array(vec![inner.to_value().unwrap()])));
        let back = Message::from_stored(&list.to_stored().unwrap()).unwrap();
        let Value::Array(items) = back.payload.read().unwrap() else { panic!("no list") };
        let element = Message::of_element(items.get(0).unwrap().unwrap());
        assert!(element.attributes.is_equal(&inner.attributes));
    }

    #[test]
    fn variables_keep_their_order() {
        let mut all = Variables::default();
        for name in ["b", "a"] {
            all.set(name, Typed::literal(name));
        }
        let back = Variables::from_stored(&all.to_stored().unwrap()).unwrap();
        assert_eq!(back.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    }
}
