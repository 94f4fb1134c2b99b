//! Natives of `XmlModule`: what the XML module of a Mule app finds in documents.

use super::mule::call;
use crate::eval::Native;

/// Natives of this file.
pub const NATIVES: &[Native] =
    &[Native { key: "XmlModule::xpath", body: |run, args| call(run, "XmlModule::xpath", args) }];
