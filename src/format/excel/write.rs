//! Writes workbooks while the value is pulled: a row at a time, packed on its way out.

use super::cell::{self, COLUMNS, ROWS};
use crate::diag::{Code, Fault};
use crate::format::held::{Held, Member, members, own_members};
use crate::format::sink::write_failed;
use crate::format::{Options, scalar};
use crate::value::temporal::{LocalDateTime, LocalTime, Temporal};
use crate::value::{Array, Object, Str, Value};
use std::fmt::Write as _;
use std::io::Write;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// Writes an object whose keys are sheets and whose values are arrays of rows.
pub fn write(value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
    let Value::Object(sheets) = value.into_bare() else { return Err(no_workbook("a value that is no object")) };
    let names: Vec<Str> = sheets.shape().names().iter().map(|name| name.local.clone()).collect();
    check_names(&names)?;
    let mut book = Book {
        zip: ZipWriter::new_stream(out),
        header: options.flag("header"),
        skip_empty: options.flag("ignoreEmptyLine"),
        start: super::offset(options)?.map_or((0, 0), |start| (start.row, start.column)),
    };
    book.parts(&names)?;
    if sheets.is_shared() {
        for (index, member) in members(&sheets).enumerate() {
            book.sheet(index, member)?;
        }
    } else {
        let (shape, attributes, values) = sheets.into_parts();
        for (index, member) in own_members(&shape, &attributes, values).enumerate() {
            book.sheet(index, member)?;
        }
    }
    book.zip.finish().map_err(|e| write_failed(e.into())).map(drop)
}

fn no_workbook(what: &str) -> Fault {
    Fault::new(Code::Write, format!("{what} cannot be written as an Excel workbook"))
        .help("it takes an object of sheets, each an array of objects: `{Sheet1: [{id: 1}]}`")
}

/// Excel's own rules for the names of sheets.
fn check_names(names: &[Str]) -> Result<(), Fault> {
    const LONGEST: usize = 31;
    if names.is_empty() {
        return Err(no_workbook("an object without sheets"));
    }
    for (index, name) in names.iter().enumerate() {
        let is_good = (1..=LONGEST).contains(&name.encode_utf16().count())
            && !name.contains(['[', ']', ':', '*', '?', '/', '\\'])
            && !name.starts_with('\'')
            && !name.ends_with('\'')
            && name.chars().all(|c| !c.is_control());
        if !is_good || names[..index].iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
            let message = format!("`{name}` cannot be the name of a sheet");
            return Err(Fault::new(Code::Write, message)
                .help("names are up to 31 characters without []:*?/\\, and different from each other"));
        }
    }
    Ok(())
}

struct Book<'a> {
    zip: ZipWriter<StreamWriter<&'a mut dyn Write>>,
    header: bool,
    skip_empty: bool,
    /// Row and column of the first cell.
    start: (u32, u32),
}

/// Where a table is written, and what its columns are.
#[derive(Default)]
struct Table {
    names: Option<Vec<Str>>,
    row: u32,
    xml: String,
}

const PROLOG: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The styles of cells by number: plain, date, date and time, time.
const STYLES: &str = "<fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills>\
    <borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"4\">\
    <xf/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/><xf numFmtId=\"22\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"21\" applyNumberFormat=\"1\"/></cellXfs>";

