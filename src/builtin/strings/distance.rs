//! How far two texts are apart.

use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::Value;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Strings::hammingDistance", body: hamming },
    Native { key: "Strings::levenshteinDistance", body: levenshtein },
];

fn both(args: &Args<'_>) -> Result<[Vec<u16>; 2], Fault> {
    Ok([args.str(0)?.encode_utf16().collect(), args.str(1)?.encode_utf16().collect()])
}

fn hamming(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let [a, b] = both(&args)?;
    if a.len() != b.len() {
        return Ok(Value::Null);
    }
    Ok(Value::count(a.iter().zip(&b).filter(|(x, y)| x != y).count()))
}

/// The number of insertions, deletions and replacements, row by row of the usual table.
fn levenshtein(run: &Run, args: Args<'_>) -> Result<Value, Fault> {
    /// The largest table that is filled, in cells: some ten seconds.
    const MOST_CELLS: usize = 5_000_000_000;
    let [a, b] = both(&args)?;
    if a.len().saturating_mul(b.len()) > MOST_CELLS {
        let message = format!("texts of {} and {} characters are too long to be compared so", a.len(), b.len());
        return Err(Fault::new(Code::Limit, message).help("compare their parts, or test with `==`"));
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        run.watch.check()?;
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    Ok(Value::count(row[b.len()]))
}
