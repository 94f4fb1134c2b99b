//! The `dwrun` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    dwrun::cli::main()
}
