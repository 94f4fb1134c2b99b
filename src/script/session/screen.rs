//! How much of a result is shown: what fits on a screen, and nothing after the user has had enough.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// The size of a screen in characters.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// How many rows a result may take.
    pub rows: usize,
    /// How many characters a row has.
    pub columns: usize,
}

/// Takes what fits on a screen, then refuses.
pub(super) struct Cut {
    screen: Screen,
    bytes: Vec<u8>,
    rows: usize,
    column: usize,
    is_full: bool,
}

impl Cut {
    /// An empty screen.
    pub fn new(screen: Screen) -> Self {
        let screen = Screen { rows: screen.rows.max(1), columns: screen.columns.max(1) };
        Self { screen, bytes: Vec::new(), rows: 1, column: 0, is_full: false }
    }

    /// Whether something was refused.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// What is on the screen, and whether something was refused.
    pub fn finish(self) -> (String, bool) {
        (String::from_utf8_lossy(&self.bytes).trim_end().to_string(), self.is_full)
    }

    /// Whether there is room for this byte. A row more starts with the character that stands in it, so that a line
    /// break at the end takes none.
    fn has_room(&mut self, byte: u8) -> bool {
        const CONTINUES: u8 = 0b1000_0000;
        if byte & 0b1100_0000 == CONTINUES {
            return true;
        }
        if self.column >= self.screen.columns {
            self.rows += 1;
            self.column = 0;
        }
        if self.rows > self.screen.rows {
            return false;
        }
        if byte == b'\n' {
            self.column = self.screen.columns
        } else {
            self.column += 1
        }
        true
    }
}

impl Write for Cut {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            if self.is_full || !self.has_room(*byte) {
                self.is_full = true;
                return Err(io::Error::other("the screen is full"));
            }
            self.bytes.push(*byte);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Written DataWeave on one line: its texts hold no line breaks, so only the writer's own are taken out.
pub(super) fn joined(text: &str) -> String {
    let mut line = String::new();
    for part in text.lines().map(str::trim_start) {
        if !line.is_empty() && !line.ends_with('[') && !part.starts_with(']') {
            line.push(' ');
        }
        line += part.trim_end();
    }
    line
}

/// Refuses everything once it is told to stop.
pub(super) struct Stoppable<'a> {
    out: &'a mut dyn Write,
    stop: &'a AtomicBool,
}

impl<'a> Stoppable<'a> {
    /// Passes on to `out` until `stop` is set.
    pub fn new(out: &'a mut dyn Write, stop: &'a AtomicBool) -> Self {
        Self { out, stop }
    }
}

impl Write for Stoppable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("interrupted"));
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_fits() {
        for (rows, columns, text, want) in [
            (2, 10, "one\ntwo", ("one\ntwo", false)),
            (2, 10, "one\ntwo\n", ("one\ntwo", false)),
            (2, 10, "one\ntwo\nthree", ("one\ntwo", true)),
            (2, 3, "abcdef", ("abcdef", false)),
            (2, 3, "abcdefg", ("abcdef", true)),
            (1, 3, "äöüx", ("äöü", true)),
        ] {
            let mut cut = Cut::new(Screen { rows, columns });
            let _ = cut.write_all(text.as_bytes());
            let (shown, is_cut) = cut.finish();
            assert_eq!((shown.as_str(), is_cut), want, "{text}");
        }
    }
}
