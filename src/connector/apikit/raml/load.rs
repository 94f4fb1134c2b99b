//! Files with their includes put in, and the libraries that they use.

use super::scope::Scopes;
use crate::connector::apikit::document::{Content, Entry, Library, Node, read};
use crate::diag::{Code, Fault};
use crate::text::{Place, Source, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// How deep the parts of a file and of the files in it may stand in each other.
const MAX_DEPTH: usize = 200;

/// Whether a file is RAML 0.8, by its first line.
///
/// # Errors
/// What is no API in RAML: fragments, overlays, extensions, other versions.
pub fn version(source: &Arc<Source>) -> Result<bool, Fault> {
    let place = || Place { source: source.clone(), span: Span::new(0, 0) };
    let first = source.text().lines().next().unwrap_or_default().trim();
    let refused =
        |message: String, help: &str| Err(Fault::new(Code::Configuration, message).help(help.to_string()).at(place));
    match first.strip_prefix("#%RAML").map(str::trim) {
        Some("1.0") => Ok(false),
        Some("0.8") => Ok(true),
        Some(other) if other.ends_with("Overlay") || other.ends_with("Extension") => {
            refused(format!("this is a RAML {other}, which is not read"), "name the API that it builds upon")
        }
        Some(other) => refused(format!("this is RAML {other}, which is no API"), "name the file of the API itself"),
        None => refused("this is no RAML".to_string(), "its first line has to be `#%RAML 1.0` or `#%RAML 0.8`"),
    }
}

/// Reads the files of an API.
pub struct Loader {
    library: Arc<Library>,
    /// Files that are complete.
    known: HashMap<String, Node>,
    /// Files that are being read, outermost first.
    open: Vec<String>,
    depth: usize,
    scopes: Scopes,
}

impl Loader {
    /// A reader of these files.
    pub fn new(library: Arc<Library>) -> Self {
        let scopes = Scopes::new(library.clone());
        Self { library, known: HashMap::new(), open: Vec::new(), depth: 0, scopes }
    }

    /// The main file, and the names that its files declare.
    ///
    /// # Errors
    /// Files that are missing, malformed or contain themselves.
    pub fn load(mut self, path: &str, source: &Arc<Source>) -> Result<(Node, Scopes), Fault> {
        let root = self.file(path, source)?;
        self.scopes.declare(path, root.clone(), HashMap::new());
        self.uses(path, &root)?;
        self.scopes.root = path.to_string();
        Ok((root, self.scopes))
    }

    fn file(&mut self, path: &str, source: &Arc<Source>) -> Result<Node, Fault> {
        if let Some(known) = self.known.get(path) {
            return Ok(known.clone());
        }
        let node = read(source)?;
        self.open.push(path.to_string());
        let node = self.resolved(&node);
        self.open.pop();
        let node = node?;
        self.known.insert(path.to_string(), node.clone());
        if node.get("uses").is_some() && !self.open.is_empty() {
            self.uses(path, &node)?;
        }
        Ok(node)
    }

    /// Reads the libraries that a file uses, and notes under which names it knows them.
    fn uses(&mut self, path: &str, node: &Node) -> Result<(), Fault> {
        let mut uses = HashMap::new();
        for entry in node.get("uses").map(Node::entries).unwrap_or_default() {
            let Some(reference) = entry.value.text() else {
                return Err(entry.value.fault(format!("`{}` has to be the path of a library", entry.name)));
            };
            let (file, source) = self.find(reference, &entry.value)?;
            if self.open.contains(&file) {
                return Err(entry.value.fault(format!("`{reference}` uses itself")));
            }
            self.open.push(path.to_string());
            let library = self.file(&file, &source);
            self.open.pop();
            let library = library?;
            if !self.scopes.has(&file) {
                self.scopes.declare(&file, library, HashMap::new());
            }
            uses.insert(entry.name.to_string(), file);
        }
        self.scopes.declare(path, node.clone(), uses);
        Ok(())
    }

    fn find(&self, reference: &str, at: &Node) -> Result<(String, Arc<Source>), Fault> {
        let found = self.library.find(reference, &at.place.source).map_err(|fault| fault.at(|| at.place.clone()))?;
        found.ok_or_else(|| {
            let fault = at.fault(format!("there is no file `{reference}`"));
            fault.help("paths begin in the folder of the file, or with a slash in that of the API")
        })
    }

    fn resolved(&mut self, node: &Node) -> Result<Node, Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(node.fault(format!("this is nested more than {MAX_DEPTH} levels deep")));
        }
        self.depth += 1;
        let resolved = self.resolved_below(node);
        self.depth -= 1;
        resolved
    }

    fn resolved_below(&mut self, node: &Node) -> Result<Node, Fault> {
        let content = match &node.content {
            Content::Include(reference) => return self.included(reference, node),
            Content::List(items) => {
                Content::List(Arc::new(items.iter().map(|item| self.resolved(item)).collect::<Result<_, _>>()?))
            }
            Content::Map(entries) => {
                let entry = |entry: &Entry| Ok(Entry { value: self.resolved(&entry.value)?, ..entry.clone() });
                Content::Map(Arc::new(entries.iter().map(entry).collect::<Result<_, Fault>>()?))
            }
            Content::Null | Content::Scalar { .. } => return Ok(node.clone()),
        };
        Ok(Node { content, place: node.place.clone() })
    }

    fn included(&mut self, reference: &str, at: &Node) -> Result<Node, Fault> {
        let (name, pointer) = reference.split_once('#').map_or((reference, None), |(name, p)| (name, Some(p)));
        let (path, source) = self.find(name, at)?;
        if self.open.contains(&path) {
            return Err(at.fault(format!("`{reference}` includes itself")));
        }
        let includer = self.open.last().cloned().unwrap_or_default();
        self.scopes.include(&path, includer);
        if is_raml(&path, source.text()) {
            return self.file(&path, &source);
        }
        let place = Place { source: source.clone(), span: Span::new(0, 0) };
        Ok(Node::scalar(&pointed(source.text(), pointer), false, place))
    }
}

/// Whether a file is a part of the API, and not a text that the API contains.
fn is_raml(path: &str, text: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(extension.as_str(), "raml" | "rml" | "yaml" | "yml") || text.starts_with("#%RAML")
}

/// A JSON schema of which a part is meant. What is none is told by whoever reads it.
fn pointed(text: &str, pointer: Option<&str>) -> String {
    let whole = || serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text).ok();
    match pointer.filter(|pointer| pointer.starts_with('/')).zip(pointer.and_then(|_| whole())) {
        Some((pointer, mut schema)) => {
            schema.insert("$ref".to_string(), format!("#{pointer}").into());
            serde_json::Value::Object(schema).to_string()
        }
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::pointed;
    use serde_json::{Value, json};

    #[test]
    fn parts_of_schemas_are_referred_to() {
        for (text, pointer, expected) in [
            (
                r#"{"definitions": {"a": {}}}"#,
                Some("/definitions/a"),
                json!({"definitions": {"a": {}}, "$ref": "#/definitions/a"}),
            ),
            ("{}", Some(r#"/a"b\c"#), json!({"$ref": r#"#/a"b\c"#})),
            (r#"{"$ref": "x"}"#, Some("/a"), json!({"$ref": "#/a"})),
            ("{}", Some("a"), json!({})),
            ("{}", None, json!({})),
        ] {
            assert_eq!(serde_json::from_str::<Value>(&pointed(text, pointer)).unwrap(), expected);
        }
        assert_eq!(pointed("{", Some("/a")), "{");
    }
}
