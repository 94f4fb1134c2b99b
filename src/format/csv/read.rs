//! Reads CSV: rows as a sequence that is parsed while it is pulled. Regular rows share one shape.

use super::Dialect;
use super::scan::{Scanner, Trouble};
use crate::diag::Fault;
use crate::format::{Input, Options, Window};
use crate::value::{Array, Object, Producer, QName, Shape, Value};
use memchr::memchr2;
use std::sync::Arc;

/// The rows of the input.
pub fn read(input: Input, options: &Options) -> Result<Value, Fault> {
    let rows = Rows {
        window: Window::new(input),
        scanner: Scanner::new(Dialect::new(options)?),
        skip_empty: options.flag("ignoreEmptyLine"),
        header: options.flag("header"),
        header_line: options.number("headerLineNumber"),
        body_line: options.number("bodyStartLineNumber"),
        shapes: None,
        ended: false,
    };
    Ok(Value::Array(Array::lazy(rows)))
}

struct Rows {
    window: Window,
    scanner: Scanner,
    skip_empty: bool,
    header: bool,
    header_line: i64,
    body_line: i64,
    shapes: Option<Shapes>,
    ended: bool,
}

impl Producer for Rows {
    fn next(&mut self) -> Option<Result<Value, Fault>> {
        if self.ended {
            return None;
        }
        let row = self.row().transpose();
        self.ended = !matches!(row, Some(Ok(_)));
        row
    }
}

impl Rows {
    fn row(&mut self) -> Result<Option<Value>, Fault> {
        let width = match &self.shapes {
            Some(shapes) => shapes.regular.names().len(),
            None => self.start()?,
        };
        let Some(fields) = self.record(width)? else { return Ok(None) };
        let shapes = self.shapes.get_or_insert_with(|| Shapes::of_width(fields.len()));
        Ok(Some(Value::Object(Object::of_shape(shapes.for_width(fields.len()), fields))))
    }

    /// Goes to the first row, reading the header on the way; gives the number of columns it names.
    fn start(&mut self) -> Result<usize, Fault> {
        self.skip_to(self.header_line)?;
        if self.header {
            let names = self.record(0)?.unwrap_or_default();
            let names = names.iter().filter_map(Value::as_str).map(QName::local).collect();
            self.shapes = Some(Shapes::of(Shape::new(names)));
        }
        self.skip_to(self.body_line)?;
        Ok(self.shapes.as_ref().map_or(0, |s| s.regular.names().len()))
    }

    /// The next record with something in it.
    fn record(&mut self, width: usize) -> Result<Option<Vec<Value>>, Fault> {
        let mut fields = Vec::with_capacity(width);
        loop {
            let (rest, complete) = (self.window.rest(), self.window.is_complete());
            if complete && rest.is_empty() {
                return Ok(None);
            }
            match self.scanner.record(rest, complete, &mut fields) {
                Ok(length) => {
                    self.window.advance(length);
                    if !(self.skip_empty && is_empty(&fields)) {
                        return Ok(Some(fields));
                    }
                }
                Err(Trouble::Short) => self.window.fill()?,
                Err(Trouble::Bad(at, what)) => return Err(self.window.fault(at, what)),
            }
            fields.clear();
        }
    }

    /// Leaves out lines up to this one, counted from 1; a quote has no meaning there.
    fn skip_to(&mut self, line: i64) -> Result<(), Fault> {
        let mut missing = usize::try_from(line).unwrap_or(0).saturating_sub(self.window.line());
        while missing > 0 {
            let (rest, complete) = (self.window.rest().as_bytes(), self.window.is_complete());
            match memchr2(b'\n', b'\r', rest) {
                Some(at) if rest[at] == b'\r' && at + 1 == rest.len() && !complete => self.window.fill()?,
                Some(at) => {
                    let length = if rest[at..].starts_with(b"\r\n") { at + 2 } else { at + 1 };
                    self.window.advance(length);
                    missing -= 1;
                }
                None if complete => {
                    self.window.advance(rest.len());
                    return Ok(());
                }
                None => self.window.fill()?,
            }
        }
        Ok(())
    }
}

