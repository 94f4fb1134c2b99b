/**
 * Functions on text: spelling, padding, parts and tests of characters.
 *
 * Positions and sizes count UTF-16 units, as everywhere in DataWeave: most characters are one unit, an emoji is two.
 */

/**
 * Puts `suffix` at the end of `text`, unless it is there already.
 *
 * @param text  the text
 * @param suffix  how it must end
 * @return the text with that ending
 * @example
 * import appendIfMissing from dw::core::Strings
 * ---
 * ["notes", "notes.txt"] map appendIfMissing($, ".txt")
 * @result
 * ["notes.txt", "notes.txt"]
 */
fun appendIfMissing(text: String, suffix: String): String = native("Strings::appendIfMissing")

/** `null` stays `null`. */
fun appendIfMissing(text: Null, suffix: String): Null = null

/**
 * Writes `text` in camel case: underscores go, the letter after each becomes a capital, the first letter becomes small.
 *
 * Blanks and dashes are left alone.
 *
 * @param text  words joined by underscores
 * @return the words in camel case
 * @example
 * import camelize from dw::core::Strings
 * ---
 * camelize("unit_price_net")
 * @result
 * "unitPriceNet"
 */
fun camelize(text: String): String = native("Strings::camelize")

/** `null` stays `null`. */
fun camelize(text: Null): Null = null

/**
 * Writes `text` as words that begin with a capital and are separated by blanks.
 *
 * Words end at blanks, dashes, underscores and where a capital follows a small letter or a digit.
 *
 * @param text  words in any spelling
 * @return the words with capitals
 * @example
 * import capitalize from dw::core::Strings
 * ---
 * ["unit_price", "unit-price", "unitPrice"] map capitalize($)
 * @result
 * ["Unit Price", "Unit Price", "Unit Price"]
 */
fun capitalize(text: String): String = native("Strings::capitalize")

/** `null` stays `null`. */
fun capitalize(text: Null): Null = null

/**
 * Gives the Unicode code point of the first character.
 *
 * An empty text is an error.
 *
 * @param text  a text that is not empty
 * @return the code point
 * @example
 * import charCode from dw::core::Strings
 * ---
 * [charCode("Ω"), charCode("mile")]
 * @result
 * [937, 109]
 * @example [an empty text]
 * import charCode from dw::core::Strings
 * ---
 * charCode("")
 * @fails
 * empty text
 */
fun charCode(text: String): Number = native("Strings::charCode")

/** `null` stays `null`. */
fun charCode(text: Null): Null = null

/**
 * Gives the UTF-16 unit at a position.
 *
 * Negative positions count from the end; a position outside of the text is an error.
 *
 * @param content  the text
 * @param position  where to look, from 0
 * @return the unit's code
 * @example
 * import charCodeAt from dw::core::Strings
 * ---
 * [charCodeAt("reef", 0), charCodeAt("reef", -1)]
 * @result
 * [114, 102]
 */
fun charCodeAt(content: String, position: Number): Number = native("Strings::charCodeAt")

/** `null` stays `null`. */
fun charCodeAt(content: Null, position: Any): Null = null

/**
 * Splits `text` into runs of one and the same character.
 *
 * @param text  the text
 * @return the runs in order; one empty text if there is no character
 * @example
 * import collapse from dw::core::Strings
 * ---
 * collapse("aabccc!")
 * @result
 * ["aa", "b", "ccc", "!"]
 */
fun collapse(text: String): Array<String> = native("Strings::collapse")

/** `null` stays `null`. */
fun collapse(text: Null): Null = null

/**
 * Counts the characters that pass a test.
 *
 * @param text  the text
 * @param predicate  the test of one character
 * @return how many pass
 * @example
 * import * from dw::core::Strings
 * ---
 * "room 101" countCharactersBy isNumeric($)
 * @result
 * 3
 */
fun countCharactersBy(text: String, predicate: (character: String) -> Boolean): Number = native("Strings::countCharactersBy")

/** `null` stays `null`. */
fun countCharactersBy(text: Null, predicate: (character: Nothing) -> Any): Null = null

