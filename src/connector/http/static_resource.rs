//! `http:load-static-resource`: a file below a folder, by the path of the request.

use crate::connector::file::media_type;
use crate::connector::output::{OUTPUT_ENCODING, OUTPUT_MIME_TYPE, Relabel};
use crate::flow::build::{Folders, Node};
use crate::flow::event::{Error, Event, FileContent, Message, Typed, media};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::format::MediaType;
use crate::value::Value;
use futures_util::future::BoxFuture;
use std::io;
use std::path::{Path, PathBuf};

/// `http:load-static-resource`
pub static SPEC: Spec = Spec {
    name: "http:load-static-resource",
    doc: "Takes the file that the path of a request names, below a folder that no path leads out of, as the payload, with a \
          media type by the end of its name. The path of the listener, without the `*` at its end, does not count.",
    attributes: &[
        Attribute::required(
            "resourceBasePath",
            Kind::Value,
            "The folder; a path of its own, or one that begins at the root of the project.",
        ),
        Attribute::default("defaultFile", Kind::Value, "index.html", "The file of a folder."),
        Attribute::default(
            "attributes",
            Kind::Value,
            "#[attributes]",
            "The attributes of the request: `requestPath` and `listenerPath` of them count.",
        ),
        OUTPUT_MIME_TYPE,
        OUTPUT_ENCODING,
    ],
    errors: &["HTTP:NOT_FOUND"],
    example: r#"<http:load-static-resource resourceBasePath="${app.home}/web" defaultFile="start.html"/>"#,
    make: Make::Operation(|node| Box::new(LoadStaticResource::of(node))),
    ..Spec::NEW
};

struct LoadStaticResource {
    base: Expression,
    default_file: Expression,
    attributes: Expression,
    folders: Folders,
    label: Relabel,
}

impl LoadStaticResource {
    fn of(node: &Node<'_>) -> Self {
        Self {
            base: node.expression("resourceBasePath"),
            default_file: node.expression("defaultFile"),
            attributes: node.expression("attributes"),
            folders: node.builder.folders().clone(),
            label: Relabel::of(node),
        }
    }
}

/// The path of a request below that of its listener; `None` for attributes that are not those of a request.
fn path_of(attributes: &Value) -> Option<String> {
    let Value::Object(attributes) = attributes.bare() else { return None };
    let text = |name: &str| attributes.get(name).and_then(|value| value.bare().as_str()).map(str::to_string);
    let (path, listener) = (text("requestPath")?, text("listenerPath")?);
    let listener = listener.strip_suffix("/*").unwrap_or(&listener);
    match listener {
        "/" => Some(path),
        _ => Some(path.get(listener.len()..).unwrap_or_default().to_string()),
    }
}

/// The file that a path names below a folder, after all links on the way have been followed.
fn find(base: &Path, path: &str, default_file: &str) -> io::Result<PathBuf> {
    let base = base.canonicalize()?;
    let inside = |path: PathBuf| {
        let real = path.canonicalize()?;
        if real.starts_with(&base) { Ok(real) } else { Err(io::Error::from(io::ErrorKind::NotFound)) }
    };
    let found = inside(base.join(path.trim_start_matches('/')))?;
    if found.is_dir() { inside(found.join(default_file)) } else { Ok(found) }
}

/// Media types of Java's activation framework where the `file` connector knows another one (mule-http-connector
/// `META-INF/mime.types`).
fn media_of(path: &Path) -> MediaType {
    let found = media_type(path);
    if found.essence() == "application/javascript" { media("text/javascript") } else { found }
}

fn load(base: &Path, path: &str, default_file: &str) -> io::Result<Typed> {
    let file = find(base, path, default_file)?;
    let media = media_of(&file);
    match FileContent::open(&file)? {
        Some(large) => Ok(Typed::file(large, media)),
        None => Ok(Typed::bytes(std::fs::read(&file)?, media)),
    }
}

fn not_found(event: &Event, path: &str) -> Error {
    let path = path.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    Error::named(event, "HTTP:NOT_FOUND", format!("Resource '{path}' was not found."))
}

impl Processor for LoadStaticResource {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Some(path) = path_of(&self.attributes.value(event)?) else {
                return Err(Error::mule("UNKNOWN", "There are no HTTP attributes defined."));
            };
            let base = self.folders.folder(&self.base.text(event)?.unwrap_or_default());
            let default_file = self.default_file.text(event)?.unwrap_or_default();
            let wanted = path.clone();
            let loaded = tokio::task::spawn_blocking(move || load(&base, &wanted, &default_file)).await;
            let payload = match loaded {
                Ok(Ok(payload)) => payload,
                Ok(Err(reason)) => {
                    tracing::debug!("the resource '{path}' cannot be loaded: {reason}");
                    return Err(not_found(event, &path));
                }
                Err(cut) => return Err(Error::mule("UNKNOWN", format!("the work with files was cut off: {cut}"))),
            };
            event.message = Message::of(self.label.on(payload));
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::testing::folder;
    use crate::value::ObjectBuilder;

    #[test]
    fn paths_begin_where_the_listener_ends() {
        for (listener, path, want) in [
            ("/*", "/a/b.html", "/a/b.html"),
            ("/static/*", "/static/a.html", "/a.html"),
            ("/static/*", "/static", ""),
            ("/", "/", "/"),
            ("/{shop}/long/*", "/x", ""),
        ] {
            let mut attributes = ObjectBuilder::default();
            attributes.field("requestPath", path).field("listenerPath", listener);
            assert_eq!(path_of(&attributes.value()).as_deref(), Some(want), "{listener} {path}");
        }
        assert_eq!(path_of(&Value::Null), None);
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let home = folder();
        let base = home.join("web");
        std::fs::create_dir_all(base.join("shop")).unwrap();
        for file in ["web/index.html", "web/shop/index.html", "web/a b.svg", "secret.txt"] {
            std::fs::write(home.join(file), file).unwrap();
        }
        std::os::unix::fs::symlink(home.join("secret.txt"), base.join("link.txt")).unwrap();
        let found = |path: &str, default_file: &str| {
            let found = find(&base, path, default_file).ok()?;
            Some(std::fs::read_to_string(found).unwrap())
        };
        for path in ["", "/", "/index.html", "/shop/../index.html"] {
            assert_eq!(found(path, "index.html").as_deref(), Some("web/index.html"), "{path}");
        }
        assert_eq!(found("/shop", "index.html").as_deref(), Some("web/shop/index.html"));
        assert_eq!(found("/a b.svg", "index.html").as_deref(), Some("web/a b.svg"));
        for (path, default_file) in [
            ("/../secret.txt", "index.html"),
            ("/shop/../../secret.txt", "index.html"),
            ("//../secret.txt", "index.html"),
            ("/link.txt", "index.html"),
            ("/", "../secret.txt"),
            ("/shop", "other.html"),
            ("/nothing\0", "index.html"),
        ] {
            assert_eq!(found(path, default_file), None, "{path} {default_file}");
        }
        assert_eq!(found(home.join("secret.txt").to_str().unwrap(), "index.html"), None);
    }
}
