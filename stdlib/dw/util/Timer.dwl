/**
 * Functions that measure time.
 */

/**
 * How long something took, in milliseconds, and what it gave.
 *
 * @example
 * import * from dw::util::Timer
 * ---
 * duration(() -> 42) is DurationMeasurement<Number>
 * @result
 * true
 */
type DurationMeasurement<T> = {time: Number, result: T}

/**
 * When something began and ended, and what it gave.
 *
 * @example
 * import * from dw::util::Timer
 * ---
 * time(() -> 42) is TimeMeasurement<Number>
 * @result
 * true
 */
type TimeMeasurement<T> = {start: DateTime, result: T, end: DateTime}

/**
 * Gives the milliseconds that have passed since 1970 began in UTC.
 *
 * @return the milliseconds
 * @example
 * import currentMilliseconds from dw::util::Timer
 * ---
 * currentMilliseconds() > 1700000000000
 * @result
 * true
 */
fun currentMilliseconds(): Number = toMilliseconds(now())

/**
 * Runs a function and measures how long it takes.
 *
 * @param valueToMeasure  the function
 * @return `time` in milliseconds and the `result`
 * @example
 * import duration from dw::util::Timer
 * ---
 * duration(() -> upper("done")).result
 * @result
 * "DONE"
 */
fun duration<T>(valueToMeasure: () -> T): DurationMeasurement<T> = do {
    var measured = time(valueToMeasure)
    ---
    {time: toMilliseconds(measured.end) - toMilliseconds(measured.start), result: measured.result}
}

/**
 * Runs a function and notes when it begins and ends.
 *
 * @param valueToMeasure  the function
 * @return the moments `start` and `end`, and the `result`
 * @example
 * import time from dw::util::Timer
 * var measured = time(() -> upper("done"))
 * ---
 * [measured.result, measured.start <= measured.end]
 * @result
 * ["DONE", true]
 */
fun time<T>(valueToMeasure: () -> T): TimeMeasurement<T> = {start: now(), result: valueToMeasure(), end: now()}

/**
 * Gives the milliseconds from the beginning of 1970 in UTC to a moment. Smaller parts are cut off.
 *
 * @param date  the moment
 * @return the milliseconds
 * @example
 * import toMilliseconds from dw::util::Timer
 * ---
 * toMilliseconds(|1970-01-01T00:00:01.5Z|)
 * @result
 * 1500
 */
fun toMilliseconds(date: DateTime): Number = native("Timer::toMilliseconds")
