//! The check for archives that are small only until they are unpacked.

use crate::diag::{Code, Fault};
use std::io::{Cursor, Read, copy, sink};
use zip::ZipArchive;

/// How many times its packed size an entry may have, and the size that is never too much, in bytes.
const RATIO: u64 = 100;
const HARMLESS: u64 = 1024 * 1024;

/// Refuses an archive with an entry that unpacks to too much. What an entry says of its size is not believed.
pub fn check(name: &str, bytes: &[u8]) -> Result<(), Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| not_a_workbook(name, &e.to_string()))?;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| not_a_workbook(name, &e.to_string()))?;
        let most = entry.compressed_size().saturating_mul(RATIO).max(HARMLESS);
        let part = entry.name().unwrap_or_default().into_owned();
        let unpacked = copy(&mut entry.take(most + 1), &mut sink());
        let unpacked = unpacked.map_err(|e| not_a_workbook(name, &format!("`{part}`: {e}")))?;
        if unpacked > most {
            let message = format!("{name}: `{part}` unpacks to more than {RATIO} times its size");
            return Err(Fault::new(Code::Limit, message)
                .help("if the file is trusted, the reader property `zipBombCheck=false` turns this check off"));
        }
    }
    Ok(())
}

/// The fault for bytes that are no workbook.
pub fn not_a_workbook(name: &str, why: &str) -> Fault {
    Fault::new(Code::Read, format!("{name} cannot be read as an Excel workbook: {why}"))
        .help("only `.xlsx` files are read, not `.xls`")
}
