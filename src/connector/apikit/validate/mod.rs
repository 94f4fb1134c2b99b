//! Requests against what an API says of them.

mod body;
mod check;
mod formats;
mod headers;
mod message;
mod parameter;

pub use body::body;
pub use check::{Check, Schema};
pub use headers::{accept, headers};
pub use parameter::{query, query_string, uri};

use super::failure::Failure;

/// The values of a name among pairs; names of headers are found in any case.
fn values<'a>(pairs: &'a [(String, String)], name: &str, folds_case: bool) -> Vec<&'a str> {
    let is_it = |known: &str| if folds_case { known.eq_ignore_ascii_case(name) } else { known == name };
    pairs.iter().filter(|(known, _)| is_it(known)).map(|(_, value)| value.as_str()).collect()
}

/// The pairs with the defaults of parameters behind them.
type Filled = Result<Vec<(String, String)>, Failure>;
