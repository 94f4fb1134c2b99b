/**
 * What apps import for lines of the JSON logger: content that is no JSON becomes a text, so that the line shows it as it
 * came.
 */

/**
 * Content as a text of its own media type, JSON and Java objects as they are.
 *
 * @param inputData  the content
 * @return the text, or the content
 * @example
 * modules::JSONLoggerModule::stringifyNonJSON({order: 7})
 * @result
 * {"order": 7}
 */
fun stringifyNonJSON(inputData: Any): Any = written(inputData, ["application/json"])

/**
 * Content as a text of its own media type, Java objects as they are.
 *
 * @param inputData  the content
 * @return the text, or the content
 * @example
 * modules::JSONLoggerModule::stringifyAny({order: 7})
 * @result
 * {"order": 7}
 */
fun stringifyAny(inputData: Any): Any = written(inputData, [])

/**
 * The same as `stringifyNonJSON`, with what is known of the content.
 *
 * @param inputData  the content
 * @return `data`, `contentLength`, `dataType` and `class`
 * @example
 * modules::JSONLoggerModule::stringifyNonJSONWithMetadata("tea").data
 * @result
 * "tea"
 */
fun stringifyNonJSONWithMetadata(inputData: Any): Object = described(inputData, stringifyNonJSON(inputData))

/**
 * The same as `stringifyAny`, with what is known of the content.
 *
 * @param inputData  the content
 * @return `data`, `contentLength`, `dataType` and `class`
 * @example
 * modules::JSONLoggerModule::stringifyAnyWithMetadata("tea").data
 * @result
 * "tea"
 */
fun stringifyAnyWithMetadata(inputData: Any): Object = described(inputData, stringifyAny(inputData))

/**
 * Content as a text of its own media type.
 *
 * @param inputData  the content
 * @param kept  media types of content that stays as it is
 * @return the text, or the content
 * @example
 * modules::JSONLoggerModule::written("tea", ["text/plain"])
 * @result
 * "tea"
 */
fun written(inputData: Any, kept: Array<String>): Any = do {
    var mimeType = inputData.^mimeType default "*/*"
    var properties = if (["application/json", "application/xml", "application/dw"] contains mimeType) {indent: false} else {}
    ---
    if ((["*/*", "application/java"] ++ kept) contains mimeType) inputData
    else dw::Runtime::try(() -> write(inputData, mimeType, properties)).result default inputData.^raw
}

/**
 * What is known of content.
 *
 * @param inputData  the content
 * @param data  its text
 * @return `data`, `contentLength`, `dataType` and `class`
 * @example
 * modules::JSONLoggerModule::described("tea", "tea").data
 * @result
 * "tea"
 */
fun described(inputData: Any, data: Any): Object = {
    data: data,
    contentLength: inputData.^contentLength,
    dataType: inputData.^mimeType,
    class: inputData.^class
}
