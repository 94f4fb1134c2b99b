//! `file:matcher`: which of the files in a folder are meant.

use super::attributes::Attributes;
use super::glob::Pattern;
use crate::connector::clock::{local_now, local_time};
use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Spec, duration, time_unit};
use crate::value::temporal::{LocalDateTime, Temporal};
use crate::value::ty::Simple;
use std::sync::Arc;
use std::time::Duration;

const KINDS: Kind = Kind::Choice(&["INCLUDE", "EXCLUDE", "REQUIRE"]);

/// `file:matcher`
pub static SPEC: Spec = Spec {
    name: "file:matcher",
    doc: "Which files are meant: those for which everything that is said holds.",
    attributes: &[
        Attribute::new("name", Kind::Text, "Its name, at the top level."),
        Attribute::new("filenamePattern", Kind::Text, "The pattern of the name: a glob, or `regex:…`."),
        Attribute::new("directoryPattern", Kind::Text, "The pattern of the path of the folder."),
        Attribute::default("caseSensitive", Kind::Boolean, "true", "Whether patterns tell upper and lower case apart."),
        Attribute::default("directories", KINDS, "INCLUDE", "Folders: as well, not, or nothing else."),
        Attribute::default("regularFiles", KINDS, "INCLUDE", "Files: as well, not, or nothing else."),
        Attribute::default("symLinks", KINDS, "INCLUDE", "Links: as well, not, or nothing else."),
        Attribute::new("minSize", Kind::Integer, "The least size, in bytes."),
        Attribute::new("maxSize", Kind::Integer, "The largest size, in bytes."),
        Attribute::new("createdSince", Kind::Text, "Created at this time or later."),
        Attribute::new("createdUntil", Kind::Text, "Created at this time or before."),
        Attribute::new("updatedSince", Kind::Text, "Changed at this time or later."),
        Attribute::new("updatedUntil", Kind::Text, "Changed at this time or before."),
        Attribute::new("accessedSince", Kind::Text, "Read at this time or later."),
        Attribute::new("accessedUntil", Kind::Text, "Read at this time or before."),
        Attribute::new("notUpdatedInTheLast", Kind::Integer, "Not changed for so long."),
        Attribute::new("updatedInTheLast", Kind::Integer, "Changed within this time."),
        time_unit("timeUnit", "MILLISECONDS"),
    ],
    example: r#"<file:matcher name="sheets" filenamePattern="*.{csv,xlsx}" directories="EXCLUDE"/>"#,
    make: Make::Global(|node| Arc::new(Matcher::of(node))),
    ..Spec::NEW
};

/// What is said of a kind of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Wanted {
    #[default]
    Include,
    Exclude,
    Require,
}

impl Wanted {
    fn of(node: &Node<'_>, attribute: &str) -> Self {
        match node.required(attribute).as_str() {
            "EXCLUDE" => Self::Exclude,
            "REQUIRE" => Self::Require,
            _ => Self::Include,
        }
    }

    fn takes(self, is_such: bool) -> bool {
        match self {
            Self::Include => true,
            Self::Exclude => !is_such,
            Self::Require => is_such,
        }
    }
}

/// A span of time, open at the ends that are not given.
#[derive(Default)]
struct Span {
    since: Option<LocalDateTime>,
    until: Option<LocalDateTime>,
}

impl Span {
    fn of(node: &Node<'_>, since: &str, until: &str) -> Self {
        Self { since: time(node, since), until: time(node, until) }
    }

    fn has(&self, time: Option<LocalDateTime>) -> bool {
        let Some(time) = time else { return true };
        self.since.is_none_or(|since| time >= since) && self.until.is_none_or(|until| time <= until)
    }
}

/// A point in time of the configuration.
fn time(node: &Node<'_>, attribute: &str) -> Option<LocalDateTime> {
    let text = node.text(attribute)?;
    match Temporal::from_text(&text, Simple::LocalDateTime) {
        Some(Temporal::LocalDateTime(time)) => Some(time),
        _ => {
            let fault = Fault::new(Code::Configuration, format!("`{text}` is no point in time"));
            node.refuse(attribute, fault.help("write it as in `2026-01-31T12:00:00`"));
            None
        }
    }
}

