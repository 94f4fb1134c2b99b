/**
 * The functions, types, annotations and namespaces that every script sees without an import.
 *
 * A type declared as `???` is built into the language.
 */
%dw 2.0

/**
 * The namespace of XML Schema instances.
 *
 * @example naming a type in XML
 * xsi.uri
 * @result
 * "http://www.w3.org/2001/XMLSchema-instance"
 */
ns xsi http://www.w3.org/2001/XMLSchema-instance

/**
 * Everything: each value is an `Any`.
 *
 * @example null is a value too
 * [null is Any, 5 is Any]
 * @result
 * [true, true]
 */
type Any = ???

/**
 * No value at all: the type of a function that never returns, and of the items of `[]`.
 *
 * @example nothing is of this type
 * [null is Nothing, [] is Array<Nothing>]
 * @result
 * [false, true]
 */
type Nothing = ???

/**
 * The type of `null`.
 *
 * @example a missing field
 * {a: 1}.b is Null
 * @result
 * true
 */
type Null = ???

/**
 * `true` and `false`.
 *
 * @example from text, in any case
 * "TRUE" as Boolean
 * @result
 * true
 */
type Boolean = ???

/**
 * Whole numbers and decimals of any size, always exact.
 *
 * @example no rounding surprises
 * [0.1 + 0.2, "12.50" as Number]
 * @result
 * [0.3, 12.5]
 */
type Number = ???

/**
 * Text. Lengths and positions count UTF-16 units.
 *
 * @example a number as text, in a format
 * 7 as String {format: "000"}
 * @result
 * "007"
 */
type String = ???

/**
 * Bytes.
 *
 * @example text as bytes
 * sizeOf("é" as Binary)
 * @result
 * 2
 */
type Binary = ???

/**
 * A list. `Array<T>` says what its items are; the items are not looked at when a value is tested.
 *
 * @example
 * [[1, "a"] is Array, {a: 1} is Array]
 * @result
 * [true, false]
 */
type Array<T> = ???

/**
 * Ordered pairs of a key and a value. Keys may repeat, and may have a namespace and attributes.
 *
 * @example
 * [{a: 1} is Object, [1] is Object]
 * @result
 * [true, false]
 */
type Object = ???

/**
 * A type as a value: what `typeOf` gives.
 *
 * @example comparing types
 * typeOf("a") == String
 * @result
 * true
 */
type Type<T> = ???

/**
 * The key of a pair, as `mapObject`, `pluck` and `keysOf` hand it out; it knows its namespace and its attributes.
 *
 * A Key is similar (`~=`) but not equal (`==`) to its text.
 *
 * @example
 * keysOf({a: 1}) map [typeOf($), $ == "a", $ ~= "a"]
 * @result
 * [[Key, false, true]]
 */
type Key = ???

/**
 * A namespace: a URI and the prefix it is written with.
 *
 * @example
 * %dw 2.0
 * ns shop http://example.org/shop
 * ---
 * {shop#cart: 1} pluck ((items, name) -> name.#.uri)
 * @result
 * ["http://example.org/shop"]
 */
type Namespace = ???

/**
 * A resource identifier.
 *
 * @example
 * typeOf("http://example.org" as Uri)
 * @result
 * Uri
 */
type Uri = ???

/**
 * A regular expression in the syntax of Java.
 *
 * @example
 * typeOf(/[a-z]+/)
 * @result
 * Regex
 */
type Regex = ???

/**
 * The numbers from one bound to another, both included, in steps of one. It goes wherever a list does.
 *
 * @example
 * typeOf(1 to 5)
 * @result
 * Range
 */
type Range = ???

/**
 * A calendar date without a time.
 *
 * @example
 * |2031-04-05| as String {format: "d.M.yyyy"}
 * @result
 * "5.4.2031"
 */
type Date = ???

/**
 * A time of day with an offset from UTC.
 *
 * @example
 * typeOf(|10:15:00+02:00|)
 * @result
 * Time
 */
type Time = ???

/**
 * A time of day without a zone.
 *
 * @example
 * |10:15:00| + |PT50M|
 * @result
 * |11:05:00|
 */
type LocalTime = ???

/**
 * A date and a time in a zone: one instant.
 *
 * @example the same instant in another zone
 * |2031-04-05T10:00:00Z| == |2031-04-05T12:00:00+02:00|
 * @result
 * true
 */
type DateTime = ???

/**
 * A date and a time without a zone.
 *
 * @example
 * |2031-04-05T10:00:00| ++ |+02:00|
 * @result
 * |2031-04-05T10:00:00+02:00|
 */
type LocalDateTime = ???

/**
 * A time zone or an offset from UTC.
 *
 * @example
 * typeOf(|+01:00|)
 * @result
 * TimeZone
 */
type TimeZone = ???

/**
 * A span of time: years to days, or hours to seconds.
 *
 * @example
 * |2031-01-31| + |P1M|
 * @result
 * |2031-02-28|
 */
type Period = ???

/**
 * Text that the XML writer puts into a CDATA section.
 *
 * @example
 * write({note: "a < b" as CData}, "application/xml", {writeDeclaration: false})
 * @result
 * "<note><![CDATA[a < b]]></note>"
 */
type CData = String {cdata: true}

/**
 * Text that stands for a constant of a Java enumeration.
 *
 * @example
 * typeOf("LOW" as Enum {class: "org.example.Level"})
 * @result
 * String
 */
type Enum = String {enumeration: true}

/**
 * A list that is meant to be read once.
 *
 * @example
 * ([1, 2] as Iterator) map $ * 2
 * @result
 * [2, 4]
 */
type Iterator = Array {iterator: true}

/**
 * What remains of a floating-point value that is no number: a marked null.
 *
 * @example
 * 1 is NaN
 * @result
 * false
 */
type NaN = Null {NaN: true}

/**
 * Values that have an order among their kind: `<`, `max` and `orderBy` take them.
 *
 * @example
 * ["a" is Comparable, {a: 1} is Comparable]
 * @result
 * [true, false]
 */
type Comparable = String | Number | Boolean | DateTime | LocalDateTime | Date | LocalTime | Time | TimeZone

/**
 * Values without parts.
 *
 * @example
 * [1 is SimpleType, [1] is SimpleType]
 * @result
 * [true, false]
 */
type SimpleType = String | Boolean | Number | DateTime | LocalDateTime | Date | LocalTime | Time | TimeZone | Period

/**
 * Values that turn into text by themselves where text is wanted.
 *
 * @example
 * [|P1D| is StringCoerceable, null is StringCoerceable]
 * @result
 * [true, false]
 */
@Since(version = "2.3.0")
type StringCoerceable = String | Boolean | Number | DateTime | LocalDateTime | Date | LocalTime | Time | TimeZone | Period | Key | Binary | Uri | Type<Any> | Regex | Namespace

/**
 * An object used as a table: any keys, values of one type.
 *
 * @example
 * %dw 2.0
 * var stock: Dictionary<Number> = {pears: 4, figs: 12}
 * ---
 * sum(valuesOf(stock))
 * @result
 * 16
 */
type Dictionary<T> = {_?: T}

/**
 * Two values that belong together.
 *
 * @example
 * %dw 2.0
 * var seat: Pair<String, Number> = {l: "C", r: 14}
 * ---
 * seat.l ++ seat.r
 * @result
 * "C14"
 */
