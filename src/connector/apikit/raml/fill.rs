//! Parameters of resource types and traits: `<<name>>`, `<<name | !singularize>>`.

use super::words;
use crate::connector::apikit::document::{Content, Entry, Node};
use crate::diag::Fault;
use std::sync::Arc;

/// The parameters of a resource type or a trait.
pub struct Parameters {
    /// What it is, for messages: "the trait `paged`".
    pub of: String,
    /// By name; the first one of a name holds.
    pub values: Vec<(String, Node)>,
}

impl Parameters {
    fn get(&self, name: &str) -> Option<&Node> {
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// A part of a resource type or a trait with its parameters put in.
    ///
    /// # Errors
    /// A parameter that was not given.
    pub fn fill(&self, node: &Node) -> Result<Node, Fault> {
        let content = match &node.content {
            Content::Scalar { text, plain } if text.contains("<<") => {
                if let Some(whole) = self.whole(text) {
                    return Ok(Node { content: whole.content.clone(), place: node.place.clone() });
                }
                Content::Scalar { text: self.text(text, node)?.into(), plain: *plain }
            }
            Content::List(items) => {
                Content::List(Arc::new(items.iter().map(|item| self.fill(item)).collect::<Result<_, _>>()?))
            }
            Content::Map(entries) => {
                let entry = |entry: &Entry| -> Result<Entry, Fault> {
                    let name = match entry.name.contains("<<") {
                        true => self.text(&entry.name, &Node::null(entry.place.clone()))?.into(),
                        false => entry.name.clone(),
                    };
                    Ok(Entry { name, place: entry.place.clone(), value: self.fill(&entry.value)? })
                };
                Content::Map(Arc::new(entries.iter().map(entry).collect::<Result<_, _>>()?))
            }
            _ => return Ok(node.clone()),
        };
        Ok(Node { content, place: node.place.clone() })
    }

    /// The parameter that a text is nothing but, if its value is no text.
    fn whole(&self, text: &str) -> Option<&Node> {
        let name = text.trim().strip_prefix("<<")?.strip_suffix(">>")?;
        self.get(name.trim()).filter(|node| node.text().is_none())
    }

    fn text(&self, text: &str, at: &Node) -> Result<String, Fault> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, open)) = rest.split_once("<<") {
            let Some((inner, behind)) = open.split_once(">>") else { break };
            filled.push_str(before);
            filled.push_str(&self.value(inner.trim(), at)?);
            rest = behind;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn value(&self, inner: &str, at: &Node) -> Result<String, Fault> {
        let (name, functions) = match self.get(inner) {
            Some(_) => (inner, ""),
            None => inner.split_once('|').map_or((inner, ""), |(name, functions)| (name.trim(), functions)),
        };
        let given = self.get(name).ok_or_else(|| at.fault(format!("{} needs the parameter `{name}`", self.of)))?;
        let mut value = given.text().unwrap_or_default().to_string();
        for function in functions.split('|').map(str::trim).filter(|function| !function.is_empty()) {
            let known = words::apply(function.trim_start_matches('!'), &value);
            value = known.ok_or_else(|| at.fault(format!("there is no function `{function}`")))?;
        }
        Ok(value)
    }
}
