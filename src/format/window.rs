//! The unread part of an input's text. It is decoded piece by piece, so that whoever reads record by record needs
//! memory for the longest record only.

use super::input::{Bytes, Input, too_much};
use super::locate::{Origin, fault_in_piece};
use crate::diag::{Code, Fault};
use crate::value::Charset;
use crate::value::charset::Decoder;
use std::io::{ErrorKind, Read};
use std::sync::Arc;

/// How many bytes are taken at once; a longer record takes as many as it has.
const PIECE: usize = 128 * 1024;
const LARGEST_PIECE: usize = 16 * 1024 * 1024;

/// A window that moves over the text of an input. A reader looks at [`Window::rest`], takes off what it understood with
/// [`Window::advance`], and asks for more with [`Window::fill`] where the rest is too short.
pub struct Window {
    name: String,
    source: Source,
    /// Known once the first bytes have been looked at for a byte order mark.
    decoder: Option<Decoder>,
    charset: Charset,
    keeps_mark: bool,
    /// How much of a stream may be held at once.
    held: usize,
    text: String,
    /// Where the unread part of `text` starts.
    at: usize,
    /// Where `text` itself starts.
    origin: Origin,
    malformed: bool,
}

enum Source {
    Memory { bytes: Arc<[u8]>, at: usize },
    Stream { reader: Box<dyn Read + Send>, bytes: Vec<u8> },
    Ended,
}

impl Window {
    /// The text of this input, nothing of it read yet. A byte order mark goes before the input's character set; without
    /// both it is UTF-8. Bytes that do not fit are a fault when they are reached.
    pub fn new(input: Input) -> Self {
        let source = match input.bytes {
            Bytes::Memory(bytes) => Source::Memory { bytes, at: 0 },
            Bytes::Stream(reader) => Source::Stream { reader, bytes: Vec::new() },
        };
        Self {
            name: input.name,
            source,
            decoder: None,
            charset: input.charset.unwrap_or(Charset::UTF_8),
            keeps_mark: false,
            held: input.held,
            text: String::new(),
            at: 0,
            origin: Origin::START,
            malformed: false,
        }
    }

    /// Likewise, but a mark at the start of UTF-8 stays in the text, as U+FEFF.
    pub fn keeping_mark(input: Input) -> Self {
        Self { keeps_mark: true, ..Self::new(input) }
    }

    /// The unread text that is here already.
    pub fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Whether nothing follows after [`Window::rest`].
    pub fn is_complete(&self) -> bool {
        matches!(self.source, Source::Ended) && !self.malformed
    }

    /// Marks this many bytes of the rest as read; they must be whole characters.
    pub fn advance(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.text.len());
    }

    /// Brings more text, unless there is no more; the text read already is dropped.
    pub fn fill(&mut self) -> Result<(), Fault> {
        self.drop_read();
        if self.malformed {
            let fault = self.fault(self.rest().len(), format!("the bytes here are not {}", self.charset.name()));
            return Err(fault.help("name another character set behind the type of the input: `; charset=ISO-8859-1`"));
        }
        // A reader that looks at its rest again from the start must not do so for every few bytes of a slow stream.
        let wanted = self.rest().len() + self.rest().len() / 2 + 1;
        while self.rest().len() < wanted && !matches!(self.source, Source::Ended) {
            self.pull(self.rest().len().clamp(PIECE, LARGEST_PIECE))?;
        }
        Ok(())
    }

    /// Brings all text there is; [`Window::rest`] is then complete.
    pub fn fill_all(&mut self) -> Result<&str, Fault> {
        if let Source::Memory { bytes, at } = &self.source {
            let size = bytes.len() - at;
            self.text.reserve(size);
            self.pull(size)?;
        }
        while !self.is_complete() {
            self.fill()?;
        }
        Ok(self.rest())
    }

    /// The line, from 1, of the first unread character.
    pub fn line(&self) -> usize {
        self.origin.after(&self.text, self.at).line
    }

    /// A fault of reading, with the place of the character that stands this many bytes into the rest.
    pub fn fault(&self, offset: usize, message: impl AsRef<str>) -> Fault {
        fault_in_piece(&self.name, self.origin, &self.text, self.at + offset, message)
    }

    /// Drops what is read, but for a little that a message may show.
    fn drop_read(&mut self) {
        const SHOWN: usize = 160;
        let shown = self.at.saturating_sub(SHOWN);
        let kept = (0..=shown).rev().find(|&i| self.text.is_char_boundary(i)).unwrap_or(0);
        self.origin = self.origin.after(&self.text, kept);
        self.text.drain(..kept);
        self.at -= kept;
    }

    /// Decodes at most `size` bytes more onto the text.
    fn pull(&mut self, size: usize) -> Result<(), Fault> {
        match &mut self.source {
            Source::Ended => {}
            Source::Memory { bytes, at } => {
                let (bytes, from) = (bytes.clone(), *at);
                let end = bytes.len().min(from.saturating_add(size));
                *at = end;
                self.decode(&bytes[from..end], end == bytes.len());
            }
            Source::Stream { .. } if self.text.len() > self.held => return Err(too_much(&self.name, self.held)),
            Source::Stream { reader, bytes } => {
                let mut bytes = std::mem::take(bytes);
                let kept = bytes.len();
                bytes.resize(kept + size, 0);
                let read = read_some(reader.as_mut(), &mut bytes[kept..]).map_err(|e| read_failed(&self.name, &e))?;
                bytes.truncate(kept + read);
                const LONGEST_MARK: usize = 4;
                if self.decoder.is_some() || read == 0 || bytes.len() >= LONGEST_MARK {
                    self.decode(&bytes, read == 0);
                    bytes.clear();
                }
                if let Source::Stream { bytes: buffer, .. } = &mut self.source {
                    *buffer = bytes;
                }
            }
        }
        Ok(())
    }

    fn decode(&mut self, bytes: &[u8], last: bool) {
        let mut bytes = bytes;
        let decoder = self.decoder.get_or_insert_with(|| {
            if let Some((charset, mark)) = Charset::of_mark(bytes) {
                self.charset = charset;
                let stays = self.keeps_mark && charset == Charset::UTF_8;
                bytes = &bytes[if stays { 0 } else { mark }..];
            }
            Decoder::new(self.charset)
        });
        self.malformed = decoder.decode(bytes, last, &mut self.text).is_err();
        if last || self.malformed {
            self.source = Source::Ended;
        }
    }
}