/// Which files are meant.
#[derive(Default)]
pub struct Matcher {
    name: Option<Pattern>,
    folder: Option<Pattern>,
    path: Option<Pattern>,
    directories: Wanted,
    regular_files: Wanted,
    links: Wanted,
    least: Option<u64>,
    most: Option<u64>,
    created: Span,
    updated: Span,
    stamped: Span,
    accessed: Span,
    quiet_for: Option<Duration>,
    changed_within: Option<Duration>,
}

impl Global for Matcher {}

impl Matcher {
    /// The matcher that stands in an element of a connector, or that its `matcher` names.
    pub fn in_or_of(node: &Node<'_>, connector: &str) -> Arc<Self> {
        let inside = node.part(&format!("{connector}:matcher")).map(|matcher| Arc::new(Self::of(&matcher)));
        inside.or_else(|| node.global::<Self>("matcher")).unwrap_or_default()
    }

    /// The matcher of an element. A server knows one time of a file, its `timestamp`.
    pub fn of(node: &Node<'_>) -> Self {
        let unit = node.required("timeUnit");
        let time = |name| node.integer(name).map(|amount| duration(amount, &unit));
        let size = |name| node.integer(name).and_then(|size| u64::try_from(size).ok());
        Self {
            name: pattern(node, "filenamePattern"),
            folder: pattern(node, "directoryPattern"),
            path: pattern(node, "pathPattern"),
            directories: Wanted::of(node, "directories"),
            regular_files: Wanted::of(node, "regularFiles"),
            links: Wanted::of(node, "symLinks"),
            least: size("minSize"),
            most: size("maxSize"),
            created: Span::of(node, "createdSince", "createdUntil"),
            updated: Span::of(node, "updatedSince", "updatedUntil"),
            stamped: Span::of(node, "timestampSince", "timestampUntil"),
            accessed: Span::of(node, "accessedSince", "accessedUntil"),
            quiet_for: time("notUpdatedInTheLast"),
            changed_within: time("updatedInTheLast"),
        }
    }

    /// Whether a file is meant.
    pub fn takes(&self, file: &Attributes) -> bool {
        let folder = || file.path.parent().map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
        let (created, accessed) = (file.created.and_then(local_time), file.accessed.and_then(local_time));
        let modified = file.modified.and_then(local_time);
        self.name.as_ref().is_none_or(|pattern| pattern.fits(&file.name()))
            && self.folder.as_ref().is_none_or(|pattern| pattern.fits(&folder()))
            && self.path.as_ref().is_none_or(|pattern| pattern.fits(&file.path.to_string_lossy()))
            && self.directories.takes(file.is_folder())
            && self.regular_files.takes(file.is_file())
            && self.links.takes(file.is_link)
            && self.least.is_none_or(|least| file.size >= least)
            && self.most.is_none_or(|most| file.size <= most)
            && self.created.has(created)
            && self.updated.has(modified)
            && self.stamped.has(modified)
            && self.accessed.has(accessed)
            && self.has_age(modified)
    }

    fn has_age(&self, changed: Option<LocalDateTime>) -> bool {
        let (Some(now), Some(changed)) = (local_now(), changed) else { return true };
        let age = u128::try_from(now.nanos() - changed.nanos()).unwrap_or_default();
        self.quiet_for.is_none_or(|quiet| age >= quiet.as_nanos())
            && self.changed_within.is_none_or(|within| age <= within.as_nanos())
    }
}

fn pattern(node: &Node<'_>, attribute: &str) -> Option<Pattern> {
    let parsed = Pattern::parse(&node.text(attribute)?, node.boolean("caseSensitive"));
    parsed.map_err(|fault| node.refuse(attribute, fault)).ok()
}
