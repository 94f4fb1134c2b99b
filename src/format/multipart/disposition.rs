//! The header Content-Disposition: `form-data; name="title"; filename="a.txt"`.

/// The kind in front, and the parameters that are not empty; of two with the same name the last value, at the first
/// place.
pub fn parse(text: &str) -> (&str, Vec<(&str, String)>) {
    let (kind, mut rest) = text.split_once(';').unwrap_or((text, ""));
    let mut parameters: Vec<(&str, String)> = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let end = rest.find(['=', ';']).unwrap_or(rest.len());
        let name = rest[..end].trim();
        let Some(tail) = rest[end..].strip_prefix('=') else {
            rest = rest[end..].strip_prefix(';').unwrap_or_default();
            continue;
        };
        let (value, tail) = value(tail.trim_start());
        match parameters.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => parameters.push((name, value)),
        }
        rest = tail;
    }
    parameters.retain(|(_, value)| !value.is_empty());
    (kind.trim(), parameters)
}

/// A value and what follows its `;`. Within quotes a backslash protects a quote or itself; before anything else it stays,
/// since some senders put paths there.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, tail) = text.split_once(';').unwrap_or((text, ""));
        return (value.trim_end().to_string(), tail);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                let tail = &quoted[at + 1..];
                return (value, tail.split_once(';').map_or("", |(_, tail)| tail));
            }
            '\\' if matches!(chars.peek(), Some((_, '"' | '\\'))) => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_parameters() {
        for (text, kind, want) in [
            ("inline", "inline", &[][..]),
            ("form-data; name=bare", "form-data", &[("name", "bare")]),
            ("form-data;name=\"x;y\";filename=\"\"", "form-data", &[("name", "x;y")]),
            ("form-data;\r\n name=\"a\\\"b\\\\c\\d\" ; x = 1", "form-data", &[("name", "a\"b\\c\\d"), ("x", "1")]),
            ("form-data; name=a; flag; k=1; name=b", "form-data", &[("name", "b"), ("k", "1")]),
            ("x; a=\"open", "x", &[("a", "open")]),
        ] {
            let (got_kind, parameters) = parse(text);
            let got: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!((got_kind, &got[..]), (kind, want), "{text}");
        }
    }
}