/// Reads once, whatever number of bytes is there.
fn read_some(reader: &mut dyn Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// The fault for an input that cannot be read to its end.
pub fn read_failed(name: &str, error: &std::io::Error) -> Fault {
    Fault::new(Code::Io, format!("cannot read {name}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time.
    struct Drip(Vec<u8>, usize);

    impl Read for Drip {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0.drain(..count);
            Ok(count)
        }
    }

    #[test]
    fn gives_all_text_of_memory_and_streams() {
        let text = "ab🛶é\n".repeat(20_000);
        for name in ["UTF-8", "UTF-16", "ISO-8859-15"] {
            let charset = Charset::named(name).unwrap();
            let bytes = charset.encode(&text);
            let wanted = charset.decode(&bytes).unwrap();
            for input in [Input::memory("m", bytes.clone()), Input::stream("s", Drip(bytes.clone(), 3001))] {
                let mut window = Window::new(input.with_charset(Some(charset)));
                let mut got = String::new();
                while !window.is_complete() {
                    window.fill().unwrap();
                    // Leaves a little each time, as a reader does.
                    let most = window.rest().len().saturating_sub(10);
                    let taken = (0..=most).rev().find(|&i| window.rest().is_char_boundary(i)).unwrap();
                    got.push_str(&window.rest()[..taken]);
                    window.advance(taken);
                }
                got.push_str(window.rest());
                assert!(got == wanted, "{name}");
            }
        }
    }

    #[test]
    fn a_mark_goes_before_the_charset() {
        for bytes in [&b"\xef\xbb\xbfx"[..], b"\xff\xfex\0", b"\xfe\xff\0x", b"\xff\xfe\0\0x\0\0\0"] {
            for input in [Input::memory("m", bytes), Input::stream("s", Drip(bytes.to_vec(), 1))] {
                let mut window = Window::new(input.with_charset(Some(Charset::LATIN_1)));
                assert_eq!(window.fill_all().unwrap(), "x");
            }
        }
    }

    #[test]
    fn a_stream_that_does_not_end_is_given_up() {
        let endless = || Input { held: 1 << 20, ..Input::stream("in", std::io::repeat(b'x')) };
        let message = "in is too large to be held: more than 1 MiB came";
        assert_eq!(Window::new(endless()).fill_all().unwrap_err().message(), message);
        assert_eq!(endless().into_vec().unwrap_err().message(), message);
        let mut records = Window::new(endless());
        for _ in 0..100 {
            records.fill().unwrap();
            records.advance(records.rest().len());
        }
    }

    #[test]
    fn malformed_bytes_fault_when_reached() {
        let mut window = Window::new(Input::memory("in", &b"a\nbc\xff\xfed"[..]));
        window.fill().unwrap();
        assert!(window.rest() == "a\nbc" && !window.is_complete());
        window.advance(2);
        let fault = window.fill().unwrap_err();
        assert_eq!(fault.message(), "in:2:3: the bytes here are not UTF-8\n  bc\n    ^");
    }
}
