/**
 * Conversions as functions, with format, locale or unit as arguments.
 *
 * They do what `as` does; what is given besides the value becomes the result's metadata.
 */

/**
 * How a text is written: a pattern and the locale of its names and signs. No format stands for the usual form.
 *
 * @example
 * import Formatter from dw::util::Coercions
 * ---
 * {format: "dd.MM.yyyy", locale: "de"} is Formatter
 * @result
 * true
 */
type Formatter = {format?: String, locale?: String}

/**
 * Units for points in time.
 *
 * @example
 * import MillisOrSecs from dw::util::Coercions
 * ---
 * ["seconds", "hours"] map ($ is MillisOrSecs)
 * @result
 * [true, false]
 */
type MillisOrSecs = "milliseconds" | "seconds"

/**
 * Units for spans of time.
 *
 * @example
 * import PeriodUnits from dw::util::Coercions
 * ---
 * ["hours", "days"] map ($ is PeriodUnits)
 * @result
 * [true, false]
 */
type PeriodUnits = "hours" | "minutes" | "seconds" | "milliseconds" | "nanos"

/**
 * Ways to round.
 *
 * @example
 * import RoundingMode from dw::util::Coercions
 * ---
 * ["HALF_UP", "half_up"] map ($ is RoundingMode)
 * @result
 * [true, false]
 */
type RoundingMode = "UP" | "DOWN" | "CEILING" | "FLOOR" | "HALF_UP" | "HALF_DOWN" | "HALF_EVEN"

/**
 * Splits a text into its characters.
 *
 * @param text  the text
 * @return a text for each character
 * @example
 * import toArray from dw::util::Coercions
 * ---
 * toArray("sky")
 * @result
 * ["s", "k", "y"]
 */
fun toArray(@StreamCapable text: String): Array<String> = native("Coercions::toArray")

/**
 * Gives the bytes of a text.
 *
 * @param str  the text
 * @param encoding  the character set; characters it does not have become `?`
 * @return the bytes
 * @example
 * import toBinary from dw::util::Coercions
 * import toHex from dw::core::Binaries
 * ---
 * toHex(toBinary("é", "ISO-8859-1")) as String
 * @result
 * "E9"
 */
fun toBinary(str: String, encoding: String): Binary = native("Coercions::toBinary")

/**
 * Reads `true` or `false`, in any case.
 *
 * @param str  the text
 * @return the Boolean
 * @example
 * import toBoolean from dw::util::Coercions
 * ---
 * ["true", "FALSE"] map toBoolean($)
 * @result
 * [true, false]
 */
fun toBoolean(str: String): Boolean = str as Boolean

/**
 * Reads a date. The time of day of a longer text is dropped.
 *
 * @param str  the text
 * @param format  its pattern; the ISO form if not given
 * @param locale  the locale of names in it
 * @return the date
 * @example
 * import toDate from dw::util::Coercions
 * ---
 * [toDate("2031-11-09"), toDate("09/11/2031", "dd/MM/yyyy") == |2031-11-09|]
 * @result
 * [|2031-11-09|, true]
 */
fun toDate(str: String, format: String | Null = null, locale: String | Null = null): Date = native("Coercions::toDate")

/** Reads it by the first formatter that takes the text. */
fun toDate(str: String, formatters: Array<Formatter>): Date = native("Coercions::dateByFormatters")

/**
 * Reads a date by the first formatter that takes the text.
 *
 * @param str  the text
 * @param formatters  the forms it may have
 * @return the date, null if no formatter takes the text
 * @example
 * import toDateOrNull from dw::util::Coercions
 * ---
 * ["09/11/2031", "soon"] map toDateOrNull($, [{}, {format: "dd/MM/yyyy"}])
 * @result
 * [|2031-11-09|, null]
 */
fun toDateOrNull(str: String, formatters: Array<Formatter>): Date | Null = toDate(str, formatters) default null

/**
 * Gives the moment that lies so many seconds or milliseconds after the beginning of 1970 in UTC.
 *
 * @param number  how many
 * @param unit  seconds if not given
 * @return the moment
 * @example
 * import toDateTime from dw::util::Coercions
 * ---
 * [toDateTime(86400), toDateTime(1500, "milliseconds")]
 * @result
 * [|1970-01-02T00:00:00Z|, |1970-01-01T00:00:01.5Z|]
 */
fun toDateTime(number: Number, unit: MillisOrSecs | Null = null): DateTime = native("Coercions::dateTimeOfNumber")

/**
 * Reads a moment.
 *
 * @param str  the text
 * @param format  its pattern; the ISO form if not given
 * @param locale  the locale of names in it
 * @return the moment
 * @example
 * import toDateTime from dw::util::Coercions
 * ---
 * [toDateTime("2031-11-09T07:30:00+01:00"), toDateTime("09/11/2031 07:30 +01:00", "dd/MM/yyyy HH:mm xxx") == |2031-11-09T07:30:00+01:00|]
 * @result
 * [|2031-11-09T07:30:00+01:00|, true]
 */
fun toDateTime(str: String, format: String | Null = null, locale: String | Null = null): DateTime = native("Coercions::toDateTime")

