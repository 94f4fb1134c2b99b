//! A batch job of a million records in a gigabyte of JSON: three steps, the last one with an aggregator of 200. As an app,
//! and the same written by hand on the same store with the same blocks:
//!
//!     cargo bench --bench batch [-- RECORDS]
#![allow(clippy::unwrap_used)]

mod app;
mod hand;

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4;

/// How many records a block has.
pub const BLOCK: usize = 100;
/// How many blocks are worked on at once.
pub const CONCURRENCY: usize = 4;
/// How many records the aggregator gets at once.
pub const GROUP: usize = 200;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["hand", input, folder] => hand::run(Path::new(input), Path::new(folder)),
        [] => compare(1_000_000),
        [records] => compare(records.parse().unwrap()),
        _ => eprintln!("usage: batch [RECORDS]"),
    }
}

fn compare(records: usize) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-batch");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let input = folder.join("orders.json");
    write_orders(&input, records);
    let size = fs::metadata(&input).unwrap().len();
    println!("{records} records, {} MB of JSON", size / 1_000_000);
    let mut by_hand = Command::new(std::env::current_exe().unwrap());
    by_hand.args(["hand".as_ref(), input.as_os_str(), folder.as_os_str()]);
    let by_hand = measure("by hand", by_hand, &folder.join("hand.txt"), records);
    let as_app = measure("dwrun", app::command(&folder, &input), &folder.join("sent.txt"), records);
    println!("time: {:.2} times", as_app / by_hand);
    let _ = fs::remove_dir_all(&folder);
}

/// Orders of about a kilobyte each.
fn write_orders(path: &Path, records: usize) {
    let mut out = BufWriter::with_capacity(1 << 20, fs::File::create(path).unwrap());
    let note = "the quick brown fox jumps over the lazy dog ".repeat(17);
    out.write_all(b"[").unwrap();
    for id in 0..records {
        let comma = if id == 0 { "" } else { ",\n" };
        let (amount, customer) = (id % 997, id % 10_007);
        write!(
            out,
            r#"{comma}{{"id":{id},"customer":{{"id":{customer},"name":"Customer {customer}","city":"Utrecht"}},"amount":{amount}.5,"currency":"EUR","lines":[{{"sku":"T-{amount}","quantity":3,"price":12.25}},{{"sku":"C-{customer}","quantity":1,"price":7}},{{"sku":"M-7","quantity":12,"price":0.99}}],"express":{},"note":"{note}"}}"#,
            id % 3 == 0
        )
        .unwrap();
    }
    out.write_all(b"]").unwrap();
    out.flush().unwrap();
}

/// Runs a program and checks what it sent; gives how long it took, in seconds.
fn measure(name: &str, mut command: Command, sent: &Path, records: usize) -> f64 {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let used = child.wait4().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    assert!(used.status.success(), "{name} fails");
    let groups = fs::read_to_string(sent).unwrap();
    let counted: usize = groups.lines().map(|line| line.split(' ').next().unwrap().parse::<usize>().unwrap()).sum();
    assert_eq!(counted, records, "{name} sends other records");
    let memory = used.rusage.maxrss as f64 / 1e6;
    println!("{name}: {seconds:.1} s, {:.0} records a second, {memory:.0} MB at most", records as f64 / seconds);
    seconds
}
