//! Reads YAML: one document is its value, several are an array of them.

use super::tree::Tree;
use crate::diag::Fault;
use crate::format::{Input, Options, Window};
use crate::value::Value;
use saphyr_parser::{Marker, Parser};

/// The value of the input; null if there is no document in it.
pub fn read(input: Input, options: &Options) -> Result<Value, Fault> {
    let mut window = Window::new(input);
    window.fill_all()?;
    let text = window.rest();
    let place = |marker: &Marker| text.char_indices().nth(marker.index()).map_or(text.len(), |(at, _)| at);
    let mut tree = Tree::new(usize::try_from(options.number("maxEntityCount")).unwrap_or(0));
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|e| window.fault(place(e.marker()), in_words(e.info())))?;
        tree.event(event).map_err(|what| window.fault(place(&span.start), what))?;
    }
    let mut documents = tree.into_documents();
    Ok(match documents.len() {
        0 | 1 => documents.pop().unwrap_or_default(),
        _ => Value::array(documents),
    })
}

/// What the parser complains of.
fn in_words(info: &str) -> &str {
    match info {
        "recursion limit exceeded" => "lists and mappings in brackets are nested more than 255 levels deep",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::format::testing;
    use crate::format::yaml::Yaml;
    use crate::value::depth::MAX_DEPTH;
    use proptest::prelude::*;

    fn parse(text: &str, most: &str) -> Result<Value, Fault> {
        let given = [("maxEntityCount".into(), most.into())];
        read(Input::memory("in", text.as_bytes()), &Options::lenient(Yaml.reader_properties(), &given)?)
    }

    fn shown(text: &str, most: &str) -> String {
        testing::shown(parse(text, most))
    }

    #[test]
    fn reads_documents() {
        for (text, want) in [
            ("", "null"),
            ("# nothing\n", "null"),
            ("--- 5\n...\n", "5"),
            ("--- a\n---\nb: 1\n---\n", r#"["a",{"b": 1},null]"#),
            (
                "a: 1\nb:\n- x\n- y: ~\n  z: 'it''s'\nc: {d: [1.50, \"2\\n\"]}",
                r#"{"a": 1,"b": ["x",{"y": null,"z": "it's"}],"c": {"d": [1.5,"2\n"]}}"#,
            ),
            ("a: |\n  l1\n  l2\nb: >-\n  w1\n  w2\n", r#"{"a": "l1\nl2\n","b": "w1 w2"}"#),
            ("{1: a, true: b, ~: c}", r#"{"1": "a","true": "b","~": "c"}"#),
            ("a: 1\na: 2\n'<<': 3", r#"{"a": 1,"a": 2,"<<": 3}"#),
            ("[!!str 12, !!int '12', !local 12, ! 12, 12]", r#"["12",12,"12","12",12]"#),
            ("%YAML 1.2\n---\nünï: 🛶", r#"{"ünï": "🛶"}"#),
            ("a: &x [1]\nb: *x\nc: *x", r#"{"a": [1],"b": [1],"c": [1]}"#),
            ("base: &b {k: 1, l: 2}\nd:\n  <<: *b\n  l: 3", r#"{"base": {"k": 1,"l": 2},"d": {"k": 1,"l": 3}}"#),
            (
                "[&a {k: 1}, &b {k: 2, m: 3}, {<<: [*a, *b], n: 4}]",
                r#"[{"k": 1},{"k": 2,"m": 3},{"k": 1,"m": 3,"n": 4}]"#,
            ),
        ] {
            assert_eq!(shown(text, "9"), want, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        for (text, most, want) in [
            ("a: [1, 2", "9", "in:1:9: while parsing a flow sequence, expected ',' or ']'"),
            ("a:\n  - b\n c: 1", "9", "in:3:2: while parsing a block mapping, did not find expected key"),
            ("a: \"x\n", "9", "in:1:4: while scanning a quoted scalar, found unexpected end of stream"),
            ("ü: *nope", "9", "in:1:4: while parsing node, found unknown anchor"),
            ("&a [*a]", "9", "in:1:5: this alias stands within what it stands for"),
            ("? [a]\n: 1", "9", "in:1:3: the key of a mapping must be a scalar"),
            ("a: !!int x", "9", "in:1:4: this scalar is no `!!int`"),
            ("<<: 5", "9", "in:1:5: `<<` takes a mapping or a list of mappings"),
            ("a: &a [1]\nb: [*a, *a]", "1", "in:2:9: more aliases are expanded than `maxEntityCount` (1) allows"),
            (
                "a: &a [1]\nb: &b [*a, *a]\nc: [*b, *b]",
                "5",
                "in:3:9: more aliases are expanded than `maxEntityCount` (5) allows",
            ),
            ("a:\n\tb: 1", "9", "in:2:2: tabs disallowed within this context (block indentation)"),
        ] {
            assert_eq!(shown(text, most), want, "{text}");
        }
    }

    #[test]
    fn stops_at_its_limits() {
        let deep = "- ".repeat(MAX_DEPTH + 1);
        assert!(shown(&deep, "9").ends_with("data is nested more than 2000 levels deep"));
        assert!(parse(&"[".repeat(100_000), "9").is_err());
        let mut laughs = "a: &a [x]\n".to_string();
        for level in 0..30 {
            laughs.push_str(&format!(
                "b{level}: &b{level} [*{0}, *{0}]\n",
                if level == 0 { "a".into() } else { format!("b{}", level - 1) }
            ));
        }
        assert!(shown(&laughs, "100").contains("more aliases"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "([-:?,&*!|>'\"%@`{}\\[\\]#<~ \\n\\t]|[a-c0-2]|: |- |\\n  |<<|---|\\.\\.\\.|&a|\\*a|!!|é){0,30}") {
            let _ = shown(&text, "9");
        }
    }
}
