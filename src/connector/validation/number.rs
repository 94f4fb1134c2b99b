//! `validation:is-number`, by the rules of Apache Commons' validators: the whole text has to be a number as the locale
//! writes it, within the range of its Java type.

use super::messages::Text;
use super::validator::{Failure, Verdict, text_or_null, validator};
use super::{CONFIG_REF, MESSAGE};
use crate::diag::{Code, Fault, nearest};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::value::{Number, Schema, Str, Value, coerce};

/// `validation:is-number`
pub static SPEC: Spec = Spec {
    name: "validation:is-number",
    doc: "Fails unless a text is a number of a type, perhaps within limits.",
    attributes: &[
        Attribute::default("value", Kind::Value, "#[payload]", "The text."),
        Attribute::required("numberType", Kind::Value, "INTEGER, LONG, SHORT, DOUBLE or FLOAT."),
        Attribute::new("minValue", Kind::Value, "The least it may be."),
        Attribute::new("maxValue", Kind::Value, "The most it may be."),
        Attribute::new("pattern", Kind::Value, "How it is written, as Java's `DecimalFormat` has it."),
        Attribute::new("locale", Kind::Value, "The language that it is written in."),
        MESSAGE,
        CONFIG_REF,
    ],
    errors: &["VALIDATION:INVALID_NUMBER"],
    example: r##"<validation:is-number value="#[payload.amount]" numberType="INTEGER" minValue="1"/>"##,
    make: Make::Void(is_number),
    ..Spec::NEW
};

/// The types of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberType {
    Short,
    Integer,
    Long,
    Float,
    Double,
}

const TYPES: [(&str, NumberType); 5] = [
    ("SHORT", NumberType::Short),
    ("INTEGER", NumberType::Integer),
    ("LONG", NumberType::Long),
    ("FLOAT", NumberType::Float),
    ("DOUBLE", NumberType::Double),
];

/// How a number is written where nothing says so.
const PATTERN: &str = "#,##0.###";

impl NumberType {
    /// The type of this name.
    ///
    /// # Errors
    /// There is no such type.
    pub fn named(name: &str) -> Result<Self, Fault> {
        let known = TYPES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        known.ok_or_else(|| {
            let fault = Fault::new(Code::Argument, format!("there is no number type `{name}`"));
            let near = nearest(name, TYPES.iter().map(|(known, _)| *known)).unwrap_or("INTEGER");
            fault.help(format!("did you mean `{near}`?"))
        })
    }

    /// The number that a text is as a whole; `None` if it is none of this type.
    ///
    /// # Errors
    /// A pattern that is none.
    pub fn read(self, text: &str, pattern: Option<&str>, locale: &str) -> Result<Option<Number>, Fault> {
        let number = Number::parse_whole(text.trim(), &format_of(pattern.unwrap_or(PATTERN), locale))?;
        Ok(number.filter(|number| self.holds(number)))
    }

    fn holds(self, number: &Number) -> bool {
        let within = |least: i64, most: i64| number.to_i64().is_some_and(|n| (least..=most).contains(&n));
        let below = |most: f64| number.to_string().parse::<f64>().is_ok_and(|n| n.abs() <= most);
        match self {
            NumberType::Short => within(i16::MIN.into(), i16::MAX.into()),
            NumberType::Integer => within(i32::MIN.into(), i32::MAX.into()),
            NumberType::Long => within(i64::MIN, i64::MAX),
            NumberType::Float => below(f32::MAX.into()),
            NumberType::Double => below(f64::MAX),
        }
    }
}

fn format_of(pattern: &str, locale: &str) -> Schema {
    Schema(vec![(Str::from("format"), Value::string(pattern)), (Str::from("locale"), Value::string(locale))])
}

/// A number as Java's messages show it: `1,234.5`.
pub fn shown(number: &Number) -> String {
    number.formatted(&format_of(PATTERN, "en")).unwrap_or_else(|_| number.to_string())
}

struct IsNumber {
    value: Expression,
    kind: Expression,
    least: Option<Expression>,
    most: Option<Expression>,
    pattern: Option<Expression>,
    locale: Option<Expression>,
}

fn is_number(node: &Node<'_>) -> Box<dyn Processor> {
    let check = IsNumber {
        value: node.expression("value"),
        kind: node.expression("numberType"),
        least: node.value("minValue"),
        most: node.value("maxValue"),
        pattern: node.value("pattern"),
        locale: node.value("locale"),
    };
    validator(node, move |event| check.check(event))
}

impl IsNumber {
    fn check(&self, event: &Event) -> Result<Verdict, Error> {
        let optional = |part: &Option<Expression>| part.as_ref().map_or(Ok(None), |part| part.text(event));
        let wrong = |fault: Fault| Error::mule("UNKNOWN", fault.to_string());
        let (text, name) = (text_or_null(&self.value, event)?, text_or_null(&self.kind, event)?);
        let kind = NumberType::named(&name).map_err(wrong)?;
        let locale = optional(&self.locale)?.unwrap_or_else(|| "en".to_string());
        let Some(number) = kind.read(&text, optional(&self.pattern)?.as_deref(), &locale).map_err(wrong)? else {
            return Ok(Err(Failure::new("INVALID_NUMBER", Text::NumberType, [&text, &name])));
        };
        // A limit that is no number of the type does not limit anything.
        let limit = |text: Option<String>| match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => kind.read(&text, None, "en").map_err(wrong),
            None => Ok(None),
        };
        let failure = |text, limit: &Number| Failure::new("INVALID_NUMBER", text, [&shown(&number), &shown(limit)]);
        Ok(match (limit(optional(&self.least)?)?, limit(optional(&self.most)?)?) {
            (Some(least), _) if number < least => Err(failure(Text::Lower, &least)),
            (_, Some(most)) if number > most => Err(failure(Text::Greater, &most)),
            _ => Ok(()),
        })
    }
}

/// The number of a value that may also be text.
pub fn whole(value: &Value) -> Result<i64, Fault> {
    let number = coerce::to_number(value)?;
    number.to_i64().ok_or_else(|| Fault::new(Code::Argument, format!("{number} is no whole number")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_their_type() {
        for (kind, text, number) in [
            ("INTEGER", "12", Some("12")),
            ("INTEGER", " 1,234 ", Some("1234")),
            ("INTEGER", "12.5", None),
            ("INTEGER", "2147483648", None),
            ("LONG", "2147483648", Some("2147483648")),
            ("SHORT", "32768", None),
            ("DOUBLE", "12.5", Some("12.5")),
            ("DOUBLE", "12.5x", None),
            ("DOUBLE", "", None),
            ("FLOAT", "-0.5", Some("-0.5")),
            ("LONG", "+1", None),
            ("LONG", "unparseable", None),
        ] {
            let read = NumberType::named(kind).unwrap().read(text, None, "en").unwrap();
            assert_eq!(read.map(|n| n.to_string()).as_deref(), number, "{kind} {text}");
        }
        assert_eq!(shown(&Number::from(1234i64)), "1,234");
    }
}
