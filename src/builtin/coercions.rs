//! Natives of `dw::util::Coercions`: conversions with a format, a locale, a unit … as arguments.

use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, NativeFn, Run};
use crate::value::ty::Simple;
use crate::value::{Object, Schema, Str, Type, Value, coerce, units};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    native("Coercions::toArray", |_, args| Ok(Value::array(units::each_value(args.str(0)?).collect()))),
    native("Coercions::toBinary", |_, args| converted(&args, Simple::Binary, &["encoding"])),
    native("Coercions::toDate", |_, args| converted(&args, Simple::Date, &TEXT_FORMAT)),
    native("Coercions::toDateTime", |_, args| converted(&args, Simple::DateTime, &TEXT_FORMAT)),
    native("Coercions::toLocalDateTime", |_, args| converted(&args, Simple::LocalDateTime, &TEXT_FORMAT)),
    native("Coercions::toLocalTime", |_, args| converted(&args, Simple::LocalTime, &TEXT_FORMAT)),
    native("Coercions::toNumber", |_, args| converted(&args, Simple::Number, &TEXT_FORMAT)),
    native("Coercions::toTime", |_, args| converted(&args, Simple::Time, &TEXT_FORMAT)),
    native("Coercions::dateTimeOfNumber", |_, args| converted(&args, Simple::DateTime, &["unit"])),
    native("Coercions::numberByUnit", |_, args| converted(&args, Simple::Number, &["unit"])),
    native("Coercions::textOfDate", |_, args| converted(&args, Simple::String, &TEXT_FORMAT)),
    native("Coercions::textOfNumber", |_, args| converted(&args, Simple::String, &["format", "locale", "roundMode"])),
    native("Coercions::textOfBinary", |_, args| converted(&args, Simple::String, &["encoding"])),
    native("Coercions::textOfArray", text_of_array),
    native("Coercions::dateByFormatters", |_, args| by_formatters(&args, Simple::Date)),
    native("Coercions::dateTimeByFormatters", |_, args| by_formatters(&args, Simple::DateTime)),
    native("Coercions::localDateTimeByFormatters", |_, args| by_formatters(&args, Simple::LocalDateTime)),
    native("Coercions::localTimeByFormatters", |_, args| by_formatters(&args, Simple::LocalTime)),
    native("Coercions::numberByFormatters", |_, args| by_formatters(&args, Simple::Number)),
    native("Coercions::timeByFormatters", |_, args| by_formatters(&args, Simple::Time)),
];

const TEXT_FORMAT: [&str; 2] = ["format", "locale"];

const fn native(key: &'static str, body: NativeFn) -> Native {
    Native { key, body }
}

/// The first argument as another type. The others become the schema, under these names; null stands for none.
fn converted(args: &Args<'_>, to: Simple, names: &[&str]) -> Result<Value, Fault> {
    let given = names.iter().enumerate().map(|(i, name)| (Str::from(*name), args.value(i + 1).clone()));
    let schema = Schema(given.filter(|(_, value)| !value.is_null()).collect());
    coerce::coerce(args.bare(0), &Type::Simple(to), &schema)
}

/// By the first formatter that takes the text.
fn by_formatters(args: &Args<'_>, to: Simple) -> Result<Value, Fault> {
    let Some(formatters) = args.value(1).elements() else {
        return Err(Fault::internal("formatters are no array, though their type was declared"));
    };
    for formatter in formatters {
        let formatter = formatter?;
        let schema = match formatter.bare() {
            Value::Object(formatter) => schema_of(formatter),
            _ => Schema::default(),
        };
        match coerce::coerce(args.bare(0), &Type::Simple(to), &schema) {
            Err(fault) if fault.code() == Code::Internal => return Err(fault),
            Err(_) => {}
            converted => return converted,
        }
    }
    let text = args.str(0)?;
    Err(Fault::new(Code::Coercion, format!("no formatter takes `{text}`")).rescuable())
}

fn schema_of(formatter: &Object) -> Schema {
    let given = formatter.iter().filter(|pair| !pair.value.is_null());
    Schema(given.map(|pair| (pair.name.local.clone(), pair.value.clone())).collect())
}

/// All texts in a row.
fn text_of_array(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let mut text = String::new();
    for item in args.take_array(0)?.into_elements() {
        let item = item?;
        match item.as_str() {
            Some(part) => text.push_str(part),
            None => {
                let message = format!("`toString` joins lists of texts, but this one has a {}", item.type_name());
                return Err(Fault::new(Code::NoOverload, message).help("convert the items first, or use `joinBy`"));
            }
        }
    }
    Ok(text.into())
}
