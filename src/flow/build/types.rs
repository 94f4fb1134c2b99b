//! The error types of an app: those of the modules it uses, and those that it raises and maps to.

use super::Stubs;
use crate::diag::{Code, Fault};
use crate::flow::config::{Element, Text};
use crate::flow::event::ErrorTypes;
use crate::flow::spec::{Module, Registry};

/// The types of an app whose configuration has these elements; mistakes go into `faults`.
pub(super) fn declared(
    elements: &[Element],
    registry: &Registry,
    stubs: &Stubs,
    faults: &mut Vec<Fault>,
) -> ErrorTypes {
    let mut types = ErrorTypes::default();
    let used: Vec<_> = registry.modules().iter().copied().filter(|module| uses(elements, module.name)).collect();
    for module in &used {
        declare_module(&mut types, module);
    }
    for element in elements {
        declare_own(element, &mut types, &used, faults);
        declare_stubbed(element, &mut types, stubs, registry);
    }
    types
}

/// Declares the types that an element names of connectors that need not be there.
fn declare_stubbed(element: &Element, types: &mut ErrorTypes, stubs: &Stubs, registry: &Registry) {
    let named = TYPE_ATTRIBUTES.iter().filter_map(|name| element.attribute(name));
    for text in named.flat_map(|text| text.text.split(',')) {
        let Some((space, identifier)) = text.trim().split_once(':') else { continue };
        let is_word = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        let is_known = registry.modules().iter().any(|module| namespace(module.name) == space);
        if is_word(space) && is_word(identifier) && stubs.may_have(space) && !is_known {
            let above = types.find("MULE", identifier);
            types.declare(space, identifier, above);
        }
    }
    for child in &element.children {
        declare_stubbed(child, types, stubs, registry);
    }
}

/// The attributes that name error types.
const TYPE_ATTRIBUTES: [&str; 4] = ["type", "sourceType", "typeId", "expectedErrorType"];

fn uses(elements: &[Element], module: &str) -> bool {
    elements.iter().any(|element| element.name.module == module || uses(&element.children, module))
}

fn declare_module(types: &mut ErrorTypes, module: &Module) {
    let namespace = namespace(module.name);
    for (identifier, parent) in module.errors {
        let parent = types.parse(parent).ok();
        types.declare(&namespace, identifier, parent);
    }
}

/// The namespace of a module's error types: `http` has `HTTP`, `munit-tools` has `MUNIT-TOOLS`.
fn namespace(module: &str) -> String {
    if module.is_empty() { "MULE".into() } else { module.to_ascii_uppercase() }
}

/// Declares the types that an element raises or maps to.
fn declare_own(element: &Element, types: &mut ErrorTypes, used: &[&Module], faults: &mut Vec<Fault>) {
    let named = if element.name.is("", "raise-error") {
        element.attribute("type")
    } else if element.name.is("", "error-mapping") {
        element.attribute("targetType")
    } else {
        None
    };
    if let Some(text) = named.filter(|text| !text.text.contains("#[")) {
        faults.extend(declare(text, types, used).err().map(|fault| fault.at(|| element.place(text.span))));
    }
    for child in &element.children {
        declare_own(child, types, used, faults);
    }
}

fn declare(text: &Text, types: &mut ErrorTypes, used: &[&Module]) -> Result<(), Fault> {
    let name = text.text.trim();
    let (space, identifier) = name.split_once(':').unwrap_or(("MULE", name));
    let (space, identifier) = (space.to_ascii_uppercase(), identifier.to_ascii_uppercase());
    if types.find(&space, &identifier).is_some_and(|known| !known.is_internal()) {
        return Ok(());
    }
    if space == "MULE" {
        let message = format!("There's no MULE error named '{identifier}'.");
        return Err(Fault::new(Code::Configuration, message).help("use a namespace of your own, as in `ORDERS:LATE`"));
    }
    if used.iter().any(|module| !module.errors.is_empty() && namespace(module.name) == space) {
        let message = format!("Cannot use error type '{space}:{identifier}': namespace already exists.");
        return Err(Fault::new(Code::Configuration, message).help("use a namespace of your own"));
    }
    types.declare(&space, &identifier, None);
    Ok(())
}
