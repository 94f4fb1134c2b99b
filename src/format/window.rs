//! The unread part of an input's text. It is decoded piece by piece, so that whoever reads record by record needs
//! memory for the longest record only.

use super::Input;
use crate::diag::{Code, Fault};
use encoding_rs::{Decoder, UTF_8};
use memchr::memchr2_iter;
use std::io::Read;

/// How much is read at once, in bytes; a longer record doubles it.
const PIECE: usize = 64 * 1024;

/// The unread text of an input: UTF-8, or UTF-16 with a byte order mark. Wrong bytes become U+FFFD.
pub struct Window {
    name: String,
    source: Box<dyn Read + Send>,
    decoder: Decoder,
    text: String,
    /// Where the unread part of `text` starts.
    at: usize,
    /// The line that `text` starts in, and how many characters of that line came before it.
    start: (u64, u64),
    ended: bool,
}

impl Window {
    /// The text of this input, nothing of it read yet.
    pub fn new(input: Input) -> Self {
        Self {
            name: input.name.clone(),
            source: input.into_reader(),
            decoder: UTF_8.new_decoder(),
            text: String::new(),
            at: 0,
            start: (1, 0),
            ended: false,
        }
    }

    /// The unread text that is here already.
    pub fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Whether nothing follows after [`Window::rest`].
    pub fn is_complete(&self) -> bool {
        self.ended
    }

    /// Marks this many bytes of the rest as read.
    pub fn advance(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Brings more text, unless there is no more; the text read already is dropped.
    pub fn fill(&mut self) -> Result<(), Fault> {
        self.start = self.position(0);
        self.text.drain(..self.at);
        self.at = 0;
        let mut piece = vec![0; PIECE.max(self.text.len())];
        let mut filled = 0;
        while filled < piece.len() && !self.ended {
            let n = self
                .source
                .read(&mut piece[filled..])
                .map_err(|e| Fault::new(Code::Io, format!("cannot read {}: {e}", self.name)))?;
            filled += n;
            self.ended = n == 0;
        }
        let needed = self.decoder.max_utf8_buffer_length(filled).unwrap_or(filled);
        self.text.reserve(needed);
        let _ = self.decoder.decode_to_string(&piece[..filled], &mut self.text, self.ended);
        Ok(())
    }

    /// The line, from 1, of the first unread character.
    pub fn line(&self) -> u64 {
        self.position(0).0
    }

    /// A fault of reading, with the place of the character that stands this many bytes into the rest.
    pub fn fault(&self, offset: usize, message: impl std::fmt::Display) -> Fault {
        let (line, before) = self.position(offset);
        Fault::new(Code::Read, format!("{}:{line}:{}: {message}", self.name, before + 1))
    }

    /// The line from 1, and how many characters of the line stand before this offset.
    fn position(&self, offset: usize) -> (u64, u64) {
        let (mut line, mut before, mut from) = (self.start.0, self.start.1, 0);
        let bytes = self.text.as_bytes();
        let end = self.at + offset;
        for i in memchr2_iter(b'\n', b'\r', &bytes[..end]) {
            if bytes[i] == b'\n' || bytes.get(i + 1) != Some(&b'\n') {
                (line, before, from) = (line + 1, 0, i + 1);
            }
        }
        (line, before + self.text[from..end].chars().count() as u64)
    }
}