/**
 * Counts how often `pattern` stands in `text`; occurrences do not overlap.
 *
 * @param text  the text
 * @param pattern  what to look for, taken literally
 * @return how often it was found
 * @example
 * import countMatches from dw::core::Strings
 * ---
 * "on and on and on" countMatches "on"
 * @result
 * 3
 * @example [a regular expression]
 * import countMatches from dw::core::Strings
 * ---
 * "4 mice, 12 cats" countMatches /\d+/
 * @result
 * 2
 */
fun countMatches(text: String, pattern: String): Number = native("Strings::countText")

/** Counts the matches of a regular expression. */
fun countMatches(text: String, pattern: Regex): Number = sizeOf(find(text, pattern))

/** `null` stays `null`. */
fun countMatches(text: Null, pattern: Any): Null = null

/**
 * Writes `text` as small words joined by dashes.
 *
 * Words end at blanks, underscores and where a capital follows a small letter or a digit.
 *
 * @param text  words in any spelling
 * @return the words with dashes
 * @example
 * import dasherize from dw::core::Strings
 * ---
 * ["unit_price", "Unit Price", "unitPrice"] map dasherize($)
 * @result
 * ["unit-price", "unit-price", "unit-price"]
 */
fun dasherize(text: String): String = native("Strings::dasherize")

/** `null` stays `null`. */
fun dasherize(text: Null): Null = null

/**
 * Whether every character passes a test.
 *
 * All characters are tested, even after one that fails.
 *
 * @param text  the text
 * @param condition  the test of one character
 * @return whether all pass; true for a text without characters
 * @example
 * import * from dw::core::Strings
 * ---
 * ["abba", "gaga"] map ($ everyCharacter ((c) -> c == "a" or c == "b"))
 * @result
 * [true, false]
 */
fun everyCharacter(text: String, condition: (character: String) -> Boolean): Boolean = native("Strings::everyCharacter")

/** `null` has no character that fails. */
fun everyCharacter(text: Null, condition: (character: Nothing) -> Any): Boolean = true

/**
 * Gives the first characters.
 *
 * @param text  the text
 * @param amount  how many
 * @return the start of the text, or all of it if it is not longer
 * @example
 * import first from dw::core::Strings
 * ---
 * ["harvest" first 4, "hay" first 4]
 * @result
 * ["harv", "hay"]
 */
fun first(text: String, amount: Number): String = native("Strings::first")

/** `null` stays `null`. */
fun first(text: Null, amount: Any): Null = null

/**
 * Gives the character of a Unicode code point.
 *
 * @param charCode  a code point from 0 to 1114111
 * @return a text of one character
 * @example
 * import fromCharCode from dw::core::Strings
 * ---
 * [937, 109] map fromCharCode($)
 * @result
 * ["Ω", "m"]
 */
fun fromCharCode(charCode: Number): String = native("Strings::fromCharCode")

/** `null` stays `null`. */
fun fromCharCode(charCode: Null): Null = null

/**
 * Counts the positions at which two texts of equal size differ.
 *
 * @param a  a text
 * @param b  another text
 * @return how many positions differ; null if the sizes do
 * @example
 * import hammingDistance from dw::core::Strings
 * ---
 * ["stone" hammingDistance "store", "stone" hammingDistance "tone"]
 * @result
 * [1, null]
 */
fun hammingDistance(a: String, b: String): Number | Null = native("Strings::hammingDistance")

/**
 * Whether `text` consists of letters, of any script.
 *
 * @param text  the text
 * @return whether there are characters and all are letters
 * @example
 * import isAlpha from dw::core::Strings
 * ---
 * ["Żubr", "E5", ""] map isAlpha($)
 * @result
 * [true, false, false]
 */
fun isAlpha(text: String): Boolean = native("Strings::isAlpha")

/** `null` has no letters. */
fun isAlpha(text: Null): Boolean = false

/**
 * Whether `text` consists of letters and decimal digits, of any script.
 *
 * @param text  the text
 * @return whether there are characters and all are letters or digits
 * @example
 * import isAlphanumeric from dw::core::Strings
 * ---
 * ["E5", "E-5"] map isAlphanumeric($)
 * @result
 * [true, false]
 */
fun isAlphanumeric(text: String): Boolean = native("Strings::isAlphanumeric")

/** `null` has no letters or digits. */
fun isAlphanumeric(text: Null): Boolean = false

