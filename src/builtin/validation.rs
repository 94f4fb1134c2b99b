//! Natives of `Validation`: checks that the validation module of a Mule app makes.

use super::mule::call;
use crate::eval::Native;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Validation::isEmail", body: |run, args| call(run, "Validation::isEmail", args) },
    Native { key: "Validation::isIp", body: |run, args| call(run, "Validation::isIp", args) },
    Native { key: "Validation::isUrl", body: |run, args| call(run, "Validation::isUrl", args) },
    Native { key: "Validation::matchesRegex", body: |run, args| call(run, "Validation::matchesRegex", args) },
    Native { key: "Validation::isTime", body: |run, args| call(run, "Validation::isTime", args) },
    Native { key: "Validation::isNumber", body: |run, args| call(run, "Validation::isNumber", args) },
];
