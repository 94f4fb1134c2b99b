//! Instances: what is known of one, and how far it is.

use super::{Counts, Key};

/// How far an instance is (the names are Mule's).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Its records are being written.
    #[default]
    Loading,
    /// Its records are worked on, or wait for it.
    Executing,
    /// Somebody has stopped it.
    Stopped,
    /// All its records have gone through all steps.
    Successful,
    /// More of its records failed than may.
    FailedProcessRecords,
    /// Its `on-complete` failed.
    FailedOnComplete,
}

impl Status {
    const ALL: [Status; 6] = [
        Self::Loading,
        Self::Executing,
        Self::Stopped,
        Self::Successful,
        Self::FailedProcessRecords,
        Self::FailedOnComplete,
    ];

    /// The name, as Mule writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loading => "LOADING",
            Self::Executing => "EXECUTING",
            Self::Stopped => "STOPPED",
            Self::Successful => "SUCCESSFUL",
            Self::FailedProcessRecords => "FAILED_PROCESS_RECORDS",
            Self::FailedOnComplete => "FAILED_ON_COMPLETE",
        }
    }

    /// The status of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether nothing will happen any more unless somebody wants it to.
    pub fn is_over(self) -> bool {
        !matches!(self, Self::Loading | Self::Executing)
    }
}

/// An instance to be added.
#[derive(Clone, Debug)]
pub struct NewInstance {
    /// What people call it.
    pub id: String,
    /// Its job.
    pub job: String,
    /// The flow that its job stands in.
    pub flow: String,
    /// The correlation id of the event that it came from.
    pub correlation: String,
    /// The names of the steps of its job.
    pub steps: Vec<String>,
    /// The variables that its records begin with, encoded.
    pub variables: Vec<u8>,
    /// When it came, in milliseconds since 1970.
    pub created: i64,
}

/// What is known of an instance.
#[derive(Clone, Debug, Default)]
pub struct Instance {
    /// What the store calls it.
    pub key: Key,
    /// What people call it.
    pub id: String,
    /// Its job.
    pub job: String,
    /// The flow that its job stands in.
    pub flow: String,
    /// The correlation id of the event that it came from.
    pub correlation: String,
    /// How far it is.
    pub status: Status,
    /// Whether somebody wants it to stop.
    pub stop: bool,
    /// When it came, in milliseconds since 1970.
    pub created: i64,
    /// When it ended.
    pub ended: Option<i64>,
    /// What became of its records.
    pub counts: Counts,
    /// What `on-complete` failed with.
    pub problem: Option<String>,
}
