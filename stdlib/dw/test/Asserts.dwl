/**
 * Assertions for tests: `value must matcher`. A matcher is a function of the value that tells whether the value is as
 * expected, and if it is not, what was expected and what was there.
 */
import diff from dw::util::Diff

/**
 * What a matcher says about a value.
 *
 * @example
 * import * from dw::test::Asserts
 * var result: MatcherResult = {matches: false, description: {expected: "a Number", actual: "\"seven\""}}
 * ---
 * result.matches
 * @result
 * false
 */
type MatcherResult = {matches: Boolean, description: {expected: String, actual: String}, reasons?: Array<String>}

/**
 * A function that judges a value.
 *
 * @example
 * import * from dw::test::Asserts
 * fun beEven(): Matcher<Number> =
 *     (actual) -> {matches: isEven(actual), description: {expected: "an even Number", actual: write(actual) as String}}
 * ---
 * (4 must beEven()).matches
 * @result
 * true
 */
type Matcher<T> = (T) -> MatcherResult

/**
 * The result of a matcher that has nothing to complain about.
 *
 * @example
 * import * from dw::test::Asserts
 * ---
 * MATCHED.matches
 * @result
 * true
 */
var MATCHED: MatcherResult = {matches: true, description: {expected: "", actual: ""}}

/**
 * Judges a value by several matchers or conditions: all of them have to hold.
 *
 * @param value  the value
 * @param matchers  matchers, or conditions on the value
 * @return the first result that does not match, else one that does
 * @example
 * import * from dw::test::Asserts
 * ---
 * ({city: "Basel", zip: 4051} must [beObject(), $.zip is Number]).matches
 * @result
 * true
 */
fun must(value: Any, matchers: Array): MatcherResult = judge(value, matchers)

/**
 * Judges a value by a matcher or a condition.
 *
 * @param value  the value
 * @param matcher  a matcher, or a condition on the value
 * @return the matcher's result
 * @example
 * import * from dw::test::Asserts
 * ---
 * (1 + 2 must equalTo(4)).description
 * @result
 * {expected: "4", actual: "3"}
 */
fun must(value: Any, matcher: (value: Any) -> Any): MatcherResult = judge(value, matcher)

/**
 * Judges a value by what a test says of it: functions are asked, of a list every member has to match.
 *
 * @param value  the value
 * @param judgement  a matcher's result, a Boolean, a function that gives either, or a list of them
 * @return the first result that does not match, else one that does
 * @example
 * import * from dw::test::Asserts
 * ---
 * judge(2, [beNumber(), (number) -> number > 1, true]).matches
 * @result
 * true
 */
fun judge(value: Any, judgement: Any): MatcherResult =
    judgement match {
        case all is Array -> ((all map judge(value, $)) filter !$.matches)[0] default MATCHED
        case matcher is Function -> judge(value, matcher(value))
        case holds is Boolean -> verdict(holds, "the condition to hold", value)
        case known is {matches: Boolean} -> known as MatcherResult
        else -> verdict(false, "a matcher, a Boolean or a list of them", judgement)
    }

/**
 * Makes the result of a matcher.
 *
 * @param matches  whether the value is as expected
 * @param expected  what was expected, in words
 * @param actual  the value
 * @return the result
 * @example
 * import * from dw::test::Asserts
 * ---
 * verdict(false, "an even Number", 3).description
 * @result
 * {expected: "an even Number", actual: "3"}
 */
fun verdict(matches: Boolean, expected: String, actual: Any): MatcherResult =
    {matches: matches, description: {expected: expected, actual: shown(actual)}}

/**
 * The text of a value, as results show it.
 *
 * @param value  the value
 * @return its text
 * @example
 * import * from dw::test::Asserts
 * ---
 * shown("seven")
 * @result
 * "\"seven\""
 */
fun shown(value: Any): String = value match {
    case f is Function -> "a function"
    else -> write(value, "application/dw") as String
}

/**
 * Takes an Array.
 *
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ([1, 4, 7] must beArray()).matches
 * @result
 * true
 */
fun beArray(): Matcher<Any> = (actual) -> verdict(actual is Array, "an Array", actual)

