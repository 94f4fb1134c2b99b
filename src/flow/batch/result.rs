//! What comes of an instance: the `BatchJobResult` that `on-complete` gets, and what the log says at the end.

use super::store::{Instance, Status};
use crate::value::{ObjectBuilder, Value};
use std::fmt::Write;

/// The `BatchJobResult` of an instance, with the fields that Mule gives it.
pub fn value(instance: &Instance, now: i64) -> Value {
    let counts = &instance.counts;
    let mut result = ObjectBuilder::with_capacity(14);
    result.field("batchJobInstanceId", instance.id.as_str());
    result.field("totalRecords", counts.total).field("loadedRecords", counts.total);
    result.field("processedRecords", counts.successful + counts.failed);
    result.field("successfulRecords", counts.successful).field("failedRecords", counts.failed);
    result.field("elapsedTimeInMillis", instance.ended.unwrap_or(now) - instance.created);
    result.field("failedOnInputPhase", false).field("inputPhaseException", Value::Null);
    result.field("failedOnLoadingPhase", false).field("loadingPhaseException", Value::Null);
    result.field("failedOnCompletePhase", instance.status == Status::FailedOnComplete);
    let problem = instance.problem.as_deref().map_or(Value::Null, Value::string);
    result.field("onCompletePhaseException", problem);
    result.value()
}

/// The line that ends an instance.
pub fn summary(instance: &Instance) -> String {
    let counts = &instance.counts;
    let left = counts.total - counts.successful - counts.failed;
    let mut text = format!(
        "Finished execution for instance '{}' of job '{}'. Total Records processed: {}. Successful records: {}. \
         Failed Records: {}",
        instance.id,
        instance.job,
        counts.successful + counts.failed,
        counts.successful,
        counts.failed
    );
    if left > 0 {
        let _ = write!(text, ". Records not processed: {left}");
    }
    text
}

/// The failures by type and step, as Mule draws them; `None` where nothing failed.
pub fn table(instance: &Instance) -> Option<String> {
    const LINE: &str = "*******************************************************************************";
    let errors = &instance.counts.errors;
    if errors.is_empty() {
        return None;
    }
    let mut text = format!(
        "\n{LINE}\n*       - - + Exception Type + - -       * - - + Step + - -  * - - + Count + - - *\n{LINE}\n"
    );
    for error in errors {
        let step = instance.counts.steps.get(error.step).map_or("", |step| step.name.as_str());
        let _ = writeln!(text, "* {:<38} * {:<18} * {:<14}*", error.error_type, step, error.count);
    }
    Some(text + LINE)
}