@Since(version = "2.2.0")
type Pair<LEFT, RIGHT> = {l: LEFT, r: RIGHT}

/**
 * What an attempt gave: `success` with a `result`, or no success with an `error`.
 *
 * @example
 * type Parsed = Result<Number, String>
 * ---
 * [{success: true, result: 5} is Parsed, {success: false, error: "no digits"} is Parsed, {success: true} is Parsed]
 * @result
 * [true, true, false]
 */
type Result<T, E> = {success: true, result: T} | {success: false, error: E}

/**
 * How grave a line of the log is.
 *
 * @example
 * "Warn" is LogLevel
 * @result
 * true
 */
type LogLevel = "Debug" | "Info" | "Warn" | "Error"

/**
 * Limits what an annotation may stand before.
 *
 * @param targets the kinds of declaration
 * @example
 * %dw 2.0
 * @AnnotationTarget(targets = ["Function"])
 * annotation Reviewed()
 * @Reviewed()
 * fun twice(n: Number) = n * 2
 * ---
 * twice(4)
 * @result
 * 8
 */
annotation AnnotationTarget(targets: Array<"Function" | "Parameter" | "Variable" | "Import" | "Type" | "Annotation">)

/**
 * Says that something should no longer be used.
 *
 * @param since        the version from which on
 * @param replacement  what to use
 * @example
 * %dw 2.0
 * @Deprecated(since = "1.4", replacement = "total")
 * fun sumUp(amounts: Array<Number>) = sum(amounts)
 * ---
 * sumUp([1, 2])
 * @result
 * 3
 */
@Since(version = "2.4.0")
annotation Deprecated(since: String, replacement: String)

/**
 * The type of the parameter is checked before the script runs, and not at each call.
 *
 * @example
 * %dw 2.0
 * fun name(@DesignOnlyType() person: {name: String}) = person.name
 * ---
 * name({name: "Ada"})
 * @result
 * "Ada"
 */
@AnnotationTarget(targets = ["Parameter"])
annotation DesignOnlyType()

/**
 * Says that a function may still change or go.
 *
 * @example
 * %dw 2.0
 * @Experimental()
 * fun guess() = 4
 * ---
 * guess()
 * @result
 * 4
 */
@Since(version = "2.4.0")
annotation Experimental()

/**
 * Marks the overload whose text describes all overloads of the function.
 *
 * @example
 * %dw 2.0
 * @GlobalDescription()
 * fun half(n: Number) = n / 2
 * fun half(n: Null) = null
 * ---
 * [half(5), half(null)]
 * @result
 * [2.5, null]
 */
@Since(version = "2.4.0")
annotation GlobalDescription()

/**
 * Makes an annotation wrap the functions that it stands before.
 *
 * The wrapping function is not called by this engine.
 *
 * @param interceptorFunction the name of the wrapping function
 * @example
 * %dw 2.0
 * @Interceptor(interceptorFunction = "org::example::Audit::wrap")
 * annotation Audited()
 * ---
 * "declared"
 * @result
 * "declared"
 */
@AnnotationTarget(targets = ["Annotation"])
annotation Interceptor(interceptorFunction: String)

/**
 * Keeps a function to the modules whose names start so.
 *
 * @param permits the beginnings of module names
 * @example
 * %dw 2.0
 * @Internal(permits = ["org::example"])
 * fun secret() = 42
 * ---
 * secret()
 * @result
 * 42
 */
@Since(version = "2.4.0")
annotation Internal(permits: Array<String>)

/**
 * Words under which a function should be found.
 *
 * @param labels the words
 * @example
 * %dw 2.0
 * @Labels(labels = ["total", "add"])
 * fun sumUp(amounts: Array<Number>) = sum(amounts)
 * ---
 * sumUp([1, 2])
 * @result
 * 3
 */
@Since(version = "2.4.0")
annotation Labels(labels: Array<String>)

/**
 * The variable is computed when it is first used, not when the script starts.
 *
 * @example an unused variable that would fail
 * %dw 2.0
 * @Lazy()
 * var rate = 1 / 0
 * ---
 * "not needed"
 * @result
 * "not needed"
 */
@Since(version = "2.3.0")
@AnnotationTarget(targets = ["Variable"])
annotation Lazy()

/**
 * The function needs this privilege to run.
 *
 * @param requires the privilege
 * @example
 * %dw 2.0
 * @RuntimePrivilege(requires = "Resource")
 * fun load() = "loaded"
 * ---
 * load()
 * @result
 * "loaded"
 */
@AnnotationTarget(targets = ["Function"])
annotation RuntimePrivilege(requires: String)

/**
 * The version that brought something in.
 *
 * @param version the version
 * @example
 * %dw 2.0
 * @Since(version = "1.2.0")
 * fun twice(n: Number) = n * 2
 * ---
 * twice(4)
 * @result
 * 8
 */
@Since(version = "2.3.0")
annotation Since(version: String)

/**
 * The function reads the parameter once, from its beginning to its end.
 *
 * @example
 * %dw 2.0
 * fun total(@StreamCapable() amounts: Array<Number>) = sum(amounts)
 * ---
 * total([1, 2, 3])
 * @result
 * 6
 */
@AnnotationTarget(targets = ["Parameter", "Variable"])
annotation StreamCapable()

/**
 * The function must call itself in tail position only; a script in which it does not is refused.
 *
 * @example
 * %dw 2.0
 * @TailRec()
 * fun countdown(n: Number) = if (n <= 0) "go" else countdown(n - 1)
 * ---
 * countdown(3000)
 * @result
 * "go"
 */
@AnnotationTarget(targets = ["Function", "Variable"])
annotation TailRec()

/**
 * The declaration runs without privileges: no environment, no resources.
 *
 * @param privileges the privileges it keeps
 * @example
 * %dw 2.0
 * @UntrustedCode(privileges = [])
 * fun twice(n: Number) = n * 2
 * ---
 * twice(4)
 * @result
 * 8
 */
annotation UntrustedCode(privileges: Array<String>)

/**
 * Joins two values: lists, texts, objects, or a date with a time or a zone.
 *
 * The second list follows the first; both are only computed as far as they are asked for. The pairs of the second object
 * follow those of the first; a key that both have stands twice. Numbers and other simple values join as texts.
 * Null joins with nothing: give a `default`.
 *
 * @param source  what comes first
 * @param with    what follows
 * @return both, in this order
 * @example lists
 * [1, 2] ++ [3]
 * @result
 * [1, 2, 3]
 * @example objects keep equal keys
 * namesOf({a: 1} ++ {a: 2, b: 3})
 * @result
 * ["a", "a", "b"]
 * @example texts and simple values
 * ["no " ++ 7, 4 ++ 2]
 * @result
 * ["no 7", "42"]
 * @example a date, a time and a zone
 * |2031-04-05| ++ |10:15:00| ++ |+02:00|
 * @result
 * |2031-04-05T10:15:00+02:00|
 */
fun ++<S, T>(source: Array<S>, with: Array<T>): Array<S | T> = native("core::concatArrays")

/** Puts a date and a time with its offset together. */
fun ++(date: Date, time: Time): DateTime = native("core::concatTemporals")

/** Puts a time with its offset and a date together. */
fun ++(time: Time, date: Date): DateTime = native("core::concatTemporals")

/** Puts a date and a time of day together. */
fun ++(date: Date, time: LocalTime): LocalDateTime = native("core::concatTemporals")

