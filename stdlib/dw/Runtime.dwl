/**
 * Failing and recovering, running other scripts, and what the run was started with.
 */
import firstWith, some from dw::core::Arrays
import MimeType as Mime, fromString, isHandledBy from dw::module::Mime

/**
 * What is known of a data format.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * dataFormatsDescriptor()[0] is DataFormatDescriptor
 * @result
 * true
 */
type DataFormatDescriptor = {name: String, binary: Boolean, defaultEncoding?: String, extensions: Array<String>, defaultMimeType: String, acceptedMimeTypes: Array<String>, readerProperties: Array<DataFormatProperty>, writerProperties: Array<DataFormatProperty>}

/**
 * A property of a reader or writer.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * flatten(dataFormatsDescriptor().writerProperties)[0] is DataFormatProperty
 * @result
 * true
 */
type DataFormatProperty = {name: String, optional: Boolean, defaultValue?: Any, description: String, possibleValues: Array<Any>}

/**
 * What `eval` gives: the script's value, or why there is none.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * eval("main.dwl", {"main.dwl": "6 * 7"}) is EvalResult
 * @result
 * true
 */
type EvalResult = Result<EvalSuccess, ExecutionFailure>

/**
 * The value of a script and what it logged.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * eval("main.dwl", {"main.dwl": "6 * 7"}).result is EvalSuccess
 * @result
 * true
 */
type EvalSuccess = {value: Any, logs: Array<LogEntry>}

/**
 * Why a script failed, where, and what it had logged.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * eval("main.dwl", {"main.dwl": "1 / 0"}).error is ExecutionFailure
 * @result
 * true
 */
type ExecutionFailure = {message: String, kind: String, stack?: Array<String>, location: Location, logs: Array<LogEntry>}

/**
 * A place in a script.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * {locationString: "1| a + b"} is Location
 * @result
 * true
 */
type Location = {start?: Position, end?: Position, locationString: String, text?: String, sourceIdentifier?: String}

/**
 * A line that a script logged.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * {level: "INFO", timestamp: "2031-11-09T07:30:00", message: "ready"} is LogEntry
 * @result
 * true
 */
type LogEntry = {level: LogLevel, timestamp: String, message: String}

/**
 * How grave a line of a script's log is.
 *
 * @example
 * import LogLevel from dw::Runtime
 * ---
 * ["INFO", "info"] map ($ is LogLevel)
 * @result
 * [true, false]
 */
type LogLevel = "INFO" | "ERROR" | "WARN"

/**
 * Functions that take what a script logs.
 *
 * `initialize` runs first, and what it gives goes to each `log`; `shutdown` runs last.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * {log: (level, msg, context) -> null} is LoggerService
 * @result
 * true
 */
type LoggerService = {initialize?: () -> Object, log: (level: LogLevel, msg: String, context: Object) -> Any, shutdown?: () -> Boolean}

/**
 * A MIME type, such as `application/json`.
 *
 * @example
 * import MimeType from dw::Runtime
 * ---
 * "text/csv" is MimeType
 * @result
 * true
 */
type MimeType = String

/**
 * A position in a text: line and column count from 1, the index counts bytes from 0.
 *
 * @example
 * import Position from dw::Runtime
 * ---
 * {index: 0, line: 1, column: 1} is Position
 * @result
 * true
 */
type Position = {index: Number, line: Number, column: Number}

/**
 * An input that is still to be read: its bytes, its MIME type, and how to read them.
 *
 * @example
 * import ReaderInput from dw::Runtime
 * ---
 * {value: "a;b" as Binary, mimeType: "text/csv", properties: {separator: ";"}} is ReaderInput
 * @result
 * true
 */
type ReaderInput = {value: Binary, encoding?: String, properties?: Dictionary<SimpleType>, mimeType: MimeType}

/**
 * What `run` gives: the script's output, or why there is none.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * run("main.dwl", {"main.dwl": "6 * 7"}) is RunResult
 * @result
 * true
 */
