//! Reads JSON. An array at the root is a sequence that is parsed while it is pulled, any other value is read at once.

use super::parse::{Memory, Parser, Trouble};
use crate::diag::Fault;
use crate::format::{Input, Window};
use crate::value::{Array, Producer, Value};

/// The value of the input.
pub fn read(input: Input) -> Result<Value, Fault> {
    let memory = Memory::new(input.may_guess);
    let mut window = Window::new(input);
    if starts_with_bracket(&mut window)? {
        let items = Items { window, memory, progress: Progress::Start };
        return Ok(Value::Array(Array::lazy(items)));
    }
    // What cannot be JSON is refused at once: nobody knows how much would follow.
    if window.rest().starts_with(begins_value) {
        window.fill_all()?;
    }
    let mut memory = memory;
    Parser::new(window.rest(), true, &mut memory).document().map_err(|trouble| fault(&window, *trouble))
}

/// Whether a value that is no array can begin so.
fn begins_value(first: char) -> bool {
    matches!(first, '{' | '"' | '-' | '0'..='9' | 't' | 'f' | 'n')
}

/// Goes to the first character that is not white space, and past it if it is a bracket.
fn starts_with_bracket(window: &mut Window) -> Result<bool, Fault> {
    loop {
        let rest = window.rest();
        let start = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let space = rest.len() - start.len();
        if let Some(first) = start.bytes().next() {
            window.advance(space + usize::from(first == b'['));
            return Ok(first == b'[');
        }
        if window.is_complete() {
            return Ok(false);
        }
        window.advance(space);
        window.fill()?;
    }
}

/// The items of an array at the root.
struct Items {
    window: Window,
    memory: Memory,
    progress: Progress,
}

#[derive(PartialEq)]
enum Progress {
    Start,
    Within,
    Ended,
}

impl Producer for Items {
    fn next(&mut self) -> Option<Result<Value, Fault>> {
        if self.progress == Progress::Ended {
            return None;
        }
        let item = self.item().transpose();
        self.progress = if matches!(item, Some(Ok(_))) { Progress::Within } else { Progress::Ended };
        item
    }
}

impl Items {
    fn item(&mut self) -> Result<Option<Value>, Fault> {
        loop {
            let mut parser = Parser::new(self.window.rest(), self.window.is_complete(), &mut self.memory);
            match parser.item(self.progress == Progress::Start) {
                Ok(item) => {
                    let read = parser.position();
                    self.window.advance(read);
                    return Ok(item);
                }
                Err(trouble) => match *trouble {
                    Trouble::Short => self.window.fill()?,
                    bad => return Err(fault(&self.window, bad)),
                },
            }
        }
    }
}

