/**
 * Document type declarations of XML.
 */

/**
 * A document type declaration, as `.^docType` gives it for XML that was read with `supportDtd`.
 *
 * @example
 * import DocType from dw::xml::Dtd
 * ---
 * {rootName: "menu", systemId: "menu.dtd"} is DocType
 * @result
 * true
 */
type DocType = {rootName: String, publicId?: String, systemId?: String, internalSubset?: String}

/**
 * Writes a document type declaration in one line, without quotes.
 *
 * @param docType  the declaration; a public identifier counts only along with a system identifier
 * @return its parts, separated by blanks
 * @example
 * import docTypeAsString from dw::xml::Dtd
 * ---
 * docTypeAsString({rootName: "menu", systemId: "menu.dtd", internalSubset: "<!ELEMENT dish ANY>"})
 * @result
 * "menu SYSTEM menu.dtd [<!ELEMENT dish ANY>]"
 */
fun docTypeAsString(docType: DocType): String = do {
    var external = if (docType.systemId == null) "" else if (docType.publicId == null) " SYSTEM $(docType.systemId)" else " PUBLIC $(docType.publicId) $(docType.systemId)"
    var internal = if (docType.internalSubset == null) "" else " [$(docType.internalSubset)]"
    ---
    docType.rootName ++ external ++ internal
}
