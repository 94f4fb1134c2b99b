//! Dates, times, zones and periods.

/// A temporal value.
#[derive(Clone, Debug)]
pub enum Temporal {}

impl Temporal {
    /// The name `typeOf` gives.
    pub fn type_name(&self) -> &'static str {
        match *self {}
    }
}