/**
 * Takes a Boolean.
 *
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * (false must beBoolean()).matches
 * @result
 * true
 */
fun beBoolean(): Matcher<Any> = (actual) -> verdict(actual is Boolean, "a Boolean", actual)

/**
 * Takes null.
 *
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * (null must beNull()).matches
 * @result
 * true
 */
fun beNull(): Matcher<Any> = (actual) -> verdict(actual is Null, "null", actual)

/**
 * Takes a Number.
 *
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * (123 must beNumber()).matches
 * @result
 * true
 */
fun beNumber(): Matcher<Any> = (actual) -> verdict(actual is Number, "a Number", actual)

/**
 * Takes an Object.
 *
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ({name: "Ada"} must beObject()).matches
 * @result
 * true
 */
fun beObject(): Matcher<Any> = (actual) -> verdict(actual is Object, "an Object", actual)

/**
 * Takes a String.
 *
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ("a text" must beString()).matches
 * @result
 * true
 */
fun beString(): Matcher<Any> = (actual) -> verdict(actual is String, "a String", actual)

/**
 * Takes anything but null.
 *
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * (1 must notBeNull()).matches
 * @result
 * true
 */
fun notBeNull(): Matcher<Any> = (actual) -> verdict(!(actual is Null), "not null", actual)

/**
 * Takes null and text without any visible character.
 *
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ("  " must beBlank()).matches
 * @result
 * true
 */
fun beBlank(): Matcher<Any> = (actual) -> verdict(isBlank(actual), "blank text", actual)

/**
 * Takes null, and text, arrays and objects with nothing in them.
 *
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ([] must beEmpty()).matches
 * @result
 * true
 */
fun beEmpty(): Matcher<Any> = (actual) -> verdict(isEmpty(actual), "nothing in it", actual)

/**
 * Takes what is greater than a value.
 *
 * @param expected  the value
 * @param inclusive  whether the value itself is taken, too
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * (3 must beGreaterThan(3, true)).matches
 * @result
 * true
 */
fun beGreaterThan(expected: Comparable, inclusive: Boolean = false): Matcher<Any> = (actual) -> verdict(
    if (inclusive) actual >= expected else actual > expected,
    (if (inclusive) "at least " else "more than ") ++ shown(expected), actual)

/**
 * Takes what is less than a value.
 *
 * @param expected  the value
 * @param inclusive  whether the value itself is taken, too
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * (1 must beLowerThan(2)).matches
 * @result
 * true
 */
fun beLowerThan(expected: Comparable, inclusive: Boolean = false): Matcher<Any> = (actual) -> verdict(
    if (inclusive) actual <= expected else actual < expected,
    (if (inclusive) "at most " else "less than ") ++ shown(expected), actual)

/**
 * Takes any of several values.
 *
 * @param expected  the values
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * (1 must beOneOf([1, "one", true])).matches
 * @result
 * true
 */
fun beOneOf(expected: Array<Any>): Matcher<Any> = (actual) -> verdict(expected contains actual, "one of " ++ shown(expected), actual)

/**
 * Takes text with a part like this, and arrays with an item like this.
 *
 * @param expected  the part or item
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ("a text" must contain("ex")).matches
 * @result
 * true
 */
fun contain(expected: Any): Matcher<Any> = (actual) -> verdict(
    actual match {
        case text is String -> text contains (expected as String)
        case items is Array -> items contains expected
        else -> false
    }, "something with " ++ shown(expected) ++ " in it", actual)

/**
 * Takes text that begins like this.
 *
 * @param expected  the beginning
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ("a text" must startWith("a")).matches
 * @result
 * true
 */
fun startWith(expected: String): Matcher<Any> = (actual) -> verdict(actual is String and (actual startsWith expected), "text that begins with " ++ shown(expected), actual)

/**
 * Takes text that ends like this.
 *
 * @param expected  the end
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ("a text" must endWith("xt")).matches
 * @result
 * true
 */
fun endWith(expected: String): Matcher<Any> = (actual) -> verdict(actual is String and (actual endsWith expected), "text that ends with " ++ shown(expected), actual)

/**
 * Takes arrays all of whose items a matcher takes.
 *
 * @param matcher  the matcher
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ([1, 2, 3] must eachItem(beNumber())).matches
 * @result
 * true
 */
