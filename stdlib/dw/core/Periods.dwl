/**
 * Functions that make periods.
 *
 * A period is either of the calendar (years, months, days) or a span of time (hours, minutes, seconds).
 */

/**
 * Gives the calendar period from one date to another.
 *
 * @param endDateExclusive  the later date, not included
 * @param startDateInclusive  the earlier date
 * @return years, months and days; negative if the dates are the other way round
 * @example
 * import between from dw::core::Periods
 * ---
 * between(|2031-03-05|, |2030-01-01|)
 * @result
 * |P1Y2M4D|
 */
fun between(endDateExclusive: Date, startDateInclusive: Date): Period = native("Periods::between")

/**
 * Gives a period of days. A number with a fraction gives a span of time instead.
 *
 * @param nDays  how many days
 * @return the period
 * @example
 * import days from dw::core::Periods
 * ---
 * [|2031-01-30| + days(3), |2031-01-30T00:00:00| + days(1.5)]
 * @result
 * [|2031-02-02|, |2031-01-31T12:00:00|]
 */
fun days(nDays: Number): Period = if (isInteger(nDays)) period({days: nDays}) else duration({days: nDays})

/**
 * Gives a span of time from its parts, which may be decimals. A day has 24 hours.
 *
 * @param period  any of days, hours, minutes and seconds
 * @return their sum, to the nanosecond
 * @example
 * import duration from dw::core::Periods
 * ---
 * duration({hours: 1.5, seconds: 45})
 * @result
 * |PT1H30M45S|
 */
fun duration(period: {days?: Number, hours?: Number, minutes?: Number, seconds?: Number}): Period = native("Periods::duration")

/**
 * Gives a span of hours.
 *
 * @param nHours  how many hours
 * @return the span
 * @example
 * import hours from dw::core::Periods
 * ---
 * |22:00:00| + hours(2.5)
 * @result
 * |00:30:00|
 */
fun hours(nHours: Number): Period = duration({hours: nHours})

/**
 * Gives a span of minutes.
 *
 * @param nMinutes  how many minutes
 * @return the span
 * @example
 * import minutes from dw::core::Periods
 * ---
 * minutes(90)
 * @result
 * |PT1H30M|
 */
fun minutes(nMinutes: Number): Period = duration({minutes: nMinutes})

/**
 * Gives a period of months.
 *
 * @param nMonths  how many months, a whole number
 * @return the period
 * @example
 * import months from dw::core::Periods
 * ---
 * |2031-01-31| + months(1)
 * @result
 * |2031-02-28|
 */
fun months(nMonths: Number): Period = period({months: nMonths})

/**
 * Gives a calendar period from its parts, which are whole numbers and stay as they are.
 *
 * @param period  any of years, months and days
 * @return the period
 * @example
 * import period from dw::core::Periods
 * ---
 * period({years: 1, months: 14})
 * @result
 * |P1Y14M|
 * @example [a fraction]
 * import period from dw::core::Periods
 * ---
 * period({days: 0.5})
 * @fails
 * must be a whole number
 */
fun period(period: {years?: Number, months?: Number, days?: Number}): Period = native("Periods::period")

/**
 * Gives a span of seconds.
 *
 * @param nSecs  how many seconds
 * @return the span
 * @example
 * import seconds from dw::core::Periods
 * ---
 * seconds(3.25)
 * @result
 * |PT3.25S|
 */
fun seconds(nSecs: Number): Period = duration({seconds: nSecs})

/**
 * Gives a period of years.
 *
 * @param nYears  how many years, a whole number
 * @return the period
 * @example
 * import years from dw::core::Periods
 * ---
 * |2032-02-29| + years(1)
 * @result
 * |2033-02-28|
 */
fun years(nYears: Number): Period = period({years: nYears})
