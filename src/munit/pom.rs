//! What a project's `pom.xml` tells the MUnit Maven plugin: ports to be found, properties and environment of the tests.

use crate::flow::config::{self, Element};
use std::path::Path;

/// The settings of `munit-maven-plugin` that tests depend on.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pom {
    /// The properties that are each to hold a free port (`dynamicPorts`).
    pub ports: Vec<String>,
    /// The properties of the app (`systemPropertyVariables`, `environmentVariables`); names of the pom's own properties
    /// are replaced by their values.
    pub properties: Vec<(String, String)>,
}

impl Pom {
    /// Reads the `pom.xml` of a project. Without one, or where it is none, there is nothing to heed: Maven is not needed
    /// to run tests.
    pub fn of(project: &Path) -> Self {
        let root = config::read(&project.join("pom.xml"));
        let mut pom = Self::default();
        if let Ok(root) = root {
            let known: Vec<_> = children(&root, "properties").flat_map(entries).collect();
            pom.collect(&root, &known);
        }
        pom
    }

    /// Takes what every declaration of the plugin says, also those of profiles and plugin management.
    fn collect(&mut self, element: &Element, known: &[(String, String)]) {
        let is_plugin = element.name.local == "plugin"
            && children(element, "artifactId").any(|id| text(id).ends_with("munit-maven-plugin"));
        if !is_plugin {
            element.children.iter().for_each(|child| self.collect(child, known));
            return;
        }
        for settings in children(element, "configuration") {
            let ports = children(settings, "dynamicPorts").flat_map(|all| children(all, "dynamicPort"));
            self.ports.extend(ports.map(text));
            for group in ["systemPropertyVariables", "environmentVariables"] {
                let found = children(settings, group).flat_map(entries);
                self.properties.extend(found.map(|(name, value)| (name, resolved(value, known))));
            }
        }
    }
}

fn children<'a>(element: &'a Element, local: &'a str) -> impl Iterator<Item = &'a Element> {
    element.children.iter().filter(move |child| child.name.local == local)
}

fn text(element: &Element) -> String {
    element.text.as_ref().map_or_else(String::new, |text| text.text.trim().to_string())
}

fn entries(element: &Element) -> impl Iterator<Item = (String, String)> {
    element.children.iter().map(|child| (child.name.local.clone(), text(child)))
}

fn resolved(value: String, known: &[(String, String)]) -> String {
    known.iter().fold(value, |value, (name, known)| value.replace(&format!("${{{name}}}"), known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plugin_s_settings_are_found_wherever_they_stand() {
        let folder = std::env::temp_dir().join(format!("dwrun-pom-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let plugin = "<plugin><artifactId>munit-maven-plugin</artifactId><configuration>
            <dynamicPorts><dynamicPort>http.port</dynamicPort></dynamicPorts>
            <systemPropertyVariables><env>${stage}</env></systemPropertyVariables></configuration></plugin>";
        let pom = format!(
            "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><properties><stage>test</stage></properties>
             <profiles><profile><build><plugins>{plugin}</plugins></build></profile></profiles></project>"
        );
        std::fs::write(folder.join("pom.xml"), pom).unwrap();
        let found = Pom::of(&folder);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found.ports, ["http.port"]);
        assert_eq!(found.properties, [("env".to_string(), "test".to_string())]);
        assert_eq!(Pom::of(&folder), Pom::default());
    }
}
