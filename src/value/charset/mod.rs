//! Character sets: bytes to text and back, under Java's names and with the byte order marks that Java reads and writes.

mod decode;
mod encode;

pub use decode::{Decoder, Malformed};
pub use encode::Encoder;

use crate::diag::{Code, Fault, nearest};
use encoding_rs::Encoding;

/// A character set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Charset(Kind);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Utf8,
    Ascii,
    Latin1,
    /// `marked`: written with a byte order mark.
    Utf16 {
        order: Order,
        marked: bool,
    },
    Utf32(Order),
    Other(&'static Encoding),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Big,
    Little,
}

impl Charset {
    /// `UTF-8`
    pub const UTF_8: Self = Self(Kind::Utf8);
    /// `ISO-8859-1`
    pub const LATIN_1: Self = Self(Kind::Latin1);

    /// The character set of this name; case does not matter, common aliases are known.
    pub fn named(name: &str) -> Result<Self, Fault> {
        let folded = name.trim().to_ascii_uppercase();
        let own = OWN_NAMES.iter().find(|(names, _)| names.contains(&folded.as_str())).map(|(_, kind)| *kind);
        // The Encoding Standard reads ISO-8859-9 and -11 as their Windows supersets: they differ in 0x80 to 0x9f only.
        let known = || Encoding::for_label_no_replacement(folded.as_bytes()).map(Kind::Other);
        own.or_else(known).map(Self).ok_or_else(|| unknown(name))
    }

    /// The canonical name, as an XML declaration shows it.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Other(encoding) => encoding.name(),
            own => OWN_NAMES.iter().find(|(_, kind)| *kind == own).map_or("UTF-8", |(names, _)| names[0]),
        }
    }

    /// Whether it has every character, so that nothing needs to be replaced when writing.
    pub fn is_unicode(self) -> bool {
        matches!(self.0, Kind::Utf8 | Kind::Utf16 { .. } | Kind::Utf32(_))
    }

    /// Whether it has this character.
    pub fn has(self, c: char) -> bool {
        match self.0 {
            Kind::Ascii => c.is_ascii(),
            Kind::Latin1 => u32::from(c) < 0x100,
            Kind::Other(encoding) => c.is_ascii() || !encoding.encode(c.encode_utf8(&mut [0; 4])).2,
            _ => true,
        }
    }

    /// The set that a byte order mark at the start of `bytes` tells of, and the mark's length.
    pub fn of_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        let kind = |kind, length| Some((Self(kind), length));
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => kind(Kind::Utf8, 3),
            [0x00, 0x00, 0xfe, 0xff, ..] => kind(Kind::Utf32(Order::Big), 4),
            [0xff, 0xfe, 0x00, 0x00, ..] => kind(Kind::Utf32(Order::Little), 4),
            [0xfe, 0xff, ..] => kind(Kind::Utf16 { order: Order::Big, marked: false }, 2),
            [0xff, 0xfe, ..] => kind(Kind::Utf16 { order: Order::Little, marked: false }, 2),
            _ => None,
        }
    }

    /// Text from bytes; a byte order mark goes before the set itself, and malformed bytes become U+FFFD.
    pub fn decode_lossy(self, bytes: &[u8]) -> String {
        let (charset, mark) = Self::of_mark(bytes).unwrap_or((self, 0));
        let mut decoder = Decoder::new(charset);
        let mut text = String::new();
        let mut rest = &bytes[mark..];
        while let Err(malformed) = decoder.decode(rest, true, &mut text) {
            text.push(char::REPLACEMENT_CHARACTER);
            rest = &rest[malformed.resume.min(rest.len())..];
        }
        text
    }

    /// Text from bytes; a byte order mark goes before the set itself, and malformed bytes are a fault.
    pub fn decode(self, bytes: &[u8]) -> Result<String, Fault> {
        let (charset, mark) = Self::of_mark(bytes).unwrap_or((self, 0));
        let mut text = String::new();
        match Decoder::new(charset).decode(&bytes[mark..], true, &mut text) {
            Ok(()) => Ok(text),
            Err(_) => Err(Fault::new(Code::Read, format!("the bytes are not {}", charset.name()))),
        }
    }

    /// Bytes from text; characters the set does not have become `?`.
    pub fn encode(self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len());
        let mut encoder = Encoder::new(self);
        encoder.encode(text, &mut bytes);
        encoder.finish(&mut bytes);
        bytes
    }
}

