//! `sftp:listener` and `sftp:matcher`: those of the file connector, on a server.

use super::CONFIG_REF;
use super::config::folder;
use crate::connector::file::{AUTO_DELETE, Listener, MOVE_TO, Matcher, OVERWRITE, RENAME_TO, WHEN_FAILED};
use crate::connector::output::{OUTPUT_ENCODING, OUTPUT_MIME_TYPE};
use crate::flow::scheduler::STRATEGY;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec, time_unit};
use std::sync::Arc;

const KINDS: Kind = Kind::Choice(&["INCLUDE", "EXCLUDE", "REQUIRE"]);

/// `sftp:matcher`
pub static MATCHER: Spec = Spec {
    name: "sftp:matcher",
    doc: "Which files are meant: those for which everything that is said holds.",
    attributes: &[
        Attribute::new("name", Kind::Text, "Its name, at the top level."),
        Attribute::new("filenamePattern", Kind::Text, "The pattern of the name: a glob, or `regex:…`."),
        Attribute::new("pathPattern", Kind::Text, "The pattern of the whole path."),
        Attribute::new("directoryPattern", Kind::Text, "The pattern of the path of the folder."),
        Attribute::default("caseSensitive", Kind::Boolean, "true", "Whether patterns tell upper and lower case apart."),
        Attribute::default("directories", KINDS, "INCLUDE", "Folders: as well, not, or nothing else."),
        Attribute::default("regularFiles", KINDS, "INCLUDE", "Files: as well, not, or nothing else."),
        Attribute::default("symLinks", KINDS, "INCLUDE", "Links: as well, not, or nothing else."),
        Attribute::new("minSize", Kind::Integer, "The least size, in bytes."),
        Attribute::new("maxSize", Kind::Integer, "The largest size, in bytes."),
        Attribute::new("timestampSince", Kind::Text, "Changed at this time or later."),
        Attribute::new("timestampUntil", Kind::Text, "Changed at this time or before."),
        Attribute::new("notUpdatedInTheLast", Kind::Integer, "Not changed for so long."),
        Attribute::new("updatedInTheLast", Kind::Integer, "Changed within this time."),
        time_unit("timeUnit", "MILLISECONDS"),
    ],
    example: r#"<sftp:matcher name="sheets" filenamePattern="*.{csv,xlsx}" directories="EXCLUDE"/>"#,
    make: Make::Global(|node| Arc::new(Matcher::of(node))),
    ..Spec::NEW
};

/// `sftp:listener`
pub static SPEC: Spec = Spec {
    name: "sftp:listener",
    doc: "Looks into a folder of the server again and again and starts its flow with each file in it. Without a watermark a \
          file that stays where it is comes again with every look; with one, only files come that were changed since. A \
          file that the flow was not done with comes again when the app starts after a crash. A server that cannot be \
          reached is tried again with the next look.",
    attributes: &[
        CONFIG_REF,
        Attribute::default("directory", Kind::Text, ".", "The folder."),
        Attribute::default("recursive", Kind::Boolean, "true", "Whether the folders in it are looked into as well."),
        Attribute::new("matcher", Kind::Reference, "A global `sftp:matcher`."),
        Attribute::default(
            "watermarkEnabled",
            Kind::Boolean,
            "false",
            "Whether only files come that were changed after the last one that came.",
        ),
        Attribute::new(
            "timeBetweenSizeCheck",
            Kind::Integer,
            "How long the size of a file has to stay the same before it is read.",
        ),
        time_unit("timeBetweenSizeCheckUnit", "MILLISECONDS"),
        AUTO_DELETE,
        MOVE_TO,
        RENAME_TO,
        WHEN_FAILED,
        OVERWRITE,
        OUTPUT_MIME_TYPE,
        OUTPUT_ENCODING,
    ],
    parts: &[Part { spec: &STRATEGY, occurs: Occurs::Once }, Part { spec: &MATCHER, occurs: Occurs::Optional }],
    example: r#"<sftp:listener config-ref="depot" directory="inbox" moveToDirectory="done">
  <scheduling-strategy><fixed-frequency frequency="5" timeUnit="SECONDS"/></scheduling-strategy>
  <sftp:matcher filenamePattern="*.csv"/>
</sftp:listener>"#,
    make: Make::Source(|node| Box::new(Listener::of(node, folder(node)))),
    ..Spec::NEW
};
