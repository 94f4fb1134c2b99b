//! What the library does not look at in a schema: whether it is one, and whether its elements are those of schemas.

use uppsala::xsd::XS_NAMESPACE;
use uppsala::{Document, NodeKind};

/// The elements of schemas (XML Schema 1.0 and 1.1, part 1).
const ELEMENTS: &[&str] = &[
    "all",
    "alternative",
    "annotation",
    "any",
    "anyAttribute",
    "appinfo",
    "assert",
    "assertion",
    "attribute",
    "attributeGroup",
    "choice",
    "complexContent",
    "complexType",
    "defaultOpenContent",
    "documentation",
    "element",
    "enumeration",
    "explicitTimezone",
    "extension",
    "field",
    "fractionDigits",
    "group",
    "import",
    "include",
    "key",
    "keyref",
    "length",
    "list",
    "maxExclusive",
    "maxInclusive",
    "maxLength",
    "minExclusive",
    "minInclusive",
    "minLength",
    "notation",
    "openContent",
    "override",
    "pattern",
    "redefine",
    "restriction",
    "schema",
    "selector",
    "sequence",
    "simpleContent",
    "simpleType",
    "totalDigits",
    "union",
    "unique",
    "whiteSpace",
];

/// The types that are always there.
const TYPES: &[&str] = &[
    "anyType",
    "anySimpleType",
    "anyAtomicType",
    "string",
    "normalizedString",
    "token",
    "language",
    "Name",
    "NCName",
    "ID",
    "IDREF",
    "IDREFS",
    "ENTITY",
    "ENTITIES",
    "NMTOKEN",
    "NMTOKENS",
    "boolean",
    "base64Binary",
    "hexBinary",
    "float",
    "decimal",
    "integer",
    "nonPositiveInteger",
    "negativeInteger",
    "long",
    "int",
    "short",
    "byte",
    "nonNegativeInteger",
    "unsignedLong",
    "unsignedInt",
    "unsignedShort",
    "unsignedByte",
    "positiveInteger",
    "double",
    "anyURI",
    "QName",
    "NOTATION",
    "duration",
    "dayTimeDuration",
    "yearMonthDuration",
    "dateTime",
    "dateTimeStamp",
    "time",
    "date",
    "gYearMonth",
    "gYear",
    "gMonthDay",
    "gDay",
    "gMonth",
];

/// Checks a schema for what is none.
///
/// # Errors
/// What is wrong, in the words of the vendor's library where it has some.
pub fn check(tree: &Document<'_>) -> Result<(), String> {
    let root = tree.document_element().and_then(|root| tree.element(root));
    let is_schema = root.is_some_and(|root| root.matches_name_ns(XS_NAMESPACE, "schema"));
    if !is_schema {
        let name = root.map(|root| root.name.prefixed_name().into_owned()).unwrap_or_default();
        return Err(format!("s4s-elt-schema-ns: '{name}' is no schema of {XS_NAMESPACE}"));
    }
    let mut open: Vec<_> = tree.document_element().into_iter().collect();
    while let Some(id) = open.pop() {
        let Some(NodeKind::Element(element)) = tree.node_kind(id) else { continue };
        if element.name.namespace_uri.as_deref() == Some(XS_NAMESPACE) {
            let name = &*element.name.local_name;
            if !ELEMENTS.contains(&name) {
                return Err(format!("s4s-elt-must-match.1: there is no element '{name}' in schemas"));
            }
            if matches!(name, "appinfo" | "documentation") {
                continue;
            }
            types(tree, id)?;
        }
        open.extend(tree.children(id));
    }
    Ok(())
}

/// Checks that the built-in types that an element names are there.
fn types(tree: &Document<'_>, id: uppsala::NodeId) -> Result<(), String> {
    let Some(element) = tree.element(id) else { return Ok(()) };
    for attribute in ["type", "base", "itemType", "memberTypes"] {
        for name in element.get_attribute(attribute).unwrap_or_default().split_whitespace() {
            let (prefix, local) = name.split_once(':').unwrap_or(("", name));
            let space = space(tree, id, prefix);
            if space.is_none() && !prefix.is_empty() {
                return Err(format!("src-resolve: the prefix of '{name}' stands for no namespace"));
            }
            if space.as_deref() == Some(XS_NAMESPACE) && !TYPES.contains(&local) {
                return Err(format!(
                    "src-resolve: Cannot resolve the name '{name}' to a(n) 'type definition' component."
                ));
            }
        }
    }
    Ok(())
}

/// The namespace that a prefix stands for.
fn space(tree: &Document<'_>, id: uppsala::NodeId, prefix: &str) -> Option<String> {
    let around = std::iter::successors(Some(id), |id| tree.parent(*id)).filter_map(|id| tree.element(id));
    let mut declared = around.flat_map(|element| &element.namespace_declarations);
    declared.find(|(known, _)| known == prefix).map(|(_, uri)| uri.to_string())
}
