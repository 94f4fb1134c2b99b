//! Flat files: records of fixed width, described by a schema. What the format is called, and its properties. Follows the
//! vendor's manual; the engine at hand has no such format.

mod field;
mod load;
mod property;
mod read;
mod schema;
mod write;

use super::{Format, Input, Options, Property, Scripts};
use crate::diag::{Code, Fault};
use crate::value::Value;
use property::{READER, WRITER};
use schema::Layout;
use std::io::Write;

/// The format `flatfile`, and `fixedwidth`, which is another name for it.
pub struct FlatFile {
    id: &'static str,
    mime_type: &'static str,
    mime_types: &'static [&'static str],
}

impl FlatFile {
    /// `flatfile`
    pub const FLAT_FILE: FlatFile =
        FlatFile { id: "flatfile", mime_type: "application/flatfile", mime_types: &["*/flatfile"] };
    /// `fixedwidth`
    pub const FIXED_WIDTH: FlatFile =
        FlatFile { id: "fixedwidth", mime_type: "application/fixedwidth", mime_types: &["*/fixedwidth"] };
}

impl Format for FlatFile {
    fn id(&self) -> &'static str {
        self.id
    }

    fn mime_type(&self) -> &'static str {
        self.mime_type
    }

    fn mime_types(&self) -> &'static [&'static str] {
        self.mime_types
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn reader_properties(&self) -> &'static [Property] {
        READER
    }

    fn writer_properties(&self) -> &'static [Property] {
        WRITER
    }

    fn read(&self, input: Input, options: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        read::read(input, layout(options)?, options)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        write::write(value, out, &layout(options)?, options)
    }
}

