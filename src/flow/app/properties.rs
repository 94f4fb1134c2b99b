//! Properties of an app: where they come from, which one wins, and `${…}` in texts.

use crate::diag::{Code, Fault};
use crate::flow::build::find;
use indexmap::IndexMap;
use std::path::PathBuf;

/// How long a text may become, in bytes: properties that refer to others twice grow with every level.
const MAX_LENGTH: usize = 16 << 20;

/// The properties of an app, in the order of precedence: from outside (deployment, `-D`), the environment, files,
/// `global-property`.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    outside: IndexMap<String, String>,
    files: IndexMap<String, String>,
    global: IndexMap<String, String>,
    /// Where `${file::name}` looks.
    folders: Vec<PathBuf>,
}

impl Properties {
    /// Properties given from outside, which win over everything else.
    pub fn outside(given: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { outside: given.into_iter().collect(), ..Self::default() }
    }

    /// Says where `${file::name}` looks.
    pub fn with_folders(mut self, folders: Vec<PathBuf>) -> Self {
        self.folders = folders;
        self
    }

    /// Adds a built-in one, unless it is given from outside.
    pub fn built_in(&mut self, name: &str, value: &str) {
        self.outside.entry(name.to_string()).or_insert_with(|| value.to_string());
    }

    /// Adds one of a file; the first file wins.
    pub fn from_file(&mut self, name: String, value: String) {
        self.files.entry(name).or_insert(value);
    }

    /// Adds a `global-property`.
    pub fn global(&mut self, name: &str, value: &str) {
        self.global.insert(name.to_string(), value.to_string());
    }

    /// A property as written, references in it not resolved.
    fn raw(&self, name: &str) -> Option<String> {
        let outside = self.outside.get(name).cloned().or_else(|| std::env::var(name).ok());
        outside.or_else(|| self.files.get(name).cloned()).or_else(|| self.global.get(name).cloned())
    }

    /// A property.
    ///
    /// # Errors
    /// A reference in it to a property that is not there.
    pub fn get(&self, name: &str) -> Result<Option<String>, Fault> {
        self.lookup(name, &mut Vec::new())
    }

    fn lookup(&self, name: &str, open: &mut Vec<String>) -> Result<Option<String>, Fault> {
        if let Some(file) = name.strip_prefix("file::") {
            return self.file(file).map(Some);
        }
        let Some(text) = self.raw(name) else { return Ok(None) };
        if open.iter().any(|outer| outer == name) {
            let fault = Fault::new(Code::Configuration, format!("property `{name}` refers to itself"));
            return Err(fault.help("look for the property whose value leads back to it"));
        }
        open.push(name.to_string());
        let resolved = self.resolve_at(&text, open);
        open.pop();
        resolved.map(Some)
    }

    fn file(&self, name: &str) -> Result<String, Fault> {
        let read = find(&self.folders, name).and_then(|path| std::fs::read_to_string(path).ok());
        read.ok_or_else(|| {
            Fault::new(Code::Configuration, format!("Couldn't find file {name} for ${{file::{name}}}"))
                .help("it is looked for among the app's resources")
        })
    }

    /// All names, each once.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> =
            self.outside.keys().chain(self.files.keys()).chain(self.global.keys()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// A text with its `${…}` replaced; `\${` stands for `${`.
    ///
    /// # Errors
    /// A property that is not there; properties that refer to each other.
    pub fn resolve(&self, text: &str) -> Result<String, Fault> {
        self.resolve_at(text, &mut Vec::new())
    }

    fn resolve_at(&self, text: &str, open: &mut Vec<String>) -> Result<String, Fault> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            if let Some(before) = rest[..at].strip_suffix('\\') {
                out.push_str(before);
                out.push_str("${");
                rest = &rest[at + 2..];
                continue;
            }
            let Some(end) = rest[at..].find('}') else { break };
            out.push_str(&rest[..at]);
            let name = rest[at + 2..at + end].trim();
            out.push_str(&self.lookup(name, open)?.ok_or_else(|| missing(self, name))?);
            rest = &rest[at + end + 1..];
            if out.len() > MAX_LENGTH {
                let message = format!("a text with its properties may have {} MiB at most", MAX_LENGTH >> 20);
                return Err(Fault::new(Code::Limit, message));
            }
        }
        out.push_str(rest);
        Ok(out)
    }
}

fn missing(properties: &Properties, name: &str) -> Fault {
    let fault =
        Fault::new(Code::Configuration, format!("Couldn't find configuration property value for key ${{{name}}}"));
    match crate::diag::nearest(name, properties.names()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help(format!("set it in a properties file, or with -D{name}=…")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outermost_source_wins() {
        let mut all = Properties::outside([("a".to_string(), "out".to_string())]);
        all.from_file("a".into(), "file".into());
        all.from_file("b".into(), "file ${a}".into());
        all.from_file("b".into(), "second file".into());
        all.global("b", "global");
        all.global("c", "${b}!");
        for (text, want) in [("${a}", "out"), ("${c}", "file out!"), (r"\${a} $ {", "${a} $ {"), ("${a", "${a")] {
            assert_eq!(all.resolve(text).unwrap(), want);
        }
        assert!(all.resolve("${zzz}").unwrap_err().message().contains("for key ${zzz}"));
        all.global("x", "${y}");
        all.global("y", "${x}");
        assert!(all.resolve("${x}").is_err());
    }
}
