//! Orders as an indented XML document, about 460 bytes an order: attributes, elements, entities.

use super::dice::{CITIES, Dice, NAMES, PARTS, STATES};
use std::io::{Result, Write};

/// Writes `count` orders.
pub fn write(out: &mut impl Write, mut dice: Dice, count: u64) -> Result<()> {
    writeln!(out, "<?xml version='1.0' encoding='UTF-8'?>\n<orders>")?;
    for id in 0..count {
        writeln!(out, "  <order id=\"{id}\" status=\"{}\">", dice.pick(&STATES))?;
        writeln!(out, "    <placed>{}</placed>", dice.moment())?;
        let (name, city) = (dice.pick(&NAMES), dice.pick(&CITIES));
        writeln!(out, "    <customer>\n      <name>{name}</name>\n      <city>{city}</city>\n    </customer>")?;
        writeln!(out, "    <amount>{}</amount>\n    <items>", dice.money(2_000))?;
        for _ in 0..1 + dice.below(3) {
            let (sku, part) = (dice.below(90_000), dice.pick(&PARTS).replace('"', "&quot;"));
            let (qty, price) = (1 + dice.below(20), dice.money(300));
            write!(out, "      <item sku=\"P-{sku:05}\">\n        <part>{part}</part>\n        <qty>{qty}</qty>\n")?;
            write!(out, "        <price>{price}</price>\n      </item>\n")?;
        }
        writeln!(out, "    </items>\n    <note/>\n  </order>")?;
    }
    writeln!(out, "</orders>")
}
