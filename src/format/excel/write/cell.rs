//! Cells as they stand in the XML of a sheet.

use crate::diag::{Code, Fault};
use crate::format::excel::cell::serial as day;
use crate::format::scalar;
use crate::value::Value;
use crate::value::temporal::{LocalDateTime, LocalTime, Temporal};
use std::fmt::Write as _;

/// Adds a cell; null makes none.
pub fn write(name: &str, value: &Value, xml: &mut String) -> Result<(), Fault> {
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
    let local = |local: LocalDateTime| Some((2, (day(local.date)? as f64 + fraction(local.time)).to_string()));
    match temporal {
        Temporal::Date(date) => Some((1, day(*date)?.to_string())),
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
