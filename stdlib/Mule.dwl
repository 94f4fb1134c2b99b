/**
 * What the expressions of a Mule app may ask of the app. Its functions are in scope of every expression.
 */

/**
 * Gives a property of the app.
 *
 * @param propertyName  its name
 * @return its text; null, though the type does not say so, if there is none
 * @example
 * Mule::p("no.such.property") default "not set"
 * @result
 * "not set"
 */
fun p(propertyName: String): String = native("Mule::p")

/**
 * Runs a flow of the app and gives its payload. The flow sees the variables, the attributes and the error of the
 * calling event; nothing but the payload comes back.
 *
 * @param flowName  the flow
 * @param payload  what it starts with
 * @param timeoutMillis  how long it may take
 * @return the payload that the flow ends with
 * @example
 * Mule::lookup("price-of", {item: "tea"})
 * @fails
 * `Mule::lookup` is there in Mule apps only
 */
fun lookup(flowName: String, payload: Any, timeoutMillis: Number = 2000): Any = native("Mule::lookup")

/**
 * Tells whether an error is of a type, or of a type below it.
 *
 * @param error  an error
 * @param errorType  `NAMESPACE:IDENTIFIER`, or the identifier of one of Mule's own types
 * @return whether it is
 * @example
 * Mule::causedBy(null, "HTTP:TIMEOUT")
 * @fails
 * `Mule::causedBy` is there in Mule apps only
 */
fun causedBy(error: Any, errorType: String): Boolean = native("Mule::causedBy")

/**
 * Tells whether the error of the current event is of a type, or of a type below it.
 *
 * @param errorType  `NAMESPACE:IDENTIFIER`, or the identifier of one of Mule's own types
 * @return whether it is
 * @example
 * Mule::causedBy("HTTP:TIMEOUT")
 * @fails
 * `Mule::causedBy` is there in Mule apps only
 */
fun causedBy(errorType: String): Boolean = native("Mule::currentCausedBy")
