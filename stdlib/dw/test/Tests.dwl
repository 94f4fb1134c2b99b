/**
 * Suites of tests, as `dwrun test` runs them: files whose names end in `Test.dwl` and whose body describes a suite.
 */
import MatcherResult, judge from dw::test::Asserts

/**
 * A test, or a suite of them. What it does waits until the runner asks for it.
 *
 * @example
 * import * from dw::test::Tests
 * var suite: TestCase = "sums" describedBy ["of two" in (1 + 1 == 2)]
 * ---
 * suite.name
 * @result
 * "sums"
 */
type TestCase = {
    name: String,
    tests?: Array<TestCase>,
    run?: () -> Any,
    judge?: (value: Any, judgement: Any) -> MatcherResult,
    skipped?: Boolean
}

/**
 * Makes a suite.
 *
 * @param name  what the tests are about
 * @param tests  tests and suites
 * @return the suite
 * @example
 * import * from dw::test::Tests
 * import * from dw::test::Asserts
 * var suite = "upper" describedBy [
 *     "of a word" in do {
 *         upper("tea") must equalTo("TEA")
 *     },
 *     "of nothing" in do {
 *         upper(null) must beNull()
 *     }
 * ]
 * ---
 * suite.tests.name
 * @result
 * ["of a word", "of nothing"]
 */
fun describedBy(name: String, tests: Array<Any>): TestCase = {name: name, tests: flatten(tests map [$])}

/**
 * Makes a test.
 *
 * @param name  what has to hold
 * @param assertion  what tells whether it does: the result of `must`, a Boolean, or a list of them
 * @return the test
 * @example
 * import * from dw::test::Tests
 * var test = "one and one" in (1 + 1 == 2)
 * ---
 * test.name
 * @result
 * "one and one"
 */
fun in(name: String, assertion: (nothing: Null) -> Any): TestCase =
    {name: name, run: () -> assertion(null), judge: (value, judgement) -> judge(value, judgement)}

/**
 * Makes a test that is not run.
 *
 * @param name  what should hold
 * @param assertion  what would tell whether it does
 * @return the test
 * @example
 * import * from dw::test::Tests
 * ---
 * ("later" skip (1 == 2)).skipped
 * @result
 * true
 */
fun skip(name: String, assertion: (nothing: Null) -> Any): TestCase =
    (name in assertion(null)) ++ {skipped: true}

/**
 * Reads the inputs of a scenario: every file in its folder `inputs`.
 *
 * @param scenario  the scenario's folder among the test resources, as `orders/Merge/TwoRoutes`
 * @return an object with a key for each input
 * @example
 * import * from dw::test::Tests
 * ---
 * inputsFrom("orders/Merge/TwoRoutes")
 * @fails
 * `Tests::inputsFrom` is there in tests only
 */
fun inputsFrom(scenario: String): Object = native("Tests::inputsFrom")

/**
 * Reads the inputs of a scenario: an older name of `inputsFrom`.
 *
 * @param scenario  the scenario's folder
 * @return an object with a key for each input
 * @example
 * import * from dw::test::Tests
 * ---
 * inputsOf("orders/Merge/TwoRoutes")
 * @fails
 * `Tests::inputsFrom` is there in tests only
 */
fun inputsOf(scenario: String): Object = inputsFrom(scenario)

/**
 * Reads what a scenario expects: the file `out.*` in its folder.
 *
 * @param scenario  the scenario's folder
 * @return the value in the file
 * @example
 * import * from dw::test::Tests
 * ---
 * outputFrom("orders/Merge/TwoRoutes")
 * @fails
 * `Tests::outputFrom` is there in tests only
 */
fun outputFrom(scenario: String): Any = native("Tests::outputFrom")

/**
 * Reads what a scenario expects: an older name of `outputFrom`.
 *
 * @param scenario  the scenario's folder
 * @return the value in the file
 * @example
 * import * from dw::test::Tests
 * ---
 * outputOf("orders/Merge/TwoRoutes")
 * @fails
 * `Tests::outputFrom` is there in tests only
 */
fun outputOf(scenario: String): Any = outputFrom(scenario)

/**
 * Runs a mapping.
 *
 * @param mapping  the mapping's file, as `orders/Merge.dwl`
 * @param inputs  its inputs by name
 * @param mimeType  the type that its result is written and read as, where the mapping does not say it itself
 * @return the value that a reader of its result gets
 * @example
 * import * from dw::test::Tests
 * ---
 * evalPath("orders/Merge.dwl", {payload: []}, "application/json")
 * @fails
 * `Tests::evalPath` is there in tests only
 */
fun evalPath(mapping: String, inputs: Object, mimeType: String = "application/json"): Any = native("Tests::evalPath")

/**
 * Runs a mapping: an older name of `evalPath`.
 *
 * @param mapping  the mapping's file
 * @param inputs  its inputs by name
 * @param mimeType  the type that its result is written and read as
 * @return the value that a reader of its result gets
 * @example
 * import * from dw::test::Tests
 * ---
 * runMapping("orders/Merge.dwl", {payload: []}, "application/json")
 * @fails
 * `Tests::evalPath` is there in tests only
 */
fun runMapping(mapping: String, inputs: Object, mimeType: String = "application/json"): Any =
    evalPath(mapping, inputs, mimeType)
