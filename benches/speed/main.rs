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
/// Runs of processes that do next to nothing.
const SHORT_RUNS: usize = 41;

struct Job {
    name: &'static str,
    data: &'static str,
    /// Whether jq and jaq can do it.
    for_jq: bool,
}

const JOBS: &[Job] = &[
    Job { name: "map", data: "orders.json", for_jq: true },
    Job { name: "group", data: "orders.json", for_jq: true },
    Job { name: "report", data: "orders.json", for_jq: true },
    Job { name: "csv", data: "orders.csv", for_jq: false },
    Job { name: "xml", data: "orders.xml", for_jq: false },
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
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    println!("{cores} cores, medians of {RUNS} runs (start-up: {SHORT_RUNS})\n");
    println!("| job | dwrun | by hand | ratio | dwrun MB | by hand MB | ratio | jq | jaq |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let wanted = |name: &str| args.is_empty() || args.iter().any(|a| a == name);
    if wanted("start-up") {
        start_up();
    }
    for job in JOBS.iter().filter(|job| wanted(job.name)) {
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
    for tool in ["jq", "jaq"].iter().filter(|_| job.for_jq) {
        let mut command = Command::new(tool);
        command.arg("-f").arg(workload(&format!("{}.jq", job.name))).arg(&data);
        commands.push(command);
    }
    let samples = measure::rounds(&mut commands, RUNS);
    let [Some(ours), Some(hand), others @ ..] = &samples[..] else { return println!("| {} | failed |", job.name) };
    print!("| {} | {} | {} | {:.1}x ", job.name, milliseconds(ours), milliseconds(hand), ours.seconds / hand.seconds);
    print!("| {:.0} | {:.0} | {:.2}x ", ours.megabytes, hand.megabytes, ours.megabytes / hand.megabytes);
    rest(ours, others);
}

/// The whole process for `1 + 1`.
fn start_up() {
    let mut commands = [dwrun(), Command::new("jq"), Command::new("jaq")];
    commands[0].args(["-e", "1 + 1"]);
    for other in &mut commands[1..] {
        other.args(["-n", "1"]);
    }
    let samples = measure::rounds(&mut commands, SHORT_RUNS);
    let [Some(ours), others @ ..] = &samples[..] else { return println!("| start-up | failed |") };
    print!("| start-up | {} | | | {:.0} | | ", milliseconds(ours), ours.megabytes);
    rest(ours, others);
}

/// The columns of jq and jaq: their times, and how many times dwrun's that is.
fn rest(ours: &Sample, others: &[Option<Sample>]) {
    for index in 0..2 {
        match others.get(index) {
            None => print!("| "),
            Some(None) => print!("| not installed "),
            Some(Some(other)) => print!("| {}, {:.1}x ", milliseconds(other), other.seconds / ours.seconds),
        }
    }
    println!("|");
}

fn milliseconds(sample: &Sample) -> String {
    let ms = sample.seconds * 1e3;
    if ms < 20.0 { format!("{ms:.1} ms") } else { format!("{ms:.0} ms") }
}
