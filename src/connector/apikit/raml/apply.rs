//! Resource types and traits, applied to resources and their methods.

use super::Context;
use super::fill::Parameters;
use super::merge::{Optional, merge};
use super::scope::Section;
use crate::connector::apikit::document::{Content, Entry, Node};
use crate::diag::Fault;

/// The methods of resources.
pub const METHODS: &[&str] = &["get", "post", "put", "delete", "head", "patch", "options", "trace"];

/// How many resource types or traits may build upon each other.
const MAX_CHAIN: usize = 20;

/// What names stand for in every resource type and trait.
pub struct Here<'a> {
    /// The path of the resource, `{}` and all.
    pub path: &'a str,
    /// The method, for traits.
    pub method: Option<&'a str>,
}

impl Here<'_> {
    fn values(&self, at: &Node) -> Vec<(String, Node)> {
        let value = |name: &str, text: &str| (name.to_string(), Node::scalar(text, false, at.place.clone()));
        let last = self.path.rsplit('/').find(|part| !part.is_empty() && !part.contains('{')).unwrap_or_default();
        let own = [value("resourcePath", self.path), value("resourcePathName", last)];
        own.into_iter().chain(self.method.map(|method| value("methodName", method))).collect()
    }
}

impl Context {
    fn below(&self) -> Optional {
        if self.is_old { Optional::Added } else { Optional::Kept }
    }

    /// A resource with what its type adds, and each method with what its traits add.
    ///
    /// # Errors
    /// Types, traits and parameters that are not there.
    pub fn applied(&self, resource: &Node, path: &str) -> Result<Node, Fault> {
        let resource = self.with_type(resource, path, 0)?;
        let shared = resource.get("is").map(Node::items).unwrap_or_default();
        let entry = |entry: &Entry| -> Result<Entry, Fault> {
            if !METHODS.contains(&&*entry.name) {
                return Ok(entry.clone());
            }
            let here = Here { path, method: Some(&entry.name) };
            let mut method = entry.value.clone();
            let own = method.get("is").map(Node::items).unwrap_or_default().to_vec();
            for reference in own.iter().chain(shared) {
                method = self.with_trait(&method, reference, &here, 0)?;
            }
            Ok(Entry { value: method, ..entry.clone() })
        };
        let entries = resource.entries().iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Node::map(entries, resource.place))
    }

    fn with_type(&self, resource: &Node, path: &str, chain: usize) -> Result<Node, Fault> {
        let Some(reference) = resource.get("type").filter(|reference| !reference.is_null()) else {
            return Ok(resource.clone());
        };
        let here = Here { path, method: None };
        let has = |name: &str| {
            name.strip_suffix('?').is_none_or(|method| [method, name].iter().any(|name| resource.get(name).is_some()))
        };
        let template = self.template(Section::ResourceTypes, reference, &here, chain, has)?;
        let template = self.with_type(&template, path, chain + 1)?;
        Ok(merge(resource, &without(&template, &["type", "usage"]), Optional::Added, self.below()))
    }

    fn with_trait(&self, method: &Node, reference: &Node, here: &Here<'_>, chain: usize) -> Result<Node, Fault> {
        if reference.is_null() {
            return Ok(method.clone());
        }
        let template = self.template(Section::Traits, reference, here, chain, |_| true)?;
        let mut merged = merge(method, &without(&template, &["is", "usage"]), self.below(), self.below());
        for inner in template.get("is").map(Node::items).unwrap_or_default() {
            merged = self.with_trait(&merged, inner, here, chain + 1)?;
        }
        Ok(merged)
    }

    /// The resource type or trait of a reference, `name` or `name: {parameters}`, filled in; of what it has, only the
    /// parts that are wanted, since others may name parameters that are not given.
    fn template(
        &self,
        section: Section,
        reference: &Node,
        here: &Here<'_>,
        chain: usize,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<Node, Fault> {
        let (name, given) = match &reference.content {
            Content::Map(entries) => match entries.first() {
                Some(entry) => (&*entry.name, entry.value.entries()),
                None => return Err(reference.fault("this names nothing")),
            },
            _ => (reference.text().unwrap_or_default(), &[][..]),
        };
        if chain >= MAX_CHAIN {
            return Err(reference.fault(format!("`{name}` builds upon itself, or upon more than {MAX_CHAIN} others")));
        }
        let template = self.scopes.find(section, name, &reference.place)?;
        let mut values: Vec<_> = given.iter().map(|entry| (entry.name.to_string(), entry.value.clone())).collect();
        values.extend(here.values(reference));
        let wanted = match &template.content {
            Content::Map(entries) => {
                let entries = entries.iter().filter(|entry| is_wanted(&entry.name)).cloned().collect();
                Node::map(entries, template.place.clone())
            }
            _ => template.clone(),
        };
        Parameters { of: format!("`{name}`"), values }.fill(&wanted)
    }
}

/// A mapping without some of its pairs.
fn without(node: &Node, names: &[&str]) -> Node {
    let kept = node.entries().iter().filter(|entry| !names.contains(&&*entry.name)).cloned().collect();
    Node::map(kept, node.place.clone())
}
