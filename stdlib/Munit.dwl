/**
 * What a test may ask about where it runs: conditions for the `ignore` of `munit:test`.
 */

/**
 * Tells whether the tests run on an operating system.
 *
 * @param name  its name, as Java has it: `Linux`, `Mac OS X`
 * @return whether they do
 * @example
 * Munit::osEqualTo("Linux")
 * @fails
 * `Munit::osEqualTo` is there in Mule apps only
 */
fun osEqualTo(name: String): Boolean = native("Munit::osEqualTo")

/**
 * Tells whether the Mule version whose behaviour is followed is this one.
 *
 * @param version  a version, as in `4.4.0`
 * @return whether it is
 * @example
 * Munit::muleVersionEqualTo("4.4.0")
 * @fails
 * `Munit::muleVersionEqualTo` is there in Mule apps only
 */
fun muleVersionEqualTo(version: String): Boolean = native("Munit::muleVersionEqualTo")

/**
 * Tells whether the Mule version whose behaviour is followed is older than this one.
 *
 * @param version  a version, as in `4.4.0`
 * @return whether it is
 * @example
 * Munit::muleVersionPriorTo("4.4.0")
 * @fails
 * `Munit::muleVersionPriorTo` is there in Mule apps only
 */
fun muleVersionPriorTo(version: String): Boolean = native("Munit::muleVersionPriorTo")

/**
 * Tells whether the Mule version whose behaviour is followed is newer than this one.
 *
 * @param version  a version, as in `4.4.0`
 * @return whether it is
 * @example
 * Munit::muleVersionNewerThan("4.4.0")
 * @fails
 * `Munit::muleVersionNewerThan` is there in Mule apps only
 */
fun muleVersionNewerThan(version: String): Boolean = native("Munit::muleVersionNewerThan")