/** Puts a time of day and a date together. */
fun ++(time: LocalTime, date: Date): LocalDateTime = native("core::concatTemporals")

/** Puts a local date and time into a zone. */
fun ++(dateTime: LocalDateTime, timezone: TimeZone): DateTime = native("core::concatTemporals")

/** Puts a local date and time into a zone. */
fun ++(timezone: TimeZone, dateTime: LocalDateTime): DateTime = native("core::concatTemporals")

/** Puts a local time into a zone. */
fun ++(time: LocalTime, timezone: TimeZone): Time = native("core::concatTemporals")

/** Puts a local time into a zone. */
fun ++(timezone: TimeZone, time: LocalTime): Time = native("core::concatTemporals")

/** The start of a date in a zone. */
fun ++(date: Date, timezone: TimeZone): DateTime = native("core::concatTemporals")

/** The start of a date in a zone. */
fun ++(timezone: TimeZone, date: Date): DateTime = native("core::concatTemporals")

/** Joins two texts. */
fun ++(source: String, with: String): String = native("core::concatTexts")

/** Puts the pairs of `with` behind those of `source`. */
fun ++<T <: Object, Q <: Object>(source: T, with: Q): T & Q = native("core::concatObjects")

/**
 * Takes items out of a list, or pairs out of an object.
 *
 * Items of a list go if they are similar (`~=`) to one of `toRemove`: `1` takes `"1"` away too. From an object go the pairs
 * whose key is in a list of keys, or those whose key and value are in another object.
 *
 * @param source    a list or an object
 * @param toRemove  the items, keys or pairs that go
 * @return what remains
 * @example from a list
 * [1, 2, "2", 3] -- [2, 5]
 * @result
 * [1, 3]
 * @example keys from an object
 * {id: 7, name: "Ada", age: 36} -- ["name", "age"]
 * @result
 * {id: 7}
 * @example pairs from an object
 * {a: 1, b: 2} -- {a: 1, b: 3}
 * @result
 * {b: 2}
 */
fun --<S>(source: Array<S>, toRemove: Array<Any>): Array<S> = native("core::removeItems")

/** Takes the pairs away that both objects have. */
fun --<K, V>(source: {(K)?: V}, toRemove: Object): {(K)?: V} = native("core::removePairs")

/** Takes the pairs with these names away. */
fun --(source: Object, keys: Array<String>): Object = native("core::removeKeys")

/** Takes the pairs with these keys away. */
fun --(source: Object, keys: Array<Key>): Object = native("core::removeKeys")

/** Null stays null. */
@Since(version = "2.4.0")
fun --(source: Null, keys: Any): Null = null

/**
 * Gives a value metadata, in place of any that it had. `as` does the same, where the metadata is written in the script.
 *
 * @param value what the metadata is about
 * @param metadata the names and values, which `.^name` reads
 * @return the value with them
 * @example metadata that is computed
 * (5 <~ {unit: lower("KM")}).^unit
 * @result
 * "km"
 */
@Since(version = "2.4.0")
fun <~<T>(value: T, metadata: Object): T = native("core::withMetadata")

/**
 * The number without its sign.
 *
 * @param number the number
 * @return the distance from zero
 * @example
 * [abs(-2.5), abs(2.5), abs(0)]
 * @result
 * [2.5, 2.5, 0]
 */
fun abs(number: Number): Number = native("core::abs")

/**
 * The average of numbers: exact where the division ends, else with 34 digits.
 *
 * @param values the numbers, at least one; null among them fails
 * @return their sum divided by their count
 * @example
 * avg([4, 5, 7.5])
 * @result
 * 5.5
 * @example there is no average of nothing
 * avg([])
 * @fails
 * Division by zero
 */
fun avg(values: Array<Number>): Number = native("core::avg")

/**
 * Rounds up to a whole number.
 *
 * @param number the number
 * @return the least whole number that is not less
 * @example
 * [ceil(2.01), ceil(-2.99), ceil(3)]
 * @result
 * [3, -2, 3]
 */
fun ceil(number: Number): Number = native("core::ceil")

/**
 * Whether a list has an item, or a text another text or a match of a pattern.
 *
 * Items are compared with `==`: `1` is not `"1"`, a Key is not its text. The search stops at the first hit.
 *
 * @param items    a list or a text
 * @param element  the item, the text (case matters) or the pattern looked for
 * @return `false` for null
 * @example in a list
 * [["a", "b"] contains "b", [1, 2] contains "2"]
 * @result
 * [true, false]
 * @example in a text
 * ["orange" contains "ran", "orange" contains /g.$/]
 * @result
 * [true, true]
 */
fun contains<T>(items: Array<T>, element: Any): Boolean = native("core::containsItem")

/** Whether the text has this part. */
fun contains(text: String, toSearch: String): Boolean = native("core::containsText")

/** Whether the pattern matches somewhere in the text. */
fun contains(text: String, matcher: Regex): Boolean = native("core::containsMatch")

/** Null has nothing in it. */
@Since(version = "2.4.0")
fun contains(text: Null, matcher: Any): false = false

/**
 * How many days lie between two dates. A date-time counts as its date.
 *
 * @param from  the first day
 * @param to    the last day
 * @return negative if `to` is the earlier one
 * @example
 * daysBetween(|2032-02-27|, |2032-03-01|)
 * @result
 * 3
 */
fun daysBetween(from: Date, to: Date): Number = native("core::daysBetween")

/**
 * Keeps the first of all items, or pairs, for which `criteria` gives the same value.
 *
 * Values are the same if they are equal (`==`). A list is only computed as far as it is asked for.
 *
 * @param items     a list or an object
 * @param criteria  called with item and position, or with value and key
 * @return the list or object without later doubles; null for null
 * @example
 * [{k: 1, v: "p"}, {k: 2, v: "q"}, {k: 1, v: "r"}] distinctBy $.k
 * @result
 * [{k: 1, v: "p"}, {k: 2, v: "q"}]
 * @example of an object
 * {a: 1, b: 2, c: 1} distinctBy $
 * @result
 * {a: 1, b: 2}
 */
fun distinctBy<T>(items: Array<T>, criteria: (item: T, index: Number) -> Any): Array<T> = native("core::distinctItems")

/** Keeps the first of all pairs with the same criterion. */
fun distinctBy<K, V>(object: {(K)?: V}, criteria: (value: V, key: K) -> Any): {(K)?: V} = native("core::distinctPairs")

/** Null stays null. */
fun distinctBy(items: Null, criteria: (item: Nothing, index: Nothing) -> Any): Null = null

/**
 * Whether a text ends so. Case matters.
 *
 * @param text    the text
 * @param suffix  its presumed end
 * @return `false` for null
 * @example
 * ["report.csv" endsWith ".csv", "report.csv" endsWith ".CSV"]
 * @result
 * [true, false]
 */
fun endsWith(text: String, suffix: String): Boolean = native("core::endsWith")

/** Null ends with nothing. */
@Since(version = "2.4.0")
fun endsWith(text: Null, suffix: Any): false = false

/**
 * The pairs of an object as a list: key, value and the key's attributes.
 *
 * @param obj the object
 * @return `{key, value, attributes}` for each pair; null for null
 * @example
 * entriesOf({weight @(unit: "kg"): 5}) map "$($.key): $($.value) $($.attributes.unit)"
 * @result
 * ["weight: 5 kg"]
 */
