//! Compares results: JSON token by token, everything else line by line.

/// Whether the output is the one recorded; else both, for the eye.
pub fn same(mime: &str, wanted: &[u8], got: &[u8]) -> Result<(), String> {
    if wanted == got {
        return Ok(());
    }
    let canonical = if mime == "application/json" { tokens } else { lines };
    let (want, have) = (text(wanted), text(got));
    if canonical(&want) == canonical(&have) {
        return Ok(());
    }
    Err(format!("--- wanted\n{want}\n--- got\n{have}"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}

/// Without white space at line ends and the final line breaks.
fn lines(text: &str) -> String {
    text.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end_matches('\n').to_string()
}

/// Tokens separated by single blanks: white space between them does not count, number text and strings do.
fn tokens(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '[' | ']' | '{' | '}' | ',' | ':' => 1,
            _ => rest.find(|c: char| c.is_whitespace() || "[]{},:\"".contains(c)).unwrap_or(rest.len()).max(1),
        };
        let token = &rest[..length];
        match serde_json::from_str::<String>(token) {
            Ok(string) => out.push_str(&format!("{string:?} ")),
            Err(_) => out.push_str(&format!("{token} ")),
        }
        rest = rest[length..].trim_start();
    }
    out
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