type RunResult = Result<RunSuccess, ExecutionFailure>

/**
 * The output of a script, its MIME type and character set, and what the script logged.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * run("main.dwl", {"main.dwl": "6 * 7"}).result is RunSuccess
 * @result
 * true
 */
type RunSuccess = {value: Binary, mimeType: MimeType, encoding?: String, logs: Array<LogEntry>}

/**
 * How to run a script.
 *
 * - `timeOut`: the milliseconds it may take
 * - `outputMimeType`, `writerProperties`: how `run` writes the result, unless the script says it
 * - `onException`: `FAIL` passes failures on instead of giving them as a result
 * - `securityManager`: grants what is outside of the script
 * - `loggerService`: takes what it logs
 * - `maxStackSize`: how deep its calls may nest
 *
 * @example
 * import * from dw::Runtime
 * ---
 * [{timeOut: 500, onException: "FAIL"} is RuntimeExecutionConfiguration, {onException: "IGNORE"} is RuntimeExecutionConfiguration]
 * @result
 * [true, false]
 */
type RuntimeExecutionConfiguration = {timeOut?: Number, outputMimeType?: MimeType, writerProperties?: Dictionary<SimpleType>, onException?: "HANDLE" | "FAIL", securityManager?: SecurityManager, loggerService?: LoggerService, maxStackSize?: Number, onUnhandledTimeout?: (threadName: String, javaStackTrace: String, code: String) -> Any}

/**
 * Decides on a privilege that a script asks for: `Resource` (URLs), `Environment` or `Properties`.
 *
 * @example
 * import * from dw::Runtime
 * var onlyProperties: SecurityManager = (grant, args) -> grant == "Properties"
 * ---
 * eval("main.dwl", {"main.dwl": "dw::Runtime::prop('no.such')"}, {}, {}, {securityManager: onlyProperties}).success
 * @result
 * true
 */
type SecurityManager = (grant: String, args: Array<Any>) -> Boolean

/**
 * What `try` gives: a result, or why there is none.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * try(() -> 1 / 0) is TryResult<Number>
 * @result
 * true
 */
type TryResult<T> = Result<T, TryResultFailure>

/**
 * Why a function failed: the kind and message of the failure, its place, and the calls that led there.
 *
 * @example
 * import * from dw::Runtime
 * ---
 * try(() -> 1 / 0).error is TryResultFailure
 * @result
 * true
 */
type TryResultFailure = {kind: String, message: String, stack?: Array<String>, stackTrace?: String, location?: String}

/**
 * Gives the data formats that can be read and written.
 *
 * @return a description of each
 * @example
 * import dataFormatsDescriptor from dw::Runtime
 * ---
 * dataFormatsDescriptor().name contains "json"
 * @result
 * true
 */
fun dataFormatsDescriptor(): Array<DataFormatDescriptor> = native("Runtime::dataFormatsDescriptor")

/**
 * Runs a script and gives its value.
 *
 * Files, URLs, environment variables and properties are closed to the script unless the configuration's
 * `securityManager` grants them.
 *
 * @param fileToExecute  the script's name among the files
 * @param fs  the texts of the script and its modules; `lib::Calc` is looked for in `/lib/Calc.dwl`
 * @param readerInputs  inputs that are still to be read
 * @param inputValues  inputs that are values; they win over others of the same name
 * @param configuration  how to run it
 * @return its value and what it logged, or why it failed
 * @example
 * import eval from dw::Runtime
 * ---
 * eval("main.dwl", {"main.dwl": "payload.size * 2"}, {}, {payload: {size: 21}}).result.value
 * @result
 * 42
 */
fun eval(fileToExecute: String, fs: Dictionary<String>, readerInputs: Dictionary<ReaderInput> = {}, inputValues: Dictionary<Any> = {}, configuration: RuntimeExecutionConfiguration = {}): EvalResult = native("Runtime::eval")

