/**
 * The differences between two values.
 */

/**
 * Whether two values match, and where they do not.
 *
 * @example
 * import * from dw::util::Diff
 * ---
 * diff(1, 2) is Diff
 * @result
 * true
 */
type Diff = {matches: Boolean, diffs: Array<Difference>}

/**
 * One difference: what was expected, what was there, and where.
 *
 * @example
 * import * from dw::util::Diff
 * ---
 * diff(1, 2).diffs[0] is Difference
 * @result
 * true
 */
type Difference = {expected: String, actual: String, path: String}

/**
 * Compares two values and lists their differences, the last one first.
 *
 * Parts that differ in size or kind are not looked into any further. With `unordered: true` the order of keys does not
 * matter; that of lists always does.
 *
 * @param actual  the value to look at
 * @param expected  what it should be
 * @param diffConfig  how to compare
 * @param path  how the root is called in the paths
 * @return the differences
 * @example
 * import diff from dw::util::Diff
 * ---
 * diff({size: "M", tags: ["new"]}, {size: "L", tags: ["new"]})
 * @result
 * {matches: false, diffs: [{expected: "\"L\"", actual: "\"M\"", path: "(root).size"}]}
 * @example [in any order]
 * import diff from dw::util::Diff
 * ---
 * diff({a: 1, b: 2}, {b: 2, a: 1}, {unordered: true}).matches
 * @result
 * true
 */
fun diff(actual: Any, expected: Any, diffConfig: {unordered?: Boolean} = {}, path: String = "(root)"): Diff = native("Diff::diff")
