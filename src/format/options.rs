//! The properties of one read or write, checked against the declarations.

use super::{Property, PropertyKind, Resources};
use crate::diag::{Code, Fault, nearest};
use crate::value::{Charset, Namespace, Str, Value};
use std::sync::Arc;

/// The properties of one read or write, checked against the declarations.
#[derive(Clone, Debug, Default)]
pub struct Options {
    declared: &'static [Property],
    given: Vec<(&'static str, Value)>,
    namespaces: Vec<Arc<Namespace>>,
    mime: Str,
    resources: Resources,
}

impl Options {
    /// Checks what a script's directive gave: kinds must fit exactly. The last of two equal names wins.
    pub fn strict(declared: &'static [Property], given: &[(Str, Value)]) -> Result<Self, Fault> {
        Self::collect(declared, given, |kind, value| match (kind, value.bare()) {
            (PropertyKind::Boolean, Value::Boolean(_)) => Some(value.clone()),
            (PropertyKind::Number { .. }, Value::Int(_)) => Some(value.clone()),
            (PropertyKind::Text | PropertyKind::OneOf(_), Value::String(_)) => Some(value.clone()),
            _ => None,
        })
    }

    /// Checks what came as text or from an object (`--mime`, `read`, `write`): `"true"` is a Boolean, any other text is
    /// false; numbers may be text; text may be a number or Boolean.
    pub fn lenient(declared: &'static [Property], given: &[(Str, Value)]) -> Result<Self, Fault> {
        Self::collect(declared, given, |kind, value| match (kind, value.bare()) {
            (PropertyKind::Boolean, Value::Boolean(_)) => Some(value.clone()),
            (PropertyKind::Boolean, Value::String(s)) => Some(Value::Boolean(s == "true")),
            (PropertyKind::Number { .. }, Value::Int(_)) => Some(value.clone()),
            (PropertyKind::Number { .. }, Value::String(s)) => s.parse().ok().map(Value::Int),
            (PropertyKind::Text | PropertyKind::OneOf(_), Value::String(_)) => Some(value.clone()),
            (PropertyKind::Text | PropertyKind::OneOf(_), Value::Int(n)) => Some(Value::from(n.to_string())),
            (PropertyKind::Text | PropertyKind::OneOf(_), Value::Boolean(b)) => Some(Value::from(b.to_string())),
            _ => None,
        })
    }

    fn collect(
        declared: &'static [Property],
        given: &[(Str, Value)],
        fit: impl Fn(PropertyKind, &Value) -> Option<Value>,
    ) -> Result<Self, Fault> {
        let mut options = Self { declared, ..Default::default() };
        for (name, value) in given {
            let property = declared.iter().find(|p| p.name == name).ok_or_else(|| unknown(declared, name))?;
            let value = fit(property.kind, value).ok_or_else(|| wrong(property, value))?;
            if let (PropertyKind::Number { least }, Value::Int(n)) = (property.kind, &value)
                && *n < least
            {
                let message = format!("property `{name}` must be at least {least}, not {n}");
                return Err(Fault::new(Code::Option, message));
            }
            options.given.retain(|(n, _)| *n != property.name);
            options.given.push((property.name, value));
        }
        Ok(options)
    }

    /// The same properties together with the namespaces of the script's header, which some writers declare.
    pub fn with_namespaces(self, namespaces: Vec<Arc<Namespace>>) -> Self {
        Self { namespaces, ..self }
    }

    /// The namespaces of the script's header, in order.
    pub fn namespaces(&self) -> &[Arc<Namespace>] {
        &self.namespaces
    }

    /// The same properties together with the MIME type that a writer was chosen by.
    pub fn with_mime(self, mime: &str) -> Self {
        Self { mime: mime.into(), ..self }
    }

    /// The same properties, and who loads the files that they name.
    pub fn with_resources(self, resources: Resources) -> Self {
        Self { resources, ..self }
    }

    /// The bytes of a file that a property names.
    pub fn resource(&self, path: &str) -> Result<Arc<[u8]>, Fault> {
        self.resources.load(path)
    }

    /// The MIME type that the writer was chosen by; empty if it was an id.
    pub fn mime(&self) -> &str {
        &self.mime
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.given.iter().find(|(n, _)| *n == name).map(|(_, v)| v.bare())
    }

    fn default(&self, name: &str) -> &'static str {
        self.declared.iter().find(|p| p.name == name).map_or("", |p| p.default)
    }

    /// A Boolean property, given or default.
    pub fn flag(&self, name: &str) -> bool {
        match self.get(name) {
            Some(Value::Boolean(b)) => *b,
            _ => self.default(name) == "true",
        }
    }

    /// A text property, given or default.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Value::String(s)) => s.as_str(),
            _ => self.default(name),
        }
    }

    /// The character set that the `encoding` property names; UTF-8 if there is none.
    pub fn charset(&self) -> Result<Charset, Fault> {
        match self.text("encoding") {
            "" => Ok(Charset::UTF_8),
            name => Charset::named(name),
        }
    }

    /// A number property, given or default (0 where the declaration has none).
    pub fn number(&self, name: &str) -> i64 {
        match self.get(name) {
            Some(Value::Int(n)) => *n,
            _ => self.default(name).parse().unwrap_or(0),
        }
    }
}

fn unknown(declared: &'static [Property], name: &str) -> Fault {
    let fault = Fault::new(Code::Option, format!("unknown property `{name}`"));
    let names = || declared.iter().map(|p| p.name);
    match nearest(name, names()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None if declared.is_empty() => fault.help("this format has no properties"),
        None => fault.help(format!("known properties: {}", names().collect::<Vec<_>>().join(", "))),
    }
}

fn wrong(property: &Property, value: &Value) -> Fault {
    let wanted = match property.kind {
        PropertyKind::Boolean => "true or false, without quotes".to_string(),
        PropertyKind::Number { .. } => "a whole number".to_string(),
        PropertyKind::Text => "a text in quotes".to_string(),
        PropertyKind::OneOf(choices) => format!("one of {}", choices.join(", ")),
    };
    let message = format!("property `{}` takes {wanted}, not a {}", property.name, value.type_name());
    Fault::new(Code::Option, message).help(property.doc)
}
