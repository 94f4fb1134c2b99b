//! How the content of a part is encoded for its way: base64 and quoted-printable.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The longest line of encoded content, in characters.
const LINE: usize = 76;

/// The content as it was before this encoding; `Err` says what is wrong.
pub fn decode(encoding: &str, content: &[u8]) -> Result<Vec<u8>, String> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "7bit" | "8bit" | "binary" => Ok(content.to_vec()),
        "base64" => {
            let digits: Vec<u8> = content.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
            BASE64.decode(digits).map_err(|e| format!("the content is not base64: {e}"))
        }
        "quoted-printable" => Ok(from_quoted_printable(content)),
        other => Err(format!("the transfer encoding `{other}` is not known")),
    }
}

/// The content in this encoding; unchanged in one that is not known.
pub fn encode(encoding: &str, content: &[u8]) -> Vec<u8> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "base64" => {
            let digits = BASE64.encode(content);
            let lines: Vec<_> = digits.as_bytes().chunks(LINE).collect();
            lines.join(&b"\r\n"[..])
        }
        "quoted-printable" => to_quoted_printable(content),
        _ => content.to_vec(),
    }
}

/// `=XX` is a byte, `=` at the end of a line joins it to the next, blanks at the end of a line are dropped.
fn from_quoted_printable(content: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(content.len());
    for line in content.split_inclusive(|b| *b == b'\n') {
        let text = line.trim_ascii_end();
        let mut at = 0;
        while let Some(n) = memchr::memchr(b'=', &text[at..]) {
            decoded.extend_from_slice(&text[at..at + n]);
            at += n;
            let digits = text.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
            match digits.filter(|d| !d.starts_with('+')).and_then(|d| u8::from_str_radix(d, 16).ok()) {
                Some(byte) => {
                    decoded.push(byte);
                    at += 3;
                }
                None if at + 1 == text.len() => break,
                None => {
                    decoded.push(b'=');
                    at += 1;
                }
            }
        }
        if text.get(at..) == Some(b"=") {
            continue;
        }
        decoded.extend_from_slice(&text[at..]);
        let line_break = if line.ends_with(b"\r\n") { 2 } else { usize::from(line.ends_with(b"\n")) };
        decoded.extend_from_slice(&line[line.len() - line_break..]);
    }
    decoded
}

fn to_quoted_printable(content: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(content.len());
    let mut column = 0;
    for byte in content {
        let is_plain = matches!(byte, b'!'..=b'<' | b'>'..=b'~');
        let width = if is_plain { 1 } else { 3 };
        if column + width >= LINE {
            encoded.extend_from_slice(b"=\r\n");
            column = 0;
        }
        match is_plain {
            true => encoded.push(*byte),
            false => encoded.extend_from_slice(format!("={byte:02X}").as_bytes()),
        }
        column += width;
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decodes() {
        for (encoding, content, want) in [
            ("BASE64", &b"w6\r\nk="[..], "é"),
            ("base64", b"w6k", "é"),
            ("quoted-printable", b"a=\r\nb=20=C3=A9 \r\nc=ZZ=3", "ab é\r\nc=ZZ=3"),
            ("8bit", b"a=\r\n", "a=\r\n"),
        ] {
            assert_eq!(decode(encoding, content).unwrap(), want.as_bytes(), "{encoding}");
        }
        assert!(decode("base64", b"!!").is_err() && decode("x-uu", b"").is_err());
    }

    proptest! {
        #[test]
        fn decodes_what_it_encodes(content in proptest::collection::vec(any::<u8>(), 0..300)) {
            for encoding in ["base64", "quoted-printable", "binary"] {
                let encoded = encode(encoding, &content);
                prop_assert_eq!(&decode(encoding, &encoded).unwrap(), &content);
                prop_assert!(encoding == "binary" || encoded.split(|b| *b == b'\n').all(|line| line.len() <= LINE + 1));
            }
        }
    }
}
