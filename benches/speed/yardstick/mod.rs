//! The yardstick: the same jobs as a Rust programmer would write them by hand, with typed records.

mod csv;
mod json;
mod xml;

use serde::Serialize;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Does one job on one file and writes the result to standard output.
pub fn run(job: &str, file: &Path) {
    match job {
        "csv" => csv::run(file),
        "xml" => xml::run(file),
        job => json::run(job, file),
    }
}

fn print(value: &impl Serialize) {
    let mut out = BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, value).expect("written");
    out.flush().expect("written");
}
