//! Elements against their specs: unknown, missing and ill-formed attributes and parts.

use super::Node;
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

/// The modules that run code for the Java virtual machine.
const JVM: [&str; 4] = ["java", "scripting", "script", "spring"];

/// Elements of modules that are there for the rest: how their names begin, what they do, and what does instead.
const ABSENT: [(&str, &str, &str); 2] = [
    (
        "crypto:pgp-",
        "is about PGP, which dwrun does not have",
        "JCE operations sign and encrypt with keys of a key store",
    ),
    ("crypto:xml-", "signs and encrypts XML, which dwrun does not do", "`crypto:jce-sign` signs it as text"),
];

/// An element that nothing describes.
pub(super) fn unknown_element(registry: &Registry, element: &Element) -> Fault {
    let name = element.name.to_string();
    let module = &element.name.module;
    let absent = ABSENT.iter().find(|(start, ..)| name.starts_with(start));
    let (message, help) = match (registry.module(module), registry.nearest(&name)) {
        _ if let Some((_, does, instead)) = absent => {
            (format!("`{name}` {does}"), format!("{instead}; or start the app with `--stub {module}`"))
        }
        (Some(_), Some(near)) => (format!("unknown element `{name}`"), format!("did you mean `{near}`?")),
        (Some(_), None) => (format!("unknown element `{name}`"), "see `dwrun doc` for the components".to_string()),
        (None, _) if JVM.contains(&module.as_str()) => (
            format!("`{name}` needs a Java virtual machine, which dwrun does not have"),
            format!("say it in DataWeave, mock it in tests, or start the app with `--stub {module}`"),
        ),
        (None, _) => (
            format!("`{name}` belongs to the connector `{module}`, which dwrun does not have"),
            format!("mock it in tests with `munit-tools:mock-when`, or start the app with `--stub {module}`"),
        ),
    };
    Fault::new(Code::Configuration, message).help(help).at(|| element.start())
}
