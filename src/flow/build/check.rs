//! Elements against their specs: unknown, missing and ill-formed attributes and parts.

use super::Node;
use super::missing::{Missing, missing};
use super::node::is_open;
use crate::diag::{Code, Fault, nearest};
use crate::flow::config::{Attribute, Element};
use crate::flow::spec::{Body, Kind, Make, Occurs, Registry, Spec};

/// Notes what is wrong with an element's attributes, with its text and with its parts.
pub(super) fn check(node: &Node<'_>) {
    for attribute in node.element.attributes.iter().filter(|a| a.name.module.is_empty()) {
        match node.spec.attribute(&attribute.name.local) {
            None => unknown_attribute(node, attribute),
            Some(known) => check_value(node, attribute, known.kind),
        }
    }
    for required in node.spec.attributes.iter().filter(|a| a.required && !node.has(a.name)) {
        let fault = Fault::new(Code::Configuration, format!("`{}` needs `{}`", node.spec.name, required.name));
        node.builder.note(fault.help(required.doc).at(|| node.element.start()));
    }
    if let Some(text) = &node.element.text
        && !matches!(node.spec.body, Body::Value | Body::Script | Body::Template)
    {
        let fault = Fault::new(Code::Configuration, format!("`{}` takes no text", node.spec.name));
        node.builder.note(fault.at(|| node.element.place(text.span)));
    }
    check_parts(node);
}

fn unknown_attribute(node: &Node<'_>, attribute: &Attribute) {
    let name = &attribute.name.local;
    let fault = Fault::new(Code::Configuration, format!("`{}` has no attribute `{name}`", node.spec.name));
    let known: Vec<_> = node.spec.all_attributes().map(|a| a.name).collect();
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "it has none".to_string(),
        None => format!("it has {}", known.join(", ")),
    };
    node.builder.note(fault.help(help).at(|| node.element.place(attribute.span)));
}

fn check_value(node: &Node<'_>, attribute: &Attribute, kind: Kind) {
    let text = attribute.value.text.trim();
    let wanted = match kind {
        _ if is_open(&attribute.value) => return,
        Kind::Integer if text.parse::<i64>().is_err() => "a whole number".to_string(),
        Kind::Count if !text.parse::<u64>().is_ok_and(|n| n > 0) => "a whole number from 1".to_string(),
        Kind::Boolean if !matches!(text, "true" | "false") => "`true` or `false`".to_string(),
        Kind::Choice(words) if !words.contains(&text) => format!("one of {}", words.join(", ")),
        _ => return,
    };
    let fault = Fault::new(Code::Configuration, format!("`{}` has to be {wanted}, not `{text}`", attribute.name));
    node.builder.note(fault.at(|| node.element.place(attribute.value.span)));
}

fn check_parts(node: &Node<'_>) {
    for part in node.spec.all_parts() {
        let count = node.element.children.iter().filter(|child| child.name.to_string() == part.spec.name).count();
        let wanted = match part.occurs {
            Occurs::Optional if count > 1 => "at most one",
            Occurs::Once if count != 1 => "exactly one",
            Occurs::AtLeast(n) if count < n => &format!("at least {n}"),
            _ => continue,
        };
        let message = format!("`{}` takes {wanted} `{}`, not {count}", node.spec.name, part.spec.name);
        node.builder.note(Fault::new(Code::Configuration, message).at(|| node.element.start()));
    }
    let mut inside = 0;
    for child in &node.element.children {
        match node.spec.part(&child.name.to_string()) {
            Some(spec) => drop(node.builder.node(child, spec, node.path.clone())),
            None if matches!(node.spec.body, Body::Processors | Body::Flow) => {}
            None if node.spec.body == Body::Global && inside == 0 && is_global(node, child) => inside += 1,
            None => node.builder.note(misplaced(node.spec, child)),
        }
    }
}

/// Whether an element can stand at the top level.
fn is_global(node: &Node<'_>, child: &Element) -> bool {
    let spec = node.builder.registry.find(&child.name);
    // An unknown element is reported for what it is by whoever makes it.
    spec.is_none_or(|spec| matches!(spec.make, Make::Global(_)))
}

/// An element that may not stand where it stands.
fn misplaced(spec: &Spec, child: &Element) -> Fault {
    let name = child.name.to_string();
    let fault = Fault::new(Code::Configuration, format!("`{name}` cannot stand in `{}`", spec.name));
    let known: Vec<_> = spec.all_parts().map(|part| part.spec.name).collect();
    let help = match nearest(&name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "nothing can".to_string(),
        None => format!("what can is {}", known.join(", ")),
    };
    fault.help(help).at(|| child.start())
}

/// An element that nothing describes.
pub(super) fn unknown_element(registry: &Registry, element: &Element) -> Fault {
    let name = element.name.to_string();
    let module = &element.name.module;
    let (message, help) = match (missing(&element.name), registry.module(module), registry.nearest(&name)) {
        (Some(Missing { does, instead }), ..) => {
            (format!("`{name}` {does}"), format!("{instead} or start the app with `--stub {module}`"))
        }
        (None, Some(_), Some(near)) => (format!("unknown element `{name}`"), format!("did you mean `{near}`?")),
        (None, Some(_), None) => {
            (format!("unknown element `{name}`"), "see `dwrun doc` for the components".to_string())
        }
        (None, None, _) => (
            format!("`{name}` belongs to the connector `{module}`, which dwrun does not have"),
            format!("mock it in tests with `munit-tools:mock-when`, or start the app with `--stub {module}`"),
        ),
    };
    Fault::new(Code::Configuration, message).help(help).at(|| element.start())
}
