//! Suites of tests: finding, choosing, running, comparing and reporting, whatever kind of tests they are.
//!
//! A [`Kind`] finds its suites in a [`Tree`] of files; a [`Suite`] lists its tests and runs one of them to an [`Outcome`].
//! Selection, running on all cores, reports and what a change touches are shared by all kinds.

mod broken;
pub mod compare;
pub mod coverage;
mod dataweave;
mod outcome;
pub mod report;
mod run;
mod script;
mod select;
mod tests;
mod tree;

pub use broken::Broken;
pub use dataweave::DataWeave;
pub use outcome::{Line, Mark, Outcome, Proposal, Status};
pub use run::{Counts, SuiteResult, TestResult, run};
pub use script::{Scripts, cases, dismiss, record};
pub use select::Selection;
pub use tests::{Context, Kind, Snapshots, Suite, Test};
pub use tree::Tree;
