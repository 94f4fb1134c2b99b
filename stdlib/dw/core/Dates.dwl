/**
 * Functions that make dates and times, and move them to the beginning of a day, week, month …
 */

/**
 * The parts of a date.
 *
 * @example
 * import DateFactory from dw::core::Dates
 * ---
 * {day: 9, month: 11, year: 2031} is DateFactory
 * @result
 * true
 */
type DateFactory = {day: Number, month: Number, year: Number}

/**
 * The parts of a date, a time of day and a zone.
 *
 * @example
 * import DateTimeFactory from dw::core::Dates
 * ---
 * {day: 9, month: 11, year: 2031, hour: 7, minutes: 0, seconds: 0, timeZone: |+01:00|} is DateTimeFactory
 * @result
 * true
 */
type DateTimeFactory = DateFactory & LocalTimeFactory & Zoned

/**
 * The parts of a date and a time of day.
 *
 * @example
 * import LocalDateTimeFactory from dw::core::Dates
 * ---
 * {day: 9, month: 11, year: 2031} is LocalDateTimeFactory
 * @result
 * false
 */
type LocalDateTimeFactory = DateFactory & LocalTimeFactory

/**
 * The parts of a time of day.
 *
 * @example
 * import LocalTimeFactory from dw::core::Dates
 * ---
 * {hour: 7, minutes: 0, seconds: 0} is LocalTimeFactory
 * @result
 * true
 */
type LocalTimeFactory = {hour: Number, minutes: Number, seconds: Number}

/**
 * The parts of a time of day with an offset.
 *
 * @example
 * import TimeFactory from dw::core::Dates
 * ---
 * {hour: 7, minutes: 0, seconds: 0, timeZone: |Z|} is TimeFactory
 * @result
 * true
 */
type TimeFactory = LocalTimeFactory & Zoned

/**
 * What has a zone.
 *
 * @example
 * import Zoned from dw::core::Dates
 * ---
 * {timeZone: "Z"} is Zoned
 * @result
 * false
 */
type Zoned = {timeZone: TimeZone}

/**
 * Moves to midnight of the same day.
 *
 * In a zone with summer time the offset is the one in force at midnight.
 *
 * @param dateTime  a moment
 * @return the beginning of its day
 * @example
 * import atBeginningOfDay from dw::core::Dates
 * ---
 * [atBeginningOfDay(|2031-11-09T15:20:00+01:00|), atBeginningOfDay(|2031-11-09T15:20:00|)]
 * @result
 * [|2031-11-09T00:00:00+01:00|, |2031-11-09T00:00:00|]
 */
fun atBeginningOfDay(dateTime: DateTime): DateTime = native("Dates::atBeginningOfDay")

/** Moves to midnight of the same day. */
fun atBeginningOfDay(localDateTime: LocalDateTime): LocalDateTime = native("Dates::atBeginningOfDay")

/**
 * Moves to the beginning of the same hour.
 *
 * @param dateTime  a moment
 * @return the moment without minutes and seconds
 * @example
 * import atBeginningOfHour from dw::core::Dates
 * ---
 * [atBeginningOfHour(|2031-11-09T15:20:45Z|), atBeginningOfHour(|15:20:45|)]
 * @result
 * [|2031-11-09T15:00:00Z|, |15:00:00|]
 */
fun atBeginningOfHour(dateTime: DateTime): DateTime = native("Dates::atBeginningOfHour")

/** Moves to the beginning of the same hour. */
fun atBeginningOfHour(localDateTime: LocalDateTime): LocalDateTime = native("Dates::atBeginningOfHour")

/** Moves to the beginning of the same hour. */
fun atBeginningOfHour(localTime: LocalTime): LocalTime = native("Dates::atBeginningOfHour")

/** Moves to the beginning of the same hour. */
fun atBeginningOfHour(time: Time): Time = native("Dates::atBeginningOfHour")

/**
 * Moves to midnight of the first day of the month.
 *
 * @param dateTime  a moment
 * @return the beginning of its month
 * @example
 * import atBeginningOfMonth from dw::core::Dates
 * ---
 * [atBeginningOfMonth(|2031-11-09T15:20:00Z|), atBeginningOfMonth(|2031-11-09|)]
 * @result
 * [|2031-11-01T00:00:00Z|, |2031-11-01|]
 */
fun atBeginningOfMonth(dateTime: DateTime): DateTime = native("Dates::atBeginningOfMonth")

/** Moves to midnight of the first day of the month. */
fun atBeginningOfMonth(localDateTime: LocalDateTime): LocalDateTime = native("Dates::atBeginningOfMonth")

/** Moves to the first day of the month. */
fun atBeginningOfMonth(date: Date): Date = native("Dates::atBeginningOfMonth")