/// The fault for what is wrong with the rest of a window.
pub fn fault(window: &Window, trouble: Trouble) -> Fault {
    match trouble {
        Trouble::Bad { at, message, help } => {
            let fault = window.fault(at, message);
            match help {
                Some(help) => fault.help(help),
                None => fault,
            }
        }
        Trouble::Short => Fault::internal("a complete text was taken for a piece"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Options;
    use crate::format::json::write::write;

    /// Everything that is read, written compactly again; or the first line of the error.
    fn rewritten(input: Input) -> String {
        let compact = Options::lenient(
            crate::format::Format::writer_properties(&super::super::Json),
            &[("indent".into(), false.into())],
        );
        let mut out = Vec::new();
        match read(input).and_then(|value| write(value, &mut out, &compact.unwrap())) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(fault) => fault.message().lines().next().unwrap().to_string(),
        }
    }

    fn memory(text: &str) -> String {
        rewritten(Input::memory("in", text.as_bytes()).without_guessing())
    }

    #[test]
    fn reads_what_is_json() {
        for (text, want) in [
            (" \"harbour\" ", "\"harbour\""),
            ("\t\r\n[1 ,\n2 ] \n", "[1,2]"),
            ("\u{feff}{\"a\":1}", "{\"a\": 1}"),
            ("[]", "[]"),
            ("[ ]", "[]"),
            ("{ }", "{}"),
            ("[[],{},[[{\"a\":[]}]]]", "[[],{},[[{\"a\": []}]]]"),
            ("[true,false,null]", "[true,false,null]"),
            (
                r#"["q\"q","b\\s","s\/s","\b\f\n\r\t","\u00e9\u20ac","\u0000\u001F"]"#,
                r#"["q\"q","b\\s","s/s","\b\f\n\r\t","é€","\u0000\u001f"]"#,
            ),
            (r#"["\uD83D\uDE80go","grüße 東京 🛶","\ud83d?"]"#, "[\"🚀go\",\"grüße 東京 🛶\",\"\\ufffd?\"]"),
            (r#"{"":1,"two words":2,"a\"b":3,"gr\u00fc":4}"#, "{\"\": 1,\"two words\": 2,\"a\\\"b\": 3,\"grü\": 4}"),
            (
                r#"[{"t":1,"n":0,"t":2},{"t":3,"n":0,"t":4},{"t" : 5}]"#,
                r#"[{"t": 1,"n": 0,"t": 2},{"t": 3,"n": 0,"t": 4},{"t": 5}]"#,
            ),
        ] {
            assert_eq!(memory(text), want, "{text}");
        }
    }

    #[test]
    fn keeps_every_digit_of_numbers() {
        for (text, want) in [
            ("1.50", "1.5"),
            ("-0.10", "-0.1"),
            ("100.0", "100"),
            ("-0", "0"),
            ("0E5", "0"),
            ("1E3", "1E+3"),
            ("1.50E5", "1.50E+5"),
            ("1.10e1", "11"),
            ("12E-1", "1.2"),
            ("0.0000001", "1E-7"),
            ("0.00001234", "0.00001234"),
            ("1e400", "1E+400"),
            ("9223372036854775807", "9223372036854775807"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("0.1234567890123456789012345678901234567890", "0.123456789012345678901234567890123456789"),
            ("123456789012345678.5", "123456789012345678.5"),
            ("0.00000000000000000000000000000000001", "1E-35"),
        ] {
            assert_eq!(memory(text), want, "{text}");
            assert_eq!(memory(&format!("[{text} , {text}]")), format!("[{want},{want}]"));
        }
    }

    #[test]
    fn refuses_everything_else_with_the_place() {
        for (text, want) in [
            ("", "in:1:1: the text is empty"),
            (" \n", "in:2:1: the text is empty"),
            ("{\"port\": 1, \"dock\":", "in:1:20: the text ends before a value"),
            ("[\"north\", \"sou", "in:1:15: the text ends within a string"),
            ("{\"port\" 1}", "in:1:9: expected `:` but found `1`"),
            ("{\"list\": [1, 2}}", "in:1:15: expected `,` or `]` but found `}`"),
            ("{port: 1}", "in:1:2: expected a key in double quotes but found `port`"),
            ("[\"a\\qb\"]", "in:1:4: `\\q` is no escape"),
            ("[\"\\u00zz\"]", "in:1:3: `\\u` takes four hexadecimal digits"),
            ("\"\\u12\"", "in:1:2: `\\u` takes four hexadecimal digits"),
            ("\"a\tb\"", "in:1:3: a control character in a string must be written as `\\u0009`"),
            ("[1, 2, ]", "in:1:8: expected a value but found `]`"),
            ("[, 1]", "in:1:2: expected a value but found `,`"),
            ("{\"a\": 1,}", "in:1:9: expected a key in double quotes but found `}`"),
            ("[1 2]", "in:1:4: expected `,` or `]` but found `2`"),
            ("{\"a\": 1 \"b\": 2}", "in:1:9: expected `,` or `}` but found `\"`"),
            ("[1] // c", "in:1:5: expected the end of the text but found `/`"),
            ("{} extra", "in:1:4: expected the end of the text but found `extra`"),
            ("[[]", "in:1:4: the text ends within an array"),
            ("]", "in:1:1: expected a value but found `]`"),
            ("'x'", "in:1:1: expected a value but found `'`"),
            ("True", "in:1:1: expected a value but found `True`"),
            ("nulls", "in:1:5: expected the end of the text but found `s`"),
            ("tru", "in:1:1: expected a value but found `tru`"),
            ("[1,\n NaN]", "in:2:2: expected a value but found `NaN`"),
            ("07", "in:1:1: a number must not begin with a zero"),
            ("-01", "in:1:2: a number must not begin with a zero"),
            ("-", "in:1:2: the text ends within a number"),
            ("-x", "in:1:2: expected a digit but found `x`"),
            ("5.", "in:1:3: the text ends within a number"),
            ("[5.]", "in:1:4: expected a digit but found `]`"),
            ("1e", "in:1:3: the text ends within a number"),
            ("1e+", "in:1:4: the text ends within a number"),
            (".5", "in:1:1: expected a value but found `.`"),
            ("+5", "in:1:1: expected a value but found `+`"),
            ("1E99999999999", "in:1:1: this number is too long, or its exponent too large"),
            ("[\"ü\" ü]", "in:1:6: expected `,` or `]` but found `ü`"),
        ] {
            assert_eq!(memory(text), want, "{text}");
        }
        let bytes = rewritten(Input::memory("in", &b"[1,\"a\xff\"]"[..]));
        assert_eq!(bytes, "in:1:6: the bytes here are not UTF-8");
    }

    #[test]
    fn inputs_may_have_a_comma_too_much_at_the_end() {
        for (text, want) in [
            ("[1, 2, ]", "[1,2]"),
            ("[1,[2,],{\"a\": {\"b\": 1,} , },]", "[1,[2],{\"a\": {\"b\": 1}}]"),
            ("{\"a\": 1,}", "{\"a\": 1}"),
            ("[,]", "in:1:2: expected a value but found `,`"),
            ("[1,,]", "in:1:4: expected a value but found `,`"),
            ("{,}", "in:1:2: expected a key in double quotes but found `,`"),
            ("{\"a\": 1,,}", "in:1:9: expected a key in double quotes but found `,`"),
            ("[1,}", "in:1:4: expected a value but found `}`"),
        ] {
            assert_eq!(rewritten(Input::memory("in", text.as_bytes())), want, "{text}");
        }
    }

    #[test]
    fn limits_nesting() {
        let nested = |open: &str, close: &str, n: usize| format!("{}1{}", open.repeat(n), close.repeat(n));
        assert!(memory(&nested("[", "]", 2000)).starts_with("[[["));
        for text in [nested("[", "]", 2002), nested("{\"a\":", "}", 100_000), "[".repeat(1_000_000)] {
            let message = memory(&text);
            assert!(message.ends_with("data is nested more than 2000 levels deep"), "{message}");
        }
    }

    /// One byte at a time.
    struct Trickle(std::vec::IntoIter<u8>);

    impl std::io::Read for Trickle {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            Ok(self.0.next().map_or(0, |byte| {
                buffer[0] = byte;
                1
            }))
        }
    }

    #[test]
    fn a_text_may_be_cut_anywhere() {
        for text in [
            r#" [ {"id": 1, "ü\n": [true, null, -1.5e+3, "a\"\uD83D\uDE80"]} , 12 , "x" , false , 1.5 ] "#,
            r#"{"id": [1, 2.5], "x": "é"}"#,
            "12.50",
            "[1, 2",
            "[\"a\\",
            "[1, tru",
            "[{\"a\": nul]",
        ] {
            let stream = rewritten(Input::stream("in", Trickle(text.as_bytes().to_vec().into_iter())));
            assert_eq!(stream, memory(text), "{text}");
        }
    }

    #[test]
    fn an_array_is_read_as_far_as_it_is_used() {
        let text = format!("[{{\"a\": 1}}, {{\"a\": 2}}, {} x", "0, ".repeat(100_000));
        let Value::Array(items) = read(Input::memory("in", text.as_bytes())).unwrap() else { panic!("no array") };
        let shapes: Vec<_> = items
            .iter()
            .take(2)
            .map(|item| match item {
                Ok(Value::Object(object)) => object.shape().id(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(shapes[0], shapes[1]);
        assert!(items.force().unwrap_err().message().starts_with("in:1:300023: expected a value but found `x`"));
    }
}
