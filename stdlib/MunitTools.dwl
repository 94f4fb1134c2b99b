/**
 * What the tests of Mule apps use: matchers for `munit-tools:assert-that`, files of the test, queues.
 *
 * Expressions of a test name them in full, as in `MunitTools::equalTo(3)`; no import is needed. Where a matcher is
 * wanted, any other value stands for `equalTo` of it.
 */

/**
 * What a value is held against: a text and a function.
 *
 * The text says what is wanted; the function tells whether a value, with its media type and its character set, is that.
 * `expected` is there where one value alone fits.
 *
 * @example
 * MunitTools::nullValue() is MunitTools::Matcher
 * @result
 * true
 */
type Matcher = {description: String, accepts: (actual: Any, mediaType: String, encoding: String) -> Boolean, expected?: Any}

/**
 * Gives the matcher that a value stands for: itself, or `equalTo` of any other value.
 *
 * @param value  a matcher, or what is expected
 * @return a matcher
 * @example
 * MunitTools::asMatcher("tea").description
 * @result
 * "\"tea\""
 */
fun asMatcher(value: Any): Matcher =
    if ((value is Object) and (value.accepts is Function) and (value.description is String)) value else equalTo(value)

/**
 * Tells whether a value satisfies a matcher.
 *
 * @param actual  the value
 * @param matcher  a matcher, or what the value should be equal to
 * @param mediaType  the media type of the value
 * @param encoding  the character set of the value
 * @return whether it does
 * @example
 * MunitTools::satisfies(3, MunitTools::greaterThan(2))
 * @result
 * true
 */
fun satisfies(actual: Any, matcher: Any, mediaType: String = "application/java", encoding: String = "UTF-8"): Boolean =
    asMatcher(matcher).accepts(actual, mediaType, encoding)

/**
 * Accepts null.
 *
 * @return a matcher
 * @example
 * MunitTools::satisfies(null, MunitTools::nullValue())
 * @result
 * true
 */
fun nullValue(): Matcher = {
    description: "null",
    accepts: (actual, mediaType, encoding) -> actual == null
}

/**
 * Accepts everything but null.
 *
 * @return a matcher
 * @example
 * MunitTools::satisfies(0, MunitTools::notNullValue())
 * @result
 * true
 */
fun notNullValue(): Matcher = {
    description: "not null",
    accepts: (actual, mediaType, encoding) -> actual != null
}

/**
 * Accepts a value that is equal; the order of keys and of items counts.
 *
 * @param expected  what the value should be
 * @return a matcher
 * @example
 * MunitTools::satisfies({a: 1, b: 2}, MunitTools::equalTo({a: 1, b: 2}))
 * @result
 * true
 * @example
 * MunitTools::satisfies({a: 1, b: 2}, MunitTools::equalTo({b: 2, a: 1}))
 * @result
 * false
 */
fun equalTo(expected: Any): Matcher = {
    description: write(expected, "application/dw"),
    accepts: (actual, mediaType, encoding) -> actual == expected,
    expected: expected
}

/**
 * Accepts what the matcher refuses.
 *
 * @param matcher  a matcher, or a value that should be equal
 * @return a matcher
 * @example
 * MunitTools::satisfies(1, MunitTools::not(0))
 * @result
 * true
 */
fun not(matcher: Any): Matcher = do {
    var inner = asMatcher(matcher)
    ---
    {
        description: "not " ++ inner.description,
        accepts: (actual, mediaType, encoding) -> !(inner.accepts(actual, mediaType, encoding))
    }
}

/**
 * Accepts what both matchers accept.
 *
 * @param first  a matcher, or a value that should be equal
 * @param second  another one
 * @return a matcher
 * @example
 * MunitTools::satisfies("tea", MunitTools::both(MunitTools::notNullValue(), "tea"))
 * @result
 * true
 */
fun both(first: Any, second: Any): Matcher = allOf([first, second])

/**
 * Accepts what one of the matchers accepts.
 *
 * @param first  a matcher, or a value that should be equal
 * @param second  another one
 * @return a matcher
 * @example
 * MunitTools::satisfies(0, MunitTools::either(MunitTools::nullValue(), 0))
 * @result
 * true
 */
fun either(first: Any, second: Any): Matcher = anyOf([first, second])

/**
 * Accepts what at least one of the matchers accepts.
 *
 * @param matchers  matchers, or values that should be equal
 * @return a matcher
 * @example
 * MunitTools::satisfies("tea", MunitTools::anyOf([MunitTools::nullValue(), "tea"]))
 * @result
 * true
 */
