/**
 * Functions that make the parts of a form for `multipart/form-data`.
 */

/**
 * All parts of a form, by name.
 *
 * @example
 * import * from dw::module::Multipart
 * ---
 * form([field("colour", "red")]) is Multipart
 * @result
 * true
 */
type Multipart = {preamble?: String, parts: {_?: MultipartPart}}

/**
 * One part of a form: its headers and its content.
 *
 * @example
 * import * from dw::module::Multipart
 * ---
 * field("colour", "red") is MultipartPart
 * @result
 * true
 */
type MultipartPart = {headers?: {"Content-Disposition"?: {name: String, filename?: String}, "Content-Type"?: String}, content: Any}

/**
 * Makes a part from a value.
 *
 * @param opts  the part's name and value, and perhaps its MIME type and the file name to send
 * @return the part
 * @example
 * import field from dw::module::Multipart
 * ---
 * field({name: "note", value: "call back", fileName: "note.txt"})
 * @result
 * {headers: {"Content-Disposition": {name: "note", filename: "note.txt"}}, content: "call back"}
 */
fun field(opts: {| name: String, value: Any, mime?: String, fileName?: String |}): MultipartPart = field(opts.name, opts.value, opts.mime default "", opts.fileName default "")

/** Makes a part from a value; the value is written as the MIME type says, which only text can do without. */
fun field(name: String, value: Any, mime: String = "", fileName: String = ""): MultipartPart = {
    headers: {
        ("Content-Type": mime) if (mime != ""),
        "Content-Disposition": {
            name: name,
            (filename: fileName) if (fileName != "")
        }
    },
    content: value
}

/**
 * Makes a part from a file among the resources of the application.
 *
 * @param opts  the part's name and the file's path, and perhaps its MIME type and the file name to send
 * @return the part
 * @example [a file that is not there]
 * import file from dw::module::Multipart
 * ---
 * file({name: "photo", path: "no/such/photo.png", mime: "image/png"})
 * @fails
 * no/such/photo.png
 */
fun file(opts: {| name: String, path: String, mime?: String, fileName?: String |}): MultipartPart = file(opts.name, opts.path, opts.mime default "application/octet-stream", opts.fileName default "filename")

/** Makes a part from a file among the resources of the application; it is sent as it is. */
fun file(fieldName: String, path: String, mime: String = "application/octet-stream", sentFileName: String = "filename"): MultipartPart =
    field(fieldName, readUrl("classpath://" ++ (path replace /^\.?\// with ""), "application/octet-stream"), mime, sentFileName)

/**
 * Puts parts together to a form.
 *
 * @param parts  parts with a name each
 * @return the form, which can be written as `multipart/form-data`
 * @example
 * import * from dw::module::Multipart
 * ---
 * form([field("size", "M"), field("colour", "red")]).parts mapObject ((part, name) -> {(name): part.content})
 * @result
 * {size: "M", colour: "red"}
 */
fun form(parts: Array<MultipartPart>): Multipart = {
    parts: {(parts map ((part) -> {(part.headers."Content-Disposition".name): part}))}
}

/**
 * Makes a random text that can part a form.
 *
 * @param len  its size
 * @return letters, digits, dashes and underscores
 * @example
 * import generateBoundary from dw::module::Multipart
 * ---
 * [sizeOf(generateBoundary()), sizeOf(generateBoundary(12))]
 * @result
 * [70, 12]
 */
fun generateBoundary(len: Number = 70): String = do {
    var characters = "-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    ---
    if (len < 1) "" else ((1 to len) map ((i) -> characters[randomInt(sizeOf(characters))])) joinBy ""
}