/** Reads it by the first formatter that takes the text. */
fun toDateTime(str: String, formatters: Array<Formatter>): DateTime = native("Coercions::dateTimeByFormatters")

/**
 * Reads a moment by the first formatter that takes the text.
 *
 * @param str  the text
 * @param formatters  the forms it may have
 * @return the moment, null if no formatter takes the text
 * @example
 * import toDateTimeOrNull from dw::util::Coercions
 * ---
 * ["09/11/2031 07:30 +01:00", "soon"] map toDateTimeOrNull($, [{}, {format: "dd/MM/yyyy HH:mm xxx"}])
 * @result
 * [|2031-11-09T07:30:00+01:00|, null]
 */
fun toDateTimeOrNull(str: String, formatters: Array<Formatter>): DateTime | Null = toDateTime(str, formatters) default null

/**
 * Reads a date with a time of day. An offset is dropped.
 *
 * @param str  the text
 * @param format  its pattern; the ISO form if not given
 * @param locale  the locale of names in it
 * @return the date with a time of day
 * @example
 * import toLocalDateTime from dw::util::Coercions
 * ---
 * [toLocalDateTime("2031-11-09T07:30:00"), toLocalDateTime("09/11/2031 07:30", "dd/MM/yyyy HH:mm") == |2031-11-09T07:30:00|]
 * @result
 * [|2031-11-09T07:30:00|, true]
 */
fun toLocalDateTime(str: String, format: String | Null = null, locale: String | Null = null): LocalDateTime = native("Coercions::toLocalDateTime")

/** Reads it by the first formatter that takes the text. */
fun toLocalDateTime(str: String, formatters: Array<Formatter>): LocalDateTime = native("Coercions::localDateTimeByFormatters")

/**
 * Reads a date with a time of day by the first formatter that takes the text.
 *
 * @param str  the text
 * @param formatters  the forms it may have
 * @return the date with a time of day, null if no formatter takes the text
 * @example
 * import toLocalDateTimeOrNull from dw::util::Coercions
 * ---
 * ["09/11/2031 07:30", "soon"] map toLocalDateTimeOrNull($, [{}, {format: "dd/MM/yyyy HH:mm"}])
 * @result
 * [|2031-11-09T07:30:00|, null]
 */
fun toLocalDateTimeOrNull(str: String, formatters: Array<Formatter>): LocalDateTime | Null = toLocalDateTime(str, formatters) default null

/**
 * Reads a time of day. An offset is dropped.
 *
 * @param str  the text
 * @param format  its pattern; the ISO form if not given
 * @param locale  the locale of names in it
 * @return the time of day
 * @example
 * import toLocalTime from dw::util::Coercions
 * ---
 * [toLocalTime("07:30:00"), toLocalTime("7:30 AM", "h:mm a") == |07:30:00|]
 * @result
 * [|07:30:00|, true]
 */
fun toLocalTime(str: String, format: String | Null = null, locale: String | Null = null): LocalTime = native("Coercions::toLocalTime")

/** Reads it by the first formatter that takes the text. */
fun toLocalTime(str: String, formatters: Array<Formatter>): LocalTime = native("Coercions::localTimeByFormatters")

/**
 * Reads a time of day by the first formatter that takes the text.
 *
 * @param str  the text
 * @param formatters  the forms it may have
 * @return the time of day, null if no formatter takes the text
 * @example
 * import toLocalTimeOrNull from dw::util::Coercions
 * ---
 * ["7:30 AM", "soon"] map toLocalTimeOrNull($, [{}, {format: "h:mm a"}])
 * @result
 * [|07:30:00|, null]
 */
fun toLocalTimeOrNull(str: String, formatters: Array<Formatter>): LocalTime | Null = toLocalTime(str, formatters) default null

/**
 * Gives the seconds or milliseconds from the beginning of 1970 in UTC to a moment. Smaller parts are cut off.
 *
 * @param dateTime  the moment
 * @param unit  seconds if not given
 * @return how many
 * @example
 * import toNumber from dw::util::Coercions
 * var start = |1970-01-01T00:00:01.5Z|
 * ---
 * [toNumber(start), toNumber(start, "milliseconds")]
 * @result
 * [1, 1500]
 * @example [a span of time]
 * import toNumber from dw::util::Coercions
 * ---
 * toNumber(|PT1H30M|, "minutes")
 * @result
 * 90
 * @example [text]
 * import toNumber from dw::util::Coercions
 * ---
 * [toNumber("-1.50"), toNumber("1.234,5", "#,##0.0", "de")]
 * @result
 * [-1.5, 1234.5]
 */
fun toNumber(dateTime: DateTime, unit: MillisOrSecs | Null = null): Number = native("Coercions::numberByUnit")

/** Gives the length of a span of time, in seconds if no unit is given. */
fun toNumber(period: Period, unit: PeriodUnits | Null = null): Number = native("Coercions::numberByUnit")

/** Reads a number, by a pattern if one is given. */
fun toNumber(value: String | Key, format: String | Null = null, locale: String | Null = null): Number = native("Coercions::toNumber")