@Since(version = "2.3.0")
fun entriesOf(obj: Object): Array<{| key: Key, value: Any, attributes: Object |}> = native("core::entriesOf")

/** Null stays null. */
@Since(version = "2.4.0")
fun entriesOf(obj: Null): Null = null

/**
 * Whether a compatibility flag of the engine is on. This engine has none: all names are refused.
 *
 * @param flag the flag's name
 * @return whether it is on
 * @example
 * evaluateCompatibilityFlag("org.example.old")
 * @fails
 * compatibility flag
 */
fun evaluateCompatibilityFlag(flag: String): Boolean = native("core::compatibilityFlag")

/**
 * Keeps the items of a list, or the characters of a text, for which `criteria` holds.
 *
 * The list is only computed as far as it is asked for. The criterion must be a Boolean, or the text of one.
 *
 * @param items     a list or a text
 * @param criteria  called with the item (or character) and its position from 0
 * @return what fits, in the same order; null for null
 * @example
 * [7, 12, 30] filter $ > 10
 * @result
 * [12, 30]
 * @example by position
 * ["a", "b", "c"] filter ((item, index) -> isEven(index))
 * @result
 * ["a", "c"]
 * @example the characters of a text
 * "2031-04-05" filter ($ != "-")
 * @result
 * "20310405"
 */
fun filter<T>(items: Array<T>, criteria: (item: T, index: Number) -> Boolean): Array<T> = native("core::filterItems")

/** Keeps the characters for which the criterion holds. */
fun filter(text: String, criteria: (character: String, index: Number) -> Boolean): String = native("core::filterText")

/** Null stays null. */
fun filter(value: Null, criteria: (item: Nothing, index: Nothing) -> Any): Null = null

/**
 * Keeps the pairs of an object for which `criteria` holds.
 *
 * @param value     the object
 * @param criteria  called with value, key and position from 0
 * @return an object of the pairs that fit, attributes included; null for null
 * @example by value
 * {ann: 31, bob: 17, cyd: 54} filterObject $ >= 18
 * @result
 * {ann: 31, cyd: 54}
 * @example by key
 * {ann: 31, bob: 17} filterObject ((age, name) -> name startsWith "b")
 * @result
 * {bob: 17}
 */
fun filterObject<K, V>(value: {(K)?: V}, criteria: (value: V, key: K, index: Number) -> Boolean): {(K)?: V} = native("core::filterObject")

/** Null stays null. */
fun filterObject(value: Null, criteria: (value: Nothing, key: Nothing, index: Nothing) -> Any): Null = null

/**
 * All positions of an item in a list, of a text in a text, or of a pattern's matches in a text.
 *
 * For a pattern, each match gives a list: its position and that of each group, `-1` for a group that took no part.
 *
 * @param elements       a list or a text
 * @param elementToFind  the item, text or pattern looked for
 * @return the positions from 0; `[]` for null
 * @example in a list
 * ["a", "b", "a"] find "a"
 * @result
 * [0, 2]
 * @example a text
 * "banana" find "an"
 * @result
 * [1, 3]
 * @example a pattern with a group
 * "k1, k22" find /k(\d+)/
 * @result
 * [[0, 1], [4, 5]]
 */
fun find<T>(elements: Array<T>, elementToFind: Any): Array<Number> = native("core::findItem")

/** The positions of each match and of its groups. */
fun find(text: String, matcher: Regex): Array<Array<Number>> = native("core::findMatches")

/** The positions of a text, without overlaps. */
fun find(text: String, textToFind: String): Array<Number> = native("core::findText")

/** Nothing is found in null. */
fun find(text: Null, textToFind: Any): Array<Nothing> = []

/**
 * Applies `mapper` to every item and puts the lists that it gives one after another.
 *
 * The result is only computed as far as it is asked for. What is no list stays as a single item.
 *
 * @param items   the list
 * @param mapper  called with the item and its position from 0
 * @return the items of all results; null for null
 * @example
 * [{tags: ["x", "y"]}, {tags: ["z"]}] flatMap $.tags
 * @result
 * ["x", "y", "z"]
 */
fun flatMap<T, R>(items: Array<T>, mapper: (item: T, index: Number) -> Array<R>): Array<R> = native("core::flatMap")

/** Null stays null. */
fun flatMap(value: Null, mapper: (item: Nothing, index: Nothing) -> Any): Null = null

/**
 * Puts the items of inner lists in the place of these lists, one level deep.
 *
 * The result is only computed as far as it is asked for. Items that are no lists stay.
 *
 * @param items the list of lists
 * @return one list; null for null
 * @example
 * flatten([[1, [2]], 3, null, []])
 * @result
 * [1, [2], 3, null]
 */
fun flatten<T, Q>(items: Array<Array<T> | Q>): Array<T | Q> = native("core::flatten")

/** Null stays null. */
fun flatten(value: Null): Null = null

/**
 * Rounds down to a whole number.
 *
 * @param number the number
 * @return the greatest whole number that is not greater
 * @example
 * [floor(2.99), floor(-2.01), floor(3)]
 * @result
 * [2, -3, 3]
 */
fun floor(number: Number): Number = native("core::floor")

/**
 * Sorts items, characters or pairs into groups by what `criteria` gives.
 *
 * The criterion becomes the key of the group, as text; null, lists and objects are refused. Groups stand in the order in
 * which they first appear.
 *
 * @param items     a list, a text or an object
 * @param criteria  called with item and position, or with value and key
 * @return an object: for each key a list, text or object of what belongs to it; null for null
 * @example
 * [{city: "Rome", n: 1}, {city: "Oslo", n: 2}, {city: "Rome", n: 3}] groupBy $.city mapObject {($$): $.n}
 * @result
 * {Rome: [1, 3], Oslo: [2]}
 * @example the pairs of an object
 * {ann: "red", bob: "blue", cyd: "red"} groupBy $
 * @result
 * {red: {ann: "red", cyd: "red"}, blue: {bob: "blue"}}
 */
fun groupBy<T, R>(items: Array<T>, criteria: (item: T, index: Number) -> R): {(R): Array<T>} = native("core::groupItems")

/** Groups the characters of a text. */
fun groupBy<R>(text: String, criteria: (character: String, index: Number) -> R): {(R): String} = native("core::groupText")

/** Groups the pairs of an object. */
fun groupBy<K, V, R>(object: {(K)?: V}, criteria: (value: V, key: K) -> R): {(R): {(K)?: V}} = native("core::groupPairs")

/** Null stays null. */
fun groupBy(value: Null, criteria: (item: Nothing, index: Nothing) -> Any): Null = null

/**
 * The first position of an item in a list, or of a text in a text.
 *
 * @param array  a list or a text
 * @param value  what is looked for; items are compared with `==`
 * @return from 0; `-1` if it is not there, and for null
 * @example
 * [["a", "b"] indexOf "b", "banana" indexOf "an", "banana" indexOf "x"]
 * @result
 * [1, 1, -1]
 */
@Since(version = "2.4.0")
fun indexOf(array: Array<Any>, value: Any): Number = native("core::indexOfItem")

/** The first position of a text in a text. */
@Since(version = "2.4.0")
fun indexOf(theString: String, search: String): Number = native("core::indexOfText")

/** Nothing is found in null. */
@Since(version = "2.4.0")
fun indexOf(array: Null, value: Any): Number = -1

