//! The load of an aggregator: five backends that take a millisecond each, asked at once, merged into one answer. The same
//! written by hand with axum and reqwest, and as a flow, both under wrk in one run:
//!
//!     cargo bench --bench load [-- SECONDS [CHECKED_REQUESTS]]
#![allow(clippy::unwrap_used)]

mod backend;
mod check;
mod flow;
mod hand;
mod wrk;

use std::process::{Child, Command};
use std::time::Duration;

/// A process that ends with the benchmark.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn main() {
    // The flow brings its own; the program by hand needs one as soon as anything else of the build has TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["backend", port] => backend::serve(port.parse().unwrap()),
        ["hand", port, backend] => hand::serve(port.parse().unwrap(), backend),
        [] => compare(10, 100_000),
        [seconds] => compare(seconds.parse().unwrap(), 100_000),
        [seconds, checked] => compare(seconds.parse().unwrap(), checked.parse().unwrap()),
        _ => eprintln!("usage: load [SECONDS [CHECKED_REQUESTS]]"),
    }
}

fn compare(seconds: u64, checked: usize) {
    let (backend, hand, flow) = (free_port(), free_port(), free_port());
    let _backend = this_program(&["backend", &backend.to_string()], backend);
    let by_hand = {
        let running = this_program(&["hand", &hand.to_string(), &backend.to_string()], hand);
        measure("axum and reqwest", &running, hand, seconds, checked)
    };
    let as_flow = {
        let running = flow::serve(flow, backend);
        measure("dwrun", &running, flow, seconds, checked)
    };
    println!("requests per second: {:.0} %", as_flow.per_second / by_hand.per_second * 100.0);
    println!("p99: {:.2} times", as_flow.p99.as_secs_f64() / by_hand.p99.as_secs_f64());
}

fn measure(name: &str, running: &Running, port: u16, seconds: u64, checked: usize) -> wrk::Measured {
    wrk::run(port, 2);
    let before = memory(&running.0);
    let measured = wrk::run(port, seconds);
    let after = memory(&running.0);
    println!(
        "{name}: {:.0} requests/s, p99 {:.2} ms, {before} MiB before, {after} MiB after",
        measured.per_second,
        measured.p99.as_secs_f64() * 1e3
    );
    if checked > 0 {
        println!("{name}: {}", check::run(port, checked));
    }
    measured
}

/// The resident memory of a process, in MiB.
fn memory(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// This program in another role, once it listens.
fn this_program(arguments: &[&str], port: u16) -> Running {
    let child = Running(Command::new(std::env::current_exe().unwrap()).args(arguments).spawn().unwrap());
    listening(port);
    child
}

/// Waits until somebody listens on a port.
fn listening(port: u16) {
    for _ in 0..600 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nobody listens on {port}");
}

/// Runs a server on as many threads as the machine has processors.
fn block_on(server: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().unwrap().block_on(server);
}