fun anyOf(matchers: Array<Any>): Matcher = do {
    var all = matchers map asMatcher($)
    ---
    {
        description: (all.description default []) joinBy " or ",
        accepts: (actual, mediaType, encoding) -> (sizeOf(all filter $.accepts(actual, mediaType, encoding)) > 0)
    }
}

/**
 * Accepts what all matchers accept.
 *
 * @param matchers  matchers, or values that should be equal
 * @return a matcher
 * @example
 * MunitTools::satisfies("tea", MunitTools::allOf([MunitTools::notNullValue(), MunitTools::endsWith("ea")]))
 * @result
 * true
 */
fun allOf(matchers: Array<Any>): Matcher = do {
    var all = matchers map asMatcher($)
    ---
    {
        description: (all.description default []) joinBy " and ",
        accepts: (actual, mediaType, encoding) -> (sizeOf(all filter !($.accepts(actual, mediaType, encoding))) == 0)
    }
}

/**
 * Accepts a value of this media type.
 *
 * @param expected  a media type; its parameters do not count
 * @return a matcher
 * @example
 * MunitTools::satisfies("<a/>", MunitTools::withMediaType("text/xml"), "text/xml; charset=UTF-8")
 * @result
 * true
 */
fun withMediaType(expected: String): Matcher = {
    description: "of media type " ++ expected,
    accepts: (actual, mediaType, encoding) -> lower(trim((mediaType splitBy ";")[0])) == lower(trim((expected splitBy ";")[0]))
}

/**
 * Accepts a value in this character set.
 *
 * @param expected  the name of a character set
 * @return a matcher
 * @example
 * MunitTools::satisfies("tea", MunitTools::withEncoding("UTF-8"))
 * @result
 * true
 */
fun withEncoding(expected: String): Matcher = {
    description: "encoded in " ++ expected,
    accepts: (actual, mediaType, encoding) -> upper(encoding) == upper(expected)
}

/**
 * Accepts a text that contains another one.
 *
 * @param part  what should be in the text
 * @return a matcher
 * @example
 * MunitTools::satisfies("tea", MunitTools::containsString("ea"))
 * @result
 * true
 */
fun containsString(part: String): Matcher = {
    description: "a text with \"$(part)\" in it",
    accepts: (actual, mediaType, encoding) -> (actual is String) and (actual contains part)
}

/**
 * Accepts a text that begins like this.
 *
 * @param prefix  what the text should begin with
 * @return a matcher
 * @example
 * MunitTools::satisfies("tea", MunitTools::startsWith("te"))
 * @result
 * true
 */
fun startsWith(prefix: String): Matcher = {
    description: "a text that starts with \"$(prefix)\"",
    accepts: (actual, mediaType, encoding) -> (actual is String) and dw::Core::startsWith(actual as String, prefix)
}

/**
 * Accepts a text that ends like this.
 *
 * @param suffix  what the text should end with
 * @return a matcher
 * @example
 * MunitTools::satisfies("tea", MunitTools::endsWith("ea"))
 * @result
 * true
 */
fun endsWith(suffix: String): Matcher = {
    description: "a text that ends with \"$(suffix)\"",
    accepts: (actual, mediaType, encoding) -> (actual is String) and dw::Core::endsWith(actual as String, suffix)
}

/**
 * Accepts the empty text.
 *
 * @return a matcher
 * @example
 * MunitTools::satisfies("", MunitTools::isEmptyString())
 * @result
 * true
 */
fun isEmptyString(): Matcher = {
    description: "an empty text",
    accepts: (actual, mediaType, encoding) -> actual == ""
}

/**
 * Accepts the empty text and null.
 *
 * @return a matcher
 * @example
 * MunitTools::satisfies(null, MunitTools::isEmptyOrNullString())
 * @result
 * true
 */
fun isEmptyOrNullString(): Matcher = {
    description: "an empty text or null",
    accepts: (actual, mediaType, encoding) -> (actual == "") or (actual == null)
}

/**
 * Accepts a text that is equal but for capitals.
 *
 * @param expected  the text
 * @return a matcher
 * @example
 * MunitTools::satisfies("tea", MunitTools::equalToIgnoringCase("TEA"))
 * @result
 * true
 */
fun equalToIgnoringCase(expected: String): Matcher = {
    description: "\"$(expected)\", ignoring case",
    accepts: (actual, mediaType, encoding) -> (actual is String) and (lower(actual as String) == lower(expected))
}

/**
 * Accepts a text that is equal where white space around it does not count and any inside counts as one blank.
 *
 * @param expected  the text
 * @return a matcher
 * @example
 * MunitTools::satisfies(" green\n  tea ", MunitTools::equalToIgnoringWhiteSpace("green tea"))
 * @result
 * true
 */