/**
 * Whether a text has nothing but blanks and control characters. Other white space, such as a no-break space, counts as text.
 *
 * @param text the text
 * @return `true` for null and for the empty text too
 * @example
 * [isBlank(" \t"), isBlank(null), isBlank(" x ")]
 * @result
 * [true, true, false]
 */
fun isBlank(text: String | Null): Boolean = native("core::isBlank")

/**
 * Whether a number has a fraction.
 *
 * @param number the number
 * @return `false` for `2.0`, which is whole
 * @example
 * [isDecimal(1.5), isDecimal(2.0), isDecimal(7)]
 * @result
 * [true, false, false]
 */
fun isDecimal(number: Number): Boolean = native("core::isDecimal")

/**
 * Whether there is nothing in a list, text, object or binary. Of a list at most one item is computed.
 *
 * @param elements the value
 * @return `true` for null
 * @example
 * [isEmpty([]), isEmpty({a: 1}), isEmpty(""), isEmpty(null)]
 * @result
 * [true, false, true, true]
 */
fun isEmpty(elements: Array<Any>): Boolean = native("core::isEmpty")

/** Whether the text has no characters. */
fun isEmpty(value: String): Boolean = native("core::isEmpty")

/** Whether the object has no pairs. */
fun isEmpty(value: Object): Boolean = native("core::isEmpty")

/** Whether there are no bytes. */
fun isEmpty(value: Binary): Boolean = native("core::isEmpty")

/** Null is empty. */
fun isEmpty(value: Null): true = true

/**
 * Whether a number can be divided by two.
 *
 * @param number the number
 * @return `false` for numbers with a fraction
 * @example
 * [isEven(4), isEven(3), isEven(2.5)]
 * @result
 * [true, false, false]
 */
fun isEven(number: Number): Boolean = native("core::isEven")

/**
 * Whether a number is whole.
 *
 * @param number the number
 * @return `true` for `2.0` too
 * @example
 * [isInteger(7), isInteger(2.0), isInteger(1.5)]
 * @result
 * [true, true, false]
 */
fun isInteger(number: Number): Boolean = native("core::isInteger")

/**
 * Whether the year of a date has 366 days.
 *
 * @param dateTime a date, with or without a time
 * @return `true` in a leap year
 * @example
 * [isLeapYear(|2032-06-01|), isLeapYear(|2031-06-01T12:00:00Z|), isLeapYear(|1900-01-01T00:00:00|)]
 * @result
 * [true, false, false]
 */
fun isLeapYear(dateTime: DateTime): Boolean = native("core::isLeapYear")

/** Whether the year of the date has 366 days. */
fun isLeapYear(date: Date): Boolean = native("core::isLeapYear")

/** Whether the year of the date has 366 days. */
fun isLeapYear(dateTime: LocalDateTime): Boolean = native("core::isLeapYear")

/**
 * Whether a number cannot be divided by two.
 *
 * @param number the number
 * @return `true` for numbers with a fraction too
 * @example
 * [isOdd(3), isOdd(4), isOdd(2.5)]
 * @result
 * [true, false, true]
 */
fun isOdd(number: Number): Boolean = native("core::isOdd")

/**
 * Writes the items of a list one after another, with a separator between them.
 *
 * @param elements   simple values; null among them fails
 * @param separator  the text between two items
 * @return one text, empty for `[]`; null for null
 * @example
 * ["a", 2, true] joinBy "-"
 * @result
 * "a-2-true"
 */
fun joinBy(elements: Array<StringCoerceable>, separator: String): String = native("core::joinBy")

/** Null stays null. */
@Since(version = "2.4.0")
fun joinBy(n: Null, separator: Any): Null = null

/**
 * The keys of an object, with their attributes and namespaces.
 *
 * @param obj the object
 * @return Keys, in order; null for null
 * @example
 * keysOf({width: 3, height: 4})
 * @result
 * ["width" as Key, "height" as Key]
 */
@Since(version = "2.3.0")
fun keysOf<K, V>(obj: {(K)?: V}): Array<K> = native("core::keysOf")

/** Null stays null. */
@Since(version = "2.4.0")
fun keysOf(obj: Null): Null = null

/**
 * The last position of an item in a list, or of a text in a text.
 *
 * @param array  a list or a text
 * @param value  what is looked for; items are compared with `==`
 * @return from 0; `-1` if it is not there, and for null
 * @example
 * [["a", "b", "a"] lastIndexOf "a", "banana" lastIndexOf "an", [] lastIndexOf 1]
 * @result
 * [2, 3, -1]
 */
@Since(version = "2.4.0")
fun lastIndexOf(array: Array<Any>, value: Any): Number = native("core::lastIndexOfItem")

/** The last position of a text in a text. */
@Since(version = "2.4.0")
fun lastIndexOf(text: String, value: String): Number = native("core::lastIndexOfText")

/** Nothing is found in null. */
@Since(version = "2.4.0")
fun lastIndexOf(array: Null, value: Any): Number = -1

/**
 * Writes a value to the log and gives it back, so that any part of an expression can be looked at.
 *
 * @param prefix  text that precedes the value
 * @param value   the value, written as DataWeave
 * @return the same value
 * @example
 * log("before doubling", [1, 2]) map $ * 2
 * @result
 * [2, 4]
 */
fun log<T>(prefix: String = "", value: T): T = native("core::log")

/**
 * Writes a value to the log at level Debug and gives it back.
 *
 * @param prefix  text that precedes the value
 * @param value   the value, written as DataWeave
 * @return the same value
 * @example
 * logDebug("price", 4) + 1
 * @result
 * 5
 */
fun logDebug<T>(prefix: String = "", value: T): T = native("core::logDebug")

/**
 * Writes a value to the log at level Info and gives it back.
 *
 * @param prefix  text that precedes the value
 * @param value   the value, written as DataWeave
 * @return the same value
 * @example
 * logInfo("price", 4) + 1
 * @result
 * 5
 */
fun logInfo<T>(prefix: String = "", value: T): T = native("core::log")

/**
 * Writes a value to the log at level Warn and gives it back.
 *
 * @param prefix  text that precedes the value
 * @param value   the value, written as DataWeave
 * @return the same value
 * @example
 * logWarn("price", 4) + 1
 * @result
 * 5
 */
fun logWarn<T>(prefix: String = "", value: T): T = native("core::logWarn")

/**
 * Writes a value to the log at level Error and gives it back.
 *
 * @param prefix  text that precedes the value
 * @param value   the value, written as DataWeave
 * @return the same value
 * @example
 * logError("price", 4) + 1
 * @result
 * 5
 */
fun logError<T>(prefix: String = "", value: T): T = native("core::logError")

/**
 * Writes a value to the log at a level chosen by the script and gives it back.
 *
 * @param level   how grave it is
 * @param prefix  text that precedes the value
 * @param value   the value, written as DataWeave
 * @return the same value
 * @example
 * logWith("Warn", "price", 4) + 1
 * @result
 * 5
 */
fun logWith<T>(level: LogLevel, prefix: String, value: T): T = native("core::logWith")

/**
 * The text in lower case, by the rules of Unicode.
 *
 * @param text the text
 * @return null for null
 * @example
 * lower("Ärger IM Büro")
 * @result
 * "ärger im büro"
 */
fun lower(text: String): String = native("core::lower")

/** Null stays null. */
fun lower(value: Null): Null = null

