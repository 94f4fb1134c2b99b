//! wrk against an aggregator.

use std::process::Command;
use std::time::Duration;

/// What wrk says.
pub struct Measured {
    pub per_second: f64,
    pub p99: Duration,
}

/// Runs 64 connections for some seconds. Anything but success is a failure of the benchmark.
pub fn run(port: u16, seconds: u64) -> Measured {
    let output = Command::new("wrk")
        .args(["-t", "2", "-c", "64", "--latency", "-d", &format!("{seconds}s")])
        .arg(format!("http://127.0.0.1:{port}/screen/7"))
        .output()
        .expect("wrk is installed");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!text.contains("Non-2xx") && !text.contains("Socket errors"), "{text}");
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
        line.unwrap_or_else(|| panic!("no `{name}` in\n{text}")).trim().to_string()
    };
    Measured { per_second: value("Requests/sec:").parse().unwrap(), p99: time(&value("99%")) }
}

/// `1.5ms`, `800.00us`, `1.2s`
fn time(text: &str) -> Duration {
    let unit = text.find(|c: char| c.is_ascii_alphabetic()).unwrap();
    let number: f64 = text[..unit].parse().unwrap();
    Duration::from_secs_f64(match &text[unit..] {
        "us" => number / 1e6,
        "ms" => number / 1e3,
        _ => number,
    })
}
