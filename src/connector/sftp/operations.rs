//! The operations: those of the file connector, on a server.

use super::CONFIG_REF;
use super::config::folder;
use super::listener::MATCHER;
use crate::connector::file::{Action, Change, List, Read, Task, Transfer, Write};
use crate::connector::output::{OUTPUT_ENCODING, OUTPUT_MIME_TYPE};
use crate::connector::reconnection::{FOREVER, TIMES};
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};

const SIZE_CHECK: Attribute = Attribute::new("timeBetweenSizeCheck", Kind::Integer, "Has no effect here.");
const SIZE_CHECK_UNIT: Attribute = Attribute::new("timeBetweenSizeCheckUnit", Kind::Text, "Has no effect here.");
const FROM: Attribute = Attribute::required("sourcePath", Kind::Value, "The file or folder.");
const TO: Attribute = Attribute::required("targetPath", Kind::Value, "The folder that it goes to.");
const CREATES: Attribute =
    Attribute::default("createParentDirectories", Kind::Value, "true", "Whether missing folders are created.");
const OVERWRITE: Attribute =
    Attribute::default("overwrite", Kind::Value, "false", "Whether what is there already is replaced.");
const NEW_NAME: Attribute = Attribute::new("renameTo", Kind::Value, "Its new name.");
const PATH: Attribute = Attribute::required("path", Kind::Value, "The file or folder.");
const LOCK: Attribute = Attribute::default(
    "lock",
    Kind::Boolean,
    "false",
    "Whether no other operation of the app may lock or delete the file meanwhile.",
);

/// The errors of an operation: its own, and those of the connection.
macro_rules! errors {
    ($($own:literal),*) => {
        &[
            $($own,)*
            "SFTP:CONNECTIVITY",
            "SFTP:RETRY_EXHAUSTED",
            "SFTP:INVALID_CREDENTIALS",
            "SFTP:CONNECTION_TIMEOUT",
            "SFTP:CANNOT_REACH",
            "SFTP:UNKNOWN_HOST",
            "SFTP:KEY_EXCHANGE_FAILED",
            "SFTP:SERVICE_NOT_AVAILABLE",
            "SFTP:DISCONNECTED",
            "SFTP:UNKNOWN",
        ]
    };
}

/// `sftp:read`
pub static READ: Spec = Spec {
    name: "sftp:read",
    doc: "Gives the content of a file, with a media type by the end of its name. From 16 MB on, the content waits in a \
          temporary file; lists in it are read item by item.",
    attributes: &[
        CONFIG_REF,
        Attribute::required("path", Kind::Value, "The file."),
        LOCK,
        SIZE_CHECK,
        SIZE_CHECK_UNIT,
        OUTPUT_MIME_TYPE,
        OUTPUT_ENCODING,
    ],
    parts: &[TIMES, FOREVER],
    errors: errors!("SFTP:ILLEGAL_PATH", "SFTP:ACCESS_DENIED", "SFTP:FILE_LOCK"),
    example: r##"<sftp:read config-ref="depot" path="#['orders/' ++ vars.name]" outputMimeType="text/csv"/>"##,
    make: Make::Operation(|node| Box::new(Read::of(node, folder(node)))),
    ..Spec::NEW
};

/// `sftp:write`
pub static WRITE: Spec = Spec {
    name: "sftp:write",
    doc: "Writes a file. The event stays as it is. What was begun is not begun again when the connection is lost.",
    attributes: &[
        CONFIG_REF,
        Attribute::required("path", Kind::Value, "The file."),
        Attribute::default(
            "mode",
            Kind::Choice(&["OVERWRITE", "APPEND", "CREATE_NEW"]),
            "OVERWRITE",
            "What becomes of a file that is there.",
        ),
        Attribute::default("createParentDirectories", Kind::Boolean, "true", "Whether missing folders are created."),
        LOCK,
        Attribute::new("writeStrategy", Kind::Text, "Has no effect here."),
        Attribute::new("bufferSizeForWriteStrategy", Kind::Text, "Has no effect here."),
    ],
    parts: &[Part { spec: &CONTENT, occurs: Occurs::Optional }, TIMES, FOREVER],
    errors: errors!(
        "SFTP:ILLEGAL_PATH",
        "SFTP:ILLEGAL_CONTENT",
        "SFTP:FILE_ALREADY_EXISTS",
        "SFTP:ACCESS_DENIED",
        "SFTP:FILE_LOCK",
        "SFTP:FILE_DOESNT_EXIST"
    ),
    example: r##"<sftp:write config-ref="depot" path="notes/today.txt" mode="APPEND"/>"##,
    make: Make::Void(|node| Box::new(Write::of(node, folder(node)))),
    ..Spec::NEW
};

static CONTENT: Spec =
    Spec { name: "sftp:content", doc: "The content, `#[payload]` if it is left out.", body: Body::Value, ..Spec::NEW };

