//! Elements against their specs: unknown, missing and ill-formed attributes and parts.

use super::Node;
use crate::diag::{Code, Fault, nearest};
use crate::flow::config::{Attribute, Element, Text};
use crate::flow::spec::{Body, Kind, Occurs, Registry, Spec};

/// Notes what is wrong with an element's attributes and with the number of its parts.
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
    check_parts(node);
}

fn unknown_attribute(node: &Node<'_>, attribute: &Attribute) {
    let name = &attribute.name.local;
    let fault = Fault::new(Code::Configuration, format!("`{}` has no attribute `{name}`", node.spec.name));
    let known: Vec<_> = node.spec.attributes.iter().map(|a| a.name).collect();
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
        Kind::Boolean if !matches!(text, "true" | "false") => "`true` or `false`".to_string(),
        Kind::Choice(words) if !words.contains(&text) => format!("one of {}", words.join(", ")),
        _ => return,
    };
    let Text { span, .. } = attribute.value;
    let fault = Fault::new(Code::Configuration, format!("`{}` has to be {wanted}, not `{text}`", attribute.name));
    node.builder.note(fault.at(|| node.element.place(span)));
}

fn check_parts(node: &Node<'_>) {
    for part in node.spec.parts {
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
    if matches!(node.spec.body, Body::Processors | Body::Flow) {
        return;
    }
    let is_part = |child: &&Element| node.spec.part(&child.name.to_string()).is_some();
    for child in node.element.children.iter().filter(|child| !is_part(child)) {
        node.builder.note(misplaced(node.spec, child));
    }
}

/// An element that may not stand where it stands.
fn misplaced(spec: &Spec, child: &Element) -> Fault {
    let name = child.name.to_string();
    let fault = Fault::new(Code::Configuration, format!("`{name}` cannot stand in `{}`", spec.name));
    let known: Vec<_> = spec.parts.iter().map(|part| part.spec.name).collect();
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
    let (message, help) = match (registry.module(module), registry.nearest(&name)) {
        (Some(_), Some(near)) => (format!("unknown element `{name}`"), format!("did you mean `{near}`?")),
        (Some(_), None) => (format!("unknown element `{name}`"), "see `dwrun doc` for the components".to_string()),
        (None, _) => (
            format!("`{name}` belongs to the connector `{module}`, which dwrun does not have"),
            format!("mock it in tests with `munit-tools:mock-when`, or start the app with `--stub {module}`"),
        ),
    };
    Fault::new(Code::Configuration, message).help(help).at(|| element.start())
}
