/**
 * Functions on bytes. Text given for bytes is taken in UTF-8.
 */

/**
 * Joins bytes.
 *
 * @param source  the first bytes
 * @param with  the bytes to put behind them
 * @return both
 * @example
 * import concatWith from dw::core::Binaries
 * ---
 * ("left " as Binary concatWith "right" as Binary) as String
 * @result
 * "left right"
 */
fun concatWith(source: Binary, with: Binary): Binary = native("Binaries::concatWith")

/** `null` adds nothing. */
fun concatWith(source: Binary, with: Null): Binary = source

/** `null` adds nothing. */
fun concatWith(source: Null, with: Binary): Binary = with

/**
 * Reads base 64. White space is passed over, padding may be missing.
 *
 * @param base64String  letters, digits, `+` and `/`
 * @return the bytes
 * @example
 * import fromBase64 from dw::core::Binaries
 * ---
 * fromBase64("c3VtbWVy") as String
 * @result
 * "summer"
 */
fun fromBase64(base64String: String): Binary = base64String as Binary {base: "64"} as Binary

/**
 * Reads hexadecimal digits, two for each byte.
 *
 * @param hexString  digits and letters in either case
 * @return the bytes
 * @example
 * import fromHex from dw::core::Binaries
 * ---
 * fromHex("736561") as String
 * @result
 * "sea"
 * @example [an odd number of digits]
 * import fromHex from dw::core::Binaries
 * ---
 * fromHex("736")
 * @fails
 * base 16
 */
fun fromHex(hexString: String): Binary = hexString as Binary {base: "16"}

/**
 * Reads lines of text from bytes.
 *
 * Breaks are line feeds, carriage returns, or both together; one at the very end adds no line.
 *
 * @param content  the bytes
 * @param charset  the character set they are in
 * @return the lines without their breaks
 * @example
 * import readLinesWith from dw::core::Binaries
 * ---
 * readLinesWith("Gr\u00fc\u00dfe\nbye\n" as Binary {encoding: "ISO-8859-1"}, "ISO-8859-1")
 * @result
 * ["Grüße", "bye"]
 */
fun readLinesWith(content: Binary, charset: String): Array<String> = native("Binaries::readLinesWith")

/**
 * Writes bytes in base 64, in one line, with padding.
 *
 * @param content  the bytes
 * @return the text
 * @example
 * import toBase64 from dw::core::Binaries
 * ---
 * toBase64("summer!")
 * @result
 * "c3VtbWVyIQ=="
 */
fun toBase64(content: Binary): String = content as String {base: "64"} as String

/**
 * Writes bytes in hexadecimal digits, two for each byte, with capital letters.
 *
 * @param content  the bytes
 * @return the text
 * @example
 * import toHex from dw::core::Binaries
 * ---
 * toHex("sea!") as String
 * @result
 * "73656121"
 */
fun toHex(content: Binary): String = content as String {base: "16"}

/**
 * Writes lines of text as bytes. Each line ends with a line feed.
 *
 * @param content  the lines
 * @param charset  the character set; characters it does not have become `?`
 * @return the bytes
 * @example
 * import * from dw::core::Binaries
 * ---
 * toHex(writeLinesWith(["a", "b"], "UTF-8")) as String
 * @result
 * "610A620A"
 */
fun writeLinesWith(content: Array<String>, charset: String): Binary = native("Binaries::writeLinesWith")