/// The layout that the properties name.
fn layout(options: &Options) -> Result<Layout, Fault> {
    let path = options.text("schemaPath");
    if path.is_empty() {
        return Err(Fault::new(Code::Option, "the property `schemaPath` is missing")
            .help("flat files need a schema: `schemaPath=\"orders.ffd\"`"));
    }
    load::layout(path, options.resource(path)?, options.text("structureIdent"), options.text("segmentIdent"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Resources;
    use crate::format::json::Json;
    use crate::format::scripts::NoScripts;
    use proptest::prelude::*;

    const RECORDS: &str = "form: FIXEDWIDTH\nname: stock\nvalues:\n\
        - { name: id, type: String, length: 4 }\n\
        - { name: qty, type: Integer, length: 5, format: { justify: zeroes } }\n\
        - { name: price, type: Decimal, length: 7, format: { implicit: 2 } }\n\
        - { name: day, type: Date, length: 8, usage: O }\n\
        - { name: code, type: String, length: 2, count: 2, usage: O, format: { justify: right } }\n";

    const STRUCTURE: &str = "form: FLATFILE\nstructures:\n- id: Batch\n  data:\n  - { idRef: HEAD }\n\
        \x20 - groupId: orders\n    count: '>1'\n    usage: O\n    items:\n    - { idRef: ORD }\n    - { idRef: LIN, count: '>1' }\n\
        \x20 - { idRef: TAIL }\nsegments:\n\
        - { id: HEAD, values: [{ name: kind, type: String, length: 1, tagValue: H }, { idRef: date }] }\n\
        - { id: ORD, values: [{ name: kind, type: String, length: 1, tagValue: O }, { name: no, type: Integer, length: 4 }] }\n\
        - { id: LIN, values: [{ name: kind, type: String, length: 1, tagValue: L }, { name: item, values: [{ name: sku, type: String, length: 3 }, { name: n, type: Integer, length: 2 }] }] }\n\
        - { id: TAIL, values: [{ name: kind, type: String, length: 1, tagValue: T }, { name: count, type: Integer, length: 3 }] }\n\
        elements:\n- { id: date, name: day, type: Date, length: 8 }\n";

    fn options(properties: &'static [Property], schema: &'static str, given: &[(&str, &str)]) -> Options {
        let path = [("schemaPath", "s.ffd")];
        let given: Vec<_> = path.iter().chain(given).map(|(k, v)| ((*k).into(), Value::from(*v))).collect();
        let resources = Resources::new(move |_| Ok(schema.as_bytes().into()));
        Options::lenient(properties, &given).unwrap().with_resources(resources)
    }

    fn read(schema: &'static str, text: &str, given: &[(&str, &str)]) -> Result<Value, Fault> {
        let input = Input::memory("in", text.as_bytes());
        FlatFile::FLAT_FILE.read(input, &options(READER, schema, given), &NoScripts)
    }

    fn shown(schema: &'static str, text: &str, given: &[(&str, &str)]) -> String {
        let compact = [("indent".into(), false.into())];
        let mut out = Vec::new();
        let compact = Options::lenient(Json.writer_properties(), &compact).unwrap();
        match read(schema, text, given).and_then(|value| Json.write(value, &mut out, &compact)) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(fault) => fault.message().lines().next().unwrap().to_string(),
        }
    }

    fn written(schema: &'static str, json: &str, given: &[(&str, &str)]) -> String {
        let input = Input::memory("json", json.as_bytes());
        let value = Json.read(input, &Options::default(), &NoScripts).unwrap();
        let mut out = Vec::new();
        match FlatFile::FLAT_FILE.write(value, &mut out, &options(WRITER, schema, given)) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn reads_and_writes_records() {
        let text = "A1  0001200012502031070401 2\nÄ   -0003 -12345            ";
        let json = r#"[{"id": "A1","qty": 12,"price": 12.5,"day": "2031-07-04","code": ["01","2"]},{"id": "Ä","qty": -3,"price": -123.45}]"#;
        assert_eq!(shown(RECORDS, text, &[]), json);
        assert_eq!(written(RECORDS, json, &[]), text.replace("0001250", "   1250"));
        let joined = text.replace('\n', "");
        assert_eq!(shown(RECORDS, &joined, &[("recordParsing", "noTerminator")]), json);
        assert_eq!(written(RECORDS, json, &[("recordTerminator", "none")]), joined.replace("0001250", "   1250"));
        assert_eq!(
            shown(RECORDS, "B  \r\nC   00001rest of a long line of text\r\n", &[("recordParsing", "lenient")])
                .lines()
                .next(),
            Some("in:2:10: in `price`, `rest of` is not a number")
        );
        assert_eq!(
            shown(RECORDS, "B \nC   00001\n", &[("recordParsing", "lenient")]),
            r#"[{"id": "B"},{"id": "C","qty": 1}]"#
        );
    }

    #[test]
    fn reads_and_writes_structures() {
        let text = "H20310704\nO   1\nLabc 2\nLdef 1\nO   2\nLghi10\nT  2";
        let json = r#"{"HEAD": {"kind": "H","day": "2031-07-04"},"orders": [{"ORD": {"kind": "O","no": 1},"LIN": [{"kind": "L","item": {"sku": "abc","n": 2}},{"kind": "L","item": {"sku": "def","n": 1}}]},{"ORD": {"kind": "O","no": 2},"LIN": [{"kind": "L","item": {"sku": "ghi","n": 10}}]}],"TAIL": {"kind": "T","count": 2}}"#;
        assert_eq!(shown(STRUCTURE, text, &[]), json);
        assert_eq!(written(STRUCTURE, json, &[]), text);
        assert_eq!(shown(STRUCTURE, &text.replace('\n', ""), &[("recordParsing", "noTerminator")]), json);
        assert_eq!(
            shown(STRUCTURE, "O   1\nO   2\n", &[("segmentIdent", "ORD")]),
            r#"[{"kind": "O","no": 1},{"kind": "O","no": 2}]"#
        );
        assert_eq!(written(STRUCTURE, r#"{"HEAD": {"day": "2031-07-04"}, "TAIL": {}}"#, &[]), "H20310704\nT   ");
    }

    #[test]
    fn says_what_does_not_fit() {
        for (schema, text, given, want) in [
            (RECORDS, "A1  00012", &[][..], "in:1:10: a record `stock` has 28 characters, not 9"),
            (RECORDS, "A1  12x45                   ", &[], "in:1:5: in `qty`, `12x45` is not a number"),
            (RECORDS, "A1  00001      120319999    ", &[], "in:1:17: in `day`, `20319999` is not a date"),
            (RECORDS, "    00001                   ", &[("enforceRequires", "true")], "in:1:1: `id` has no value"),
            (STRUCTURE, "H20310704\nO   1\nT  2", &[], "in:3:1: a `LIN` is missing here"),
            (STRUCTURE, "H20310704\nT  2\nT  3", &[], "in:3:1: the structure ends before this record"),
            (STRUCTURE, "T  2", &[], "in:1:1: a `HEAD` is missing here"),
            (
                STRUCTURE,
                "",
                &[("structureIdent", "X")],
                "the flat file schema s.ffd cannot be used: it has no structure `X`",
            ),
            ("form: COPYBOOK", "", &[], "the flat file schema s.ffd cannot be used: copybooks are not supported"),
            (
                "values: [{name: a, type: Packed, length: 3}]",
                "",
                &[],
                "the flat file schema s.ffd cannot be used: its element `a` has a type of COBOL, which is not supported",
            ),
            (
                "values: [{name: a, type: String, length: 99999999999}]",
                "",
                &[],
                "the flat file schema s.ffd cannot be used: its element `a` is too wide",
            ),
            (
                "values: [{idRef: c}]\ncomposites: [{id: c, values: [{idRef: c}]}]",
                "",
                &[],
                "the flat file schema s.ffd cannot be used: its composites contain themselves, or are nested too deep",
            ),
            ("a: [", "", &[], "s.ffd:1:5: while parsing a node, did not find expected node content"),
        ] {
            assert_eq!(shown(schema, text, given), want, "{text}");
        }
        for (json, given, want) in [
            (r#"[{"id": "too long"}]"#, &[][..], "in `id`, `too long` does not fit into 4 characters"),
            (r#"[{"price": 1.234}]"#, &[], "in `price`, 1.234 has more than 2 digits behind its point"),
            (r#"[{"qty": "x"}]"#, &[], "in `qty`, Cannot coerce String (x) to Number"),
            (r#"[{"price": 1E+300}]"#, &[], "does not fit into 7 characters"),
            (r#"[{"code": [1, 2, 3]}]"#, &[], "there are more than 2 of `code`"),
            (r#"[{"qty": 1}]"#, &[("enforceRequires", "true")], "`id` has no value"),
            ("[5]", &[], "a record `stock` must be an object, not of type Number"),
        ] {
            let got = written(RECORDS, json, given);
            assert!(got.ends_with(want), "{got}");
        }
        assert_eq!(written(RECORDS, r#"{"id": "too long"}"#, &[("trimValues", "true")]).trim_end(), "too 00000");
        let missing = Options::lenient(READER, &[]).unwrap();
        assert!(FlatFile::FIXED_WIDTH.read(Input::memory("in", &b""[..]), &missing, &NoScripts).is_err());
    }

    #[test]
    fn fills_missing_values_as_told() {
        let told = |how| [("useMissCharAsDefaultForFill", "true"), ("missingValues", how)];
        assert_eq!(written(RECORDS, "{}", &told("ZEROES")), "    000000000000            ");
        assert_eq!(written(RECORDS, "{}", &told("NULLS")), "\0".repeat(28));
        assert_eq!(shown(RECORDS, &"\0".repeat(28), &told("nulls")), "[{}]");
        assert_eq!(
            shown(RECORDS, "A   00000       20310704    ", &told("zeroes")),
            r#"[{"id": "A","day": "2031-07-04"}]"#
        );
        let kept = [("retainEmptyStringFieldsOnParsing", "true")];
        assert_eq!(shown(RECORDS, &" ".repeat(28), &kept), r#"[{"id": "","code": ["",""]}]"#);
    }

    proptest! {
        #[test]
        fn never_panics(text in "[HOLT0-9a-c \\-+é\\n]{0,60}") {
            for given in [&[][..], &[("recordParsing", "noTerminator")], &[("recordParsing", "lenient")], &[("recordParsing", "singleRecord")]] {
                let _ = shown(RECORDS, &text, given);
                let _ = shown(STRUCTURE, &text, given);
            }
        }

        #[test]
        fn reads_what_it_writes(id in "[!-~é]{1,4}", qty in -9999i64..99999, cents in -99_999i64..999_999) {
            let price = format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100);
            let json = format!("[{{\"id\": {},\"qty\": {qty},\"price\": {price}}}]", serde_json::to_string(&id).unwrap());
            let text = written(RECORDS, &json, &[]);
            prop_assert_eq!(text.chars().count(), 28, "{}", text);
            prop_assert_eq!(written(RECORDS, &shown(RECORDS, &text, &[]), &[]), text);
        }
    }
}
