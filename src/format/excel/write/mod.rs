//! Writes workbooks while the value is pulled: a row at a time, packed on its way out.

mod cell;
mod package;

use super::cell::{COLUMNS, ROWS, letters};
use crate::diag::{Code, Fault};
use crate::format::Options;
use crate::format::held::{Held, Member, members, own_members};
use crate::value::{Array, Object, Str, Value};
use package::Package;
use std::fmt::Write as _;
use std::io::Write;

/// Writes an object whose keys are sheets and whose values are arrays of rows.
pub fn write(value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
    let Value::Object(sheets) = value.into_bare() else { return Err(no_workbook("a value that is no object")) };
    let names: Vec<Str> = sheets.shape().names().iter().map(|name| name.local.clone()).collect();
    check_names(&names)?;
    let mut book = Book {
        package: Package::new(out),
        header: options.flag("header"),
        skip_empty: options.flag("ignoreEmptyLine"),
        start: super::offset(options)?.map_or((0, 0), |start| (start.row, start.column)),
    };
    book.package.begin(&names)?;
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
    book.package.finish()
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
    package: Package<'a>,
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

impl Book<'_> {
    fn sheet(&mut self, index: usize, sheet: Member<'_>) -> Result<(), Fault> {
        self.package.begin_sheet(index)?;
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
        self.package.end_sheet()
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
            let name = format!("{}{row}", letters(self.start.1 + *place as u32));
            cell::write(&name, value, xml)?;
        }
        xml.push_str("</row>");
        table.row += 1;
        let xml = std::mem::take(&mut table.xml);
        self.package.put(&xml)?;
        table.xml = xml;
        Ok(())
    }
}
