//! What the run was started with: version, properties, formats.

use crate::builtin::system::texts;
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::Value;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Runtime::prop", body: prop },
    Native { key: "Runtime::props", body: |run, _| Ok(texts(run.host.properties()?)) },
    Native { key: "Runtime::dataFormatsDescriptor", body: |run, _| Ok(run.host.formats()) },
];

fn prop(run: &Run, args: Args<'_>) -> Result<Value, Fault> {
    Ok(run.host.property(args.str(0)?)?.map_or(Value::Null, Value::from))
}