/**
 * Runs the script at a URL and gives its value, as `eval` does.
 *
 * @param url  where its text lies, for example `classpath://lib/Report.dwl`
 * @param readerInputs  inputs that are still to be read
 * @param inputValues  inputs that are values; they win over others of the same name
 * @param configuration  how to run it
 * @return its value and what it logged, or why it failed
 * @example [nothing lies there]
 * import evalUrl from dw::Runtime
 * ---
 * evalUrl("classpath://no/such/Script.dwl")
 * @fails
 * no/such/Script.dwl
 */
@RuntimePrivilege(requires = "Resource")
fun evalUrl(url: String, readerInputs: Dictionary<ReaderInput> = {}, inputValues: Dictionary<Any> = {}, configuration: RuntimeExecutionConfiguration = {}): EvalResult = native("Runtime::evalUrl")

/**
 * Fails.
 *
 * @param message  why
 * @return nothing, ever
 * @example
 * import fail from dw::Runtime
 * ---
 * fail("the warehouse is empty")
 * @fails
 * the warehouse is empty
 */
fun fail(message: String = ""): Nothing = native("Runtime::fail")

/**
 * Fails if a value passes a test; else gives the value.
 *
 * @param value  the value
 * @param evaluator  the test
 * @param message  why it fails
 * @return the value
 * @example
 * import failIf from dw::Runtime
 * ---
 * 5 failIf $ > 10
 * @result
 * 5
 * @example [it passes]
 * import failIf from dw::Runtime
 * ---
 * failIf(50, (n) -> n > 10, "too many")
 * @fails
 * too many
 */
fun failIf<T>(value: T, evaluator: (value: T) -> Boolean, message: String = "Failed"): T = if (evaluator(value)) fail(message) else value

/**
 * Finds the data format that reads and writes a MIME type. Letter case and parameters do not count.
 *
 * @param mime  a MIME type in parts, as `dw::module::Mime` makes it
 * @return the format's description, null if there is none
 * @example
 * import findDataFormatDescriptorByMime from dw::Runtime
 * import fromString from dw::module::Mime
 * ---
 * findDataFormatDescriptorByMime(fromString("application/hal+json").result!).name
 * @result
 * "json"
 */
fun findDataFormatDescriptorByMime(mime: Mime): DataFormatDescriptor | Null = do {
    var wanted = {"type": lower(mime."type"), subtype: lower(mime.subtype), parameters: {}}
    ---
    dataFormatsDescriptor() firstWith ((format) -> format.acceptedMimeTypes some ((accepted) -> isHandledBy(fromString(accepted).result!, wanted)))
}

/**
 * Gives the place in the script where a value comes from.
 *
 * @param value  an expression
 * @return its place; for a variable or function that of its definition
 * @example
 * import location from dw::Runtime
 * ---
 * location("here").start.line
 * @result
 * 3
 */
fun location(value: Any): Location = value // the place comes in for the value

/**
 * Gives the line of the script where a value comes from.
 *
 * @param value  an expression
 * @return the text of the line; for a variable or function that of its definition
 * @example
 * import locationString from dw::Runtime
 * var price = 12
 * ---
 * locationString(price)
 * @result
 * "var price = 12"
 */
fun locationString(value: Any): String = value.text // the place comes in for the value

/**
 * Gives the result of a `try`, or something else if that failed.
 *
 * @param previous  what `try` gave
 * @param orElse  what to give instead, computed only then
 * @return a result
 * @example
 * import * from dw::Runtime
 * ---
 * ["12", "twelve"] map (try(() -> $ as Number) orElse 0)
 * @result
 * [12, 0]
 */
fun orElse<T, R>(previous: Result<T, Any>, orElse: () -> R): T | R = if (previous.success) previous.result else orElse()

/**
 * Tries something else if a `try` failed.
 *
 * @param previous  what `try` gave
 * @param orElse  what to try then
 * @return the first result if there is one, else what the second attempt gave
 * @example
 * import * from dw::Runtime
 * ---
 * try(() -> "1,5" as Number) orElseTry (("1,5" replace "," with ".") as Number) orElse null
 * @result
 * 1.5
 */
