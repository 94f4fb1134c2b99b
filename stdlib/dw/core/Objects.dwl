/**
 * Functions on objects: their entries, parts of them, merging.
 *
 * Keys handed to callbacks are of type Key: compare them with `~=`, or convert them with `as String`.
 */

/**
 * Splits an object into objects of equal size; the last one may be smaller.
 *
 * @param items  the object
 * @param amount  how many pairs go into a part; anything but a whole number above 0 leaves them together
 * @return the parts in order
 * @example
 * import divideBy from dw::core::Objects
 * ---
 * {a: 1, b: 2, c: 3} divideBy 2
 * @result
 * [{a: 1, b: 2}, {c: 3}]
 */
fun divideBy(items: Object, amount: Number): Array<Object> = native("Objects::divideBy")

/**
 * Gives an object for each pair, with its `key`, `value` and `attributes`.
 *
 * @param obj  the object
 * @return the entries in order; `attributes` is empty where the key has none
 * @example
 * import entrySet from dw::core::Objects
 * ---
 * entrySet({price @(unit: "EUR"): 9}) map ((entry) -> [entry.key as String, entry.value, entry.attributes.unit])
 * @result
 * [["price", 9, "EUR"]]
 */
fun entrySet<T <: Object>(obj: T): Array<{| key: Key, value: Any, attributes: Object |}> = entriesOf(obj)

/**
 * Whether every pair passes a test. Stops at the first that does not.
 *
 * @param object  the object
 * @param condition  takes a value and its key
 * @return whether all pass; true for an empty object
 * @example
 * import everyEntry from dw::core::Objects
 * ---
 * {width: 4, height: 0} everyEntry ((value, key) -> value > 0)
 * @result
 * false
 */
fun everyEntry(object: Object, condition: (value: Any, key: Key) -> Boolean): Boolean = native("Objects::everyEntry")

/** `null` has no pair that fails. */
fun everyEntry(list: Null, condition: (Nothing, Nothing) -> Boolean): Boolean = true

/**
 * Gives the keys, with their namespaces and attributes.
 *
 * @param obj  the object
 * @return the keys in order
 * @example
 * import keySet from dw::core::Objects
 * ---
 * keySet({mast: 1, keel: 2, mast: 3}) map ($ as String)
 * @result
 * ["mast", "keel", "mast"]
 */
fun keySet(obj: Object): Array<Key> = keysOf(obj)

/**
 * Puts all pairs of `target` behind those of `source`, in place of pairs with the same names.
 *
 * Only the outermost level is merged; a null in `target` replaces too.
 *
 * @param source  the object to start from
 * @param target  the object that wins
 * @return the merged object
 * @example
 * import mergeWith from dw::core::Objects
 * ---
 * {size: "M", colour: "red"} mergeWith {colour: "blue", fit: "slim"}
 * @result
 * {size: "M", colour: "blue", fit: "slim"}
 */
fun mergeWith<T <: Object, V <: Object>(source: T, target: V): Object = native("Objects::mergeWith")

/** `null` adds nothing. */
fun mergeWith<T <: Object>(a: Null, b: T): T = b

/** `null` adds nothing. */
fun mergeWith<T <: Object>(a: T, b: Null): T = a

/**
 * Gives the names of the keys, without namespaces and attributes.
 *
 * @param obj  the object
 * @return the names in order
 * @example
 * import nameSet from dw::core::Objects
 * ---
 * nameSet({mast: 1, keel: 2})
 * @result
 * ["mast", "keel"]
 */
fun nameSet(obj: Object): Array<String> = namesOf(obj)

/**
 * Whether some pair passes a test. Stops at the first that does.
 *
 * @param obj  the object
 * @param condition  takes a value and its key
 * @return whether one passes; false for an empty object
 * @example
 * import someEntry from dw::core::Objects
 * ---
 * {width: 4, height: 0} someEntry ((value, key) -> value == 0)
 * @result
 * true
 */
fun someEntry(obj: Object, condition: (value: Any, key: Key) -> Boolean): Boolean = native("Objects::someEntry")

/** `null` has no pair that passes. */
fun someEntry(obj: Null, condition: (value: Nothing, key: Nothing) -> Boolean): Boolean = false

/**
 * Gives pairs from the start as long as they pass a test.
 *
 * @param obj  the object
 * @param condition  takes a value and its key
 * @return the pairs before the first that fails
 * @example
 * import takeWhile from dw::core::Objects
 * ---
 * {a: 1, b: 5, c: 2} takeWhile ((value, key) -> value < 3)
 * @result
 * {a: 1}
 */
fun takeWhile<T>(obj: Object, condition: (value: Any, key: Key) -> Boolean): Object = native("Objects::takeWhile")

/**
 * Gives the values.
 *
 * @param obj  the object
 * @return the values in order
 * @example
 * import valueSet from dw::core::Objects
 * ---
 * valueSet({mast: 1, keel: 2})
 * @result
 * [1, 2]
 */
fun valueSet(obj: Object): Array<Any> = valuesOf(obj)
