//! Network ports that nobody uses: for `munit:dynamic-port`.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Mutex, PoisonError};

/// The lowest port that is looked at where nothing else is said (docs-munit, dynamic ports).
pub const MIN: u16 = 40_000;
/// The highest one.
pub const MAX: u16 = 50_000;

/// The ports given away so far: suites that run at once get different ones.
static TAKEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// A free port between two others, both included; `None` if there is none.
pub fn free(min: u16, max: u16) -> Option<u16> {
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let count = u32::from(max.checked_sub(min)?) + 1;
    // Not from the lowest one on: other programs that look for ports do that.
    let first = fastrand::u32(0..count);
    let mut ports = (0..count).map(|step| min + ((first + step) % count) as u16);
    let found =
        ports.find(|port| !taken.contains(port) && TcpListener::bind((Ipv4Addr::UNSPECIFIED, *port)).is_ok())?;
    taken.insert(found);
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_port_is_given_twice() {
        let ports = [free(41_000, 41_002), free(41_000, 41_002), free(41_000, 41_002)];
        let different: BTreeSet<_> = ports.iter().flatten().collect();
        assert_eq!(different.len(), ports.iter().flatten().count());
        assert_eq!(free(2, 1), None);
    }
}
