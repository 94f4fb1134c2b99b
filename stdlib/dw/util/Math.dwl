/**
 * Angles and logarithms.
 *
 * All but the conversions of angles go through a double: their results have up to 17 digits.
 */

/**
 * The base of the natural logarithm, to 20 digits.
 *
 * @example
 * import E, logn from dw::util::Math
 * ---
 * logn(E)
 * @result
 * 1
 */
var E = 2.7182818284590452354

/**
 * The ratio of a circle's circumference to its diameter, to 21 digits.
 *
 * @example
 * import PI from dw::util::Math
 * ---
 * round(PI * 1000)
 * @result
 * 3142
 */
var PI = 3.14159265358979323846

/**
 * Gives the angle of a cosine.
 *
 * @param angle  a cosine from -1 to 1
 * @return the angle in radians, from 0 to PI; null for any other number
 * @example
 * import acos from dw::util::Math
 * ---
 * [acos(1), acos(0), acos(2)]
 * @result
 * [0, 1.5707963267948966, null]
 */
fun acos(angle: Number): Number | NaN = native("Math::acos")

/**
 * Gives the angle of a sine.
 *
 * @param angle  a sine from -1 to 1
 * @return the angle in radians, from -PI/2 to PI/2; null for any other number
 * @example
 * import asin from dw::util::Math
 * ---
 * [asin(0), asin(1), asin(2)]
 * @result
 * [0, 1.5707963267948966, null]
 */
fun asin(angle: Number): Number | NaN = native("Math::asin")

/**
 * Gives the angle of a tangent.
 *
 * @param angle  a tangent
 * @return the angle in radians, from -PI/2 to PI/2
 * @example
 * import atan from dw::util::Math
 * ---
 * [atan(0), atan(1)]
 * @result
 * [0, 0.7853981633974483]
 */
fun atan(angle: Number): Number = native("Math::atan")

/**
 * Gives the cosine of an angle.
 *
 * @param angle  the angle in radians
 * @return the cosine
 * @example
 * import cos, toRadians from dw::util::Math
 * ---
 * [cos(0), cos(toRadians(180))]
 * @result
 * [1, -1]
 */
fun cos(angle: Number): Number = native("Math::cos")

/**
 * Gives the logarithm to the base 10.
 *
 * @param a  a number above 0
 * @return the logarithm; null for any other number
 * @example
 * import log10 from dw::util::Math
 * ---
 * [log10(1000), log10(0.01), log10(0)]
 * @result
 * [3, -2, null]
 */
fun log10(a: Number): Number | NaN = native("Math::log10")

/**
 * Gives the natural logarithm.
 *
 * @param a  a number above 0
 * @return the logarithm; null for any other number
 * @example
 * import logn from dw::util::Math
 * ---
 * [logn(1), logn(10), logn(-1)]
 * @result
 * [0, 2.302585092994046, null]
 */
fun logn(a: Number): Number | NaN = native("Math::logn")

/**
 * Gives the sine of an angle.
 *
 * @param angle  the angle in radians
 * @return the sine
 * @example
 * import sin, toRadians from dw::util::Math
 * ---
 * [sin(0), sin(toRadians(90))]
 * @result
 * [0, 1]
 */
fun sin(angle: Number): Number = native("Math::sin")

/**
 * Gives the tangent of an angle.
 *
 * @param angle  the angle in radians
 * @return the tangent
 * @example
 * import tan from dw::util::Math
 * ---
 * [tan(0), tan(0.5)]
 * @result
 * [0, 0.5463024898437905]
 */
fun tan(angle: Number): Number = native("Math::tan")

/**
 * Converts an angle from radians to degrees.
 *
 * @param angrad  the angle in radians
 * @return the angle in degrees, to 34 digits
 * @example
 * import * from dw::util::Math
 * ---
 * toDegrees(PI)
 * @result
 * 180
 */
fun toDegrees(angrad: Number): Number = angrad * 180 / PI

/**
 * Converts an angle from degrees to radians.
 *
 * @param angdeg  the angle in degrees
 * @return the angle in radians
 * @example
 * import * from dw::util::Math
 * ---
 * toRadians(180) == PI
 * @result
 * true
 */
fun toRadians(angdeg: Number): Number = angdeg / 180 * PI
