/**
 * Functions of the XML module, for expressions in a Mule app.
 */

/**
 * Gives the nodes that an XPath 1.0 expression finds in a document, as a list of texts.
 *
 * @param xpath  the expression
 * @param content  the document
 * @param contextProperties  the values of its variables, by their names
 * @param namespaces  what its prefixes stand for: objects with a `prefix` and a `uri`
 * @return the texts: of attributes their values, of elements all their markup
 * @example
 * XmlModule::xpath("//name/text()", "<a><name>Bo</name></a>")
 * @fails
 * `XmlModule::xpath` is there in Mule apps only
 */
fun xpath(xpath: String, content: Any, contextProperties: Object | Null = null, namespaces: Array | Null = null): Array<String> = native("XmlModule::xpath")
