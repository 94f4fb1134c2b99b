//! Speed beside what dwrun competes with: the same jobs by dwrun, by hand-written Rust, by jq and jaq.
//!
//! `cargo bench --bench speed` makes the data, runs every job several times and prints medians and ratios.
//! Without arguments all jobs run; `cargo bench --bench speed -- map report` runs some.

mod data;
mod measure;
mod yardstick;

use measure::Sample;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs of each job; the median counts.
const RUNS: usize = 7;

struct Job {
    name: &'static str,
    data: &'static str,
}

const JOBS: &[Job] = &[
    Job { name: "map", data: "orders.json" },
    Job { name: "group", data: "orders.json" },
    Job { name: "report", data: "orders.json" },
];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if let [flag, job, file] = &args[..]
        && flag == "--yardstick"
    {
        return yardstick::run(job, Path::new(file));
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed");
    data::make(&folder);
    start_up();
    println!(
        "\n| job | dwrun | by hand | time ratio | dwrun MB | by hand MB | memory ratio | jq / dwrun | jaq / dwrun |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for job in JOBS.iter().filter(|j| args.is_empty() || args.iter().any(|a| a == j.name)) {
        compare(job, &folder);
    }
}

fn workload(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/workloads").join(name)
}

fn dwrun() -> Command {
    Command::new(env!("CARGO_BIN_EXE_dwrun"))
}

fn compare(job: &Job, folder: &Path) {
    let data = folder.join(job.data);
    let mut ours = dwrun();
    ours.arg(workload(&format!("{}.dwl", job.name))).arg(&data);
    let mut hand = Command::new(std::env::current_exe().expect("the path of this program"));
    hand.args(["--yardstick", job.name]).arg(&data);
    // One after the other in each round, so that a noisy moment hits all of them.
    let mut commands = vec![ours, hand];
    for tool in ["jq", "jaq"] {
        let mut command = Command::new(tool);
        command.arg("-f").arg(workload(&format!("{}.jq", job.name))).arg(&data);
        commands.push(command);
    }
    let samples = measure::rounds(&mut commands, RUNS);
    let [ours, hand, others @ ..] = &samples[..] else { return };
    let (Some(ours), Some(hand)) = (ours, hand) else { return println!("| {} | failed |", job.name) };
    let times = |other: &Option<Sample>| {
        other.as_ref().map_or("not installed".into(), |s| format!("{:.1}x", s.seconds / ours.seconds))
    };
    println!(
        "| {} | {:.0} ms | {:.0} ms | {:.1}x | {:.0} | {:.0} | {:.1}x | {} | {} |",
        job.name,
        ours.seconds * 1e3,
        hand.seconds * 1e3,
        ours.seconds / hand.seconds,
        ours.megabytes,
        hand.megabytes,
        ours.megabytes / hand.megabytes,
        times(&others[0]),
        times(&others[1]),
    );
}

/// The whole process for `1 + 1`.
fn start_up() {
    let mut ours = dwrun();
    ours.args(["-e", "1 + 1"]);
    let mut jq = Command::new("jq");
    jq.args(["-n", "1"]);
    let samples = measure::rounds(&mut [ours, jq], 41);
    if let [Some(ours), Some(jq)] = &samples[..] {
        let (a, b) = (ours.seconds * 1e3, jq.seconds * 1e3);
        println!("start-up: dwrun -e '1 + 1' {a:.1} ms, jq -n 1 {b:.1} ms, ratio {:.2}", a / b);
    }
}
