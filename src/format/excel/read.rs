//! Reads workbooks, cell by cell: a sheet with two distant cells must not cost what lies between them.

use super::bomb::{check, not_a_workbook};
use super::cell::{self, Position};
use crate::diag::{Code, Fault};
use crate::format::{Input, Options};
use crate::value::{ObjectBuilder, QName, Shape, Value};
use calamine::{Reader, Xlsx};
use std::io::Cursor;
use std::sync::Arc;

/// An object with the rows of each sheet.
pub fn read(input: Input, options: &Options) -> Result<Value, Fault> {
    let name = input.name.clone();
    let layout = Layout::new(options)?;
    let bytes = input.into_memory()?;
    if options.flag("zipBombCheck") {
        check(&name, &bytes)?;
    }
    let mut book = Xlsx::new(Cursor::new(&bytes[..])).map_err(|e| not_a_workbook(&name, &e.to_string()))?;
    let mut sheets = ObjectBuilder::default();
    for sheet in book.sheet_names() {
        let wrong = |what: String| Fault::new(Code::Read, format!("{name}: sheet `{sheet}`: {what}"));
        let mut cells = match book.worksheet_cells_reader(&sheet) {
            Ok(cells) => cells,
            // A sheet that is a chart has no rows.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(wrong(error.to_string())),
        };
        let mut table = Table::new(&layout);
        while let Some(cell) = cells.next_cell().map_err(|e| wrong(e.to_string()))? {
            let (row, column) = cell.get_position();
            if let Some(value) = cell::value(cell.get_value()) {
                table.cell(Position { row, column }, value).map_err(|fault| wrong(fault.message().to_string()))?;
            }
        }
        sheets.field(&sheet, table.rows().map_err(|fault| wrong(fault.message().to_string()))?);
    }
    Ok(sheets.value())
}

/// What the properties say of each table.
struct Layout {
    header: bool,
    skip_empty: bool,
    start: Option<Position>,
    limit: Limit,
}

#[derive(Clone, Copy)]
enum Limit {
    Column(u32),
    Header,
    None,
}

impl Layout {
    fn new(options: &Options) -> Result<Self, Fault> {
        let limit = match options.text("tableLimit") {
            "" | "Unbounded" => Limit::None,
            "HeaderSize" => Limit::Header,
            letters => Limit::Column(cell::column(letters).ok_or_else(|| {
                Fault::new(Code::Option, format!("`tableLimit` cannot be `{letters}`"))
                    .help("write a column as in `AB`, `HeaderSize` or `Unbounded`")
            })?),
        };
        Ok(Self {
            header: options.flag("header"),
            skip_empty: options.flag("ignoreEmptyLine"),
            start: super::offset(options)?,
            limit,
        })
    }
}

/// The table of a sheet, as far as its cells were seen.
struct Table<'l> {
    layout: &'l Layout,
    rows: Vec<Value>,
    /// The row that the next cells probably belong to, with its cells.
    current: Option<(u32, Vec<(u32, Value)>)>,
    /// Names by column, once the header was seen; the first one belongs to the first column of the table.
    names: Option<Vec<QName>>,
    next_row: u32,
    shape: Option<Arc<Shape>>,
    /// How many cells there were, and how many values they became with the empty cells between them.
    cells: u64,
    values: u64,
}

impl<'l> Table<'l> {
    fn new(layout: &'l Layout) -> Self {
        let next_row = layout.start.map_or(0, |start| start.row);
        let (rows, current, names, shape) = (Vec::new(), None, None, None);
        Self { layout, rows, current, names, next_row, shape, cells: 0, values: 0 }
    }

    fn first_column(&self) -> u32 {
        self.layout.start.map_or(0, |start| start.column)
    }

    fn cell(&mut self, at: Position, value: Value) -> Result<(), Fault> {
        if self.layout.start.is_some_and(|start| at.row < start.row || at.column < start.column) {
            return Ok(());
        }
        if self.current.as_ref().is_none_or(|(row, _)| *row != at.row) {
            self.end_row()?;
            self.current = Some((at.row, Vec::new()));
        }
        let is_within = match (self.layout.limit, &self.names) {
            (Limit::Column(last), _) => at.column <= last,
            (Limit::Header, Some(names)) => at.column - self.first_column() < names.len() as u32,
            _ => true,
        };
        if let Some((_, cells)) = self.current.as_mut().filter(|_| is_within) {
            cells.push((at.column, value));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Fault> {
        let Some((row, mut cells)) = self.current.take() else { return Ok(()) };
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        if self.layout.header && self.names.is_none() {
            self.names = Some(self.header(cells));
            self.next_row = row + 1;
            return Ok(());
        }
        if !self.layout.skip_empty {
            let missing = row.saturating_sub(self.next_row);
            self.rows.extend((0..missing).map(|_| Value::empty_object()));
        }
        self.next_row = row + 1;
        if !cells.is_empty() {
            let row = self.row(cells)?;
            self.rows.push(row);
        }
        Ok(())
    }

    /// Names for all columns up to the last one in the header; a column without a name is called by its letters.
    fn header(&self, cells: Vec<(u32, Value)>) -> Vec<QName> {
        let first = self.first_column();
        let mut names = Vec::new();
        for (column, value) in cells {
            while (names.len() as u32) < column - first {
                names.push(QName::local(cell::letters(first + names.len() as u32)));
            }
            let text = crate::format::scalar::text(&value).unwrap_or_default();
            names.push(QName::local(text));
        }
        names
    }

    /// A row with a value for every named column, and for further ones as far as it goes; empty cells are null.
    fn row(&mut self, cells: Vec<(u32, Value)>) -> Result<Value, Fault> {
        let first = self.first_column();
        let named = self.names.as_ref().map_or(0, |names| names.len() as u32);
        let last = cells.last().map_or(0, |(column, _)| column - first + 1);
        self.cells += cells.len() as u64;
        self.values += u64::from(named.max(last));
        self.check_density()?;
        let mut row = self.shape.take().map_or_else(ObjectBuilder::default, ObjectBuilder::expecting);
        let mut cells = cells.into_iter().peekable();
        for index in 0..named.max(last) {
            let name = self.names.as_ref().and_then(|names| names.get(index as usize)).cloned();
            let name = name.unwrap_or_else(|| QName::local(cell::letters(first + index)));
            let value = cells.next_if(|(column, _)| *column == first + index).map_or(Value::Null, |(_, value)| value);
            row.pair(name, None, value);
        }
        let row = row.build();
        self.shape = Some(row.shape().clone());
        Ok(Value::Object(row))
    }

    /// Empty cells cost memory although they cost nothing in the file.
    fn check_density(&self) -> Result<(), Fault> {
        const FREE: u64 = 10_000_000;
        const PER_CELL: u64 = 100;
        if self.values <= FREE + self.cells * PER_CELL {
            return Ok(());
        }
        let fault = Fault::new(Code::Limit, "nearly all cells of the table are empty, and there are too many of them");
        Err(fault.help("`tableLimit` says where the table ends"))
    }

    fn rows(mut self) -> Result<Value, Fault> {
        self.end_row()?;
        Ok(Value::array(self.rows))
    }
}
