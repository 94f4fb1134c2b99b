//! Writes flat files by their schema.

use super::field::Fill;
use super::schema::{Content, Item, Layout, Part, PartContent, Segment};
use crate::diag::{Code, Fault};
use crate::format::{Options, Sink};
use crate::value::{Array, Elements, Object, Value};
use std::io::Write;

/// Writes records, or the records of a structure.
pub fn write(value: Value, out: &mut dyn Write, layout: &Layout, options: &Options) -> Result<(), Fault> {
    let mut writer = Writer {
        sink: Sink::new(out, options.charset()?),
        separator: match options.text("recordTerminator") {
            "cr" => "\r",
            "crlf" => "\r\n",
            "none" => "",
            _ => "\n",
        },
        rules: Rules {
            fill: super::property::fill(options),
            cut: options.flag("trimValues"),
            needs_required: options.flag("enforceRequires"),
        },
        is_first: true,
    };
    match layout {
        Layout::Records(segment) => {
            for record in all(value) {
                writer.record(segment, &record?)?;
            }
        }
        Layout::Structure(parts) => writer.group(parts, value.bare(), "the structure")?,
    }
    writer.sink.finish()
}

#[derive(Clone, Copy)]
struct Rules {
    fill: Fill,
    cut: bool,
    needs_required: bool,
}

struct Writer<'a> {
    sink: Sink<'a>,
    separator: &'static str,
    rules: Rules,
    is_first: bool,
}

/// The items of a list; any other value is the only one.
fn all(value: Value) -> Elements<'static> {
    match value.into_bare() {
        Value::Array(items) => items.into_elements(),
        other => Array::from(vec![other]).into_elements(),
    }
}

impl Writer<'_> {
    fn group(&mut self, parts: &[Part], value: &Value, name: &str) -> Result<(), Fault> {
        let Value::Object(object) = value.bare() else { return Err(no_object(name, value)) };
        for part in parts {
            let members = match object.get(&part.id).filter(|value| !value.is_null()) {
                Some(value) => all(value.clone()),
                None if part.optional => continue,
                None => return Err(wrong(format!("`{}` is missing in {name}", part.id))),
            };
            for (index, member) in members.enumerate() {
                if part.most.is_some_and(|most| index >= most) {
                    return Err(wrong(format!("there are more than {index} of `{}` in {name}", part.id)));
                }
                match &part.content {
                    PartContent::Segment(segment) => self.record(segment, &member?)?,
                    PartContent::Group(parts) => self.group(parts, &member?, &format!("`{}`", part.id))?,
                }
            }
        }
        Ok(())
    }

    fn record(&mut self, segment: &Segment, value: &Value) -> Result<(), Fault> {
        let Value::Object(object) = value.bare() else {
            return Err(no_object(&format!("a record `{}`", segment.id), value));
        };
        if !std::mem::take(&mut self.is_first) {
            self.sink.text(self.separator)?;
        }
        let own = segment.items.iter().map(Item::width).sum::<usize>();
        if own < segment.width
            && let Some((_, tag)) = segment.tags.first()
        {
            self.sink.text(&format!("{tag:0$}", segment.width - own))?;
        }
        self.items(&segment.items, object)
    }

    fn items(&mut self, items: &[Item], object: &Object) -> Result<(), Fault> {
        for item in items {
            let value = object.get(&item.name).filter(|value| !value.is_null());
            let mut values = match value {
                Some(value) if item.count > 1 => all(value.clone()),
                Some(value) => Array::from(vec![value.clone()]).into_elements(),
                None => Array::default().into_elements(),
            };
            for _ in 0..item.count {
                self.piece(item, values.next().transpose()?.as_ref())?;
            }
            if values.next().is_some() {
                return Err(wrong(format!("there are more than {} of `{}`", item.count, item.name)));
            }
        }
        Ok(())
    }

    fn piece(&mut self, item: &Item, value: Option<&Value>) -> Result<(), Fault> {
        match (&item.content, value.map(Value::bare)) {
            (Content::Composite(inner), None) => self.items(inner, &Object::default()),
            (Content::Composite(inner), Some(Value::Object(object))) => self.items(inner, object),
            (Content::Composite(_), Some(other)) => Err(no_object(&format!("`{}`", item.name), other)),
            (Content::Element(element), bare) => {
                let is_missing = bare.is_none_or(Value::is_null) && element.tag.is_none();
                if is_missing && element.required && self.rules.needs_required {
                    return Err(wrong(format!("`{}` has no value", item.name)));
                }
                let text = element.write(value, self.rules.fill, self.rules.cut);
                let text = text.map_err(|what| wrong(format!("in `{}`, {what}", item.name)))?;
                self.sink.text(&text)
            }
        }
    }
}

fn wrong(message: String) -> Fault {
    Fault::new(Code::Write, message)
}

fn no_object(what: &str, value: &Value) -> Fault {
    wrong(format!("{what} must be an object, not of type {}", value.type_name()))
}
