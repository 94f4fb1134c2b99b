//! Resources, nested ones as well, with their whole paths.

use super::apply::METHODS;
use super::{Context, action};
use crate::connector::apikit::api::{Resource, Template};
use crate::connector::apikit::document::Node;
use crate::diag::Fault;

/// All resources of an API.
///
/// # Errors
/// The first mistake in one of them.
pub fn all(context: &Context, root: &Node) -> Result<Vec<Resource>, Fault> {
    let mut found = Vec::new();
    below(context, root, "", &[], &mut found)?;
    Ok(found)
}

fn below(context: &Context, parent: &Node, path: &str, above: &[Node], found: &mut Vec<Resource>) -> Result<(), Fault> {
    for entry in parent.entries().iter().filter(|entry| entry.name.starts_with('/')) {
        let path = format!("{path}{}", entry.name);
        let node = context.applied(&entry.value, &path)?;
        let mut parameters = above.to_vec();
        parameters.extend(node.get("uriParameters").cloned());
        let template = Template::parse(&path.replace("{version}", &context.version));
        let template = template.map_err(|fault| fault.at(|| entry.place.clone()))?;
        let methods = node.entries().iter().filter(|entry| METHODS.contains(&&*entry.name));
        let actions = methods.map(|method| action::read(context, method, &parameters)).collect::<Result<_, _>>()?;
        found.push(Resource { path: template, actions });
        below(context, &node, &path, &parameters, found)?;
    }
    Ok(())
}
