//! The log of apps: on standard error, or as a part of what is known of a test.

use super::args::LogArgs;
use crate::munit::Output;
use tracing_subscriber::EnvFilter;

/// Sends the log to standard error, from the level that the command line or `DWRUN_LOG` says.
pub fn start(args: &LogArgs) {
    let filter = EnvFilter::try_from_env("DWRUN_LOG").unwrap_or_else(|_| EnvFilter::new(&args.log_level));
    // A second start in the same process keeps the first log.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Gives what apps log to the tests that run them.
pub fn into_tests() {
    let filter = EnvFilter::try_from_env("DWRUN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Output::writer);
    // A second start in the same process keeps the first log.
    let _ = log.try_init();
}
