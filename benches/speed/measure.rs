//! Wall time and peak memory of whole processes.

use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// The medians of several runs.
pub struct Sample {
    /// Wall time.
    pub seconds: f64,
    /// Peak resident memory.
    pub megabytes: f64,
}

/// Runs all commands in turn, `runs` times over; `None` for a command that cannot be run or fails.
pub fn rounds(commands: &mut [Command], runs: usize) -> Vec<Option<Sample>> {
    let mut results: Vec<Vec<(f64, f64)>> = commands.iter().map(|_| Vec::new()).collect();
    for _ in 0..runs {
        for (command, results) in commands.iter_mut().zip(&mut results) {
            results.extend(once(command));
        }
    }
    results.into_iter().map(|r| (r.len() == runs).then(|| median(&r))).collect()
}

fn once(command: &mut Command) -> Option<(f64, f64)> {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().ok()?;
    let used = child.wait4().ok()?;
    let seconds = start.elapsed().as_secs_f64();
    used.status.success().then_some((seconds, used.rusage.maxrss as f64 / 1e6))
}

fn median(results: &[(f64, f64)]) -> Sample {
    let middle = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Sample {
        seconds: middle(results.iter().map(|r| r.0).collect()),
        megabytes: middle(results.iter().map(|r| r.1).collect()),
    }
}