/**
 * Whether `text` consists of small letters.
 *
 * @param text  the text
 * @return whether there are characters and all are small letters
 * @example
 * import isLowerCase from dw::core::Strings
 * ---
 * ["moss", "Moss", "moss 2"] map isLowerCase($)
 * @result
 * [true, false, false]
 */
fun isLowerCase(text: String): Boolean = native("Strings::isLowerCase")

/** `null` has no small letters. */
fun isLowerCase(text: Null): Boolean = false

/**
 * Whether `text` consists of decimal digits, of any script.
 *
 * Signs, points and fractions are no digits.
 *
 * @param text  the text
 * @return whether there are characters and all are digits
 * @example
 * import isNumeric from dw::core::Strings
 * ---
 * ["0042", "4.2", "-4"] map isNumeric($)
 * @result
 * [true, false, false]
 */
fun isNumeric(text: String): Boolean = native("Strings::isNumeric")

/** `null` has no digits. */
fun isNumeric(text: Null): Boolean = false

/**
 * Whether `text` consists of capital letters.
 *
 * @param text  the text
 * @return whether there are characters and all are capitals
 * @example
 * import isUpperCase from dw::core::Strings
 * ---
 * ["MOSS", "Moss"] map isUpperCase($)
 * @result
 * [true, false]
 */
fun isUpperCase(text: String): Boolean = native("Strings::isUpperCase")

/** `null` has no capitals. */
fun isUpperCase(text: Null): Boolean = false

/**
 * Whether `text` has nothing but white space.
 *
 * No-break spaces are no white space here; a text without characters passes.
 *
 * @param text  the text
 * @return whether no other character is in it
 * @example
 * import isWhitespace from dw::core::Strings
 * ---
 * ["", " \t\n", " x"] map isWhitespace($)
 * @result
 * [true, true, false]
 */
fun isWhitespace(text: String): Boolean = native("Strings::isWhitespace")

/** `null` is no white space. */
fun isWhitespace(text: Null): Boolean = false

/**
 * Gives the last characters.
 *
 * @param text  the text
 * @param amount  how many
 * @return the end of the text, or all of it if it is not longer
 * @example
 * import last from dw::core::Strings
 * ---
 * ["harvest" last 4, "hay" last 4]
 * @result
 * ["vest", "hay"]
 */
fun last(text: String, amount: Number): String = native("Strings::last")

/** `null` stays `null`. */
fun last(text: Null, amount: Any): Null = null

/**
 * Fills `text` up at its left.
 *
 * The padding stands once for each missing character, also if it is longer than one character.
 *
 * @param text  the text
 * @param size  the size wanted
 * @param padText  the padding, a blank if not given
 * @return the text, filled up if it was shorter
 * @example
 * import leftPad from dw::core::Strings
 * ---
 * [leftPad("42", 5, "0"), leftPad("42", 4), leftPad("420000", 5, "0")]
 * @result
 * ["00042", "  42", "420000"]
 */
fun leftPad(text: String, size: Number, padText: String = " "): String = native("Strings::leftPad")

/** `null` stays `null`. */
fun leftPad(text: Null, size: Any, padText: Any = " "): Null = null

/**
 * Counts the insertions, deletions and replacements of single characters that turn one text into another.
 *
 * @param a  a text
 * @param b  another text
 * @return the least number of changes
 * @example
 * import levenshteinDistance from dw::core::Strings
 * ---
 * "gravel" levenshteinDistance "travels"
 * @result
 * 2
 */
fun levenshteinDistance(a: String, b: String): Number = native("Strings::levenshteinDistance")

/**
 * Splits `text` at its line breaks.
 *
 * Breaks are line feeds, carriage returns, or both together; empty lines at the end are dropped.
 *
 * @param text  the text
 * @return the lines without their breaks
 * @example
 * import lines from dw::core::Strings
 * ---
 * lines("north\n\nsouth\n")
 * @result
 * ["north", "", "south"]
 */
fun lines(text: String): Array<String> = native("Strings::lines")

/** `null` stays `null`. */
fun lines(text: Null): Null = null

/**
 * Replaces every character by the text that a function gives for it.
 *
 * @param text  the text
 * @param mapper  takes the character and its position
 * @return the results, joined
 * @example
 * import mapString from dw::core::Strings
 * ---
 * "banana" mapString (if ($ == "a") "4" else $)
 * @result
 * "b4n4n4"
 */