/**
 * Applies `mapper` to every item of a list and gives the results in the same order.
 *
 * The result is only computed as far as it is asked for.
 *
 * @param items   the list
 * @param mapper  called with the item and its position from 0
 * @return one result for each item; null for null
 * @example doubling
 * [1, 2, 3] map $ * 2
 * @result
 * [2, 4, 6]
 * @example item and position
 * ["mon", "tue"] map ((day, index) -> {(day): index})
 * @result
 * [{mon: 0}, {tue: 1}]
 */
fun map<T, R>(items: Array<T>, mapper: (item: T, index: Number) -> R): Array<R> = native("core::map")

/** Null stays null. */
fun map(value: Null, mapper: (item: Nothing, index: Nothing) -> Any): Null = null

/**
 * Makes an object of the objects that `mapper` gives for the pairs of another.
 *
 * @param object  the object
 * @param mapper  called with value, key and position from 0; gives an object: of one pair, of several, or of none
 * @return the pairs of all results; null for null
 * @example
 * {net: 10, tax: 2} mapObject ((amount, name, index) -> {(upper(name)): amount * 100})
 * @result
 * {NET: 1000, TAX: 200}
 * @example leaving pairs out
 * {net: 10, tip: 0} mapObject (if ($ > 0) {($$): $} else {})
 * @result
 * {net: 10}
 */
fun mapObject<K, V>(object: {(K)?: V}, mapper: (value: V, key: K, index: Number) -> Object): Object = native("core::mapObject")

/** Null stays null. */
fun mapObject(value: Null, mapper: (value: Nothing, key: Nothing, index: Nothing) -> Any): Null = null

/**
 * The groups of a pattern that matches the whole text.
 *
 * @param text     the text
 * @param matcher  the pattern
 * @return the text and each group, null for a group that took no part; `[]` if the pattern does not fit; null for null
 * @example
 * "2031-04" match /(\d+)-(\d+)/
 * @result
 * ["2031-04", "2031", "04"]
 * @example no match
 * "on 2031-04" match /(\d+)-(\d+)/
 * @result
 * []
 */
fun match(text: String, matcher: Regex): Array<String> = native("core::match")

/** Null stays null. */
@Since(version = "2.4.0")
fun match(text: Null, matcher: Any): Null = null

/**
 * Whether a pattern matches the whole text.
 *
 * @param text     the text
 * @param matcher  the pattern
 * @return `false` for null
 * @example
 * ["a1" matches /[a-z]\d/, "a12" matches /[a-z]\d/]
 * @result
 * [true, false]
 */
fun matches(text: String, matcher: Regex): Boolean = native("core::matches")

/** Null matches nothing. */
@Since(version = "2.4.0")
fun matches(text: Null, matcher: Any): false = false

/**
 * The greatest item; of equal ones the first.
 *
 * @param values comparable values; null among them fails
 * @return null for `[]`
 * @example
 * max([4, 11, 9])
 * @result
 * 11
 */
fun max<T <: Comparable>(values: Array<T>): T | Null = native("core::max")

/**
 * The item for which `criteria` gives the greatest value; of equal ones the first.
 *
 * @param array     the list
 * @param criteria  called with the item
 * @return null for `[]`
 * @example
 * [{n: "a", w: 3}, {n: "b", w: 9}] maxBy $.w
 * @result
 * {n: "b", w: 9}
 */
fun maxBy<T>(array: Array<T>, criteria: (item: T) -> Comparable): T | Null = native("core::maxBy")

/**
 * The least item; of equal ones the first.
 *
 * @param values comparable values; null among them fails
 * @return null for `[]`
 * @example
 * min([4, 11, 9])
 * @result
 * 4
 */
fun min<T <: Comparable>(values: Array<T>): T | Null = native("core::min")

/**
 * The item for which `criteria` gives the least value; of equal ones the first.
 *
 * @param array     the list
 * @param criteria  called with the item
 * @return null for `[]`
 * @example
 * [{n: "a", w: 3}, {n: "b", w: 9}] minBy $.w
 * @result
 * {n: "a", w: 3}
 */
fun minBy<T>(array: Array<T>, criteria: (item: T) -> Comparable): T | Null = native("core::minBy")

/**
 * What remains of a division.
 *
 * As an infix call it is looser than arithmetic and comparison: write `(n mod 2) == 0`.
 *
 * @param dividend  what is divided
 * @param divisor   by what; zero fails
 * @return the remainder, with the sign of the dividend
 * @example
 * [7 mod 3, -7 mod 3, 5.5 mod 2]
 * @result
 * [1, -1, 1.5]
 */
fun mod(dividend: Number, divisor: Number): Number = native("core::mod")

/**
 * The names of an object's keys, as texts, without namespaces.
 *
 * @param obj the object
 * @return the names in order; null for null
 * @example
 * namesOf({width: 3, height: 4})
 * @result
 * ["width", "height"]
 */
@Since(version = "2.3.0")
fun namesOf(obj: Object): Array<String> = native("core::namesOf")

/** Null stays null. */
@Since(version = "2.4.0")
fun namesOf(obj: Null): Null = null

/**
 * The body of a library function that the engine supplies. Scripts cannot use it.
 *
 * @param identifier the key of the body
 * @return never
 * @example
 * native("core::upper")
 * @fails
 * native
 */
@Internal(permits = ["dw::"])
fun native(identifier: String): Nothing = native("core::native")

/**
 * The current date and time.
 *
 * @return the instant, in the zone of the machine
 * @example
 * now() > |2020-01-01T00:00:00Z|
 * @result
 * true
 */
fun now(): DateTime = native("core::now")

/**
 * Puts something in the place of null.
 *
 * @param previous  the value
 * @param callback  called without arguments, only if the value is null
 * @return the value, or what the callback gives
 * @example
 * {name: null}.name onNull "nobody"
 * @result
 * "nobody"
 */
@Since(version = "2.4.0")
fun onNull<R>(previous: Null, callback: () -> R): R = callback()

/** A value that is not null stays. */
@Since(version = "2.4.0")
fun onNull<T>(previous: T, callback: () -> Any): T = previous

/**
 * Sorts the pairs of an object or the items of a list by what `criteria` gives, the least first.
 *
 * Equal ones keep their order, so that sorting by several keys is sorting several times, the most important key last.
 * Texts are compared by code unit: "Z" comes before "a", "10" before "9". Null cannot be compared.
 *
 * @param object    an object or a list
 * @param criteria  called with value and key, or with item and position
 * @return the same pairs or items, sorted; null for null
 * @example
 * [{n: "b", w: 2}, {n: "a", w: 2}, {n: "c", w: 1}] orderBy $.n orderBy $.w map $.n
 * @result
 * ["c", "a", "b"]
 * @example the greatest first
 * [4, 11, 9] orderBy -$
 * @result
 * [11, 9, 4]
 * @example an object by its keys
 * {q: 3, a: 2} orderBy $$
 * @result
 * {a: 2, q: 3}
 */
fun orderBy<K, V, R>(object: {(K)?: V}, criteria: (value: V, key: K) -> R): {(K)?: V} = native("core::orderPairs")

/** Sorts the items of a list. */
fun orderBy<T, R>(array: Array<T>, criteria: (item: T, index: Number) -> R): Array<T> = native("core::orderItems")

/** Null stays null. */
fun orderBy(value: Null, criteria: (item: Nothing, index: Nothing) -> Null): Null = null

