/**
 * Checks of the validation module that give true or false, for conditions in a Mule app.
 */

/**
 * Tells whether a text is an email address.
 *
 * @param email  the text
 * @return whether it is
 * @example
 * Validation::isEmail("bo@example.org")
 * @fails
 * `Validation::isEmail` is there in Mule apps only
 */
fun isEmail(email: Any): Boolean = native("Validation::isEmail")

/**
 * Tells whether a text is an IP address, version 4 or 6.
 *
 * @param ip  the text
 * @return whether it is
 * @example
 * Validation::isIp("127.0.0.1")
 * @fails
 * `Validation::isIp` is there in Mule apps only
 */
fun isIp(ip: Any): Boolean = native("Validation::isIp")

/**
 * Tells whether a text is a URL of a known protocol.
 *
 * @param url  the text
 * @return whether it is
 * @example
 * Validation::isUrl("http://example.org")
 * @fails
 * `Validation::isUrl` is there in Mule apps only
 */
fun isUrl(url: Any): Boolean = native("Validation::isUrl")

/**
 * Tells whether a regular expression matches the whole of a text.
 *
 * @param value  the text
 * @param regex  the regular expression, as Java has them
 * @param caseSensitive  whether upper and lower case are told apart
 * @return whether it does
 * @example
 * Validation::matchesRegex("AB-12", "[A-Z]+-\\d+")
 * @fails
 * `Validation::matchesRegex` is there in Mule apps only
 */
fun matchesRegex(value: Any, regex: String, caseSensitive: Boolean = true): Boolean = native("Validation::matchesRegex")

/**
 * Tells whether a text is a date or a time as a pattern has it.
 *
 * @param time  the text
 * @param pattern  the pattern, as Java's `DateTimeFormatter` has it; ISO 8601 if it is null
 * @param locale  the language that names of months and days are in
 * @return whether it is
 * @example
 * Validation::isTime("12:30", "HH:mm")
 * @fails
 * `Validation::isTime` is there in Mule apps only
 */
fun isTime(time: Any, pattern: String | Null = null, locale: String | Null = null): Boolean = native("Validation::isTime")

/**
 * Tells whether a text is a number of a type.
 *
 * @param value  the text
 * @param numberType  INTEGER, LONG, SHORT, DOUBLE or FLOAT
 * @return whether it is
 * @example
 * Validation::isNumber("12", "INTEGER")
 * @fails
 * `Validation::isNumber` is there in Mule apps only
 */
fun isNumber(value: Any, numberType: String): Boolean = native("Validation::isNumber")