fun eachItem(matcher: Matcher<Any>): Matcher<Any> = (actual) -> do {
    var wrong = if (actual is Array) (actual map judge($, matcher)) filter !$.matches else []
    ---
    if (!(actual is Array)) verdict(false, "an Array", actual)
    else if (isEmpty(wrong)) MATCHED
    else verdict(false, "each item: " ++ wrong[0].description.expected, actual)
}

/**
 * Takes arrays with an item that a matcher takes.
 *
 * @param matcher  the matcher
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ([true, "a", 1] must haveItem(beNumber())).matches
 * @result
 * true
 */
fun haveItem(matcher: Matcher<Any>): Matcher<Any> = (actual) -> do {
    var results = if (actual is Array) actual map judge($, matcher) else []
    ---
    if (!isEmpty(results filter $.matches)) MATCHED
    else verdict(false, "an item: " ++ (results[0].description.expected default "anything"), actual)
}

/**
 * Takes objects with a key of this name.
 *
 * @param keyName  the name
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ({name: "Ada"} must haveKey("name")).matches
 * @result
 * true
 */
fun haveKey(keyName: String): Matcher<Any> = (actual) -> verdict(actual is Object and actual[keyName]?, "an Object with the key " ++ shown(keyName), actual)

/**
 * Takes objects with this value under some key.
 *
 * @param value  the value
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ({name: "Ada"} must haveValue("Ada")).matches
 * @result
 * true
 */
fun haveValue(value: Any): Matcher<Any> = (actual) -> verdict(actual is Object and (valuesOf(actual) contains value), "an Object with the value " ++ shown(value), actual)

/**
 * Takes text, arrays and objects of this size; null has size 0.
 *
 * @param expectedSize  the size
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ([1, 4, 7] must haveSize(3)).matches
 * @result
 * true
 */
fun haveSize(expectedSize: Number): Matcher<Any> = (actual) -> verdict(sizeOf(actual) == expectedSize, "something of size " ++ expectedSize, actual)

/**
 * Takes what a matcher does not take.
 *
 * @param matcher  the matcher
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * (1 must notBe(equalTo(2))).matches
 * @result
 * true
 */
fun notBe(matcher: Matcher<Any>): Matcher<Any> = (actual) -> do {
    var inner = judge(actual, matcher)
    ---
    verdict(!inner.matches, "not " ++ inner.description.expected, actual)
}

/**
 * Takes what one of several matchers takes.
 *
 * @param matchers  the matchers
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ("a text" must anyOf([beObject(), beString()])).matches
 * @result
 * true
 */
fun anyOf(matchers: Array<Matcher<Any>>): Matcher<Any> = (actual) -> do {
    var results = matchers map judge(actual, $)
    ---
    verdict(!isEmpty(results filter $.matches), (results map $.description.expected) joinBy " or ", actual)
}

/**
 * Takes values that are equal to this one. Where they are not, the reasons name the places that differ.
 *
 * @param expected  the value
 * @param equalToConfig  `{unordered: true}` lets items and keys stand in any order
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * ({a: 1, b: 2} must equalTo({b: 2, a: 1}, {unordered: true})).matches
 * @result
 * true
 */
fun equalTo(expected: Any, equalToConfig: {unordered?: Boolean} = {}): Matcher<Any> = (actual) -> do {
    var found = diff(actual, expected, equalToConfig)
    ---
    if (found.matches) MATCHED
    else verdict(false, shown(expected), actual) ++ {
        reasons: found.diffs map ("expected " ++ $.path ++ " to be " ++ $.expected ++ ", but it was " ++ $.actual)
    }
}

/**
 * Takes values that are equal to the content of a file on the module path.
 *
 * @param resourceName  the file
 * @param contentType  its media type
 * @param readerProperties  reader properties
 * @return the matcher
 * @example
 * import * from dw::test::Asserts
 * ---
 * (1 must equalTo(2)).reasons
 * @result
 * ["expected (root) to be 2, but it was 1"]
 */
fun equalToResource(resourceName: String, contentType: String = "application/dw", readerProperties: Object = {}): Matcher<Any> = equalTo(readUrl("classpath://" ++ resourceName, contentType, readerProperties))
