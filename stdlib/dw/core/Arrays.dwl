/**
 * Functions on lists: parts of them, searches in them, joins of two.
 *
 * Sizes and positions are clipped to the list; negative ones count as 0, never from the end.
 */

/**
 * Counts the items that pass a test.
 *
 * @param array  the items
 * @param matchingFunction  the test of one item
 * @return how many pass
 * @example
 * import countBy from dw::core::Arrays
 * ---
 * [12, 7, 30] countBy $ > 10
 * @result
 * 2
 */
fun countBy<T>(array: Array<T>, matchingFunction: (T) -> Boolean): Number = native("Arrays::countBy")

/** `null` stays `null`. */
fun countBy(array: Null, matchingFunction: (Nothing) -> Any): Null = null

/**
 * Splits a list into lists of equal size; the last one may be shorter.
 *
 * @param items  the items
 * @param amount  the size of a part; below 1 counts as 1
 * @return the parts in order
 * @example
 * import divideBy from dw::core::Arrays
 * ---
 * (1 to 5) divideBy 2
 * @result
 * [[1, 2], [3, 4], [5]]
 */
fun divideBy<T>(items: Array<T>, amount: Number): Array<Array<T>> = native("Arrays::divideBy")

/** `null` stays `null`. */
fun divideBy(items: Null, amount: Any): Null = null

/**
 * Leaves out the first items.
 *
 * @param array  the items
 * @param n  how many to leave out
 * @return the rest
 * @example
 * import drop from dw::core::Arrays
 * ---
 * ["header", "row 1", "row 2"] drop 1
 * @result
 * ["row 1", "row 2"]
 */
fun drop<T>(array: Array<T>, n: Number): Array<T> = native("Arrays::drop")

/** `null` stays `null`. */
fun drop(array: Null, n: Any): Null = null

/**
 * Leaves out items from the start as long as they pass a test.
 *
 * @param array  the items
 * @param condition  the test of one item
 * @return the items from the first that fails on
 * @example
 * import dropWhile from dw::core::Arrays
 * ---
 * [0, 0, 4, 0, 7] dropWhile $ == 0
 * @result
 * [4, 0, 7]
 */
fun dropWhile<T>(array: Array<T>, condition: (item: T) -> Boolean): Array<T> = native("Arrays::dropWhile")

/** `null` stays `null`. */
fun dropWhile(array: Null, condition: (item: Nothing) -> Any): Null = null

/**
 * Whether every item passes a test. Stops at the first that does not.
 *
 * @param list  the items
 * @param condition  the test of one item
 * @return whether all pass; true for an empty list
 * @example
 * import every from dw::core::Arrays
 * ---
 * [[3, 5], [3, -5]] map ($ every ((n) -> n > 0))
 * @result
 * [true, false]
 */
fun every<T>(list: Array<T>, condition: (T) -> Boolean): Boolean = native("Arrays::every")

/** `null` has no item that fails. */
fun every(value: Null, condition: (Nothing) -> Any): Boolean = true

/**
 * Gives the first item that passes a test.
 *
 * @param array  the items
 * @param condition  takes an item and its position
 * @return the item, or null if none passes
 * @example
 * import firstWith from dw::core::Arrays
 * ---
 * [{id: 1, due: 0}, {id: 2, due: 80}, {id: 3, due: 5}] firstWith $.due > 0
 * @result
 * {id: 2, due: 80}
 */
fun firstWith<T>(array: Array<T>, condition: (item: T, index: Number) -> Boolean): T | Null = native("Arrays::firstWith")

/** `null` stays `null`. */
fun firstWith(array: Null, condition: (item: Nothing, index: Nothing) -> Any): Null = null

/**
 * Gives the position of the first item that equals a value.
 *
 * @param array  the items
 * @param toFind  the value
 * @return the position from 0, or -1 if it is not there
 * @example
 * import * from dw::core::Arrays
 * ---
 * [indexOf(["red", "blue"], "blue"), indexOf(["red", "blue"], "green")]
 * @result
 * [1, -1]
 */
fun indexOf<T>(array: Array<T>, toFind: T): Number = indexWhere(array, (item) -> item == toFind)

