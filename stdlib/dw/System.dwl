/**
 * The environment of the process that runs the script.
 */

/**
 * Gives an environment variable.
 *
 * @param variableName  its name
 * @return its text, null if it is not set
 * @example
 * import envVar from dw::System
 * ---
 * envVar("NO_SUCH_VARIABLE_HERE") default "not set"
 * @result
 * "not set"
 */
@RuntimePrivilege(requires = "Environment")
fun envVar(variableName: String): String | Null = native("System::envVar")

/**
 * Gives all environment variables.
 *
 * @return an object of their texts
 * @example
 * import envVars from dw::System
 * ---
 * envVars() is Object
 * @result
 * true
 */
@RuntimePrivilege(requires = "Environment")
fun envVars(): Dictionary<String> = native("System::envVars")
