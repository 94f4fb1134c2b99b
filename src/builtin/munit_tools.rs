//! Natives of `MunitTools`: what the runner of the tests answers.

use super::mule::call;
use crate::eval::Native;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "MunitTools::queueSize", body: |run, args| call(run, "MunitTools::queueSize", args) },
    Native { key: "MunitTools::createMessage", body: |run, args| call(run, "MunitTools::createMessage", args) },
];
