//! The `dwrun` binary.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Events and values are made on one thread and dropped on another, which the system's allocator answers with locks:
/// under the load of `benches/load` a request took half as long again with it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    dwrun::cli::main()
}
