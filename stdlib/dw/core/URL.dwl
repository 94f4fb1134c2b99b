/**
 * Functions on URLs: escapes, building and taking apart.
 */

/**
 * The parts of a URI. What is absent is left out; escapes in the parts are resolved.
 *
 * An opaque URI such as `mailto:ann@example.org` has no path, an authority that names no host has no `host` and `port`.
 *
 * @example
 * import URI, parseURI from dw::core::URL
 * ---
 * parseURI("https://example.org") is URI
 * @result
 * true
 */
type URI = {isValid: Boolean, raw: String, host?: String, authority?: String, fragment?: String, path?: String, port?: Number, query?: String, scheme?: String, user?: String, isAbsolute?: Boolean, isOpaque?: Boolean}

/**
 * Joins the parts of a URL with values between them; the values are escaped.
 *
 * It is meant for the form with backticks, which gives the texts between the `$(…)` as parts.
 *
 * @param parts  the texts around the values, at least one more than there are values
 * @param interpolation  the values
 * @return the URL
 * @example
 * import compose from dw::core::URL
 * var city = "Le Havre"
 * ---
 * compose `https://example.org/find?q=$(city)&max=5`
 * @result
 * "https://example.org/find?q=Le%20Havre&max=5"
 * @example [as a plain call]
 * import compose from dw::core::URL
 * ---
 * compose(["/", "/", ""], ["a/b", "c"])
 * @result
 * "/a%2Fb/c"
 */
fun compose(parts: Array<String>, interpolation: Array<String>): String = ((0 to sizeOf(interpolation)) map ((i) -> parts[i]! ++ (if (i < sizeOf(interpolation)) encodeURIComponent(interpolation[i]) else ""))) joinBy ""

/**
 * Resolves all escapes of a text; `+` becomes a blank.
 *
 * Bytes that are not UTF-8 become U+FFFD; a `%` without two hexadecimal digits is an error.
 *
 * @param text  a text with escapes
 * @return the plain text
 * @example
 * import decodeURI from dw::core::URL
 * ---
 * decodeURI("/caf%C3%A9/a+b")
 * @result
 * "/café/a b"
 */
fun decodeURI(text: String): String = native("URL::decode")

/**
 * Resolves all escapes of a text, just as `decodeURI` does.
 *
 * @param text  a text with escapes
 * @return the plain text
 * @example
 * import decodeURIComponent from dw::core::URL
 * ---
 * decodeURIComponent("50%25%20off")
 * @result
 * "50% off"
 */
fun decodeURIComponent(text: String): String = native("URL::decode")

/**
 * Escapes what may not stand in a URL. Characters that part a URL (`; , / ? : @ & = $ #`) stay.
 *
 * @param text  a URL
 * @return the URL with escapes, in UTF-8
 * @example
 * import encodeURI from dw::core::URL
 * ---
 * encodeURI("https://example.org/new café?x=1")
 * @result
 * "https://example.org/new%20caf%C3%A9?x=1"
 */
fun encodeURI(text: String): String = native("URL::encodeURI")

/**
 * Escapes everything but letters, digits and `- _ . ! ~ * ' ( )`, for a value inside of a URL.
 *
 * @param text  a value
 * @return the value with escapes, in UTF-8
 * @example
 * import encodeURIComponent from dw::core::URL
 * ---
 * encodeURIComponent("a/b & c")
 * @result
 * "a%2Fb%20%26%20c"
 */
fun encodeURIComponent(text: String): String = native("URL::encodeURIComponent")

/**
 * Takes a URI apart.
 *
 * @param uri  a text
 * @return its parts; only `isValid: false` and `raw` for a text that is no URI
 * @example
 * import parseURI from dw::core::URL
 * var uri = parseURI("https://example.org:8443/a%20b?n=1#top")
 * ---
 * [uri.scheme, uri.host, uri.port, uri.path, uri.query, uri.fragment]
 * @result
 * ["https", "example.org", 8443, "/a b", "n=1", "top"]
 * @example [not a URI]
 * import parseURI from dw::core::URL
 * ---
 * parseURI("two words")
 * @result
 * {isValid: false, raw: "two words"}
 */
fun parseURI(uri: String): URI = native("URL::parseURI")
