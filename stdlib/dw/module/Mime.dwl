/**
 * MIME types taken apart and put together.
 */

/**
 * A MIME type: `text/csv; header=present` has the type `text`, the subtype `csv` and one parameter.
 *
 * @example
 * import MimeType from dw::module::Mime
 * ---
 * {"type": "text", subtype: "csv", parameters: {header: "present"}} is MimeType
 * @result
 * true
 */
type MimeType = {'type': String, subtype: String, parameters: Dictionary<String>}

/**
 * Why a text is no MIME type.
 *
 * @example
 * import * from dw::module::Mime
 * ---
 * fromString("nonsense").error is MimeTypeError
 * @result
 * true
 */
type MimeTypeError = {message: String}

/**
 * Takes a MIME type apart.
 *
 * Type and subtype come in small letters; parameters without a value are dropped, of equal names the last counts.
 *
 * @param mimeType  the text
 * @return the parts, or the reason why there are none
 * @example
 * import fromString from dw::module::Mime
 * ---
 * fromString("Text/CSV; separator=\";\"").result
 * @result
 * {"type": "text", subtype: "csv", parameters: {separator: ";"}}
 */
fun fromString(mimeType: String): Result<MimeType, MimeTypeError> = native("Mime::fromString")

/**
 * Whether a MIME type covers another one. Parameters do not count, letter case does.
 *
 * @param base  a type; `*` stands for any type or subtype, `*+json` for any subtype that ends in `+json`
 * @param other  the type to be covered
 * @return whether it is
 * @example
 * import * from dw::module::Mime
 * var anyJson = fromString("application/*+json").result!
 * ---
 * ["application/hal+json", "application/json"] map isHandledBy(anyJson, fromString($).result!)
 * @result
 * [true, false]
 */
fun isHandledBy(base: MimeType, other: MimeType): Boolean = native("Mime::isHandledBy")

/**
 * Writes a MIME type as text. Values of parameters are quoted where they need it.
 *
 * @param mimeType  the parts
 * @return the text
 * @example
 * import toString from dw::module::Mime
 * ---
 * toString({"type": "text", subtype: "csv", parameters: {header: "present", separator: ";"}})
 * @result
 * "text/csv;header=present;separator=\";\""
 */
fun toString(mimeType: MimeType): String = native("Mime::toString")
