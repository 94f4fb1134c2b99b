//! GZIP: one content, without a name.

use super::content::{Allowance, Packed, invalid, not_compressed, not_decompressed, spool, written};
use crate::connector::apart::Problem;
use crate::flow::event::{Typed, media};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use std::io::{self, Read};

/// How GZIP begins.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The content, compressed.
///
/// # Errors
/// `COULD_NOT_COMPRESS` where the system refuses.
pub fn compress(content: &Packed) -> Result<Typed, Problem> {
    let pack = || {
        let mut encoder = GzEncoder::new(spool(), Compression::default());
        io::copy(&mut content.reader(), &mut encoder)?;
        written(encoder.finish()?, media("application/gzip"))
    };
    pack().map_err(|e: io::Error| not_compressed(&e.to_string()))
}

/// The content that was compressed.
///
/// # Errors
/// `INVALID_ARCHIVE` for what is no GZIP, `COULD_NOT_DECOMPRESS` for what is damaged or too large.
pub fn decompress(packed: &Packed, mut allowance: Allowance) -> Result<Typed, Problem> {
    let system = |e: io::Error| not_decompressed(&e.to_string());
    let mut start = [0; 2];
    if packed.reader().read_exact(&mut start).is_err() || start != MAGIC {
        return Err(invalid("The provided archive is not valid - Not in GZIP format"));
    }
    let mut plain = spool();
    allowance.copy(MultiGzDecoder::new(packed.reader()), &mut plain)?;
    written(plain, media("*/*")).map_err(system)
}
