//! Where a writer of text puts its output: buffered, and encoded on the way out.

use crate::diag::{Code, Fault};
use crate::value::Charset;
use crate::value::charset::Encoder;
use std::io::Write;

/// A buffer of text in front of an output. Nothing is certain to have been written before [`Sink::finish`].
pub struct Sink<'a> {
    out: &'a mut dyn Write,
    /// UTF-8, not written yet.
    buffer: Vec<u8>,
    /// `None` where the output is UTF-8.
    encoding: Option<(Encoder, Vec<u8>)>,
}

impl<'a> Sink<'a> {
    /// How much is gathered before it is written.
    const FULL: usize = 64 * 1024;

    /// A sink that writes in this character set; characters it does not have become `?`.
    pub fn new(out: &'a mut dyn Write, charset: Charset) -> Self {
        let encoding = (charset != Charset::UTF_8).then(|| (Encoder::new(charset), Vec::new()));
        Self { out, buffer: Vec::with_capacity(Self::FULL + Self::FULL / 4), encoding }
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.buffer.extend_from_slice(text.as_bytes());
        self.relieve()
    }

    /// Adds a character.
    pub fn char(&mut self, c: char) -> Result<(), Fault> {
        self.text(c.encode_utf8(&mut [0; 4]))
    }

    /// The buffer, for writers that append to it directly; it takes whole characters of UTF-8 only. Call
    /// [`Sink::relieve`] now and then.
    pub fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.buffer
    }

    /// Writes the buffer out if it is full.
    #[inline]
    pub fn relieve(&mut self) -> Result<(), Fault> {
        if self.buffer.len() < Self::FULL { Ok(()) } else { self.flush() }
    }

    /// Writes out what is left.
    pub fn finish(mut self) -> Result<(), Fault> {
        self.flush()?;
        if let Some((encoder, bytes)) = &mut self.encoding {
            encoder.finish(bytes);
            self.out.write_all(bytes).map_err(write_failed)?;
        }
        self.out.flush().map_err(write_failed)
    }

    fn flush(&mut self) -> Result<(), Fault> {
        let bytes = match &mut self.encoding {
            None => &mut self.buffer,
            Some((encoder, bytes)) => {
                let text = std::str::from_utf8(&self.buffer)
                    .map_err(|_| Fault::internal("a writer put half a character into its buffer"))?;
                encoder.encode(text, bytes);
                self.buffer.clear();
                bytes
            }
        };
        self.out.write_all(bytes).map_err(write_failed)?;
        bytes.clear();
        Ok(())
    }
}

/// The fault for an output that takes no more.
pub fn write_failed(error: std::io::Error) -> Fault {
    Fault::new(Code::Io, format!("cannot write the output: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_across_flushes() {
        for name in ["UTF-8", "UTF-16", "ISO-8859-15"] {
            let charset = Charset::named(name).unwrap();
            let text = "aé€".repeat(60_000);
            let mut out = Vec::new();
            let mut sink = Sink::new(&mut out, charset);
            for part in text.chars() {
                sink.char(part).unwrap();
            }
            sink.finish().unwrap();
            assert_eq!(charset.decode(&out).unwrap(), text, "{name}");
        }
    }
}
