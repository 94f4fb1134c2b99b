//! Natives of `Batch`: what a step asks about its record.

use super::mule::call;
use crate::eval::Native;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Batch::isSuccessfulRecord", body: |run, args| call(run, "Batch::isSuccessfulRecord", args) },
    Native { key: "Batch::isFailedRecord", body: |run, args| call(run, "Batch::isFailedRecord", args) },
    Native {
        key: "Batch::failureExceptionForStep",
        body: |run, args| call(run, "Batch::failureExceptionForStep", args),
    },
    Native { key: "Batch::getStepExceptions", body: |run, args| call(run, "Batch::getStepExceptions", args) },
    Native { key: "Batch::getFirstException", body: |run, args| call(run, "Batch::getFirstException", args) },
    Native { key: "Batch::getLastException", body: |run, args| call(run, "Batch::getLastException", args) },
];
