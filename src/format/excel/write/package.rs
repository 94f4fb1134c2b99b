//! The package of a workbook: a ZIP archive whose parts name each other.

use crate::diag::Fault;
use crate::format::sink::write_failed;
use crate::value::Str;
use quick_xml::escape::escape;
use std::io::Write;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

const PROLOG: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The styles of cells by number: plain, date, date and time, time.
const STYLES: &str = "<fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills>\
    <borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"4\">\
    <xf/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/><xf numFmtId=\"22\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"21\" applyNumberFormat=\"1\"/></cellXfs>";

/// A workbook on its way out.
pub struct Package<'a> {
    zip: ZipWriter<StreamWriter<&'a mut dyn Write>>,
}

impl<'a> Package<'a> {
    /// An empty one.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { zip: ZipWriter::new_stream(out) }
    }

    /// Writes all parts but the sheets, which have these names.
    pub fn begin(&mut self, names: &[Str]) -> Result<(), Fault> {
        self.part("[Content_Types].xml", &content_types(names.len()))?;
        self.part("_rels/.rels", &relations(&relation(1, "officeDocument", "xl/workbook.xml")))?;
        self.part("xl/_rels/workbook.xml.rels", &workbook_relations(names.len()))?;
        self.part("xl/workbook.xml", &workbook(names))?;
        self.part("xl/styles.xml", &format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"))
    }

    /// Begins the sheet at this place; its rows come by [`Package::put`].
    pub fn begin_sheet(&mut self, index: usize) -> Result<(), Fault> {
        let path = format!("xl/worksheets/sheet{}.xml", index + 1);
        self.part(&path, &format!("<worksheet xmlns=\"{MAIN}\"><sheetData>"))
    }

    /// Ends the sheet begun last.
    pub fn end_sheet(&mut self) -> Result<(), Fault> {
        self.put("</sheetData></worksheet>")
    }

    /// Adds text to the part begun last.
    pub fn put(&mut self, text: &str) -> Result<(), Fault> {
        self.zip.write_all(text.as_bytes()).map_err(write_failed)
    }

    /// Writes what stands at the end of a ZIP archive.
    pub fn finish(self) -> Result<(), Fault> {
        self.zip.finish().map_err(|e| write_failed(e.into())).map(drop)
    }

    fn part(&mut self, path: &str, text: &str) -> Result<(), Fault> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.zip.start_file(path, options).map_err(|e| write_failed(e.into()))?;
        self.put(PROLOG)?;
        self.put(text)
    }
}

fn content_types(sheets: usize) -> String {
    let part =
        |n| format!("<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{SPREADSHEET}.worksheet+xml\"/>");
    let sheets: String = (1..=sheets).map(part).collect();
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{SPREADSHEET}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{SPREADSHEET}.styles+xml\"/>{sheets}</Types>"
    )
}

fn relation(id: usize, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
}

fn relations(all: &str) -> String {
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

fn workbook_relations(sheets: usize) -> String {
    let mut all: String = (1..=sheets).map(|n| relation(n, "worksheet", &format!("worksheets/sheet{n}.xml"))).collect();
    all.push_str(&relation(sheets + 1, "styles", "styles.xml"));
    relations(&all)
}

fn workbook(names: &[Str]) -> String {
    let sheet = |(n, name): (usize, &Str)| {
        format!("<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>", escape(name.as_str()))
    };
    let sheets: String = (1..).zip(names).map(sheet).collect();
    format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{sheets}</sheets></workbook>")
}
