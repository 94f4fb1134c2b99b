//! Schemas with all that they include and import, copied side by side into a folder of their own: the library reads what
//! lies in the schema's folder, and each file once, although several others may need it.

use super::references;
use crate::connector::xml::document::{self, Failure};
use crate::flow::build::Folders;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uppsala::xsd::XS_NAMESPACE;
use uppsala::{Document, NodeId, NodeKind, XsdValidator};

/// How many files a schema may consist of; one that several others need counts each time.
const MAX_FILES: usize = 500;

/// Where a schema comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A file among the app's resources.
    Place(String),
    /// Its text, with the name that others include it by.
    Text(String, String),
}

/// The check that schemas become.
///
/// # Errors
/// `INVALID_SCHEMA`
pub fn validator(origins: &[Origin], folders: &Folders) -> Result<XsdValidator, Failure> {
    let folder = TempDir::new().map_err(|why| invalid(format!("there is no place for its files: {why}")))?;
    let mut bundle = Bundle { folders, texts: origins, folder: folder.path(), count: 0, around: Vec::new() };
    let mut parts = Vec::new();
    for origin in origins {
        let copy = match origin {
            Origin::Place(place) => bundle.resource(place)?,
            Origin::Text(name, text) => bundle.copy(Path::new(name), text)?,
        };
        parts.push(copy);
    }
    let main = match parts.as_slice() {
        [one] => one.text.clone(),
        _ => joined(&parts),
    };
    let tree = document::parse(&main, false).map_err(|wrong| invalid(wrong.text))?;
    let validator = XsdValidator::from_schema_with_base_path(&tree, Some(folder.path()));
    validator.map_err(|why| invalid(why.to_string()))
}

fn invalid(why: impl std::fmt::Display) -> Failure {
    Failure::new("INVALID_SCHEMA", format!("The supplied schemas were not valid. {why}"))
}

/// A file of the folder.
struct Copy {
    name: String,
    text: String,
    /// The namespace that it describes.
    target: Option<String>,
}

/// A schema that takes in others.
fn joined(parts: &[Copy]) -> String {
    let directives = parts.iter().map(|part| match &part.target {
        Some(target) => format!("<xs:import namespace=\"{}\" schemaLocation=\"{}\"/>", attribute(target), part.name),
        None => format!("<xs:include schemaLocation=\"{}\"/>", part.name),
    });
    format!("<xs:schema xmlns:xs=\"{XS_NAMESPACE}\">{}</xs:schema>", directives.collect::<String>())
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

struct Bundle<'a> {
    folders: &'a Folders,
    /// The schemas that are given as texts.
    texts: &'a [Origin],
    folder: &'a Path,
    count: usize,
    /// The files that take in each other, outermost first.
    around: Vec<PathBuf>,
}

impl Bundle<'_> {
    fn resource(&mut self, place: &str) -> Result<Copy, Failure> {
        let failed = |why: String| Failure::new("INVALID_SCHEMA", format!("Failed to load schema '{place}'. {why}"));
        let path = self.folders.resource(place);
        let path = path.ok_or_else(|| failed(format!("Schema '{place}' could not be found")))?;
        self.file(&path).map_err(|mut failure| {
            failure.text = failure.text.replacen(
                "The supplied schemas were not valid.",
                &format!("Failed to load schema '{place}'."),
                1,
            );
            failure
        })
    }

    fn file(&mut self, path: &Path) -> Result<Copy, Failure> {
        let bytes = std::fs::read(path).map_err(|why| invalid(format!("{}: {why}", path.display())))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text =
            document::text(&bytes).map_err(|_| invalid(format!("{name} is not in the character set it names")))?;
        self.copy(path, &text)
    }

    /// Copies a schema and all that it takes in.
    fn copy(&mut self, path: &Path, text: &str) -> Result<Copy, Failure> {
        let shown = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut tree = document::parse(text, false)
            .map_err(|wrong| invalid(format!("{shown}:{}:{}: {}", wrong.line, wrong.column, wrong.text)))?;
        references::check(&tree).map_err(|why| invalid(format!("{shown}: {why}")))?;
        self.around.push(path.to_path_buf());
        for directive in directives(&tree) {
            match self.taken_in(path, &tree, directive)? {
                Some(name) => locate(&mut tree, directive, name),
                None => tree.detach(directive),
            }
        }
        self.around.pop();
        self.count += 1;
        if self.count > MAX_FILES {
            return Err(invalid(format!("they consist of more than {MAX_FILES} files")));
        }
        let root = tree.document_element().and_then(|root| tree.element(root));
        let target = root.and_then(|root| root.get_attribute("targetNamespace")).map(str::to_string);
        let copy = Copy { name: format!("{}.xsd", self.count), text: tree.to_xml(), target };
        let written = std::fs::write(self.folder.join(&copy.name), &copy.text);
        written.map_err(|why| invalid(format!("there is no place for its files: {why}")))?;
        Ok(copy)
    }

    /// The copy of what a directive takes in; `None` for what is being copied, and for addresses of namespaces, which
    /// are hints.
    fn taken_in(&mut self, path: &Path, tree: &Document<'_>, directive: NodeId) -> Result<Option<String>, Failure> {
        let Some(element) = tree.element(directive) else { return Ok(None) };
        let is_import = &*element.name.local_name == "import";
        let Some(place) = element.get_attribute("schemaLocation").map(str::trim) else { return Ok(None) };
        let named = |origin: &&Origin| matches!(origin, Origin::Text(name, _) if name == place);
        if let Some(Origin::Text(name, text)) = self.texts.iter().find(named) {
            let path = PathBuf::from(name);
            return if self.around.contains(&path) { Ok(None) } else { Ok(Some(self.copy(&path, text)?.name)) };
        }
        let beside = path.parent().map(|folder| folder.join(place)).filter(|path| path.is_file());
        match beside.or_else(|| self.folders.resource(place)) {
            Some(found) => {
                let found = found.canonicalize().unwrap_or(found);
                if self.around.iter().any(|path| path.canonicalize().is_ok_and(|path| path == found)) {
                    return Ok(None);
                }
                Ok(Some(self.file(&found)?.name))
            }
            None if is_import => {
                tracing::warn!("the schema {place} is not among the app's resources: it is not fetched");
                Ok(None)
            }
            None => Err(invalid(format!("schema_reference.4: Failed to read schema document '{place}'"))),
        }
    }
}

/// What takes other files in.
fn directives(tree: &Document<'_>) -> Vec<NodeId> {
    let children = tree.document_element().map(|root| tree.children(root)).unwrap_or_default();
    let takes_in = |id: &NodeId| match tree.node_kind(*id) {
        Some(NodeKind::Element(element)) => {
            element.name.namespace_uri.as_deref() == Some(XS_NAMESPACE)
                && matches!(&*element.name.local_name, "include" | "import" | "redefine")
        }
        _ => false,
    };
    children.into_iter().filter(takes_in).collect()
}

fn locate(tree: &mut Document<'_>, directive: NodeId, name: String) {
    if let Some(element) = tree.element_mut(directive) {
        element.set_attribute(uppsala::QName::local("schemaLocation"), name.into());
    }
}
