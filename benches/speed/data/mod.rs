//! Makes the data: orders in three formats, the same bytes on every machine.

mod csv;
mod dice;
mod json;
mod xml;

use dice::Dice;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

type Generator = fn(&mut BufWriter<File>, Dice, u64) -> io::Result<()>;

/// Each file with its generator and the number of orders in it.
const FILES: [(&str, Generator, u64); 3] =
    [("orders.json", json::write, 180_000), ("orders.csv", csv::write, 113_000), ("orders.xml", xml::write, 103_000)];

/// Writes the data files that are not there yet.
pub fn make(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder for the data");
    for (name, generator, count) in FILES {
        let file = folder.join(name);
        if !file.exists() {
            let mut out = BufWriter::new(File::create(&file).expect("a data file"));
            generator(&mut out, Dice::new(), count).and_then(|()| out.flush()).expect("room for the data");
        }
    }
}
