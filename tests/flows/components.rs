//! Every component's example is a configuration that loads.

use crate::app::{load_file, registry};
use dwrun::flow::spec::{Make, Spec};

/// What examples refer to.
const AROUND: &str = r#"
  <on-error-continue name="late-answers" type="TIMEOUT"><logger/></on-error-continue>
  <error-handler name="last-resort"><on-error-propagate/></error-handler>
  <global-property name="env" value="dev"/><global-property name="http.port" value="8081"/>
  <global-property name="db.user" value="ann"/><global-property name="db.password" value="secret"/>
  <global-property name="mule.key" value="0123456789abcdef"/><global-property name="api.id" value="7"/>
  <http:listener-config name="http"><http:listener-connection host="0.0.0.0" port="8081"/></http:listener-config>"#;

/// The files that examples refer to.
const FILES: &[(&str, &str)] = &[
    ("dev-properties.yaml", "a: \"b\""),
    ("messages_es.properties", "a=b"),
    ("orders.raml", "#%RAML 1.0\ntitle: orders\n"),
    ("secure-dev.yaml", "a: \"b\""),
];

/// The flows that an example calls.
fn called(example: &str) -> String {
    let calls = example.split("<flow-ref name=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let names: std::collections::BTreeSet<_> = calls.collect();
    names.iter().map(|name| format!("<sub-flow name=\"{name}\"><logger/></sub-flow>")).collect()
}

/// The configurations that an example may name: those of its module's own examples.
fn configurations(spec: &Spec) -> String {
    let registry = registry();
    let module = registry.modules().iter().find(|module| module.components.iter().any(|c| c.name == spec.name));
    let globals = module.unwrap().components.iter().filter(|c| matches!(c.make, Make::Global(_)));
    let named = globals.filter(|c| refers(spec) && c.name != spec.name && stands_alone(c));
    named.map(|c| c.example).collect()
}

/// Whether an example is the element itself, and not one that holds it.
fn stands_alone(spec: &Spec) -> bool {
    spec.example.starts_with(&format!("<{}", spec.name))
}

/// Whether an example names a global element.
fn refers(spec: &Spec) -> bool {
    spec.example.contains("-ref=\"")
        || ["objectStore=\"", "allowList=\"", "denyList=\""].iter().any(|name| spec.example.contains(name))
}

/// A root element with the namespaces of all modules.
fn head() -> String {
    let registry = registry();
    let modules = registry.modules().iter().filter(|module| !module.name.is_empty());
    let uri = |name: &str| if name == "ee" { "ee/core".to_string() } else { name.to_string() };
    let namespaces =
        modules.map(|m| format!(" xmlns:{}=\"http://www.mulesoft.org/schema/mule/{}\"", m.name, uri(m.name)));
    let core = "xmlns=\"http://www.mulesoft.org/schema/mule/core\" xmlns:doc=\"http://www.mulesoft.org/schema/mule/documentation\"";
    format!("<mule {core}{}>", namespaces.collect::<String>())
}

/// A configuration with the example at the place where it may stand.
fn around(spec: &Spec) -> String {
    let example = spec.example;
    let placed = match spec.make {
        _ if example.starts_with("<flow ") => example.to_string(),
        Make::Processor(_) | Make::Operation(_) | Make::Void(_) => format!("<flow name=\"example\">{example}</flow>"),
        Make::Source(_) => format!("<flow name=\"example\">{example}<logger/></flow>"),
        Make::Handler if spec.name == "error-handler" => format!("<flow name=\"example\"><logger/>{example}</flow>"),
        Make::Handler => {
            format!(
                "<flow name=\"example\"><raise-error type=\"HTTP:TIMEOUT\"/><error-handler>{example}</error-handler></flow>"
            )
        }
        Make::Global(_) if !stands_alone(spec) => format!("<flow name=\"example\">{example}</flow>"),
        Make::Global(_) | Make::Flow | Make::Loaded | Make::Part => example.to_string(),
    };
    format!("{}{AROUND}{}{}{placed}</mule>", head(), called(example), configurations(spec))
}

#[test]
fn every_component_explains_itself() {
    for spec in registry().modules().iter().flat_map(|module| module.components) {
        assert!(!spec.doc.is_empty() && !spec.example.is_empty(), "{} lacks a text or an example", spec.name);
        let undocumented: Vec<_> = spec.attributes.iter().filter(|a| a.doc.is_empty()).map(|a| a.name).collect();
        assert!(undocumented.is_empty(), "{}: {undocumented:?}", spec.name);
    }
}

#[test]
fn every_example_loads() {
    let mut broken = Vec::new();
    for spec in registry().modules().iter().flat_map(|module| module.components) {
        let loaded = load_file(&around(spec), FILES);
        broken.extend(loaded.err().map(|report| format!("the example of `{}`: {report}", spec.name)));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
