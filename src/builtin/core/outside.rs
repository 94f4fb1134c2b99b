//! What reaches the outer world: the log, formats, resources; and what is closed to scripts.

use crate::diag::{Code, Fault};
use crate::eval::{Args, LogLevel, Native, Run};
use crate::value::Value;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::log", body: |run, args| log(run, args, LogLevel::Info) },
    Native { key: "core::logDebug", body: |run, args| log(run, args, LogLevel::Debug) },
    Native { key: "core::logWarn", body: |run, args| log(run, args, LogLevel::Warn) },
    Native { key: "core::logError", body: |run, args| log(run, args, LogLevel::Error) },
    Native { key: "core::logWith", body: log_with },
    Native { key: "core::read", body: |run, args| run.host.read(args.bare(0), args.str(1)?, args.object(2)?) },
    Native { key: "core::readUrl", body: |run, args| run.host.read_url(args.str(0)?, args.str(1)?, args.object(2)?) },
    Native { key: "core::write", body: |run, args| run.host.write(args.value(0), args.str(1)?, args.object(2)?) },
    Native { key: "core::native", body: |_, args| Err(closed(args.str(0)?)) },
    Native { key: "core::compatibilityFlag", body: |_, args| Err(unknown_flag(args.str(0)?)) },
];

fn log(run: &Run, mut args: Args<'_>, level: LogLevel) -> Result<Value, Fault> {
    run.host.log(level, args.str(0)?, args.value(1));
    Ok(args.take(1))
}

fn log_with(run: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let name = args.str(0)?;
    let level = LogLevel::ALL.into_iter().find(|level| level.name() == name).unwrap_or(LogLevel::Info);
    run.host.log(level, args.str(1)?, args.value(2));
    Ok(args.take(2))
}

fn closed(key: &str) -> Fault {
    Fault::new(Code::Privilege, format!("`native(\"{key}\")` is for the modules of the library only"))
}

fn unknown_flag(name: &str) -> Fault {
    Fault::new(Code::Argument, format!("`{name}` is no compatibility flag")).help("this engine has none")
}
