//! The log of apps on standard error.

use super::args::LogArgs;
use tracing_subscriber::EnvFilter;

/// Sends the log to standard error, from the level that the command line or `DWRUN_LOG` says.
pub fn start(args: &LogArgs) {
    let filter = EnvFilter::try_from_env("DWRUN_LOG").unwrap_or_else(|_| EnvFilter::new(&args.log_level));
    // A second start in the same process keeps the first log.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
