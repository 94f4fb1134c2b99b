/**
 * Functions on numbers written in other radixes.
 *
 * Numbers may have any size; they are written with small letters, and with a sign in front if they are negative.
 */

/**
 * Reads a number written with 0 and 1.
 *
 * @param binaryText  an optional sign and the digits
 * @return the number
 * @example
 * import fromBinary from dw::core::Numbers
 * ---
 * ["101", "-1000"] map fromBinary($)
 * @result
 * [5, -8]
 */
fun fromBinary(binaryText: String): Number = fromRadixNumber(binaryText, 2)

/** `null` stays `null`. */
fun fromBinary(binaryText: Null): Null = null

/**
 * Reads a hexadecimal number. Letters may be small or capital.
 *
 * @param hexText  an optional sign and the digits, without prefix
 * @return the number
 * @example
 * import fromHex from dw::core::Numbers
 * ---
 * ["1f", "-1F"] map fromHex($)
 * @result
 * [31, -31]
 * @example [a prefix]
 * import fromHex from dw::core::Numbers
 * ---
 * fromHex("0x1f")
 * @fails
 * is not a number in radix 16
 */
fun fromHex(hexText: String): Number = fromRadixNumber(hexText, 16)

/** `null` stays `null`. */
fun fromHex(hexText: Null): Null = null

/**
 * Reads a number in a radix of 2 to 36.
 *
 * @param numberStr  an optional sign and the digits
 * @param radix  the radix
 * @return the number
 * @example
 * import fromRadixNumber from dw::core::Numbers
 * ---
 * [fromRadixNumber("zz", 36), fromRadixNumber("21", 3)]
 * @result
 * [1295, 7]
 */
fun fromRadixNumber(numberStr: String, radix: Number): Number = native("Numbers::fromRadix")

/**
 * Writes a whole number with 0 and 1.
 *
 * @param number  the number
 * @return its digits
 * @example
 * import toBinary from dw::core::Numbers
 * ---
 * [5, -8] map toBinary($)
 * @result
 * ["101", "-1000"]
 */
fun toBinary(number: Number): String = toRadixNumber(number, 2)

/** `null` stays `null`. */
fun toBinary(number: Null): Null = null

/**
 * Writes a whole number in hexadecimal digits.
 *
 * @param number  the number
 * @return its digits
 * @example
 * import toHex from dw::core::Numbers
 * ---
 * [31, 48879] map toHex($)
 * @result
 * ["1f", "beef"]
 */
fun toHex(number: Number): String = toRadixNumber(number, 16)

/** `null` stays `null`. */
fun toHex(number: Null): Null = null

/**
 * Writes a whole number in a radix of 2 to 36.
 *
 * @param number  the number
 * @param radix  the radix; any other one counts as 10
 * @return its digits
 * @example
 * import toRadixNumber from dw::core::Numbers
 * ---
 * toRadixNumber(1295, 36)
 * @result
 * "zz"
 */
fun toRadixNumber(number: Number, radix: Number): String = native("Numbers::toRadix")
