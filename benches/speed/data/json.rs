//! Orders as a JSON array, about 320 bytes an order.

use super::dice::{CITIES, Dice, NAMES, PARTS, STATES};
use std::io::{Result, Write};

/// Writes `count` orders.
pub fn write(out: &mut impl Write, mut dice: Dice, count: u64) -> Result<()> {
    writeln!(out, "[")?;
    for id in 0..count {
        let separator = if id + 1 < count { "," } else { "" };
        write!(
            out,
            r#"  {{"id": {id}, "placed": "{}", "status": "{}", "customer": {{"name": "{}", "city": "{}", "vip": {}}}, "amount": {}, "items": ["#,
            dice.moment(),
            dice.pick(&STATES),
            dice.pick(&NAMES),
            dice.pick(&CITIES),
            dice.below(5) == 0,
            dice.money(2_000),
        )?;
        items(out, &mut dice)?;
        writeln!(out, "], \"note\": null}}{separator}")?;
    }
    writeln!(out, "]")
}

fn items(out: &mut impl Write, dice: &mut Dice) -> Result<()> {
    for item in 0..1 + dice.below(3) {
        let separator = if item > 0 { ", " } else { "" };
        let part = dice.pick(&PARTS).replace('"', "\\\"");
        write!(
            out,
            r#"{separator}{{"sku": "P-{:05}", "part": "{part}", "qty": {}, "price": {}}}"#,
            dice.below(90_000),
            1 + dice.below(20),
            dice.money(300),
        )?;
    }
    Ok(())
}
