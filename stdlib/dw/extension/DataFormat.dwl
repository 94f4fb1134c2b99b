/**
 * Types and the annotation for data formats that are written in DataWeave.
 */

/**
 * A data format: its MIME types, how to read it and how to write it.
 *
 * @example
 * import * from dw::extension::DataFormat
 * var shout: DataFormat<EmptySettings, EmptySettings> = {
 *   acceptedMimeTypes: ["text/x-shout"],
 *   reader: (content, charset, settings) -> lower(content as String),
 *   writer: (value, settings) -> upper(value as String) as Binary
 * }
 * ---
 * shout.reader("HEY" as Binary, "UTF-8", {})
 * @result
 * "hey"
 */
type DataFormat<ReaderSettings <: Settings, WriterSettings <: Settings> = {binaryFormat?: Boolean, defaultCharset?: String, fileExtensions?: Array<String>, acceptedMimeTypes: Array<MimeType>, reader: (content: Binary, charset: String, settings: ReaderSettings) -> Any, writer: (value: Any, settings: WriterSettings) -> Binary}

/**
 * No settings.
 *
 * @example
 * import EmptySettings from dw::extension::DataFormat
 * ---
 * {} is EmptySettings
 * @result
 * true
 */
type EmptySettings = Object

/**
 * The settings of a text format: the character set to write.
 *
 * @example
 * import EncodingSettings from dw::extension::DataFormat
 * ---
 * {} is EncodingSettings
 * @result
 * true
 */
type EncodingSettings = {encoding?: String {defaultValue: "UTF-8"}}

/**
 * A MIME type, such as `application/json`.
 *
 * @example
 * import MimeType from dw::extension::DataFormat
 * ---
 * "text/csv" is MimeType
 * @result
 * true
 */
type MimeType = String

/**
 * The settings of a reader or writer.
 *
 * @example
 * import Settings from dw::extension::DataFormat
 * ---
 * {separator: ";"} is Settings
 * @result
 * true
 */
type Settings = Object

/**
 * Marks the variable of a module that holds a data format.
 *
 * @example
 * import * from dw::extension::DataFormat
 * @DataFormatExtension()
 * var plain = {acceptedMimeTypes: ["text/x-plain"], reader: (content) -> content as String, writer: (value) -> value as Binary}
 * ---
 * plain.acceptedMimeTypes
 * @result
 * ["text/x-plain"]
 */
@AnnotationTarget(targets = ["Variable"])
annotation DataFormatExtension()