fun orElseTry<T, R>(previous: TryResult<T>, orElse: () -> R): TryResult<T | R> = if (previous.success) previous else try(orElse)

/**
 * Gives a property that the run was started with.
 *
 * @param propertyName  its name
 * @return its text, null if it is not set
 * @example
 * import prop from dw::Runtime
 * ---
 * prop("no.such.property") default "not set"
 * @result
 * "not set"
 */
@RuntimePrivilege(requires = "Properties")
fun prop(propertyName: String): String | Null = native("Runtime::prop")

/**
 * Gives all properties that the run was started with.
 *
 * @return an object of their texts
 * @example
 * import props from dw::Runtime
 * ---
 * props() is Object
 * @result
 * true
 */
@RuntimePrivilege(requires = "Properties")
fun props(): Dictionary<String> = native("Runtime::props")

/**
 * Runs a script and gives its output, written as its `output` directive says.
 *
 * Files, URLs, environment variables and properties are closed to the script unless the configuration's
 * `securityManager` grants them.
 *
 * @param fileToExecute  the script's name among the files
 * @param fs  the texts of the script and its modules; `lib::Calc` is looked for in `/lib/Calc.dwl`
 * @param readerInputs  inputs that are still to be read
 * @param inputValues  inputs that are values; they win over others of the same name
 * @param configuration  how to run it
 * @return its output and what it logged, or why it failed
 * @example
 * import run from dw::Runtime
 * var script = "output application/json indent=false --- {total: payload}"
 * ---
 * run("main.dwl", {"main.dwl": script}, {}, {payload: 3}).result.value as String
 * @result
 * "{\"total\": 3}"
 */
fun run(fileToExecute: String, fs: Dictionary<String>, readerInputs: Dictionary<ReaderInput> = {}, inputValues: Dictionary<Any> = {}, configuration: RuntimeExecutionConfiguration = {}): RunResult = native("Runtime::run")

/**
 * Runs the script at a URL and gives its output, as `run` does.
 *
 * @param url  where its text lies, for example `classpath://lib/Report.dwl`
 * @param readerInputs  inputs that are still to be read
 * @param inputValues  inputs that are values; they win over others of the same name
 * @param configuration  how to run it
 * @return its output and what it logged, or why it failed
 * @example [nothing lies there]
 * import runUrl from dw::Runtime
 * ---
 * runUrl("classpath://no/such/Script.dwl")
 * @fails
 * no/such/Script.dwl
 */
@RuntimePrivilege(requires = "Resource")
fun runUrl(url: String, readerInputs: Dictionary<ReaderInput> = {}, inputValues: Dictionary<Any> = {}, configuration: RuntimeExecutionConfiguration = {}): RunResult = native("Runtime::runUrl")

/**
 * Calls a function and keeps its failure from ending the script.
 *
 * The result is computed in full, so that failures inside of it are caught too.
 *
 * @param delegate  the function
 * @return its result, or why it failed
 * @example
 * import try from dw::Runtime
 * ---
 * [try(() -> 8 / 4), try(() -> 8 / 0)] map [$.success, $.result, $.error.kind]
 * @result
 * [[true, 2, null], [false, null, "DivisionByZeroException"]]
 */
fun try<T>(delegate: () -> T): TryResult<T> = native("Runtime::try")

/**
 * Gives the version of DataWeave.
 *
 * @return major and minor version
 * @example
 * import version from dw::Runtime
 * ---
 * version()
 * @result
 * "2.12"
 */
fun version(): String = "2.12"

/**
 * Waits, then gives a value.
 *
 * @param value  the value
 * @param timeout  how many milliseconds to wait
 * @return the value
 * @example
 * import wait from dw::Runtime
 * ---
 * "tea" wait 1
 * @result
 * "tea"
 */
fun wait<T>(value: T, timeout: Number): T = native("Runtime::wait")