fun mapString(@StreamCapable text: String, mapper: (character: String, index: Number) -> String): String = native("Strings::mapString")

/** `null` stays `null`. */
fun mapString(@StreamCapable text: Null, mapper: (character: Nothing, index: Nothing) -> Any): Null = null

/**
 * Writes a number as an English ordinal. Decimals are cut.
 *
 * @param num  the number
 * @return its digits with `st`, `nd`, `rd` or `th`
 * @example
 * import ordinalize from dw::core::Strings
 * ---
 * [1, 2, 3, 4, 11, 21] map ordinalize($)
 * @result
 * ["1st", "2nd", "3rd", "4th", "11th", "21st"]
 */
fun ordinalize(num: Number): String = native("Strings::ordinalize")

/** `null` stays `null`. */
fun ordinalize(num: Null): Null = null

/**
 * Gives the plural of an English word, by its ending.
 *
 * Unusual plurals are often wrong: the rules know a few endings and irregular words only.
 *
 * @param text  a singular
 * @return the plural
 * @example
 * import pluralize from dw::core::Strings
 * ---
 * ["cloud", "bench", "berry", "person", "sheep"] map pluralize($)
 * @result
 * ["clouds", "benches", "berries", "people", "sheep"]
 */
fun pluralize(text: String): String = native("Strings::pluralize")

/** `null` stays `null`. */
fun pluralize(text: Null): Null = null

/**
 * Puts `prefix` before `text`, unless it is there already.
 *
 * @param text  the text
 * @param prefix  how it must begin
 * @return the text with that beginning
 * @example
 * import prependIfMissing from dw::core::Strings
 * ---
 * ["tmp", "/tmp"] map prependIfMissing($, "/")
 * @result
 * ["/tmp", "/tmp"]
 */
fun prependIfMissing(text: String, prefix: String): String = native("Strings::prependIfMissing")

/** `null` stays `null`. */
fun prependIfMissing(text: Null, prefix: String): Null = null

/**
 * Takes all occurrences of a text out of another.
 *
 * @param text  the text
 * @param toRemove  what to take out, taken literally
 * @return what is left
 * @example
 * import remove from dw::core::Strings
 * ---
 * "1.234.567" remove "."
 * @result
 * "1234567"
 */
fun remove(text: String, toRemove: String): String = native("Strings::remove")

/** `null` stays `null`. */
fun remove(text: Null, toRemove: Any): Null = null

/**
 * Writes `text` several times in a row.
 *
 * @param text  the text
 * @param times  how often
 * @return the repetitions, joined
 * @example
 * import repeat from dw::core::Strings
 * ---
 * "na" repeat 3
 * @result
 * "nanana"
 */
fun repeat(text: String, times: Number): String = native("Strings::repeat")

/** `null` stays `null`. */
fun repeat(text: Null, times: Any): Null = null

/**
 * Replaces all occurrences of a text.
 *
 * @param text  the text
 * @param target  what to replace, taken literally
 * @param replacement  what to put there, taken literally
 * @return the new text
 * @example
 * import replaceAll from dw::core::Strings
 * ---
 * replaceAll("a.b.c", ".", " > ")
 * @result
 * "a > b > c"
 */
fun replaceAll(text: String, target: String, replacement: String): String = native("Strings::replaceAll")

/** `null` stays `null`. */
fun replaceAll(text: Null, oldValue: String, newValue: String): Null = null

/**
 * Writes `text` backwards.
 *
 * @param text  the text
 * @return its characters from last to first
 * @example
 * import reverse from dw::core::Strings
 * ---
 * reverse("drawer")
 * @result
 * "reward"
 */
fun reverse(text: String): String = native("Strings::reverse")

/** `null` stays `null`. */
fun reverse(text: Null): Null = null

/**
 * Fills `text` up at its right.
 *
 * The padding stands once for each missing character, also if it is longer than one character.
 *
 * @param text  the text
 * @param size  the size wanted
 * @param padChar  the padding, a blank if not given
 * @return the text, filled up if it was shorter
 * @example
 * import rightPad from dw::core::Strings
 * ---
 * rightPad("total", 8, ".")
 * @result
 * "total..."
 */
