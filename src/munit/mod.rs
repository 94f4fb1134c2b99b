//! MUnit: suites, mocks, spies, assertions, coverage.

use crate::flow::spec::Module;

/// The elements of test suites.
pub static MODULES: &[&Module] = &[];
