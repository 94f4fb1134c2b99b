//! Natives of `dw::System`.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{ObjectBuilder, Value};

/// Natives of this file.
pub const NATIVES: &[Native] =
    &[Native { key: "System::envVar", body: env_var }, Native { key: "System::envVars", body: env_vars }];

fn env_var(run: &Run, args: Args<'_>) -> Result<Value, Fault> {
    Ok(run.host.environment_variable(args.str(0)?)?.map_or(Value::Null, Value::from))
}

fn env_vars(run: &Run, _: Args<'_>) -> Result<Value, Fault> {
    Ok(texts(run.host.environment()?))
}

/// An object of texts.
pub fn texts(all: Vec<(String, String)>) -> Value {
    let mut object = ObjectBuilder::with_capacity(all.len());
    for (name, text) in all {
        object.field(name, text);
    }
    object.value()
}
