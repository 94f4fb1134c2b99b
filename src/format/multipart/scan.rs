//! Splits a multipart body at its boundary lines, and a part into headers and content.

/// A body in pieces.
#[derive(Debug, PartialEq)]
pub struct Body<'a> {
    /// What stands in front of the first boundary.
    pub preamble: &'a [u8],
    /// The parts, each with the place where it starts.
    pub parts: Vec<(usize, &'a [u8])>,
}

/// Splits a body; `None` if no line is a boundary. What follows the closing boundary is left out; without one, the last
/// part goes to the end.
pub fn split<'a>(bytes: &'a [u8], boundary: &str) -> Option<Body<'a>> {
    let mut preamble = None;
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let next = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
        match delimiter(&bytes[at..next], boundary) {
            None => {}
            Some(_) if preamble.is_none() => (preamble, start) = (Some(&bytes[..at]), next),
            Some(is_last) => {
                // The line break in front of a boundary belongs to the boundary.
                parts.push((start, without_line_break(&bytes[start..at])));
                start = next;
                if is_last {
                    return Some(Body { preamble: preamble?, parts });
                }
            }
        }
        at = next;
    }
    if start < bytes.len() {
        parts.push((start, &bytes[start..]));
    }
    Some(Body { preamble: preamble?, parts })
}

/// Whether a line is a boundary, and if so, whether it is the closing one. Blanks may follow.
fn delimiter(line: &[u8], boundary: &str) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary.as_bytes())?;
    let (is_last, rest) = rest.strip_prefix(b"--").map_or((false, rest), |rest| (true, rest));
    rest.iter().all(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')).then_some(is_last)
}

/// The boundary that a body itself shows: the first line that begins with two dashes.
pub fn guess(bytes: &[u8]) -> Option<&str> {
    let line = bytes.split(|b| *b == b'\n').find_map(|line| line.strip_prefix(b"--"))?;
    let boundary = std::str::from_utf8(line).ok()?.trim_end();
    Some(boundary).filter(|boundary| !boundary.is_empty())
}

/// The header lines of a part as texts, each with its folded lines, and the content. A part without an empty line has
/// headers only.
pub fn headers(part: &[u8]) -> (Vec<String>, &[u8]) {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut at = 0;
    while at < part.len() {
        let next = memchr::memchr(b'\n', &part[at..]).map_or(part.len(), |n| at + n + 1);
        let line = &part[at..next];
        at = next;
        if without_line_break(line).is_empty() {
            break;
        }
        match lines.last_mut() {
            Some(header) if matches!(line[0], b' ' | b'\t') => header.extend_from_slice(line),
            _ => lines.push(line.to_vec()),
        }
    }
    let text = |line: Vec<u8>| String::from_utf8_lossy(without_line_break(&line)).into_owned();
    (lines.into_iter().map(text).collect(), &part[at..])
}

fn without_line_break(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(String, Vec<String>)> {
        let text_of = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let body = split(text.as_bytes(), "b")?;
        Some((text_of(body.preamble), body.parts.iter().map(|(_, part)| text_of(part)).collect()))
    }

    #[test]
    fn splits_at_boundary_lines_only() {
        for (text, preamble, want) in [
            ("--b\r\none\r\n--b\r\ntwo\r\n\r\n--b--\r\ntrailer", "", &["one", "two\r\n"][..]),
            ("pre\n--b  \none\n--bb\n--c\n--b-- ", "pre\n", &["one\n--bb\n--c"]),
            ("--b\r\none\r\n", "", &["one\r\n"]),
            ("--b\n--b--", "", &[""]),
        ] {
            assert_eq!(parts(text), Some((preamble.to_string(), want.iter().map(|s| s.to_string()).collect())));
        }
        assert_eq!(parts(""), None);
        assert_eq!(parts("x--b\r\n"), None);
        assert_eq!(guess(b"hello\r\n--edge \r\n"), Some("edge"));
        assert_eq!(guess(b"hello"), None);
    }

    #[test]
    fn parts_headers_from_content() {
        let (lines, content) = headers(b"A: 1\r\nB: x;\r\n  y\r\n\r\nbody\r\n");
        assert_eq!((lines, content), (vec!["A: 1".to_string(), "B: x;\r\n  y".to_string()], &b"body\r\n"[..]));
        assert_eq!(headers(b"\nbody"), (vec![], &b"body"[..]));
        assert_eq!(headers(b"A: 1"), (vec!["A: 1".to_string()], &b""[..]));
    }
}
