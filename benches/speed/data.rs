//! Makes the data: orders as JSON, the same bytes on every machine.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

const CITIES: [&str; 12] =
    ["Zürich", "Bern", "Basel", "Genève", "Lausanne", "Luzern", "Lugano", "Chur", "Sion", "Thun", "Olten", "Aarau"];
const NAMES: [&str; 8] = [
    "Ada Brandt",
    "Beat Moser",
    "Carla Rossi",
    "Denis Favre",
    "Eva Keller",
    "Flavio Conti",
    "Gret Amstutz",
    "Hugo Blanc",
];
const STATES: [&str; 4] = ["paid", "paid", "open", "cancelled"];
const PARTS: [&str; 6] = ["hinge", "bracket", "washer M8", "cable 2m", "panel", "lamp \"Nord\""];

/// A small, fixed sequence of pseudo-random numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }
}

/// Writes the data files that are not there yet.
pub fn make(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder for the data");
    let orders = folder.join("orders.json");
    if !orders.exists() {
        let mut out = BufWriter::new(File::create(&orders).expect("a data file"));
        write_orders(&mut out, 180_000).and_then(|()| out.flush()).expect("room for the data");
    }
}

/// About 340 bytes an order.
fn write_orders(out: &mut impl Write, count: u64) -> std::io::Result<()> {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    writeln!(out, "[")?;
    for id in 0..count {
        let separator = if id + 1 < count { "," } else { "" };
        write!(
            out,
            r#"  {{"id": {id}, "placed": "20{:02}-{:02}-{:02}T{:02}:15:00Z", "status": "{}", "customer": {{"name": "{}", "city": "{}", "vip": {}}}, "amount": {}.{:02}, "items": ["#,
            20 + dice.below(6),
            1 + dice.below(12),
            1 + dice.below(28),
            dice.below(24),
            dice.pick(&STATES),
            dice.pick(&NAMES),
            dice.pick(&CITIES),
            dice.below(5) == 0,
            dice.below(2_000),
            dice.below(100),
        )?;
        write_items(out, &mut dice)?;
        writeln!(out, "], \"note\": null}}{separator}")?;
    }
    writeln!(out, "]")
}

fn write_items(out: &mut impl Write, dice: &mut Dice) -> std::io::Result<()> {
    for item in 0..1 + dice.below(3) {
        let separator = if item > 0 { ", " } else { "" };
        let part = dice.pick(&PARTS).replace('"', "\\\"");
        write!(
            out,
            r#"{separator}{{"sku": "P-{:05}", "part": "{part}", "qty": {}, "price": {}.{:02}}}"#,
            dice.below(90_000),
            1 + dice.below(20),
            dice.below(300),
            dice.below(100),
        )?;
    }
    Ok(())
}
