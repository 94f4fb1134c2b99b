//! Flows that implement an API, by their names: `get:\orders\(id):config`, `post:\orders:application\json:config`
//! (mule-apikit-module `FlowFinder`).

use super::api::{Action, Api, Resource, Template};
use crate::diag::Fault;
use std::collections::HashMap;

const METHODS: &[&str] = &["get", "put", "post", "delete", "head", "patch", "options"];

/// What the name of a flow says.
struct Name {
    method: String,
    resource: String,
    media: Option<String>,
}

impl Name {
    /// Reads a name; `None` where it is none of a flow of this configuration.
    fn parse(flow: &str, config: &str) -> Option<Self> {
        let plain = flow.replace('\\', "/").replace('(', "{").replace(')', "}");
        let parts: Vec<&str> = plain.split(':').collect();
        let (method, resource) = (*parts.first()?, *parts.get(1)?);
        if !METHODS.contains(&method) || !resource.starts_with('/') {
            return None;
        }
        let media = match parts[2..] {
            [] => None,
            [only] => Some(only).filter(|only| *only != config),
            [media, of] if of == config => Some(media),
            _ => return None,
        };
        let media = media.map(str::to_string);
        Some(Self { method: method.to_string(), resource: resource.to_string(), media })
    }

    /// Whether the API has what it names.
    fn is_in(&self, api: &Api) -> bool {
        let resource = api.resources.iter().find(|resource| resource.path.text() == self.resource);
        let Some(action) = resource.and_then(|resource| resource.action(&self.method)) else { return false };
        let is_taken = |media: &String| action.bodies.is_empty() || action.bodies.iter().any(|b| b.media == *media);
        self.media.as_ref().is_none_or(is_taken)
    }
}

/// Which flow takes what.
#[derive(Default)]
pub struct Routes(HashMap<(String, Option<String>), String>);

impl Routes {
    /// The flows among these that implement an API; those that seem to, and do not, are told of.
    pub fn of(flows: &[String], config: &str, api: &Api, warnings: &mut Vec<String>) -> Self {
        let mut routes = Self::default();
        for flow in flows {
            match Name::parse(flow, config) {
                Some(name) if name.is_in(api) => {
                    routes.add(&name.method, &name.resource, name.media.as_deref(), flow.clone());
                }
                // A third part that is no media type names another configuration.
                Some(name) if name.media.as_ref().is_none_or(|media| media.contains('/')) => {
                    warnings.push(format!("the flow `{flow}` is for nothing in the API of `{config}`"));
                }
                _ => {}
            }
        }
        routes
    }

    /// Adds a flow for a method of a resource.
    pub fn add(&mut self, method: &str, resource: &str, media: Option<&str>, flow: String) {
        self.0.insert((format!("{method}:{resource}"), media.map(str::to_string)), flow);
    }

    /// The flow for a request: that of its media type, or else that of none.
    pub fn find(&self, method: &str, resource: &str, media: Option<&str>) -> Option<&str> {
        let key = format!("{method}:{resource}");
        let of_media = media.and_then(|media| self.0.get(&(key.clone(), Some(media.to_string()))));
        of_media.or_else(|| self.0.get(&(key, None))).map(String::as_str)
    }

    /// Whether some other media type of a method has a flow.
    pub fn has_other_media(&self, method: &str, resource: &str) -> bool {
        let key = format!("{method}:{resource}");
        self.0.keys().any(|(known, _)| *known == key)
    }

    /// Tells of methods without flows.
    pub fn missing(&self, api: &Api, warnings: &mut Vec<String>) {
        for resource in &api.resources {
            let path = resource.path.text();
            for action in resource.actions.iter().filter(|a| METHODS.contains(&a.method.as_str())) {
                let media = action.bodies.iter().map(|body| Some(body.media.as_str()));
                let mut wanted: Vec<_> = media.collect();
                if wanted.is_empty() {
                    wanted.push(None);
                }
                for media in wanted.iter().filter(|media| self.find(&action.method, path, **media).is_none()) {
                    let of = media.map_or_else(String::new, |media| format!(" of {media}"));
                    warnings.push(format!("no flow implements {} {path}{of}", action.method));
                }
            }
        }
    }
}

/// An API that the names of flows tell, without anything to check.
///
/// # Errors
/// Names whose paths are none.
pub fn derived(flows: &[String], config: &str) -> Result<Api, Fault> {
    let mut resources: Vec<Resource> = Vec::new();
    for name in flows.iter().filter_map(|flow| Name::parse(flow, config)) {
        let action = Action { method: name.method, status: "200".to_string(), ..Action::default() };
        match resources.iter_mut().find(|resource| resource.path.text() == name.resource) {
            Some(known) if known.action(&action.method).is_some() => {}
            Some(known) => known.actions.push(action),
            None => resources.push(Resource { path: Template::parse(&name.resource)?, actions: vec![action] }),
        }
    }
    Ok(Api { resources })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_flows_are_for() {
        for (flow, want) in [
            (r"get:\orders\(id):api", Some("get /orders/{id} None")),
            (r"post:\orders:application\json:api", Some("post /orders Some(\"application/json\")")),
            (r"post:\orders:application\json", Some("post /orders Some(\"application/json\")")),
            (r"get:\orders", Some("get /orders None")),
            (r"post:\orders:application\json:other", None),
            (r"fetch:\orders:api", None),
            ("get:orders:api", None),
            ("main", None),
        ] {
            let found = Name::parse(flow, "api").map(|n| format!("{} {} {:?}", n.method, n.resource, n.media));
            assert_eq!(found.as_deref(), want, "{flow}");
        }
    }
}
