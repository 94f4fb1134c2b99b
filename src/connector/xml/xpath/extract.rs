//! `xml-module:xpath-extract`

use super::evaluate::Query;
use crate::connector::xml::config::{CONFIG_REF, Config, EXPAND};
use crate::connector::xml::document::Failure;
use crate::connector::xml::namespaces::{NAMESPACES, Namespaces};
use crate::connector::xml::work;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::value::Value;
use futures_util::future::BoxFuture;

/// `xml-module:xpath-extract`
pub static SPEC: Spec = Spec {
    name: "xml-module:xpath-extract",
    doc: "Gives the nodes that an XPath 1.0 expression finds in a document, as a list of texts.",
    attributes: &[
        CONFIG_REF,
        Attribute::required("xpath", Kind::Value, "The expression. It has to find nodes."),
        Attribute::new(
            "namespaceDirectory",
            Kind::Reference,
            "The `xml-module:namespace-directory` with more prefixes.",
        ),
        Attribute::default(
            "addTrailingNewlines",
            Kind::Value,
            "false",
            "Whether the text of an element ends with a line break.",
        ),
        EXPAND,
    ],
    parts: &[
        Part { spec: &CONTENT, occurs: Occurs::Optional },
        Part { spec: &PROPERTIES, occurs: Occurs::Optional },
        Part { spec: &NAMESPACES, occurs: Occurs::Optional },
    ],
    errors: &["XML-MODULE:INVALID_INPUT_XML", "XML-MODULE:INVALID_XPATH_EXPRESSION", "XML-MODULE:TRANSFORMATION"],
    example: r##"<xml-module:xpath-extract xpath="//line[contains(., $word)]"><xml-module:context-properties>#[{word: 'thunder'}]</xml-module:context-properties></xml-module:xpath-extract>"##,
    make: Make::Operation(|node| Box::new(Extract::of(node))),
    ..Spec::NEW
};

/// `xml-module:content`
pub static CONTENT: Spec = Spec {
    name: "xml-module:content",
    doc: "The document; `#[payload]` where it is left out.",
    body: Body::Value,
    ..Spec::NEW
};

static PROPERTIES: Spec = Spec {
    name: "xml-module:context-properties",
    doc: "The values of variables, by their names. A variable without a value stands for no nodes.",
    body: Body::Value,
    ..Spec::NEW
};

struct Extract {
    xpath: Expression,
    content: Expression,
    properties: Option<Expression>,
    namespaces: Namespaces,
    entities: bool,
    newlines: Expression,
}

impl Extract {
    fn of(node: &Node<'_>) -> Self {
        let Config { mut namespaces, entities } = Config::for_operation(node);
        if let Some(directory) = node.global::<Namespaces>("namespaceDirectory") {
            namespaces.extend(&directory);
        }
        namespaces.extend(&Namespaces::of(node));
        Self {
            xpath: node.expression("xpath"),
            content: node.content_of(CONTENT.name),
            properties: node.part(PROPERTIES.name).and_then(|part| part.content()),
            namespaces,
            entities,
            newlines: node.expression("addTrailingNewlines"),
        }
    }

    fn query(&self, event: &Event) -> Result<Query, Error> {
        let properties = self.properties.as_ref().map(|properties| properties.value(event)).transpose()?;
        Ok(Query {
            xpath: self.xpath.text(event)?.unwrap_or_default(),
            namespaces: self.namespaces.clone(),
            variables: properties.as_ref().map(variables).unwrap_or_default(),
            entities: self.entities,
            newlines: self.newlines.boolean(event)?,
        })
    }
}

/// The fields of an object as variables.
pub fn variables(properties: &Value) -> Vec<(String, Value)> {
    match properties.bare() {
        Value::Object(all) => all.iter().map(|pair| (pair.name.local.to_string(), pair.value.clone())).collect(),
        _ => Vec::new(),
    }
}

/// The bytes of a document.
///
/// # Errors
/// A value that cannot be written as its media type says.
pub fn bytes(content: &Typed) -> Result<bytes::Bytes, Failure> {
    content.to_bytes().map_err(|fault| Failure::new("INVALID_INPUT_XML", fault.to_string()))
}

impl Processor for Extract {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (query, content) = (self.query(event)?, self.content.typed(event)?);
            let found = work::run(event, move || query.ask(&bytes(&content)?)).await?;
            let texts = found.into_iter().map(Value::from).collect();
            event.message = Message::of(Typed::value(Value::array(texts)));
            Ok(())
        })
    }
}