fun equalToIgnoringWhiteSpace(expected: String): Matcher = {
    description: "\"$(expected)\", ignoring white space",
    accepts: (actual, mediaType, encoding) -> (actual is String) and (trim(actual as String replace /\s+/ with " ") == trim(expected replace /\s+/ with " "))
}

/**
 * Accepts a text that contains all of these, wherever they stand.
 *
 * @param parts  what should be in the text
 * @return a matcher
 * @example
 * MunitTools::satisfies("green tea", MunitTools::stringContainsInOrder(["gr", "tea"]))
 * @result
 * true
 */
fun stringContainsInOrder(parts: Array<String>): Matcher = {
    description: "a text with " ++ (parts joinBy ", ") ++ " in it",
    accepts: (actual, mediaType, encoding) -> (actual is String) and (sizeOf(parts filter !(actual contains $)) == 0)
}

/**
 * Accepts what is greater than a value of its own type.
 *
 * @param limit  what it is compared with
 * @return a matcher
 * @example
 * MunitTools::satisfies(21, MunitTools::greaterThan(20))
 * @result
 * true
 */
fun greaterThan(limit: Any): Matcher = {
    description: "greater than " ++ write(limit, "application/dw"),
    accepts: (actual, mediaType, encoding) -> (typeOf(actual) == typeOf(limit)) and (actual > limit)
}

/**
 * Accepts what is greater than or equal to a value of its own type.
 *
 * @param limit  what it is compared with
 * @return a matcher
 * @example
 * MunitTools::satisfies(20, MunitTools::greaterThanOrEqualTo(20))
 * @result
 * true
 */
fun greaterThanOrEqualTo(limit: Any): Matcher = {
    description: "greater than or equal to " ++ write(limit, "application/dw"),
    accepts: (actual, mediaType, encoding) -> (typeOf(actual) == typeOf(limit)) and (actual >= limit)
}

/**
 * Accepts what is less than a value of its own type.
 *
 * @param limit  what it is compared with
 * @return a matcher
 * @example
 * MunitTools::satisfies(19, MunitTools::lessThan(20))
 * @result
 * true
 */
fun lessThan(limit: Any): Matcher = {
    description: "less than " ++ write(limit, "application/dw"),
    accepts: (actual, mediaType, encoding) -> (typeOf(actual) == typeOf(limit)) and (actual < limit)
}

/**
 * Accepts what is less than or equal to a value of its own type.
 *
 * @param limit  what it is compared with
 * @return a matcher
 * @example
 * MunitTools::satisfies(20, MunitTools::lessThanOrEqualTo(20))
 * @result
 * true
 */
fun lessThanOrEqualTo(limit: Any): Matcher = {
    description: "less than or equal to " ++ write(limit, "application/dw"),
    accepts: (actual, mediaType, encoding) -> (typeOf(actual) == typeOf(limit)) and (actual <= limit)
}

/**
 * Accepts a number that differs by `delta` at most.
 *
 * @param expected  about this
 * @param delta  how far off it may be
 * @return a matcher
 * @example
 * MunitTools::satisfies(1.005, MunitTools::closeTo(1, 0.01))
 * @result
 * true
 */
fun closeTo(expected: Number, delta: Number): Matcher = {
    description: "$(expected) give or take $(delta)",
    accepts: (actual, mediaType, encoding) -> (actual is Number) and (abs((actual as Number) - expected) <= delta)
}

/**
 * Accepts a list of which every item is accepted.
 *
 * @param matcher  a matcher, or a value that should be equal
 * @return a matcher
 * @example
 * MunitTools::satisfies(["ash", "asp"], MunitTools::everyItem(MunitTools::startsWith("a")))
 * @result
 * true
 */
fun everyItem(matcher: Any): Matcher = do {
    var inner = asMatcher(matcher)
    ---
    {
        description: "a list of items that are each " ++ inner.description,
        accepts: (actual, mediaType, encoding) -> (actual is Array) and (sizeOf((actual as Array) filter !(inner.accepts($, mediaType, encoding))) == 0)
    }
}

/**
 * Accepts a list of which an item is accepted.
 *
 * @param matcher  a matcher, or a value that should be equal
 * @return a matcher
 * @example
 * MunitTools::satisfies(["ash", "asp"], MunitTools::hasItem("asp"))
 * @result
 * true
 */
fun hasItem(matcher: Any): Matcher = do {
    var inner = asMatcher(matcher)
    ---
    {
        description: "a list with an item that is " ++ inner.description,
        accepts: (actual, mediaType, encoding) -> (actual is Array) and (sizeOf((actual as Array) filter inner.accepts($, mediaType, encoding)) > 0)
    }
}

