//! MUnit: suites, mocks, spies, assertions, coverage.
//!
//! A suite is an app of its own: its tests and tools are global elements and processors like any others, built through
//! [`crate::flow`]. A [`session::Session`] watches every step of the app; mocks, spies and coverage hang on it.

mod around;
mod assert;
mod config;
pub mod coverage;
mod event_parts;
mod expected;
mod file;
mod functions;
mod kind;
mod mock;
mod output;
mod pom;
mod port;
mod session;
mod set_event;
mod suite;
mod test;
mod tools;

pub use kind::Munit;
pub use output::Output;

use crate::flow::spec::Module;

/// The elements of test suites.
pub static MODULES: &[&Module] = &[&MUNIT, &TOOLS];

static MUNIT: Module = Module {
    name: "munit",
    doc: "Test suites: tests, what runs around them, the event they begin with.",
    errors: &[],
    functions: &[],
    components: &[
        &config::CONFIG,
        &config::DYNAMIC_PORT,
        &test::SPEC,
        &around::BEFORE_SUITE,
        &around::AFTER_SUITE,
        &around::BEFORE_TEST,
        &around::AFTER_TEST,
        &set_event::SET_EVENT,
        &set_event::SET_NULL_PAYLOAD,
    ],
};

static TOOLS: Module = Module {
    name: "munit-tools",
    doc: "What tests do beside calling flows: assertions, mocks, spies, queues.",
    functions: functions::ALL,
    errors: &[
        ("MISSING_KEY", "MULE:ANY"),
        ("KEY_ALREADY_EXISTS", "MULE:ANY"),
        ("EMPTY_QUEUE", "MULE:ANY"),
        ("UNSUPPORTED", "MULE:ANY"),
    ],
    components: &[
        &assert::that::SPEC,
        &assert::equals::SPEC,
        &assert::expression::SPEC,
        &assert::fail::SPEC,
        &mock::mock_when::SPEC,
        &mock::spy::SPEC,
        &mock::verify_call::SPEC,
        &tools::store::STORE,
        &tools::store::RETRIEVE,
        &tools::store::REMOVE,
        &tools::store::CLEAR,
        &tools::queue::QUEUE,
        &tools::queue::DEQUEUE,
        &tools::sleep::SPEC,
        &tools::run_custom::SPEC,
    ],
};
