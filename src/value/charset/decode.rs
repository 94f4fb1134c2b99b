//! Bytes to text, piece by piece: a character may be cut anywhere between two pieces.

use super::{Charset, Kind, Order};
use encoding_rs::{DecoderResult, UTF_16BE, UTF_16LE};

/// Decodes a stream of bytes that has no byte order mark (any more).
pub struct Decoder {
    state: State,
    /// The bytes of a character whose end has not come yet.
    pending: Vec<u8>,
}

enum State {
    Utf8,
    Ascii,
    Latin1,
    Utf32(Order),
    Other(Box<encoding_rs::Decoder>),
}

/// Bytes that are no character of the set. What stood before them has been decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Where decoding may go on in the bytes given.
    pub resume: usize,
}

impl Decoder {
    /// A decoder at the start of a text.
    pub fn new(charset: Charset) -> Self {
        let other = |encoding: &'static encoding_rs::Encoding| {
            State::Other(Box::new(encoding.new_decoder_without_bom_handling()))
        };
        let state = match charset.0 {
            Kind::Utf8 => State::Utf8,
            Kind::Ascii => State::Ascii,
            Kind::Latin1 => State::Latin1,
            Kind::Utf16 { order: Order::Big, .. } => other(UTF_16BE),
            Kind::Utf16 { order: Order::Little, .. } => other(UTF_16LE),
            Kind::Utf32(order) => State::Utf32(order),
            Kind::Other(encoding) => other(encoding),
        };
        Self { state, pending: Vec::new() }
    }

    /// Adds the text of `bytes` to `text`. With `last`, an unfinished character is malformed; else it is kept for the
    /// next piece.
    pub fn decode(&mut self, bytes: &[u8], last: bool, text: &mut String) -> Result<(), Malformed> {
        match &mut self.state {
            State::Utf8 => decode_utf8(&mut self.pending, bytes, last, text),
            State::Utf32(order) => decode_utf32(&mut self.pending, *order, bytes, last, text),
            State::Latin1 => {
                text.extend(bytes.iter().map(|&b| char::from(b)));
                Ok(())
            }
            State::Ascii => {
                let good = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(bytes.len());
                text.extend(bytes[..good].iter().map(|&b| char::from(b)));
                if good < bytes.len() { Err(Malformed { resume: good + 1 }) } else { Ok(()) }
            }
            State::Other(decoder) => decode_other(decoder, bytes, last, text),
        }
    }
}

fn decode_utf8(pending: &mut Vec<u8>, bytes: &[u8], last: bool, text: &mut String) -> Result<(), Malformed> {
    let mut from = 0;
    while !pending.is_empty() {
        match bytes.get(from) {
            Some(&next) => pending.push(next),
            None if last => {
                pending.clear();
                return Err(Malformed { resume: bytes.len() });
            }
            None => return Ok(()),
        }
        match std::str::from_utf8(pending) {
            Ok(character) => text.push_str(character),
            Err(error) if error.error_len().is_none() => {
                from += 1;
                continue;
            }
            Err(_) => {
                pending.clear();
                // The byte just added may start a character of its own.
                return Err(Malformed { resume: from });
            }
        }
        from += 1;
        pending.clear();
    }
    match std::str::from_utf8(&bytes[from..]) {
        Ok(all) => text.push_str(all),
        Err(error) => {
            let (good, bad) = bytes[from..].split_at(error.valid_up_to());
            text.push_str(std::str::from_utf8(good).unwrap_or_default());
            match error.error_len() {
                None if !last => pending.extend_from_slice(bad),
                length => {
                    return Err(Malformed { resume: from + good.len() + length.unwrap_or(bad.len()) });
                }
            }
        }
    }
    Ok(())
}

fn decode_utf32(
    pending: &mut Vec<u8>,
    order: Order,
    bytes: &[u8],
    last: bool,
    text: &mut String,
) -> Result<(), Malformed> {
    for (at, &byte) in bytes.iter().enumerate() {
        pending.push(byte);
        if let [a, b, c, d] = pending[..] {
            let unit = match order {
                Order::Big => u32::from_be_bytes([a, b, c, d]),
                Order::Little => u32::from_le_bytes([a, b, c, d]),
            };
            pending.clear();
            text.push(char::from_u32(unit).ok_or(Malformed { resume: at + 1 })?);
        }
    }
    if last && !pending.is_empty() {
        pending.clear();
        return Err(Malformed { resume: bytes.len() });
    }
    Ok(())
}

fn decode_other(
    decoder: &mut encoding_rs::Decoder,
    bytes: &[u8],
    last: bool,
    text: &mut String,
) -> Result<(), Malformed> {
    let mut from = 0;
    loop {
        let rest = &bytes[from..];
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len()));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, text, last);
        from += read;
        match result {
            DecoderResult::InputEmpty => return Ok(()),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => return Err(Malformed { resume: from }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_characters_cut_between_pieces() {
        for name in ["UTF-8", "UTF-16", "UTF-32", "GB18030", "ISO-8859-1"] {
            let charset = Charset::named(name).unwrap();
            let wanted = if charset.is_unicode() { "xé€🛶y" } else { "xéy" };
            let bytes = charset.encode(wanted);
            let mark = Charset::of_mark(&bytes).map_or(0, |(_, length)| length);
            let mut decoder = Decoder::new(charset);
            let mut text = String::new();
            for byte in &bytes[mark..] {
                decoder.decode(&[*byte], false, &mut text).unwrap();
            }
            decoder.decode(&[], true, &mut text).unwrap();
            assert_eq!(text, wanted, "{name}");
        }
    }

    #[test]
    fn goes_on_after_malformed_bytes() {
        let mut decoder = Decoder::new(Charset::UTF_8);
        let mut text = String::new();
        decoder.decode(b"a\xe2\x82", false, &mut text).unwrap();
        assert_eq!(decoder.decode(b"bc", false, &mut text), Err(Malformed { resume: 0 }));
        decoder.decode(b"bc", true, &mut text).unwrap();
        assert_eq!(text, "abc");
    }
}