/**
 * Accepts a list, an object or a text of an accepted size.
 *
 * @param matcher  a matcher, or a value that should be equal
 * @return a matcher
 * @example
 * MunitTools::satisfies(["ash", "asp"], MunitTools::hasSize(MunitTools::lessThan(3)))
 * @result
 * true
 */
fun hasSize(matcher: Any): Matcher = do {
    var inner = asMatcher(matcher)
    ---
    {
        description: "of a size that is " ++ inner.description,
        accepts: (actual, mediaType, encoding) -> ((actual is Array) or (actual is Object) or (actual is String)) and inner.accepts(sizeOf(actual), mediaType, encoding)
    }
}

/**
 * Accepts an empty list and an empty object.
 *
 * @return a matcher
 * @example
 * MunitTools::satisfies([], MunitTools::isEmpty())
 * @result
 * true
 */
fun isEmpty(): Matcher = {
    description: "empty",
    accepts: (actual, mediaType, encoding) -> ((actual is Array) or (actual is Object)) and (sizeOf(actual) == 0)
}

/**
 * Accepts an object with a key that is accepted.
 *
 * @param matcher  a matcher, or a value that should be equal
 * @return a matcher
 * @example
 * MunitTools::satisfies({id: 7}, MunitTools::hasKey("id"))
 * @result
 * true
 */
fun hasKey(matcher: Any): Matcher = do {
    var inner = asMatcher(matcher)
    ---
    {
        description: "an object with a key that is " ++ inner.description,
        accepts: (actual, mediaType, encoding) -> (actual is Object) and (sizeOf(keysOf(actual as Object) filter inner.accepts($ as String, mediaType, encoding)) > 0)
    }
}

/**
 * Accepts an object with a value that is accepted.
 *
 * @param matcher  a matcher, or a value that should be equal
 * @return a matcher
 * @example
 * MunitTools::satisfies({id: 7}, MunitTools::hasValue(7))
 * @result
 * true
 */
fun hasValue(matcher: Any): Matcher = do {
    var inner = asMatcher(matcher)
    ---
    {
        description: "an object with a value that is " ++ inner.description,
        accepts: (actual, mediaType, encoding) -> (actual is Object) and (sizeOf(valuesOf(actual as Object) filter inner.accepts($, mediaType, encoding)) > 0)
    }
}

/**
 * Reads a file as text.
 *
 * @param path  the file, among the resources of the test and the app
 * @param encoding  its character set
 * @return its text
 * @example
 * MunitTools::getResourceAsString("no/such/file.txt")
 * @fails
 * unable to find resource
 */
fun getResourceAsString(path: String, encoding: String = "UTF-8"): String = getResourceAsByteArray(path) as String {encoding: encoding}

/**
 * Reads a file as bytes.
 *
 * @param path  the file, among the resources of the test and the app
 * @return its bytes
 * @example
 * MunitTools::getResourceAsByteArray("no/such/file.txt")
 * @fails
 * unable to find resource
 */
fun getResourceAsByteArray(path: String): Binary = readUrl("classpath://" ++ path, "application/octet-stream") as Binary

/**
 * Reads a file as bytes.
 *
 * @param path  the file, among the resources of the test and the app
 * @return its bytes
 * @example
 * MunitTools::getResourceAsStream("no/such/file.txt")
 * @fails
 * unable to find resource
 */
fun getResourceAsStream(path: String): Binary = getResourceAsByteArray(path)

/**
 * Reads a file as bytes.
 *
 * @param path  the file, among the resources of the test and the app
 * @return its bytes
 * @example
 * MunitTools::getResourceAsReusableStream("no/such/file.txt")
 * @fails
 * unable to find resource
 */
fun getResourceAsReusableStream(path: String): Binary = getResourceAsByteArray(path)

/**
 * Counts what `munit-tools:queue` has put into a queue and nobody has taken yet.
 *
 * @param queueName  the queue; without it the one that `munit-tools:queue` takes without a name
 * @return how many values there are
 * @example
 * MunitTools::queueSize("orders")
 * @fails
 * `MunitTools::queueSize` is there in Mule apps only
 */
fun queueSize(queueName: String = ""): Number = native("MunitTools::queueSize")

/**
 * Makes a message, such as connectors give in lists.
 *
 * @param payload  the payload
 * @param mimeType  the media type of the payload
 * @param attributes  the attributes
 * @param attributesMimeType  the media type of the attributes
 * @return the message
 * @example
 * MunitTools::createMessage("item", "text/plain", {id: 1}, null)
 * @fails
 * `MunitTools::createMessage` is there in Mule apps only
 */
fun createMessage(payload: Any, mimeType: String | Null, attributes: Any = null, attributesMimeType: String | Null = null): Object = native("MunitTools::createMessage")