impl Book<'_> {
    fn begin(&mut self, path: &str) -> Result<(), Fault> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.zip.start_file(path, options).map_err(|e| write_failed(e.into()))
    }

    fn put(&mut self, text: &str) -> Result<(), Fault> {
        self.zip.write_all(text.as_bytes()).map_err(write_failed)
    }

    fn part(&mut self, path: &str, text: &str) -> Result<(), Fault> {
        self.begin(path)?;
        self.put(PROLOG)?;
        self.put(text)
    }

    /// Everything but the sheets.
    fn parts(&mut self, names: &[Str]) -> Result<(), Fault> {
        const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        let numbers = 1..=names.len();
        let each = |text: &dyn Fn(usize) -> String| numbers.clone().map(text).collect::<String>();
        let overrides = each(&|n| {
            format!("<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{TYPE}.worksheet+xml\"/>")
        });
        self.part(
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPE}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPE}.styles+xml\"/>{overrides}</Types>"
            ),
        )?;
        let relation = |id: usize, kind: &str, target: &str| {
            format!("<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
        };
        let relations = |all: String| format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>");
        self.part("_rels/.rels", &relations(relation(1, "officeDocument", "xl/workbook.xml")))?;
        let sheets = each(&|n| relation(n, "worksheet", &format!("worksheets/sheet{n}.xml")));
        let styles = relation(names.len() + 1, "styles", "styles.xml");
        self.part("xl/_rels/workbook.xml.rels", &relations(sheets + &styles))?;
        let sheets = each(&|n| {
            let name = quick_xml::escape::escape(names[n - 1].as_str());
            format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>")
        });
        self.part(
            "xl/workbook.xml",
            &format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{sheets}</sheets></workbook>"),
        )?;
        self.part("xl/styles.xml", &format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"))
    }

    fn sheet(&mut self, index: usize, sheet: Member<'_>) -> Result<(), Fault> {
        self.part(
            &format!("xl/worksheets/sheet{}.xml", index + 1),
            &format!("<worksheet xmlns=\"{MAIN}\"><sheetData>"),
        )?;
        let rows = match sheet.value {
            Held::Own(Value::Array(rows)) => rows.into_elements(),
            other => match other.bare() {
                Value::Array(rows) => rows.clone().into_elements(),
                Value::Null => Array::default().into_elements(),
                other => {
                    let what = format!("a sheet `{}` of type {}", sheet.name.local, other.type_name());
                    return Err(no_workbook(&what));
                }
            },
        };
        let mut table = Table { row: self.start.0, ..Table::default() };
        for row in rows {
            match row?.into_bare() {
                Value::Object(row) => self.row(&mut table, &row)?,
                other => {
                    let what = format!("a row of type {} in sheet `{}`", other.type_name(), sheet.name.local);
                    return Err(no_workbook(&what));
                }
            }
        }
        self.put("</sheetData></worksheet>")
    }

    fn row(&mut self, table: &mut Table, row: &Object) -> Result<(), Fault> {
        if table.names.is_none() {
            let names: Vec<Str> = row.shape().names().iter().map(|name| name.local.clone()).collect();
            if self.header {
                let titles: Vec<_> = names.iter().map(|name| Value::String(name.clone())).collect();
                let titles: Vec<_> = titles.iter().enumerate().collect();
                self.cells(table, &titles)?;
            }
            table.names = Some(names);
        }
        if self.skip_empty && row.values().iter().all(|value| value.is_null() || value.as_str() == Some("")) {
            return Ok(());
        }
        let names = table.names.as_deref().unwrap_or_default();
        let mut cells = Vec::with_capacity(row.len());
        let mut next = 0;
        for (name, value) in row.shape().names().iter().zip(row.values()) {
            // The names mostly come in order; repeated ones keep theirs.
            let place = names[next.min(names.len())..].iter().position(|n| *n == name.local).map(|n| n + next);
            let place = place.or_else(|| names.iter().position(|n| *n == name.local)).ok_or_else(|| {
                let message = format!("row {} has the key `{}`, which the first row lacks", table.row + 1, name.local);
                Fault::new(Code::Write, message).help("the first row names the columns: give it all keys, perhaps null")
            })?;
            cells.push((place, value));
            next = place + 1;
        }
        cells.sort_by_key(|(place, _)| *place);
        self.cells(table, &cells)
    }

    fn cells(&mut self, table: &mut Table, cells: &[(usize, &Value)]) -> Result<(), Fault> {
        let xml = &mut table.xml;
        xml.clear();
        let row = table.row + 1;
        if row > ROWS
            || cells.last().is_some_and(|(place, _)| *place as u64 + u64::from(self.start.1) >= COLUMNS.into())
        {
            return Err(Fault::new(Code::Limit, format!("a sheet has no more than {ROWS} rows and {COLUMNS} columns")));
        }
        let _ = write!(xml, "<row r=\"{row}\">");
        for (place, value) in cells {
            let name = format!("{}{row}", cell::letters(self.start.1 + *place as u32));
            cell_xml(&name, value, xml)?;
        }
        xml.push_str("</row>");
        table.row += 1;
        let xml = std::mem::take(&mut table.xml);
        self.put(&xml)?;
        table.xml = xml;
        Ok(())
    }
}

/// Adds a cell; null makes none.
fn cell_xml(name: &str, value: &Value, xml: &mut String) -> Result<(), Fault> {
    // A String takes everything.
    let mut number = |style: u8, text: &str| {
        let _ = write!(xml, "<c r=\"{name}\" s=\"{style}\"><v>{text}</v></c>");
    };
    match value.bare() {
        Value::Null => {}
        Value::Boolean(b) => {
            let _ = write!(xml, "<c r=\"{name}\" t=\"b\"><v>{}</v></c>", u8::from(*b));
        }
        Value::Temporal(temporal) => match serial(temporal) {
            Some((style, text)) => number(style, &text),
            None => text_cell(name, &temporal.to_string(), xml)?,
        },
        bare => match bare.as_number() {
            // Excel computes with fifteen digits: more of them survive as text only.
            Some(n) if n.precision() <= 15 => number(0, &n.to_string()),
            _ => {
                let text = scalar::text(bare).ok_or_else(|| {
                    let message = format!("a value of type {} cannot stand in cell {name}", bare.type_name());
                    Fault::new(Code::Write, message)
                })?;
                text_cell(name, &text, xml)?;
            }
        },
    }
    Ok(())
}

/// Style and serial number of a moment, if a sheet can show it.
fn serial(temporal: &Temporal) -> Option<(u8, String)> {
    let fraction = |time: LocalTime| time.nano_of_day() as f64 / 86_400e9;
    let local = |local: LocalDateTime| Some((2, (cell::serial(local.date)? as f64 + fraction(local.time)).to_string()));
    match temporal {
        Temporal::Date(date) => Some((1, cell::serial(*date)?.to_string())),
        Temporal::LocalDateTime(moment) => local(*moment),
        Temporal::DateTime(moment) => local(moment.local()),
        Temporal::LocalTime(time) => Some((3, fraction(*time).to_string())),
        _ => None,
    }
}

fn text_cell(name: &str, text: &str, xml: &mut String) -> Result<(), Fault> {
    const LONGEST: usize = 32_767;
    if text.encode_utf16().count() > LONGEST {
        return Err(Fault::new(Code::Limit, format!("the text in cell {name} is longer than {LONGEST} characters")));
    }
    if let Some((_, c)) = crate::format::xml::find_illegal(text) {
        let message =
            format!("the text in cell {name} has the character U+{:04X}, which no sheet can hold", u32::from(c));
        return Err(Fault::new(Code::Write, message));
    }
    let text = quick_xml::escape::escape(text);
    let _ = write!(xml, "<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::excel::Excel;
    use crate::format::scripts::NoScripts;
    use crate::format::testing::{list, object, options, same, shown};
    use crate::format::{Format, Input};
    use crate::value::Number;
    use crate::value::temporal::parse_literal;
    use proptest::prelude::*;

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
            list(&[
                object(&[("a", 1.into()), ("b", 2.into())]),
                object(&[("a", Value::Null)]),
                object(&[("b", 3.into())]),
            ]),
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
}
