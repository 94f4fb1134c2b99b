//! CSV: rows of text as an array of objects. What it is called, its properties, and its special characters.

mod read;
mod scan;
mod write;

use super::{Format, Input, Options, Property, Scripts};
use crate::diag::{Code, Fault};
use crate::value::Value;
use std::io::Write;

/// The format `csv`.
pub struct Csv;

const SEPARATOR: Property = Property::text("separator", ",", "The character between two fields.");
const QUOTE: Property = Property::text("quote", "\"", "The character around a quoted field.");
const ESCAPE: Property = Property::text(
    "escape",
    "\\",
    "The character that takes the meaning from a special one behind it; empty for none.",
);
const BODY_START: Property = Property::number(
    "bodyStartLineNumber",
    i64::MIN,
    "0",
    "The line, counted from 1, that the rows start in; 0 for the one after the header.",
);
const IGNORE_EMPTY: Property =
    Property::flag("ignoreEmptyLine", true, "Whether lines that are empty or blank are skipped.");
const HEADER: Property = Property::flag("header", true, "Whether a line with the names of the columns comes first.");
const HEADER_LINE: Property = Property::number(
    "headerLineNumber",
    i64::MIN,
    "0",
    "The line, counted from 1, that the header stands in; 0 for the first.",
);

impl Format for Csv {
    fn id(&self) -> &'static str {
        "csv"
    }

    fn mime_type(&self) -> &'static str {
        "application/csv"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["*/csv"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn reader_properties(&self) -> &'static [Property] {
        const { &[Property::STREAMING, SEPARATOR, QUOTE, ESCAPE, BODY_START, IGNORE_EMPTY, HEADER, HEADER_LINE] }
    }

    fn writer_properties(&self) -> &'static [Property] {
        write::PROPERTIES
    }

    fn read(&self, input: Input, options: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        read::read(input, options)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        write::write(value, out, options)
    }
}

/// The characters with a meaning; each text holds one character, or none where the dialect lacks it.
struct Dialect {
    separator: String,
    quote: String,
    escape: String,
}

impl Dialect {
    /// From the properties; of a longer text the first character counts.
    fn new(options: &Options) -> Result<Self, Fault> {
        let first = |name| options.text(name).chars().take(1).collect::<String>();
        let dialect = Self { separator: first("separator"), quote: first("quote"), escape: first("escape") };
        let separator = &dialect.separator;
        if separator.is_empty() || *separator == dialect.quote || *separator == dialect.escape {
            return Err(bad_separator("must be a character other than `quote` and `escape`"));
        }
        if ["\n", "\r"].iter().any(|end| [separator, &dialect.quote, &dialect.escape].contains(&&end.to_string())) {
            return Err(bad_separator("and `quote` and `escape` cannot be line breaks"));
        }
        Ok(dialect)
    }
}

fn bad_separator(why: &str) -> Fault {
    Fault::new(Code::Option, format!("`separator` {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Object, QName, Shape, Str};
    use proptest::prelude::*;

    fn round_trip(rows: &[[String; 2]], given: &[(Str, Value)]) -> Vec<[String; 2]> {
        let shape = Shape::new(vec![QName::local("a"), QName::local("b")]);
        let row = |r: &[String; 2]| Object::of_shape(shape.clone(), r.iter().map(Value::string).collect());
        let rows = Value::array(rows.iter().map(|r| Value::Object(row(r))).collect());
        let mut out = Vec::new();
        write::write(rows, &mut out, &Options::lenient(Csv.writer_properties(), given).unwrap()).unwrap();
        let known = |(name, _): &&(Str, Value)| Csv.reader_properties().iter().any(|p| p.name == name);
        let given: Vec<_> = given.iter().filter(known).cloned().collect();
        let options = Options::lenient(Csv.reader_properties(), &given).unwrap();
        let Value::Array(back) = read::read(Input::memory("m", out), &options).unwrap() else { panic!("no array") };
        let texts = |row: Result<Value, Fault>| match row.unwrap() {
            Value::Object(o) => [0, 1].map(|i| o.values()[i].as_str().unwrap().to_string()),
            other => panic!("{other:?}"),
        };
        back.into_elements().map(texts).collect()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(rows in proptest::collection::vec(["[ -~\n\r\tä\\\\\",;]{0,9}", "\\PC{0,9}"], 0..6)) {
            let quoted = [("quoteValues".into(), true.into()), ("escape".into(), "\"".into())];
            for given in [&[][..], &[("separator".into(), ";".into())], &quoted] {
                prop_assert_eq!(&round_trip(&rows, given), &rows);
            }
        }
    }
}