/**
 * Makes a list of what `mapper` gives for each pair of an object.
 *
 * @param object  the object
 * @param mapper  called with value, key and position from 0
 * @return one result for each pair; null for null
 * @example
 * {width: 3, height: 4} pluck ((value, key) -> "$(key)=$(value)")
 * @result
 * ["width=3", "height=4"]
 */
fun pluck<K, V, R>(object: {(K)?: V}, mapper: (value: V, key: K, index: Number) -> R): Array<R> = native("core::pluck")

/** Null stays null. */
fun pluck(value: Null, mapper: (value: Nothing, key: Nothing, index: Nothing) -> Any): Null = null

/**
 * Raises a number to a power.
 *
 * Whole powers are exact; others go through a double. Negative powers fail.
 *
 * @param base   the number
 * @param power  how often it is multiplied
 * @return the product
 * @example
 * [2 pow 10, pow(1.1, 3)]
 * @result
 * [1024, 1.331]
 */
fun pow(base: Number, power: Number): Number = native("core::pow")

/**
 * A random number. Not for secrets.
 *
 * @return from 0, less than 1
 * @example
 * random() < 1
 * @result
 * true
 */
fun random(): Number = native("core::random")

/**
 * A random whole number. Not for secrets.
 *
 * @param upperBound the bound
 * @return from 0, less than the bound
 * @example
 * randomInt(6) + 1 <= 6
 * @result
 * true
 */
fun randomInt(upperBound: Number): Number = native("core::randomInt")

/**
 * Reads a text or bytes as a data format.
 *
 * @param stringToParse     the content
 * @param contentType       its MIME type, or the name of a format; DataWeave itself if not given
 * @param readerProperties  properties of the format's reader
 * @return the value
 * @example
 * read('{"n": [1, 2]}', "application/json").n[1]
 * @result
 * 2
 * @example with a property
 * read("1;2", "application/csv", {header: false, separator: ";"})
 * @result
 * [{column_0: "1", column_1: "2"}]
 */
fun read(stringToParse: String | Binary, contentType: String = "application/dw", readerProperties: Object = {}): Any = native("core::read")

/**
 * Reads what a URL leads to as a data format.
 *
 * @param url               `classpath://` followed by a path within the project, `file://` or `http://`
 * @param contentType       its MIME type, or the name of a format; DataWeave itself if not given
 * @param readerProperties  properties of the format's reader
 * @return the value
 * @example a resource that is not there
 * readUrl("classpath://not/there.json", "application/json")
 * @fails
 * not/there.json
 */
@RuntimePrivilege(requires = "Resource")
fun readUrl(url: String, contentType: String = "application/dw", readerProperties: Object = {}): Any = native("core::readUrl")

/**
 * Folds a list, or the characters of a text, into one value.
 *
 * The default of the callback's second parameter is the value to start with; without one, it is the first item, and the
 * callback starts at the second. In `$`-form, `$` is the item and `$$` the value so far.
 *
 * @param items     a list or a text
 * @param callback  called with the item and the value so far; gives the next value
 * @return the last value; for an empty list the start, or null (for an empty text `""`) where there is none; null for null
 * @example
 * [4, 9, 2] reduce $ + $$
 * @result
 * 15
 * @example with a start
 * ["a", "bb"] reduce ((word, total = 0) -> total + sizeOf(word))
 * @result
 * 3
 */
fun reduce<T>(items: Array<T>, callback: (item: T, accumulator: T) -> T): T | Null = native("core::reduceItems")

/** Folds a list into a value of another type. */
fun reduce<T, A>(items: Array<T>, callback: (item: T, accumulator: A) -> A): A = native("core::reduceItems")

/** Folds the characters of a text. */
fun reduce(text: String, callback: (item: String, accumulator: String) -> String): String = native("core::reduceText")

/** Folds the characters of a text into a value of another type. */
fun reduce<A>(text: String, callback: (item: String, accumulator: A) -> A): A = native("core::reduceText")

/** Null stays null. */
fun reduce<T, A>(items: Null, callback: (item: T, accumulator: A) -> A): Null = null

/**
 * Replaces what a pattern matches, or a text, everywhere in a text. The replacement follows after `with`.
 *
 * @param text     the text
 * @param matcher  a pattern, or a text that is taken literally
 * @return a function for `with`, which gives the new text; null for null
 * @example a pattern
 * "a1b22" replace /\d+/ with "#"
 * @result
 * "a#b#"
 * @example the groups of each match
 * "k=1, m=2" replace /(\w)=(\d)/ with "$($[2])$($[1])"
 * @result
 * "1k, 2m"
 * @example a text
 * "1.5.2031" replace "." with "/"
 * @result
 * "1/5/2031"
 */
fun replace(text: String, matcher: Regex): ((Array<String>, Number) -> String) -> String = native("core::replaceMatches")

/** Replaces a text everywhere in a text. */
fun replace(text: String, matcher: String): ((Array<String>, Number) -> String) -> String = native("core::replaceText")

/** Null stays null. */
@Since(version = "2.4.0")
fun replace(text: Null, matcher: Any): ((Nothing, Nothing) -> Any) -> Null = (replacer) -> null

/**
 * Rounds to the nearest whole number; halves go away from zero.
 *
 * @param number the number
 * @return a whole number
 * @example
 * [round(2.5), round(-2.5), round(2.49)]
 * @result
 * [3, -3, 2]
 */
fun round(number: Number): Number = native("core::round")

/**
 * All matches of a pattern in a text, with their groups.
 *
 * @param text     the text
 * @param matcher  the pattern
 * @return for each match a list: the matched text and each group; null for null
 * @example
 * "k=1; m=22" scan /(\w)=(\d+)/
 * @result
 * [["k=1", "k", "1"], ["m=22", "m", "22"]]
 */
fun scan(text: String, matcher: Regex): Array<Array<String>> = native("core::scan")

/** Null stays null. */
@Since(version = "2.4.0")
fun scan(text: Null, matcher: Any): Null = null

/**
 * How many items, pairs, bytes or characters there are. Characters are UTF-16 units.
 *
 * @param array a list, object, binary or text
 * @return the count; null for null
 * @example
 * [sizeOf([1, [2, 3]]), sizeOf({a: 1}), sizeOf("abc"), sizeOf(1 to 1000000)]
 * @result
 * [2, 1, 3, 1000000]
 */
fun sizeOf(array: Array<Any>): Number = native("core::sizeOf")

/** How many pairs there are. */
fun sizeOf(object: Object): Number = native("core::sizeOf")

/** How many bytes there are. */
fun sizeOf(binary: Binary): Number = native("core::sizeOf")

/** How many characters there are. */
fun sizeOf(text: String): Number = native("core::sizeOf")

/** The length of the period's text. */
fun sizeOf(period: Period): Number = sizeOf(period as String)

/** The length of the date-time's text. */
fun sizeOf(dateTime: DateTime): Number = sizeOf(dateTime as String)

/** The length of the date-time's text. */
fun sizeOf(dateTime: LocalDateTime): Number = sizeOf(dateTime as String)

/** The length of the number's text. */
fun sizeOf(number: Number): Number = sizeOf(number as String)

/** Null stays null. */
@Since(version = "2.4.0")
fun sizeOf(n: Null): Null = null

