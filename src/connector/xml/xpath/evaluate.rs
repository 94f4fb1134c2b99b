//! What an expression finds in a document.

use super::{expression, write};
use crate::connector::xml::document::{self, Failure};
use crate::connector::xml::namespaces::Namespaces;
use crate::value::Value;
use uppsala::xpath::XPathValue;
use uppsala::{Document, XPathEvaluator, XmlError};

/// How many nodes an expression may visit.
const MAX_VISITS: usize = 50_000_000;

/// A question to a document.
pub struct Query {
    /// The expression.
    pub xpath: String,
    /// The namespaces of its prefixes.
    pub namespaces: Namespaces,
    /// The values of its variables.
    pub variables: Vec<(String, Value)>,
    /// Whether the document may declare entities.
    pub entities: bool,
    /// Whether the texts of elements end with a line break.
    pub newlines: bool,
}

impl Query {
    /// The nodes that are found in a document, as texts.
    ///
    /// # Errors
    /// `INVALID_INPUT_XML`, `INVALID_XPATH_EXPRESSION`, and `TRANSFORMATION` where nodes are not what is found.
    pub fn ask(&self, content: &[u8]) -> Result<Vec<String>, Failure> {
        let invalid = |why: &str| {
            let text = format!("Could not compile xpath expression {} ({why}; expressions are XPath 1.0)", self.xpath);
            Failure::new("INVALID_XPATH_EXPRESSION", text)
        };
        let known: Vec<_> = self.namespaces.iter().collect();
        let is_known = |prefix: &str| known.iter().any(|(name, _)| *name == prefix);
        let ready = expression::filled(&self.xpath, &self.variables, is_known).map_err(|why| invalid(&why))?;
        let text = document::text(content)?;
        let mut tree = document::parse(&text, self.entities).map_err(Failure::input)?;
        tree.prepare_xpath();
        let mut evaluator = XPathEvaluator::new().with_max_node_visits(MAX_VISITS);
        for (prefix, uri) in known {
            evaluator.add_namespace(prefix, uri);
        }
        match evaluator.evaluate(&tree, tree.root(), &ready) {
            Ok(found) => self.texts(&tree, &found),
            Err(XmlError::XPath(error)) if is_of_evaluation(&error.message) => Err(self.failed(&error.message)),
            Err(XmlError::XPath(error)) => Err(invalid(&error.message)),
            Err(error) => Err(self.failed(&error.to_string())),
        }
    }

    fn texts(&self, tree: &Document<'_>, found: &XPathValue) -> Result<Vec<String>, Failure> {
        let kind = match found {
            XPathValue::NodeSet(nodes) => return Ok(nodes.iter().map(|node| self.text(tree, *node)).collect()),
            XPathValue::Boolean(_) => "xs:boolean",
            XPathValue::Number(number) if number.fract() == 0.0 => "xs:integer",
            XPathValue::Number(_) => "xs:double",
            XPathValue::String(_) => "xs:string",
        };
        let text = format!(
            "Unsupported XPath expression '{}'. Cannot convert XPath value to Java object: required class is \
             org.w3c.dom.NodeList; supplied value has type {kind}",
            self.xpath
        );
        Err(Failure::new("TRANSFORMATION", text))
    }

    fn text(&self, tree: &Document<'_>, node: uppsala::NodeId) -> String {
        let (text, is_markup) = write::node(tree, node);
        if is_markup && self.newlines { text + "\n" } else { text }
    }

    fn failed(&self, why: &str) -> Failure {
        Failure::new("TRANSFORMATION", format!("Failed to evaluate XPath expression '{}'. {why}", self.xpath))
    }
}

/// Whether the library failed when it evaluated an expression that is one.
fn is_of_evaluation(message: &str) -> bool {
    ["limit", "budget", "exceed"].iter().any(|word| message.contains(word)) && !message.contains("nesting")
}