/// Whether a record is an empty line: one field, with nothing in it but blanks, quoted or not.
fn is_empty(fields: &[Value]) -> bool {
    matches!(fields, [only] if only.as_str().is_some_and(|s| s.bytes().all(|b| b <= b' ')))
}

/// The shapes of rows by their width.
struct Shapes {
    regular: Arc<Shape>,
    /// The last one of another width: shorter rows lack the last names, longer ones have numbers for names.
    other: Option<Arc<Shape>>,
}

impl Shapes {
    fn of(regular: Arc<Shape>) -> Self {
        Self { regular, other: None }
    }

    fn of_width(width: usize) -> Self {
        Self::of(Shape::new((0..width).map(numbered).collect()))
    }

    fn for_width(&mut self, width: usize) -> Arc<Shape> {
        let names = self.regular.names();
        if names.len() == width {
            return self.regular.clone();
        }
        match &self.other {
            Some(shape) if shape.names().len() == width => shape.clone(),
            _ => {
                let surplus = (names.len()..width).map(numbered);
                let shape = Shape::new(names.iter().take(width).cloned().chain(surplus).collect());
                self.other.insert(shape).clone()
            }
        }
    }
}

fn numbered(column: usize) -> QName {
    QName::local(format!("column_{column}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::format::csv::Csv;
    use crate::value::Str;
    use proptest::prelude::*;

    fn parse(bytes: &[u8], given: &[(&str, &str)]) -> Result<Vec<Value>, Fault> {
        let given: Vec<_> = given.iter().map(|(k, v)| (Str::from(*k), Value::from(*v))).collect();
        let options = Options::lenient(Csv.reader_properties(), &given)?;
        match read(Input::memory("in.csv", bytes), &options)? {
            Value::Array(rows) => rows.into_vec(),
            other => panic!("{other:?}"),
        }
    }

    /// The rows as `name=value name=value`, or the error's text.
    fn rows(text: &str, given: &[(&str, &str)]) -> String {
        let show = |row: &Value| match row {
            Value::Object(o) => o
                .iter()
                .map(|p| format!("{}={}", p.name.local, p.value.as_str().unwrap()))
                .collect::<Vec<_>>()
                .join(" "),
            other => panic!("{other:?}"),
        };
        match parse(text.as_bytes(), given) {
            Ok(rows) => rows.iter().map(show).collect::<Vec<_>>().join("; "),
            Err(fault) => fault.to_string().lines().next().unwrap().to_string(),
        }
    }

    #[test]
    fn follows_the_reference_dialect() {
        for (text, want) in [
            ("k,v\n1,a\r\n2,b\r3,c\n\r\n4,d", "k=1 v=a; k=2 v=b; k=3 v=c; k=4 v=d"),
            ("a, b\n Bern , Aare ", "a= Bern   b= Aare "),
            ("a,b\n \"x, y\" ,\t\"z\"  ", "a=x, y b=z"),
            ("a,b\n5\"6\",inch\"es\"", "a=5\"6\" b=inch\"es\""),
            ("a\nx\\,y\\\"\\\\\\q\\", "a=x,y\"\\\\q\\"),
            ("a\n\"x\\,y\\\"\\\\\"", "a=x\\,y\"\\"),
            ("a,b\none\\\ntwo,2", "a=one\ntwo b=2"),
            ("a,b\n1\\\r\n2,3", "a=1\r; a=2 b=3"),
            ("a\n\"up\r\ndown\"\r\n", "a=up\r\ndown"),
            ("a,b\n1\n1,2,3,4\n1,2", "a=1; a=1 b=2 column_2=3 column_3=4; a=1 b=2"),
            ("a,b\n,\n , \n  \n\t\n\"\"\n\" \"\n", "a= b=; a=  b= "),
            ("", ""),
            ("\u{feff}a\n1", "a=1"),
        ] {
            assert_eq!(rows(text, &[]), want, "{text:?}");
        }
    }

    #[test]
    fn reads_doubled_quotes_and_reports_what_the_reference_drops() {
        for (text, want) in [
            ("a,b\n\"The \"\"Third\"\" Man\",\"\"\"\"", "a=The \"Third\" Man b=\""),
            ("a\n\"kept\"dropped", "in.csv:2:7: text follows after the closing quote of a field"),
            ("a,b\nü,  \"x\n1,2\n", "in.csv:2:5: the quote that opens this field is never closed"),
        ] {
            assert_eq!(rows(text, &[]), want, "{text:?}");
        }
    }

    #[test]
    fn obeys_its_properties() {
        for (text, given, want) in [
            ("a¦b\n日本¦😀", &[("separator", "¦¦")][..], "a=日本 b=😀"),
            ("a\tb\n \t\"x\"\t\"y\" \n", &[("separator", "\t")], "a=  b=x column_2=y"),
            ("a\n'it\\'s \"'", &[("quote", "'")], "a=it's \""),
            ("a,b\nz\"\"w,x\",\"y\"\"\"", &[("escape", "\"")], "a=z\"\"w b=x\" column_2=y\""),
            ("a,b\nx\\,\"y\\\"", &[("escape", "")], "a=x\\ b=y\\"),
            ("a\n\"x\"", &[("quote", "")], "a=\"x\""),
            ("r,1\nb,2,x", &[("header", "false")], "column_0=r column_1=1; column_0=b column_1=2 column_2=x"),
            ("\na,b\n\n1,2", &[("ignoreEmptyLine", "false")], "=a column_1=b; =; =1 column_1=2"),
            ("t\n\n\nid\n1", &[("headerLineNumber", "2")], "id=1"),
            ("id\n1", &[("headerLineNumber", "5")], ""),
            ("k,v\n\"2\nlines\",1\n3,4\n5,6", &[("bodyStartLineNumber", "4")], "k=3 v=4; k=5 v=6"),
            ("k,v\n1,2\n3,4", &[("header", "false"), ("headerLineNumber", "3")], "column_0=3 column_1=4"),
            ("t\nk\n1", &[("headerLineNumber", "2"), ("bodyStartLineNumber", "-1")], "k=1"),
            ("a", &[("separator", "")], "`separator` must be a character other than `quote` and `escape`"),
        ] {
            assert_eq!(rows(text, given), want, "{text:?} {given:?}");
        }
    }

    #[test]
    fn refuses_wrong_bytes_and_finds_utf_16_by_its_mark() {
        let fault = parse(b"a\nG\xf6te", &[]).unwrap_err();
        assert!(fault.message().starts_with("in.csv:2:2: the bytes here are not UTF-8"), "{fault}");
        let rows = parse(b"\xff\xfea\0\n\0\xf6\0", &[]).unwrap();
        assert!(matches!(&rows[0], Value::Object(o) if o.get("a").unwrap().as_str() == Some("\u{f6}")), "{rows:?}");
    }

    #[test]
    fn regular_rows_share_their_shape_and_positions_survive_refills() {
        let line = "1234567,abcdefgh\r\n";
        let text = format!("a,b\r\n{}\"x\"y", line.repeat(20_000));
        let options = Options::lenient(Csv.reader_properties(), &[]).unwrap();
        let mut stream = match read(Input::stream("s", std::io::Cursor::new(text)), &options) {
            Err(fault) => panic!("{fault}"),
            Ok(Value::Array(rows)) => rows.into_elements(),
            Ok(other) => panic!("{other:?}"),
        };
        let rows: Vec<_> = stream.by_ref().collect();
        let fault = rows.last().unwrap().as_ref().unwrap_err();
        assert!(fault.message().starts_with("s:20002:4: "), "{fault}");
        let shape = |i: usize| match &rows[i] {
            Ok(Value::Object(o)) => o.shape().id(),
            other => panic!("{other:?}"),
        };
        assert_eq!(shape(0), shape(19_999));
    }

    #[test]
    fn takes_ten_thousand_columns() {
        let line = vec!["x"; 10_000].join(",");
        let rows = parse(format!("{line}\n{line}\n").as_bytes(), &[]).unwrap();
        assert!(matches!(&rows[..], [Value::Object(o)] if o.len() == 10_000));
    }

    proptest! {
        #[test]
        fn never_panics_and_ends(bytes in proptest::collection::vec(prop_oneof![Just(b','), Just(b'"'), Just(b'\\'), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..80)) {
            let _ = parse(&bytes, &[]);
            let _ = parse(&bytes, &[("escape", "\""), ("ignoreEmptyLine", "false")]);
        }
    }
}