/**
 * Cuts a text into parts at each match of a pattern, or at each occurrence of a text.
 *
 * Empty parts at the end are dropped. The empty text as a separator gives the characters.
 *
 * @param text   the text
 * @param regex  a pattern, or a text that is taken literally
 * @return the parts; null for null
 * @example a text
 * "a.b..c." splitBy "."
 * @result
 * ["a", "b", "", "c"]
 * @example a pattern
 * "one, two;three" splitBy /[,;] ?/
 * @result
 * ["one", "two", "three"]
 */
fun splitBy(text: String, regex: Regex): Array<String> = native("core::splitAtMatches")

/** Cuts a text at each occurrence of another. */
fun splitBy(text: String, separator: String): Array<String> = native("core::splitAtText")

/** Null stays null. */
@Since(version = "2.4.0")
fun splitBy(text: Null, separator: Any): Null = null

/**
 * The square root, computed as a double.
 *
 * @param number the number; negative ones fail
 * @return its root
 * @example
 * [sqrt(9), sqrt(2)]
 * @result
 * [3, 1.4142135623730951]
 */
fun sqrt(number: Number): Number = native("core::sqrt")

/**
 * Whether a text starts so. Case matters.
 *
 * @param text    the text
 * @param prefix  its presumed start
 * @return `false` for null
 * @example
 * ["report.csv" startsWith "rep", "report.csv" startsWith "Rep"]
 * @result
 * [true, false]
 */
fun startsWith(text: String, prefix: String): Boolean = native("core::startsWith")

/** Null starts with nothing. */
@Since(version = "2.4.0")
fun startsWith(text: Null, prefix: Any): false = false

/**
 * The sum of numbers, exact. Texts among the input data count as the numbers they spell.
 *
 * @param values the numbers; null among them fails
 * @return `0` for `[]`
 * @example
 * sum([0.1, 0.2, 4])
 * @result
 * 4.3
 */
fun sum(values: Array<Number>): Number = native("core::sum")

/**
 * Hands a value on to a callback, unless it is null.
 *
 * @param value     the value
 * @param callback  called with the value, only if it is not null
 * @return what the callback gives; null for null
 * @example
 * ["a,b" then ($ splitBy ","), null then upper($)]
 * @result
 * [["a", "b"], null]
 */
@Since(version = "2.4.0")
fun then(value: Null, callback: (previousResult: Nothing) -> Any): Null = null

/** Hands the value on. */
@Since(version = "2.4.0")
fun then<T, R>(previous: T, callback: (result: T) -> R): R = callback(previous)

/**
 * The numbers from one bound to another, both included, in steps of one; downwards if `from` is the greater one.
 *
 * Its items are computed as they are asked for.
 *
 * @param from  the first number
 * @param to    the bound
 * @return a Range, which goes wherever a list does
 * @example
 * [(1 to 4) as Array, (2 to 0) as Array]
 * @result
 * [[1, 2, 3, 4], [2, 1, 0]]
 * @example a slice
 * "hello"[0 to 2]
 * @result
 * "hel"
 */
fun to(from: Number, to: Number): Range = native("core::to")

/**
 * Cuts blanks and control characters off both ends of a text. Other white space, such as a no-break space, stays.
 *
 * @param text the text
 * @return null for null
 * @example
 * trim("  two words \n")
 * @result
 * "two words"
 */
fun trim(text: String): String = native("core::trim")

/** Null stays null. */
fun trim(value: Null): Null = null

/**
 * The type of a value.
 *
 * @param value the value
 * @return a simple type: without items, fields, or the name under which it was declared
 * @example
 * [typeOf(1), typeOf("a"), typeOf([]), typeOf(null)]
 * @result
 * [Number, String, Array, Null]
 */
fun typeOf<T>(value: T): Type<T> = native("core::typeOf")

/**
 * Turns rows into columns: the first items of all lists, then the second ones, up to the end of the shortest.
 *
 * @param items lists, at least one of them
 * @return lists that have as many items as there were lists
 * @example
 * unzip([["a", 1], ["b", 2], ["c", 3]])
 * @result
 * [["a", "b", "c"], [1, 2, 3]]
 */
fun unzip<T>(items: Array<Array<T>>): Array<Array<T>> =
  (0 to (min(items map sizeOf($)) default 0) - 1) map ((column) -> items map ((row) -> row[column]))

/**
 * The text in upper case, by the rules of Unicode.
 *
 * @param text the text
 * @return null for null
 * @example
 * upper("straße")
 * @result
 * "STRASSE"
 */
fun upper(text: String): String = native("core::upper")

/** Null stays null. */
fun upper(value: Null): Null = null

/**
 * A random identifier (UUID, version 4).
 *
 * @return 36 characters
 * @example
 * uuid() matches /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/
 * @result
 * true
 */
fun uuid(): String = native("core::uuid")

/**
 * The values of an object.
 *
 * @param obj the object
 * @return the values in order; null for null
 * @example
 * valuesOf({width: 3, height: 4})
 * @result
 * [3, 4]
 */
@Since(version = "2.3.0")
fun valuesOf<K, V>(obj: {(K)?: V}): Array<V> = native("core::valuesOf")

/** Null stays null. */
@Since(version = "2.4.0")
fun valuesOf(obj: Null): Null = null

/**
 * Says what comes in the place of what `replace`, `update` or `mask` has found.
 *
 * @param toBeReplaced  what `replace` and its kin give
 * @param replacer      the new value, or a function that gives it for each match
 * @return the result of the replacement
 * @example the position of each match
 * "a-b-c" replace "-" with (($$ + 1) as String)
 * @result
 * "a1b2c"
 */
fun with<V, U, R, X>(toBeReplaced: ((V, U) -> R) -> X, replacer: (V, U) -> R): X = toBeReplaced(replacer)

/**
 * Writes a value as a data format.
 *
 * @param value             the value
 * @param contentType       a MIME type, or the name of a format; DataWeave itself if not given
 * @param writerProperties  properties of the format's writer
 * @return a text; bytes where the format is not text
 * @example
 * write({a: [1, null]}, "application/json", {indent: false})
 * @result
 * "{\"a\": [1,null]}"
 */
fun write(value: Any, contentType: String = "application/dw", writerProperties: Object = {}): String | Binary = native("core::write")

/**
 * The `xsi:type` attribute that names the XML Schema type of an element.
 *
 * @param name       the type's local name
 * @param namespace  the type's namespace
 * @return an object to be spread among attributes
 * @example
 * %dw 2.0
 * ns sh http://example.org/shapes
 * ---
 * write({shape @((xsiType("Circle", sh))): 3}, "application/xml", {writeDeclaration: false}) contains 'xsi:type="sh:Circle"'
 * @result
 * true
 */
@Since(version = "2.2.2")
fun xsiType(name: String, namespace: Namespace): Object =
  {xsi#"type": (namespace.prefix ++ ":" ++ name) as String {nsPrefix: namespace.prefix, nsUri: namespace.uri}}

/**
 * Puts the items of two lists together pair by pair, up to the end of the shorter one.
 *
 * The result is only computed as far as it is asked for.
 *
 * @param left   the first of each pair
 * @param right  the second of each pair
 * @return lists of two items
 * @example
 * ["a", "b", "c"] zip [1, 2]
 * @result
 * [["a", 1], ["b", 2]]
 */
fun zip<T, R>(left: Array<T>, right: Array<R>): Array<Array<T | R>> = native("core::zip")