/**
 * Gives the position of the first item that passes a test.
 *
 * @param array  the items
 * @param condition  the test of one item
 * @return the position from 0, or -1 if none passes
 * @example
 * import indexWhere from dw::core::Arrays
 * ---
 * ["red", "navy blue", "blue"] indexWhere ($ contains "blue")
 * @result
 * 1
 */
fun indexWhere<T>(array: Array<T>, condition: (item: T) -> Boolean): Number = native("Arrays::indexWhere")

/** `null` stays `null`. */
fun indexWhere(array: Null, condition: (item: Nothing) -> Any): Null = null

/**
 * Pairs the items of two lists whose criteria give the same text. Items without a partner are left out.
 *
 * @param left  a list of objects
 * @param right  another one
 * @param leftCriteria  what to compare of a left item
 * @param rightCriteria  what to compare of a right item
 * @return an object `{l, r}` for each pair, in the order of the left items
 * @example
 * import join from dw::core::Arrays
 * var boats = [{name: "Elsa", port: 1}, {name: "Rover", port: 2}]
 * var ports = [{id: "2", city: "Ghent"}, {id: "3", city: "Cork"}]
 * ---
 * join(boats, ports, (boat) -> boat.port, (port) -> port.id) map "$($.l.name) in $($.r.city)"
 * @result
 * ["Rover in Ghent"]
 */
fun join<L <: Object, R <: Object>(left: Array<L>, right: Array<R>, leftCriteria: (leftValue: L) -> String, rightCriteria: (rightValue: R) -> String): Array<Pair<L, R>> = native("Arrays::join")

/**
 * Pairs the items of two lists as `join` does, and keeps left items without a partner.
 *
 * @param left  a list of objects
 * @param right  another one
 * @param leftCriteria  what to compare of a left item
 * @param rightCriteria  what to compare of a right item
 * @return an object `{l, r}` for each pair and `{l}` for each left item alone, in the order of the left items
 * @example
 * import leftJoin from dw::core::Arrays
 * ---
 * leftJoin([{k: "a"}, {k: "b"}], [{k: "b", n: 1}], (x) -> x.k, (y) -> y.k)
 * @result
 * [{l: {k: "a"}}, {l: {k: "b"}, r: {k: "b", n: 1}}]
 */
fun leftJoin<L <: Object, R <: Object>(left: Array<L>, right: Array<R>, leftCriteria: (leftValue: L) -> String, rightCriteria: (rightValue: R) -> String): Array<{l: L, r?: R}> = native("Arrays::leftJoin")

/**
 * Pairs the items of two lists as `join` does, and keeps the items of both sides that have no partner.
 *
 * @param left  a list of objects
 * @param right  another one
 * @param leftCriteria  what to compare of a left item
 * @param rightCriteria  what to compare of a right item
 * @return the result of `leftJoin`, then `{r}` for each right item alone
 * @example
 * import outerJoin from dw::core::Arrays
 * ---
 * outerJoin([{k: "a"}], [{k: "b"}], (x) -> x.k, (y) -> y.k)
 * @result
 * [{l: {k: "a"}}, {r: {k: "b"}}]
 */
fun outerJoin<L <: Object, R <: Object>(left: Array<L>, right: Array<R>, leftCriteria: (leftValue: L) -> String, rightCriteria: (rightValue: R) -> String): Array<{l?: L, r?: R}> = native("Arrays::outerJoin")

/**
 * Parts the items into those that pass a test and those that do not.
 *
 * @param array  the items
 * @param condition  the test of one item
 * @return `success`: the items that pass, `failure`: the others
 * @example
 * import partition from dw::core::Arrays
 * ---
 * [4, -1, 9, -3] partition $ > 0
 * @result
 * {success: [4, 9], failure: [-1, -3]}
 */
fun partition<T>(array: Array<T>, condition: (item: T) -> Boolean): {success: Array<T>, failure: Array<T>} = native("Arrays::partition")

/** `null` stays `null`. */
fun partition(array: Null, condition: (item: Nothing) -> Any): Null = null

