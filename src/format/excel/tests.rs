//! What is written and read back, and what neither the writer nor the reader takes.

use super::Excel;
use super::write::write;
use crate::diag::{Code, Fault};
use crate::format::scripts::NoScripts;
use crate::format::testing::{list, object, options, same, shown};
use crate::format::{Format, Input};
use crate::value::temporal::parse_literal;
use crate::value::{Number, Value};
use proptest::prelude::*;
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn bytes(value: Value, given: &[(&str, &str)]) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    write(value, &mut out, &options(Excel.writer_properties(), given)?).map(|()| out)
}

fn read(bytes: &[u8], given: &[(&str, &str)]) -> Result<Value, Fault> {
    Excel.read(Input::memory("book", bytes), &options(Excel.reader_properties(), given)?, &NoScripts)
}

/// What is read of what was written, as compact JSON.
fn there_and_back(value: Value, write_given: &[(&str, &str)], read_given: &[(&str, &str)]) -> String {
    shown(bytes(value, write_given).and_then(|bytes| read(&bytes, read_given)))
}

fn any_cell() -> impl Strategy<Value = Value> {
    let moments = ["2031-07-04", "1900-03-01", "2031-07-04T08:05:00", "23:59:59"];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        "-?[1-9][0-9]{0,9}(\\.[0-9]{0,3}[1-9])?".prop_map(|text| Number::parse(&text).unwrap().into()),
        prop_oneof!["[ <>&\"_x0-9A-Fäé🛶\n]{1,12}", "\\PC{1,12}"].prop_map(Value::from),
        prop::sample::select(moments.to_vec()).prop_map(|text| parse_literal(text).unwrap().into()),
    ]
}

fn rows() -> Value {
    let date = |text| Value::from(parse_literal(text).unwrap());
    let big = Value::from(Number::parse("12345678901234567890.5").unwrap());
    list(&[
        object(&[("Id", 1.into()), ("Name", " <Ge&orge> ".into()), ("On", true.into())]),
        object(&[
            ("Id", Value::from(Number::parse("2.5").unwrap())),
            ("Name", Value::Null),
            ("On", date("2031-07-04")),
        ]),
        object(&[("Name", date("2031-07-04T08:30:00")), ("Id", big), ("On", date("08:30:00"))]),
    ])
}

#[test]
fn keeps_types_and_places() {
    let want = r#"{"Sheet1": [{"Id": 1,"Name": " <Ge&orge> ","On": true},{"Id": 2.5,"Name": null,"On": "2031-07-04"},{"Id": "12345678901234567890.5","Name": "2031-07-04T08:30:00","On": "08:30:00"}],"Émpty": []}"#;
    let book = object(&[("Sheet1", rows()), ("Émpty", list(&[]))]);
    assert_eq!(there_and_back(book.clone(), &[], &[]), want);
    assert_eq!(there_and_back(book, &[("tableOffset", "C5")], &[("tableOffset", "C5")]), want);
}

#[test]
fn obeys_its_properties() {
    let book = object(&[(
        "S",
        list(&[object(&[("a", 1.into()), ("b", 2.into())]), object(&[("a", Value::Null)]), object(&[("b", 3.into())])]),
    )]);
    for (write_given, read_given, want) in [
        (&[][..], &[("header", "false")][..], r#"{"S": [{"A": "a","B": "b"},{"A": 1,"B": 2},{"A": null,"B": 3}]}"#),
        (&[("header", "false")], &[], r#"{"S": [{"1": null,"2": 3}]}"#),
        (
            &[("ignoreEmptyLine", "false")],
            &[("ignoreEmptyLine", "false")],
            r#"{"S": [{"a": 1,"b": 2},{},{"a": null,"b": 3}]}"#,
        ),
        (&[], &[("tableLimit", "A")], r#"{"S": [{"a": 1}]}"#),
        (&[("tableOffset", "B2")], &[], r#"{"S": [{"A": null,"a": 1,"b": 2},{"A": null,"a": null,"b": 3}]}"#),
    ] {
        assert_eq!(there_and_back(book.clone(), write_given, read_given), want, "{write_given:?} {read_given:?}");
    }
    assert!(read(&[], &[("tableOffset", "3B")]).unwrap_err().message().contains("tableOffset"));
}

#[test]
fn refuses_what_no_sheet_can_hold() {
    let sheet = |row: Value| object(&[("S", list(&[row]))]);
    for (value, want) in [
        (Value::Null, "a value that is no object cannot be written as an Excel workbook"),
        (object(&[]), "an object without sheets cannot be written as an Excel workbook"),
        (object(&[("a/b", list(&[]))]), "`a/b` cannot be the name of a sheet"),
        (object(&[("a", list(&[])), ("A", list(&[]))]), "`A` cannot be the name of a sheet"),
        (object(&[("S", 1.into())]), "a sheet `S` of type Number cannot be written as an Excel workbook"),
        (sheet(1.into()), "a row of type Number in sheet `S` cannot be written as an Excel workbook"),
        (sheet(object(&[("a", list(&[]))])), "a value of type Array cannot stand in cell A2"),
        (
            sheet(object(&[("a", "\u{1}".into())])),
            "the text in cell A2 has the character U+0001, which no sheet can hold",
        ),
        (
            object(&[("S", list(&[object(&[("a", 1.into())]), object(&[("b", 1.into())])]))]),
            "row 3 has the key `b`, which the first row lacks",
        ),
    ] {
        assert_eq!(bytes(value, &[]).map(|_| ()).unwrap_err().message(), want);
    }
}

#[test]
fn refuses_archives_that_explode() {
    let book = object(&[("S", list(&[object(&[("a", "x".repeat(30_000).into())]), object(&[("a", "y".into())])]))]);
    assert!(read(&bytes(book, &[]).unwrap(), &[]).is_ok());
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(&vec![b' '; 4_000_000]).unwrap();
    let bomb = zip.finish().unwrap().into_inner();
    assert_eq!(read(&bomb, &[]).unwrap_err().code(), Code::Limit);
    assert_eq!(read(&bomb, &[("zipBombCheck", "false")]).unwrap_err().code(), Code::Read);
    for bytes in [&b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0"] {
        assert_eq!(read(bytes, &[]).unwrap_err().code(), Code::Read);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_written_is_read_back(rows in proptest::collection::vec((any::<i32>(), any_cell(), any_cell()), 0..6)) {
        let rows = rows.into_iter().map(|(id, a, b)| object(&[("id", i64::from(id).into()), ("a", a), ("b", b)]));
        let book = object(&[("S", Value::array(rows.collect()))]);
        let back = read(&bytes(book.clone(), &[]).unwrap(), &[]).unwrap();
        prop_assert!(same(&book, &back), "{back:?}");
    }

    #[test]
    fn never_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>()) {
        let mut bytes = bytes(object(&[("S", rows())]), &[]).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes, &[]);
        let _ = read(&bytes[..cut.index(bytes.len())], &[("header", "false")]);
    }
}