/// `sftp:list`
pub static LIST: Spec = Spec {
    name: "sftp:list",
    doc: "Gives a list of messages, one for each file of a folder: its path and its attributes. Names are in alphabetical \
          order; what is in a folder stands behind it.",
    attributes: &[
        CONFIG_REF,
        Attribute::required("directoryPath", Kind::Value, "The folder."),
        Attribute::default("recursive", Kind::Value, "false", "Whether the folders in it are listed as well."),
        Attribute::new("matcher", Kind::Reference, "A global `sftp:matcher`."),
        SIZE_CHECK,
        SIZE_CHECK_UNIT,
    ],
    parts: &[Part { spec: &MATCHER, occurs: Occurs::Optional }, TIMES, FOREVER],
    errors: errors!("SFTP:ILLEGAL_PATH", "SFTP:ACCESS_DENIED"),
    example: r#"<sftp:list config-ref="depot" directoryPath="orders"><sftp:matcher filenamePattern="*.csv"/></sftp:list>"#,
    make: Make::Operation(|node| Box::new(List::of(node, folder(node)))),
    ..Spec::NEW
};

/// `sftp:copy`
pub static COPY: Spec = Spec {
    name: "sftp:copy",
    doc: "Copies a file or a folder of the server into another folder. The content comes here and goes back.",
    attributes: &[CONFIG_REF, FROM, TO, CREATES, OVERWRITE, NEW_NAME],
    parts: &[TIMES, FOREVER],
    errors: errors!("SFTP:ILLEGAL_PATH", "SFTP:FILE_ALREADY_EXISTS", "SFTP:ACCESS_DENIED"),
    example: r#"<sftp:copy config-ref="depot" sourcePath="order.csv" targetPath="archive/"/>"#,
    make: Make::Void(|node| Box::new(Transfer::of(node, Action::Copy, folder(node)))),
    ..Spec::NEW
};

/// `sftp:move`
pub static MOVE: Spec = Spec {
    name: "sftp:move",
    doc: "Moves a file or a folder of the server into another folder.",
    attributes: &[CONFIG_REF, FROM, TO, CREATES, OVERWRITE, NEW_NAME],
    parts: &[TIMES, FOREVER],
    errors: errors!("SFTP:ILLEGAL_PATH", "SFTP:FILE_ALREADY_EXISTS", "SFTP:ACCESS_DENIED", "SFTP:FILE_LOCK"),
    example: r##"<sftp:move config-ref="depot" sourcePath="order.csv" targetPath="done/" renameTo="#[uuid() ++ '.csv']"/>"##,
    make: Make::Void(|node| Box::new(Transfer::of(node, Action::Move, folder(node)))),
    ..Spec::NEW
};

/// `sftp:rename`
pub static RENAME: Spec = Spec {
    name: "sftp:rename",
    doc: "Gives a file or a folder another name.",
    attributes: &[
        CONFIG_REF,
        PATH,
        Attribute::required("to", Kind::Value, "The new name, without a folder."),
        OVERWRITE,
    ],
    parts: &[TIMES, FOREVER],
    errors: errors!("SFTP:ILLEGAL_PATH", "SFTP:FILE_ALREADY_EXISTS", "SFTP:ACCESS_DENIED", "SFTP:FILE_LOCK"),
    example: r#"<sftp:rename config-ref="depot" path="draft.txt" to="final.txt"/>"#,
    make: Make::Void(|node| Box::new(Change::of(node, Task::Rename, folder(node)))),
    ..Spec::NEW
};

/// `sftp:delete`
pub static DELETE: Spec = Spec {
    name: "sftp:delete",
    doc: "Deletes a file, or a folder with all that is in it.",
    attributes: &[CONFIG_REF, PATH],
    parts: &[TIMES, FOREVER],
    errors: errors!("SFTP:ILLEGAL_PATH", "SFTP:ACCESS_DENIED", "SFTP:FILE_LOCK"),
    example: r#"<sftp:delete config-ref="depot" path="draft.txt"/>"#,
    make: Make::Void(|node| Box::new(Change::of(node, Task::Delete, folder(node)))),
    ..Spec::NEW
};

/// `sftp:create-directory`
pub static CREATE_DIRECTORY: Spec = Spec {
    name: "sftp:create-directory",
    doc: "Creates a folder, and those around it that are missing.",
    attributes: &[CONFIG_REF, Attribute::required("directoryPath", Kind::Value, "The folder.")],
    parts: &[TIMES, FOREVER],
    errors: errors!("SFTP:ILLEGAL_PATH", "SFTP:FILE_ALREADY_EXISTS", "SFTP:ACCESS_DENIED"),
    example: r#"<sftp:create-directory config-ref="depot" directoryPath="archive"/>"#,
    make: Make::Void(|node| Box::new(Change::of(node, Task::CreateDirectory, folder(node)))),
    ..Spec::NEW
};