/// Names in upper case, the canonical one first.
const OWN_NAMES: &[(&[&str], Kind)] = &[
    (&["UTF-8", "UTF8"], Kind::Utf8),
    (&["US-ASCII", "ASCII", "ASCII7", "ISO646-US", "ISO-646-US", "ANSI_X3.4-1968", "CP367", "646"], Kind::Ascii),
    (
        &[
            "ISO-8859-1",
            "ISO8859-1",
            "ISO8859_1",
            "ISO_8859-1",
            "ISO_8859_1",
            "LATIN1",
            "L1",
            "CP819",
            "IBM819",
            "8859_1",
        ],
        Kind::Latin1,
    ),
    (&["UTF-16", "UTF16", "UTF_16", "UNICODE", "UNICODEBIG"], Kind::Utf16 { order: Order::Big, marked: true }),
    (&["X-UTF-16LE-BOM", "UNICODELITTLE"], Kind::Utf16 { order: Order::Little, marked: true }),
    (&["UTF-16BE", "UTF_16BE", "UNICODEBIGUNMARKED", "X-UTF-16BE"], Kind::Utf16 { order: Order::Big, marked: false }),
    (
        &["UTF-16LE", "UTF_16LE", "UNICODELITTLEUNMARKED", "X-UTF-16LE"],
        Kind::Utf16 { order: Order::Little, marked: false },
    ),
    (&["UTF-32", "UTF-32BE", "UTF32", "UTF_32", "UTF_32BE", "X-UTF-32BE"], Kind::Utf32(Order::Big)),
    (&["UTF-32LE", "UTF_32LE"], Kind::Utf32(Order::Little)),
];

fn unknown(name: &str) -> Fault {
    const COMMON: &[&str] = &[
        "UTF-8",
        "ISO-8859-1",
        "US-ASCII",
        "UTF-16",
        "windows-1252",
        "ISO-8859-15",
        "Shift_JIS",
        "EUC-JP",
        "GB18030",
        "Big5",
    ];
    let fault = Fault::new(Code::Option, format!("unknown character set `{name}`"));
    match nearest(name, COMMON.iter().copied()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help(format!("common ones are {}", COMMON.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str) -> Charset {
        Charset::named(name).unwrap()
    }

    #[test]
    fn knows_names_as_java_does() {
        for (given, name) in [
            ("utf8", "UTF-8"),
            ("latin1", "ISO-8859-1"),
            ("ascii", "US-ASCII"),
            ("utf-16", "UTF-16"),
            ("cp1252", "windows-1252"),
            ("iso-8859-15", "ISO-8859-15"),
            ("sjis", "Shift_JIS"),
        ] {
            assert_eq!(set(given).name(), name);
        }
        assert!(Charset::named("EBCDIC-X").is_err());
    }

    #[test]
    fn writes_what_java_writes() {
        let hex = |name| set(name).encode("aé€🛶").iter().map(|b| format!("{b:02X}")).collect::<String>();
        for (name, bytes) in [
            ("UTF-8", "61C3A9E282ACF09F9BB6"),
            ("ISO-8859-1", "61E93F3F"),
            ("US-ASCII", "613F3F3F"),
            ("UTF-16", "FEFF006100E920ACD83DDEF6"),
            ("UTF-16LE", "6100E900AC203DD8F6DE"),
            ("UTF-16BE", "006100E920ACD83DDEF6"),
            ("UTF-32", "00000061000000E9000020AC0001F6F6"),
            ("UTF-32LE", "61000000E9000000AC200000F6F60100"),
            ("windows-1252", "61E9803F"),
            ("ISO-8859-15", "61E9A43F"),
            ("KOI8-R", "613F3F3F"),
            ("GB18030", "61A8A6A2E395309732"),
            ("x-UTF-16LE-BOM", "FFFE6100E900AC203DD8F6DE"),
        ] {
            assert_eq!(hex(name), bytes, "{name}");
        }
    }

    #[test]
    fn reads_back_what_it_writes() {
        for name in ["UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "GB18030"] {
            assert_eq!(set(name).decode(&set(name).encode("aé€🛶")).unwrap(), "aé€🛶", "{name}");
        }
    }

    #[test]
    fn malformed_bytes_fault_or_are_replaced() {
        for (name, bytes, lossy) in [
            ("UTF-8", &b"a\xe9b"[..], "a\u{fffd}b"),
            ("UTF-8", b"a\xe2\x82", "a\u{fffd}"),
            ("US-ASCII", b"a\xe9b", "a\u{fffd}b"),
            ("UTF-16", b"\0a\0", "a\u{fffd}"),
            ("UTF-32", b"\0\0\0a\0\x11\0\0\0\0\0b", "a\u{fffd}b"),
            ("Shift_JIS", b"a\x81", "a\u{fffd}"),
        ] {
            assert_eq!(set(name).decode_lossy(bytes), lossy, "{name}");
            assert!(set(name).decode(bytes).is_err(), "{name}");
        }
        assert_eq!(set("latin1").decode(b"\x80\xff").unwrap(), "\u{80}\u{ff}");
    }
}
