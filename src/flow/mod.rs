//! Mule flows: configuration, events, components, apps.

pub mod app;
pub mod batch;
pub mod build;
pub mod cipher;
pub mod config;
pub mod event;
pub mod exec;
pub mod expression;
pub mod log;
pub mod metrics;
pub mod scheduler;
pub mod scope;
pub mod spec;
pub mod step;
pub mod store;
pub mod trace;
pub mod transaction;

use spec::Module;

/// Mule's core and the components of its enterprise edition that belong to every app.
pub static MODULES: &[&Module] = &[&CORE, &EE, &batch::MODULE, &SECURE_PROPERTIES, &TRACING];

static CORE: Module = Module {
    name: "",
    doc: "Mule's core: flows, routers, scopes, error handling.",
    errors: &[],
    functions: &[],
    components: &[
        &scope::flow::FLOW,
        &scope::flow::SUB_FLOW,
        &scope::flow::CONFIGURATION,
        &scope::flow::GLOBAL_PROPERTY,
        &scope::flow::CONFIGURATION_PROPERTIES,
        &scope::error_handler::ERROR_HANDLER,
        &scope::error_handler::CONTINUE,
        &scope::error_handler::PROPAGATE,
        &scope::async_scope::SPEC,
        &scope::choice::SPEC,
        &scope::first_successful::SPEC,
        &scope::foreach::SPEC,
        &scope::parallel_foreach::SPEC,
        &scope::round_robin::SPEC,
        &scope::scatter_gather::SPEC,
        &scope::try_scope::SPEC,
        &scheduler::SPEC,
        &scope::until_successful::SPEC,
        &step::flow_ref::SPEC,
        &step::idempotent::SPEC,
        &step::logger::SPEC,
        &step::parse_template::SPEC,
        &step::raise_error::SPEC,
        &step::set_payload::SPEC,
        &step::set_variable::SET,
        &step::set_variable::REMOVE,
    ],
};

static EE: Module = Module {
    name: "ee",
    doc: "The components of Mule's enterprise edition.",
    errors: &[],
    functions: &[],
    components: &[
        &scope::cache::CACHE,
        &scope::cache::STRATEGY,
        &scope::cache::INVALIDATE_KEY,
        &scope::cache::INVALIDATE_CACHE,
        &step::dynamic_evaluate::SPEC,
        &step::transform::SPEC,
    ],
};

static TRACING: Module = Module {
    name: "tracing",
    doc: "What logs and traces say of an event.",
    errors: &[],
    functions: &[],
    components: &[&scope::correlation::SPEC],
};

static SECURE_PROPERTIES: Module = Module {
    name: "secure-properties",
    doc: "Properties whose values are encrypted.",
    errors: &[],
    functions: &[],
    components: &[&scope::secure_properties::SPEC],
};
