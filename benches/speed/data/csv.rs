//! Orders as CSV, about 96 bytes an order; some notes are quoted, as they have a separator or a line break in them.

use super::dice::{CITIES, Dice, NAMES, STATES};
use std::io::{Result, Write};

const NOTES: [&str; 5] = ["", "", "deliver before noon", "\"fragile, keep upright\"", "\"ring twice\nback door\""];

/// Writes a header and `count` orders.
pub fn write(out: &mut impl Write, mut dice: Dice, count: u64) -> Result<()> {
    writeln!(out, "id,placed,status,name,city,vip,amount,sku,qty,note")?;
    for id in 0..count {
        writeln!(
            out,
            "{id},{},{},{},{},{},{},P-{:05},{},{}",
            dice.moment(),
            dice.pick(&STATES),
            dice.pick(&NAMES),
            dice.pick(&CITIES),
            dice.below(5) == 0,
            dice.money(2_000),
            dice.below(90_000),
            1 + dice.below(20),
            dice.pick(&NOTES),
        )?;
    }
    Ok(())
}
