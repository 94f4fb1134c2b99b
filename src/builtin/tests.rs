//! Natives of `dw::test::Tests`: files of the project that the test runner knows.

use super::mule::call;
use crate::eval::Native;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Tests::inputsFrom", body: |run, args| call(run, "Tests::inputsFrom", args) },
    Native { key: "Tests::outputFrom", body: |run, args| call(run, "Tests::outputFrom", args) },
    Native { key: "Tests::evalPath", body: |run, args| call(run, "Tests::evalPath", args) },
];
