//! `XmlModule::xpath`, which expressions call.

use super::evaluate::Query;
use super::extract::{bytes, variables};
use crate::connector::xml::namespaces::Namespaces;
use crate::connector::xml::work;
use crate::diag::{Code, Fault};
use crate::flow::event::{Event, Typed};
use crate::value::{Value, coerce};

/// `XmlModule::xpath(xpath, content, contextProperties, namespaces)`
///
/// # Errors
/// Those of `xml-module:xpath-extract`.
pub fn function(_: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    let [xpath, content, properties, spaces] = arguments else {
        return Err(Fault::new(Code::Argument, "`XmlModule::xpath` takes four arguments"));
    };
    let mut namespaces = Namespaces::default();
    for space in spaces.elements().into_iter().flatten() {
        let space = space?;
        let Value::Object(space) = space.bare() else { continue };
        let field = |name: &str| {
            space.get(name).map_or(Ok(String::new()), |value| coerce::to_text(value).map(|t| t.to_string()))
        };
        namespaces.add(field("prefix")?, field("uri")?);
    }
    let query = Query {
        xpath: coerce::to_text(xpath)?.to_string(),
        namespaces,
        variables: variables(properties),
        entities: false,
        newlines: false,
    };
    let content = Typed::value(content.clone());
    let found = work::here(|| query.ask(&bytes(&content)?));
    let found = found.map_err(|failure| {
        let why = failure.violations.first().map(|first| format!(" {}:{}: {}", first.line, first.column, first.text));
        Fault::new(Code::Argument, format!("{}{}", failure.text, why.unwrap_or_default()))
    })?;
    Ok(Value::array(found.into_iter().map(Value::from).collect()))
}
