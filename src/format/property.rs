//! Typed reader and writer properties: declared once, checked and documented from the declaration.

/// A property a reader or writer knows.
#[derive(Debug)]
pub struct Property {
    /// Its name; case matters.
    pub name: &'static str,
    /// What it takes.
    pub kind: PropertyKind,
    /// What it is if not given, as text (`""` for none).
    pub default: &'static str,
    /// What it does, in one sentence.
    pub doc: &'static str,
}

/// Declarations.
impl Property {
    /// `true` or `false`.
    pub const fn flag(name: &'static str, default: bool, doc: &'static str) -> Self {
        Self { name, kind: PropertyKind::Boolean, default: if default { "true" } else { "false" }, doc }
    }

    /// Any text.
    pub const fn text(name: &'static str, default: &'static str, doc: &'static str) -> Self {
        Self { name, kind: PropertyKind::Text, default, doc }
    }

    /// A whole number of at least this much.
    pub const fn number(name: &'static str, least: i64, default: &'static str, doc: &'static str) -> Self {
        Self { name, kind: PropertyKind::Number { least }, default, doc }
    }

    /// One of some texts.
    pub const fn choice(
        name: &'static str,
        choices: &'static [&'static str],
        default: &'static str,
        doc: &'static str,
    ) -> Self {
        Self { name, kind: PropertyKind::OneOf(choices), default, doc }
    }
}

/// Properties that many formats share.
impl Property {
    /// `encoding` of writers of text.
    pub const ENCODING: Property = Property::text(
        "encoding",
        "UTF-8",
        "Character set of the output; characters it does not have are written as `?`.",
    );
    /// `bufferSize` of writers.
    pub const BUFFER_SIZE: Property = Property::number(
        "bufferSize",
        8,
        "8192",
        "Accepted for compatibility: the writer chooses the size of its buffer.",
    );
    /// `deferred` of writers.
    pub const DEFERRED: Property =
        Property::flag("deferred", false, "Accepted for compatibility: output is always written as it is computed.");
    /// `streaming` of readers.
    pub const STREAMING: Property =
        Property::flag("streaming", false, "Accepted for compatibility: what can be read piece by piece always is.");
    /// `skipNullOn` of writers of arrays and objects.
    pub const SKIP_NULL_ON: Property =
        Property::choice("skipNullOn", &["arrays", "objects", "everywhere"], "", "Where nulls are left out.");
    /// All that writers of plain text know.
    pub const TEXT_WRITER: &[Property] = &[Property::ENCODING, Property::BUFFER_SIZE, Property::DEFERRED];
}

/// What a property takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PropertyKind {
    /// `true` or `false`.
    Boolean,
    /// A whole number of at least this much.
    Number {
        /// The least value taken.
        least: i64,
    },
    /// Any text.
    Text,
    /// One of these; another text counts as none of them, as in the reference engine.
    OneOf(&'static [&'static str]),
}
