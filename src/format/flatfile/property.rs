//! The properties of the reader and the writer.

use super::field::Fill;
use crate::format::{Options, Property};

const SCHEMA_PATH: Property = Property::text("schemaPath", "", "Where the schema (`.ffd`) is; required.");
const STRUCTURE: Property =
    Property::text("structureIdent", "", "Which of the schema's structures, if it has several.");
const SEGMENT: Property =
    Property::text("segmentIdent", "", "Which of the schema's segments, for records of one kind.");
const MISSING: Property = Property::choice(
    "missingValues",
    &["none", "spaces", "zeroes", "nulls", "NONE", "SPACES", "ZEROES", "NULLS"],
    "spaces",
    "What fields without a value are filled with; counts only with `useMissCharAsDefaultForFill`.",
);
const USE_MISSING: Property =
    Property::flag("useMissCharAsDefaultForFill", false, "Whether `missingValues` counts; else spaces do.");
const ENFORCE: Property =
    Property::flag("enforceRequires", false, "Whether a required value that is missing is an error.");
const DEPENDING: Property = copybook("truncateDependingOn");
const NOT_PRESENT: Property = copybook("notTruncateDependingOnSubjectNotPresent");
const ZONED: Property = copybook("zonedDecimalStrict");
const BINARY_END: Property = copybook("allowLenientWithBinaryNotEndElement");

const fn copybook(name: &'static str) -> Property {
    Property::flag(name, false, "Accepted for compatibility: it concerns copybooks only.")
}

/// The reader's.
pub const READER: &[Property] = &[
    SCHEMA_PATH,
    STRUCTURE,
    SEGMENT,
    Property::choice(
        "recordParsing",
        &["strict", "lenient", "noTerminator", "singleRecord"],
        "strict",
        "Whether each record is a line of exactly its width, a line of any length, follows the one before \
              without a break, or is the only one.",
    ),
    MISSING,
    USE_MISSING,
    ENFORCE,
    Property::flag(
        "retainEmptyStringFieldsOnParsing",
        false,
        "Whether texts that are missing are read as empty; else they are left out.",
    ),
    DEPENDING,
    NOT_PRESENT,
    ZONED,
    BINARY_END,
];

/// The writer's.
pub const WRITER: &[Property] = &[
    SCHEMA_PATH,
    STRUCTURE,
    SEGMENT,
    Property::choice("recordTerminator", &["lf", "cr", "crlf", "none"], "lf", "What stands between two records."),
    Property::flag(
        "trimValues",
        false,
        "Whether values that are wider than their field are cut; else they are an error.",
    ),
    MISSING,
    USE_MISSING,
    ENFORCE,
    DEPENDING,
    NOT_PRESENT,
    ZONED,
    Property::ENCODING,
    Property::BUFFER_SIZE,
    Property::DEFERRED,
];

/// What missing values look like.
pub fn fill(options: &Options) -> Fill {
    match options.text("missingValues").to_ascii_lowercase().as_str() {
        _ if !options.flag("useMissCharAsDefaultForFill") => Fill::Spaces,
        "none" => Fill::Never,
        "zeroes" => Fill::Zeroes,
        "nulls" => Fill::Nulls,
        _ => Fill::Spaces,
    }
}