fun rightPad(text: String, size: Number, padChar: String = " "): String = native("Strings::rightPad")

/** `null` stays `null`. */
fun rightPad(text: Null, size: Any, padText: Any = " "): Null = null

/**
 * Gives the singular of an English word, by its ending.
 *
 * Unusual plurals are often not undone: the rules know a few endings and irregular words only.
 *
 * @param text  a plural
 * @return the singular
 * @example
 * import singularize from dw::core::Strings
 * ---
 * ["clouds", "benches", "berries", "people", "sheep"] map singularize($)
 * @result
 * ["cloud", "bench", "berry", "person", "sheep"]
 */
fun singularize(text: String): String = native("Strings::singularize")

/** `null` stays `null`. */
fun singularize(text: Null): Null = null

/**
 * Whether some character passes a test.
 *
 * All characters are tested, even after one that passes.
 *
 * @param text  the text
 * @param condition  the test of one character
 * @return whether one passes; false for a text without characters
 * @example
 * import * from dw::core::Strings
 * ---
 * ["unit 7", "unit"] map ($ someCharacter isNumeric($))
 * @result
 * [true, false]
 */
fun someCharacter(text: String, condition: (character: String) -> Boolean): Boolean = native("Strings::someCharacter")

/** `null` has no character that passes. */
fun someCharacter(text: Null, condition: (character: Nothing) -> Any): Boolean = false

/**
 * Gives the characters from one position up to another, the last one not included.
 *
 * Positions outside of the text are moved to its ends.
 *
 * @param text  the text
 * @param from  where to begin, from 0
 * @param until  where to stop
 * @return the part
 * @example
 * import substring from dw::core::Strings
 * ---
 * [substring("waterfall", 2, 5), substring("waterfall", 5, 99)]
 * @result
 * ["ter", "fall"]
 */
fun substring(text: String, from: Number, until: Number): String = native("Strings::substring")

/** `null` stays `null`. */
fun substring(text: Null, from: Any, until: Any): Null = null

/**
 * Gives what stands after the first separator.
 *
 * @param text  the text
 * @param separator  what to look for
 * @return the rest after it; empty if it is not there
 * @example
 * import substringAfter from dw::core::Strings
 * ---
 * ["key=a=b" substringAfter "=", "key" substringAfter "="]
 * @result
 * ["a=b", ""]
 */
fun substringAfter(text: String, separator: String): String = native("Strings::substringAfter")

/** `null` stays `null`. */
fun substringAfter(text: Null, separator: String): Null = null

/**
 * Gives what stands after the last separator.
 *
 * @param text  the text
 * @param separator  what to look for
 * @return the rest after it; empty if it is not there
 * @example
 * import substringAfterLast from dw::core::Strings
 * ---
 * "photo.old.png" substringAfterLast "."
 * @result
 * "png"
 */
fun substringAfterLast(text: String, separator: String): String = native("Strings::substringAfterLast")

/** `null` stays `null`. */
fun substringAfterLast(text: Null, separator: String): Null = null

/**
 * Gives what stands before the first separator.
 *
 * @param text  the text
 * @param separator  what to look for
 * @return the part before it; empty if it is not there
 * @example
 * import substringBefore from dw::core::Strings
 * ---
 * ["key=a=b" substringBefore "=", "key" substringBefore "="]
 * @result
 * ["key", ""]
 */
fun substringBefore(text: String, separator: String): String = native("Strings::substringBefore")

/** `null` stays `null`. */
fun substringBefore(text: Null, separator: String): Null = null

/**
 * Gives what stands before the last separator.
 *
 * @param text  the text
 * @param separator  what to look for
 * @return the part before it; empty if it is not there
 * @example
 * import substringBeforeLast from dw::core::Strings
 * ---
 * "photo.old.png" substringBeforeLast "."
 * @result
 * "photo.old"
 */
fun substringBeforeLast(text: String, separator: String): String = native("Strings::substringBeforeLast")

/** `null` stays `null`. */
fun substringBeforeLast(text: Null, separator: String): Null = null

/**
 * Splits `text` at the characters that pass a test; these characters are dropped.
 *
 * @param text  the text
 * @param predicate  takes the character and its position
 * @return the parts between
 * @example
 * import substringBy from dw::core::Strings
 * ---
 * "12:30-13:15" substringBy ($ == ":" or $ == "-")
 * @result
 * ["12", "30", "13", "15"]
 */
