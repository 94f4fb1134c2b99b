//! Excel workbooks (`.xlsx`): an object of sheets, each an array of rows. Follows the vendor's manual; the engine at hand
//! has no such format.

mod bomb;
mod cell;
mod read;
#[cfg(test)]
mod tests;
mod write;

use super::{Format, Input, Options, Property, Scripts};
use crate::diag::{Code, Fault};
use crate::value::Value;
use std::io::Write;

/// The format `excel`.
pub struct Excel;

const HEADER: Property = Property::flag(
    "header",
    true,
    "Whether the first row of a table has the names of its columns; else they are A, B, C and so on.",
);
const IGNORE_EMPTY: Property = Property::flag("ignoreEmptyLine", true, "Whether rows without any value are left out.");
const OFFSET: Property = Property::text(
    "tableOffset",
    "",
    "The first cell of the table, as in `B3`; by default the first row with anything in it, from column A.",
);
const BOMB_CHECK: Property = Property::flag(
    "zipBombCheck",
    true,
    "Whether files are refused that grow to more than a hundred times their size when unpacked.",
);

impl Format for Excel {
    fn id(&self) -> &'static str {
        "excel"
    }

    fn mime_type(&self) -> &'static str {
        "application/xlsx"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["application/xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx"]
    }

    fn is_text(&self) -> bool {
        false
    }

    fn reader_properties(&self) -> &'static [Property] {
        const {
            &[
                HEADER,
                IGNORE_EMPTY,
                OFFSET,
                Property::text(
                    "tableLimit",
                    "Unbounded",
                    "The last column: letters as in `AB`, `HeaderSize` for that of the last name, or `Unbounded`.",
                ),
                BOMB_CHECK,
                Property::STREAMING,
            ]
        }
    }

    fn writer_properties(&self) -> &'static [Property] {
        const { &[HEADER, IGNORE_EMPTY, OFFSET, BOMB_CHECK, Property::BUFFER_SIZE, Property::DEFERRED] }
    }

    fn read(&self, input: Input, options: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        read::read(input, options)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        write::write(value, out, options)
    }
}

/// The cell that `tableOffset` names, if it is given.
fn offset(options: &Options) -> Result<Option<cell::Position>, Fault> {
    match options.text("tableOffset") {
        "" => Ok(None),
        text => cell::Position::parse(text).map(Some).ok_or_else(|| {
            Fault::new(Code::Option, format!("`tableOffset` cannot be `{text}`")).help("write a cell, as in `B3`")
        }),
    }
}