/** Reads a number by the first formatter that takes the text. */
fun toNumber(value: String | Key, formatters: Array<Formatter>): Number = native("Coercions::numberByFormatters")

/**
 * Reads a number by the first formatter that takes the text.
 *
 * @param str  the text
 * @param formatters  the forms it may have
 * @return the number, null if no formatter takes the text
 * @example
 * import toNumberOrNull from dw::util::Coercions
 * ---
 * ["12.5", "twelve"] map toNumberOrNull($, [{}])
 * @result
 * [12.5, null]
 */
fun toNumberOrNull(str: String, formatters: Array<Formatter>): Number | Null = toNumber(str, formatters) default null

/**
 * Reads a period: `P1Y2M3D`, `PT1H30M`.
 *
 * @param str  the text
 * @return the period
 * @example
 * import toPeriod from dw::util::Coercions
 * ---
 * toPeriod("P2W")
 * @result
 * |P14D|
 */
fun toPeriod(str: String): Period = str as Period

/**
 * Makes a regular expression.
 *
 * @param str  the pattern, without slashes around it
 * @return the regular expression
 * @example
 * import toRegex from dw::util::Coercions
 * ---
 * "b 52" matches toRegex("[a-z] \\d+")
 * @result
 * true
 */
fun toRegex(str: String): Regex = str as Regex

/**
 * Writes a number, by a pattern if one is given.
 *
 * @param number  the number
 * @param format  a pattern such as `#,##0.00`
 * @param locale  the locale of the signs between its digits
 * @param roundMode  how to round what the pattern leaves out, HALF_UP if not given
 * @return the text
 * @example
 * import toString from dw::util::Coercions
 * ---
 * [toString(1234.567), toString(1234.567, "#,##0.00"), toString(1234.567, "#,##0.0", "de", "DOWN")] map ($ as String)
 * @result
 * ["1234.567", "1,234.57", "1.234,5"]
 * @example [dates]
 * import toString from dw::util::Coercions
 * ---
 * toString(|2031-11-09|, "d MMMM yyyy", "en") as String
 * @result
 * "9 November 2031"
 * @example [bytes]
 * import toString from dw::util::Coercions
 * ---
 * toString("naïve" as Binary, "UTF-8") as String
 * @result
 * "naïve"
 * @example [texts]
 * import toString from dw::util::Coercions
 * ---
 * toString(["sun", "set"])
 * @result
 * "sunset"
 */
fun toString(number: Number, format: String | Null = null, locale: String | Null = null, roundMode: RoundingMode | Null = null): String = native("Coercions::textOfNumber")

/** Writes a date or time, by a pattern if one is given. */
fun toString(date: Date | DateTime | LocalDateTime | LocalTime | Time, format: String | Null = null, locale: String | Null = null): String = native("Coercions::textOfDate")

/** Reads bytes as text of a character set. */
fun toString(binary: Binary, encoding: String): String = native("Coercions::textOfBinary")

/** Writes a simple value. */
fun toString(data: TimeZone | Uri | Boolean | Period | Regex | Key): String = data as String

/** Joins texts. */
fun toString(arr: Array<String>): String = native("Coercions::textOfArray")

/**
 * Reads a time of day with an offset.
 *
 * @param str  the text
 * @param format  its pattern; the ISO form if not given
 * @param locale  the locale of names in it
 * @return the time of day with an offset
 * @example
 * import toTime from dw::util::Coercions
 * ---
 * [toTime("07:30:00+01:00"), toTime("07.30 +01:00", "HH.mm xxx") == |07:30:00+01:00|]
 * @result
 * [|07:30:00+01:00|, true]
 */
fun toTime(str: String, format: String | Null = null, locale: String | Null = null): Time = native("Coercions::toTime")

/** Reads it by the first formatter that takes the text. */
fun toTime(str: String, formatters: Array<Formatter>): Time = native("Coercions::timeByFormatters")

/**
 * Reads a time of day with an offset by the first formatter that takes the text.
 *
 * @param str  the text
 * @param formatters  the forms it may have
 * @return the time of day with an offset, null if no formatter takes the text
 * @example
 * import toTimeOrNull from dw::util::Coercions
 * ---
 * ["07.30 +01:00", "soon"] map toTimeOrNull($, [{}, {format: "HH.mm xxx"}])
 * @result
 * [|07:30:00+01:00|, null]
 */
fun toTimeOrNull(str: String, formatters: Array<Formatter>): Time | Null = toTime(str, formatters) default null

/**
 * Reads a time zone: an offset, or a name such as `Europe/Rome`.
 *
 * @param str  the text
 * @return the zone
 * @example
 * import toTimeZone from dw::util::Coercions
 * ---
 * toTimeZone("-03:00")
 * @result
 * |-03:00|
 */
fun toTimeZone(str: String): TimeZone = str as TimeZone

/**
 * Makes a URI of a text.
 *
 * @param str  the text
 * @return the URI
 * @example
 * import toUri from dw::util::Coercions
 * ---
 * toUri("https://example.org/menu") as String
 * @result
 * "https://example.org/menu"
 */
fun toUri(str: String): Uri = str as Uri