/**
 * Moves to midnight of the Sunday on which the week began.
 *
 * @param dateTime  a moment
 * @return the beginning of its week
 * @example
 * import atBeginningOfWeek from dw::core::Dates
 * ---
 * [|2031-11-09|, |2031-11-15|] map atBeginningOfWeek($)
 * @result
 * [|2031-11-09|, |2031-11-09|]
 */
fun atBeginningOfWeek(dateTime: DateTime): DateTime = native("Dates::atBeginningOfWeek")

/** Moves to midnight of the Sunday on which the week began. */
fun atBeginningOfWeek(localDateTime: LocalDateTime): LocalDateTime = native("Dates::atBeginningOfWeek")

/** Moves to the Sunday on which the week began. */
fun atBeginningOfWeek(date: Date): Date = native("Dates::atBeginningOfWeek")

/**
 * Moves to midnight of the first of January.
 *
 * @param dateTime  a moment
 * @return the beginning of its year
 * @example
 * import atBeginningOfYear from dw::core::Dates
 * ---
 * atBeginningOfYear(|2031-11-09T15:20:00Z|)
 * @result
 * |2031-01-01T00:00:00Z|
 */
fun atBeginningOfYear(dateTime: DateTime): DateTime = native("Dates::atBeginningOfYear")

/** Moves to midnight of the first of January. */
fun atBeginningOfYear(localDateTime: LocalDateTime): LocalDateTime = native("Dates::atBeginningOfYear")

/** Moves to the first of January. */
fun atBeginningOfYear(date: Date): Date = native("Dates::atBeginningOfYear")

/**
 * Makes a date from its parts.
 *
 * The year has four digits; fractions of month and day are rounded.
 *
 * @param parts  year, month and day
 * @return the date
 * @example
 * import date from dw::core::Dates
 * ---
 * date({year: 2031, month: 11, day: 9})
 * @result
 * |2031-11-09|
 * @example [no such day]
 * import date from dw::core::Dates
 * ---
 * date({year: 2031, month: 11, day: 31})
 * @fails
 * there is no day 2031-11-31
 */
fun date(parts: DateFactory): Date = native("Dates::date")

/**
 * Makes a moment from its parts.
 *
 * @param parts  year, month, day, hour, minutes, seconds and timeZone
 * @return the moment
 * @example
 * import dateTime from dw::core::Dates
 * ---
 * dateTime({year: 2031, month: 11, day: 9, hour: 7, minutes: 30, seconds: 0, timeZone: |+01:00|})
 * @result
 * |2031-11-09T07:30:00+01:00|
 */
fun dateTime(parts: DateTimeFactory): DateTime = native("Dates::dateTime")

/**
 * Makes a date and time of day from its parts.
 *
 * @param parts  year, month, day, hour, minutes and seconds
 * @return the date and time
 * @example
 * import localDateTime from dw::core::Dates
 * ---
 * localDateTime({year: 2031, month: 11, day: 9, hour: 7, minutes: 30, seconds: 0})
 * @result
 * |2031-11-09T07:30:00|
 */
fun localDateTime(parts: LocalDateTimeFactory): LocalDateTime = native("Dates::localDateTime")

/**
 * Makes a time of day from its parts.
 *
 * @param parts  hour, minutes and seconds
 * @return the time
 * @example
 * import localTime from dw::core::Dates
 * ---
 * localTime({hour: 7, minutes: 30, seconds: 0})
 * @result
 * |07:30:00|
 */
fun localTime(parts: LocalTimeFactory): LocalTime = native("Dates::localTime")

/**
 * Makes a time of day with an offset from its parts.
 *
 * @param parts  hour, minutes, seconds and timeZone, which must be an offset
 * @return the time
 * @example
 * import time from dw::core::Dates
 * ---
 * time({hour: 7, minutes: 30, seconds: 0, timeZone: |-03:00|})
 * @result
 * |07:30:00-03:00|
 */
fun time(parts: TimeFactory): Time = native("Dates::time")

/**
 * Gives the date of the present moment.
 *
 * @return the date in the zone of the machine
 * @example
 * import today from dw::core::Dates
 * ---
 * today() is Date
 * @result
 * true
 */
fun today(): Date = now() as Date

/**
 * Gives the date after today's.
 *
 * @return the date in the zone of the machine
 * @example
 * import * from dw::core::Dates
 * ---
 * tomorrow() > today()
 * @result
 * true
 */
fun tomorrow(): Date = today() + |P1D|

/**
 * Gives the date before today's.
 *
 * @return the date in the zone of the machine
 * @example
 * import * from dw::core::Dates
 * ---
 * yesterday() < today()
 * @result
 * true
 */
fun yesterday(): Date = today() - |P1D|