/**
 * Gives the items from one position up to another, the last one not included.
 *
 * @param array  the items
 * @param from  where to begin, from 0
 * @param until  where to stop
 * @return the items between
 * @example
 * import slice from dw::core::Arrays
 * ---
 * slice(["mon", "tue", "wed", "thu"], 1, 3)
 * @result
 * ["tue", "wed"]
 */
fun slice<T>(array: Array<T>, from: Number, until: Number): Array<T> = native("Arrays::slice")

/** `null` stays `null`. */
fun slice(array: Null, from: Any, until: Any): Null = null

/**
 * Whether some item passes a test. Stops at the first that does.
 *
 * @param list  the items
 * @param condition  the test of one item
 * @return whether one passes; false for an empty list
 * @example
 * import some from dw::core::Arrays
 * ---
 * [[3, 5], [3, -5]] map ($ some ((n) -> n < 0))
 * @result
 * [false, true]
 */
fun some<T>(list: Array<T>, condition: (T) -> Boolean): Boolean = native("Arrays::some")

/** `null` has no item that passes. */
fun some(list: Null, condition: (Nothing) -> Any): Boolean = false

/**
 * Cuts a list in two at a position.
 *
 * @param array  the items
 * @param n  how many go to the left part
 * @return `l`: the first items, `r`: the rest
 * @example
 * import splitAt from dw::core::Arrays
 * ---
 * ["a", "b", "c"] splitAt 1
 * @result
 * {l: ["a"], r: ["b", "c"]}
 */
fun splitAt<T>(array: Array<T>, n: Number): Pair<Array<T>, Array<T>> = {l: take(array, n), r: drop(array, n)}

/** `null` stays `null`. */
fun splitAt(array: Null, n: Any): Null = null

/**
 * Cuts a list in two before the first item that passes a test.
 *
 * @param array  the items
 * @param condition  the test of one item
 * @return `l`: the items before it, `r`: that item and the rest; all is in `r` if none passes
 * @example
 * import splitWhere from dw::core::Arrays
 * ---
 * ["a", "--", "b"] splitWhere $ == "--"
 * @result
 * {l: ["a"], r: ["--", "b"]}
 */
fun splitWhere<T>(array: Array<T>, condition: (item: T) -> Boolean): Pair<Array<T>, Array<T>> = splitAt(array, indexWhere(array, (item) -> condition(item)))

/** `null` stays `null`. */
fun splitWhere(array: Null, condition: (item: Nothing) -> Any): Null = null

/**
 * Adds up what a function gives for each item.
 *
 * @param array  the items
 * @param numberSelector  the number to take from an item
 * @return the sum; 0 for an empty list
 * @example
 * import sumBy from dw::core::Arrays
 * ---
 * [{qty: 2, price: 1.5}, {qty: 1, price: 4}] sumBy $.qty * $.price
 * @result
 * 7
 */
fun sumBy<T>(array: Array<T>, numberSelector: (T) -> Number): Number = array reduce ((item, total = 0) -> total + numberSelector(item))

/** `null` stays `null`. */
fun sumBy(array: Null, numberSelector: (Nothing) -> Any): Null = null

/**
 * Gives the first items.
 *
 * @param array  the items
 * @param n  how many
 * @return the start of the list, or all of it if it is not longer
 * @example
 * import take from dw::core::Arrays
 * ---
 * ["gold", "silver", "bronze", "tin"] take 3
 * @result
 * ["gold", "silver", "bronze"]
 */
fun take<T>(array: Array<T>, n: Number): Array<T> = native("Arrays::take")

/** `null` stays `null`. */
fun take(array: Null, n: Any): Null = null

/**
 * Gives items from the start as long as they pass a test.
 *
 * @param array  the items
 * @param condition  the test of one item
 * @return the items before the first that fails
 * @example
 * import takeWhile from dw::core::Arrays
 * ---
 * [1, 3, 8, 2] takeWhile $ < 5
 * @result
 * [1, 3]
 */
fun takeWhile<T>(array: Array<T>, condition: (item: T) -> Boolean): Array<T> = native("Arrays::takeWhile")

/** `null` stays `null`. */
fun takeWhile(array: Null, condition: (item: Nothing) -> Any): Null = null
