//! Natives of `MunitTools` and `Munit`: what the runner of the tests answers.

use super::mule::call;
use crate::eval::Native;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "MunitTools::queueSize", body: |run, args| call(run, "MunitTools::queueSize", args) },
    Native { key: "MunitTools::createMessage", body: |run, args| call(run, "MunitTools::createMessage", args) },
    Native { key: "Munit::osEqualTo", body: |run, args| call(run, "Munit::osEqualTo", args) },
    Native { key: "Munit::muleVersionEqualTo", body: |run, args| call(run, "Munit::muleVersionEqualTo", args) },
    Native { key: "Munit::muleVersionPriorTo", body: |run, args| call(run, "Munit::muleVersionPriorTo", args) },
    Native { key: "Munit::muleVersionNewerThan", body: |run, args| call(run, "Munit::muleVersionNewerThan", args) },
];
