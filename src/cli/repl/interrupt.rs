//! Ctrl-C: stops what is being evaluated. Where that does not help, pressing it again and again ends the process.

use std::io;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use tokio::runtime;
use tokio::signal;

/// The status of a process that was interrupted, as shells have it.
const INTERRUPTED: i32 = 130;

/// Sets the flag at each Ctrl-C from now on. Without signals, Ctrl-C ends the process as ever.
pub fn watch(flag: Arc<AtomicBool>) {
    let Ok(runtime) = runtime::Builder::new_current_thread().enable_all().build() else { return };
    let entered = runtime.enter();
    let Ok(mut presses) = presses() else { return };
    drop(entered);
    thread::spawn(move || {
        runtime.block_on(async {
            let mut ignored = 0;
            while presses.recv().await.is_some() {
                ignored = if flag.swap(true, Ordering::Relaxed) { ignored + 1 } else { 0 };
                match ignored {
                    0 => {}
                    1 => eprintln!("still stopping; once more ends dwrun"),
                    _ => process::exit(INTERRUPTED),
                }
            }
        });
    });
}

#[cfg(unix)]
fn presses() -> io::Result<signal::unix::Signal> {
    signal::unix::signal(signal::unix::SignalKind::interrupt())
}

#[cfg(windows)]
fn presses() -> io::Result<signal::windows::CtrlC> {
    signal::windows::ctrl_c()
}