fun substringBy(text: String, predicate: (character: String, index: Number) -> Boolean): Array<String> = native("Strings::substringBy")

/** `null` stays `null`. */
fun substringBy(text: Null, predicate: (character: Nothing, index: Nothing) -> Any): Null = null

/**
 * Cuts `text` into parts of equal size; the last one may be shorter.
 *
 * @param text  the text
 * @param amount  the size of a part
 * @return the parts in order
 * @example
 * import substringEvery from dw::core::Strings
 * ---
 * "DE8937040044" substringEvery 5
 * @result
 * ["DE893", "70400", "44"]
 */
fun substringEvery(text: String, amount: Number): Array<String> = native("Strings::substringEvery")

/** `null` stays `null`. */
fun substringEvery(text: Null, amount: Any): Null = null

/**
 * Writes `text` as small words joined by underscores.
 *
 * Words end at blanks, dashes and where a capital follows a small letter or a digit.
 *
 * @param text  words in any spelling
 * @return the words with underscores
 * @example
 * import underscore from dw::core::Strings
 * ---
 * ["unit-price", "Unit Price", "unitPrice"] map underscore($)
 * @result
 * ["unit_price", "unit_price", "unit_price"]
 */
fun underscore(text: String): String = native("Strings::underscore")

/** `null` stays `null`. */
fun underscore(text: Null): Null = null

/**
 * Takes one character off both ends, if `text` begins and ends with `wrapper`.
 *
 * @param text  the text
 * @param wrapper  what must stand at both ends
 * @return the text without its ends, or unchanged
 * @example
 * import unwrap from dw::core::Strings
 * ---
 * ["'quoted'", "'open"] map unwrap($, "'")
 * @result
 * ["quoted", "'open"]
 */
fun unwrap(text: String, wrapper: String): String = native("Strings::unwrap")

/** `null` stays `null`. */
fun unwrap(text: Null, wrapper: String): Null = null

/**
 * Cuts `text` to a size.
 *
 * @param text  the text
 * @param maxLength  the largest size; 0 stands for no limit
 * @return the text, cut if it was longer
 * @example
 * import withMaxSize from dw::core::Strings
 * ---
 * [withMaxSize("lavender", 3), withMaxSize("lavender", 0)]
 * @result
 * ["lav", "lavender"]
 */
fun withMaxSize(text: String, maxLength: Number): String = native("Strings::withMaxSize")

/** `null` stays `null`. */
fun withMaxSize(text: Null, maxLength: Number): Null = null

/**
 * Splits `text` at white space.
 *
 * White space is that of ASCII: a no-break space does not part words.
 *
 * @param text  the text
 * @return the words in order
 * @example
 * import words from dw::core::Strings
 * ---
 * words(" slow and\tsteady ")
 * @result
 * ["slow", "and", "steady"]
 */
fun words(text: String): Array<String> = native("Strings::words")

/** `null` stays `null`. */
fun words(text: Null): Null = null

/**
 * Puts `wrapper` at each end of `text` where it is missing.
 *
 * @param text  the text
 * @param wrapper  what must stand at both ends
 * @return the wrapped text
 * @example
 * import wrapIfMissing from dw::core::Strings
 * ---
 * ["lib", "/lib", "/lib/"] map wrapIfMissing($, "/")
 * @result
 * ["/lib/", "/lib/", "/lib/"]
 */
fun wrapIfMissing(text: String, wrapper: String): String = appendIfMissing(prependIfMissing(text, wrapper), wrapper)

/** `null` stays `null`. */
fun wrapIfMissing(text: Null, wrapper: String): Null = null

/**
 * Puts `wrapper` at both ends of `text`.
 *
 * @param text  the text
 * @param wrapper  what to put there
 * @return the wrapped text
 * @example
 * import wrapWith from dw::core::Strings
 * ---
 * "note" wrapWith "**"
 * @result
 * "**note**"
 */
fun wrapWith(text: String, wrapper: String): String = wrapper ++ text ++ wrapper

/** `null` stays `null`. */
fun wrapWith(text: Null, wrapper: Any): Null = null
