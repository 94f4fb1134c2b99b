//! `secure-properties:config`: properties whose values are encrypted. The loader reads them.

use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};

/// `secure-properties:config`
pub static SPEC: Spec = Spec {
    name: "secure-properties:config",
    doc: "Properties of a file, YAML or Java properties, with values encrypted as the vendor's tool does: `![…]`. They \
          are read as `${secure::name}`, those that are not encrypted as well.",
    attributes: &[
        Attribute::new("name", Kind::Text, "Its name."),
        Attribute::required("file", Kind::Text, "The file, among the app's resources."),
        Attribute::required(
            "key",
            Kind::Text,
            "What opens the values, such as `${mule.key}` given with `-Dmule.key=…`.",
        ),
        Attribute::new("encoding", Kind::Text, "The file's character set."),
        Attribute::default("fileLevelEncryption", Kind::Boolean, "false", "Whether the file is encrypted as a whole."),
    ],
    parts: &[Part { spec: &ENCRYPT, occurs: Occurs::Optional }],
    example: r#"<secure-properties:config name="secrets" file="secure-${env}.yaml" key="${mule.key}">
  <secure-properties:encrypt algorithm="Blowfish"/>
</secure-properties:config>"#,
    make: Make::Loaded,
    ..Spec::NEW
};

static ENCRYPT: Spec = Spec {
    name: "secure-properties:encrypt",
    doc: "How the values were encrypted.",
    attributes: &[
        Attribute::default("algorithm", Kind::Text, "AES", "`AES`, `Blowfish`, `DES`, `DESede` or `RC2`."),
        Attribute::default("mode", Kind::Text, "CBC", "`CBC`, `CFB`, `ECB` or `OFB`."),
        Attribute::default(
            "useRandomIVs",
            Kind::Boolean,
            "false",
            "Whether each value begins with an initialisation vector of its own.",
        ),
    ],
    ..Spec::NEW
};
