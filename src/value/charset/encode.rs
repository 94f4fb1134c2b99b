//! Text to bytes, piece by piece.

use super::{Charset, Kind, Order};
use encoding_rs::EncoderResult;

/// Encodes a text; the first piece gets the byte order mark, if the set is written with one.
pub struct Encoder {
    charset: Charset,
    started: bool,
    other: Option<Box<encoding_rs::Encoder>>,
}

impl Encoder {
    /// An encoder at the start of a text.
    pub fn new(charset: Charset) -> Self {
        let other = match charset.0 {
            Kind::Other(encoding) => Some(Box::new(encoding.new_encoder())),
            _ => None,
        };
        Self { charset, started: false, other }
    }

    /// Adds the bytes of `text` to `bytes`; characters the set does not have become `?`.
    pub fn encode(&mut self, text: &str, bytes: &mut Vec<u8>) {
        let first = !std::mem::replace(&mut self.started, true);
        match self.charset.0 {
            Kind::Utf8 => bytes.extend_from_slice(text.as_bytes()),
            Kind::Ascii => bytes.extend(text.chars().map(|c| if c.is_ascii() { c as u8 } else { b'?' })),
            Kind::Latin1 => bytes.extend(text.chars().map(|c| u8::try_from(c).unwrap_or(b'?'))),
            Kind::Utf16 { order, marked } => {
                let mark = (first && marked).then_some(0xfeff);
                for unit in mark.into_iter().chain(text.encode_utf16()) {
                    bytes.extend(order_bytes(order, unit.to_be_bytes()));
                }
            }
            Kind::Utf32(order) => {
                for c in text.chars() {
                    bytes.extend(order_bytes(order, u32::from(c).to_be_bytes()));
                }
            }
            Kind::Other(_) => self.encode_other(text, bytes),
        }
    }

    fn encode_other(&mut self, text: &str, bytes: &mut Vec<u8>) {
        let Some(encoder) = &mut self.other else { return };
        let mut rest = text;
        loop {
            let room = encoder.max_buffer_length_from_utf8_without_replacement(rest.len()).unwrap_or(rest.len());
            bytes.reserve(room + 16);
            let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, bytes, false);
            rest = &rest[read..];
            match result {
                EncoderResult::InputEmpty => return,
                EncoderResult::OutputFull => {}
                // Through the encoder, since the set may be in a shifted state.
                EncoderResult::Unmappable(_) => {
                    let _ = encoder.encode_from_utf8_to_vec_without_replacement("?", bytes, false);
                }
            }
        }
    }

    /// Adds what a set with shifts needs at the end of a text.
    pub fn finish(&mut self, bytes: &mut Vec<u8>) {
        if let Some(encoder) = &mut self.other {
            bytes.reserve(16);
            let _ = encoder.encode_from_utf8_to_vec_without_replacement("", bytes, true);
        }
    }
}

fn order_bytes<const N: usize>(order: Order, mut big: [u8; N]) -> [u8; N] {
    if order == Order::Little {
        big.reverse();
    }
    big
}
