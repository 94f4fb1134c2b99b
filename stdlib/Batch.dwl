/**
 * What the expressions of a batch step may ask about the record that they work on.
 */

/**
 * Tells whether the record has failed in no step so far.
 *
 * @return whether it has not
 * @example
 * Batch::isSuccessfulRecord()
 * @fails
 * `Batch::isSuccessfulRecord` is there in Mule apps only
 */
fun isSuccessfulRecord(): Boolean = native("Batch::isSuccessfulRecord")

/**
 * Tells whether the record has failed in a step so far.
 *
 * @return whether it has
 * @example
 * Batch::isFailedRecord()
 * @fails
 * `Batch::isFailedRecord` is there in Mule apps only
 */
fun isFailedRecord(): Boolean = native("Batch::isFailedRecord")

/**
 * Gives the exception with which the record failed in a step.
 *
 * @param stepName  the step
 * @return the exception with `message`, `errorType` and more; null where the record did not fail in that step
 * @example
 * Batch::failureExceptionForStep("send").message
 * @fails
 * `Batch::failureExceptionForStep` is there in Mule apps only
 */
fun failureExceptionForStep(stepName: String): Object | Null = native("Batch::failureExceptionForStep")

/**
 * Gives the exceptions of the record by the names of the steps in which it failed.
 *
 * @return an object, empty where the record did not fail
 * @example
 * namesOf(Batch::getStepExceptions())
 * @fails
 * `Batch::getStepExceptions` is there in Mule apps only
 */
fun getStepExceptions(): Object = native("Batch::getStepExceptions")

/**
 * Gives the exception of the first step in which the record failed.
 *
 * @return the exception, null where the record did not fail
 * @example
 * Batch::getFirstException().message
 * @fails
 * `Batch::getFirstException` is there in Mule apps only
 */
fun getFirstException(): Object | Null = native("Batch::getFirstException")

/**
 * Gives the exception of the last step in which the record failed.
 *
 * @return the exception, null where the record did not fail
 * @example
 * Batch::getLastException().message
 * @fails
 * `Batch::getLastException` is there in Mule apps only
 */
fun getLastException(): Object | Null = native("Batch::getLastException")
