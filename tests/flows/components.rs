//! Every component's example is a configuration that loads.

use crate::app::{load_file, registry};
use dwrun::flow::spec::{Make, Spec};

/// What examples refer to.
const AROUND: &str = r#"
  <sub-flow name="accounts"><logger/></sub-flow> <sub-flow name="holdings"><logger/></sub-flow>
  <sub-flow name="price-of"><logger/></sub-flow> <sub-flow name="balance-of"><logger/></sub-flow>
  <sub-flow name="write-audit"><logger/></sub-flow> <sub-flow name="send"><logger/></sub-flow>
  <sub-flow name="rates-of-bank"><logger/></sub-flow> <sub-flow name="rates-of-yesterday"><logger/></sub-flow>
  <on-error-continue name="late-answers" type="TIMEOUT"><logger/></on-error-continue>
  <error-handler name="last-resort"><on-error-propagate/></error-handler>
  <global-property name="stage" value="dev"/>"#;

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
        Make::Processor(_) | Make::Operation(_) | Make::Void(_) => format!("<flow name=\"example\">{example}</flow>"),
        Make::Source(_) => format!("<flow name=\"example\">{example}<logger/></flow>"),
        Make::Handler if spec.name == "error-handler" => format!("<flow name=\"example\"><logger/>{example}</flow>"),
        Make::Handler => {
            format!(
                "<flow name=\"example\"><raise-error type=\"HTTP:TIMEOUT\"/><error-handler>{example}</error-handler></flow>"
            )
        }
        Make::Global(_) | Make::Flow | Make::Loaded | Make::Part => example.to_string(),
    };
    format!("{}{AROUND}{placed}</mule>", head())
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
    for spec in registry().modules().iter().flat_map(|module| module.components) {
        let loaded = load_file(&around(spec), &[("dev-properties.yaml", "a: \"b\"")]);
        assert!(loaded.is_ok(), "the example of `{}`: {}", spec.name, loaded.err().unwrap());
    }
}
