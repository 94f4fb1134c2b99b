//! Mule flows: configuration, events, components, apps.

pub mod app;
pub mod build;
pub mod config;
pub mod event;
pub mod exec;
pub mod expression;
pub mod log;
pub mod scheduler;
pub mod scope;
pub mod spec;
pub mod step;
pub mod store;
pub mod trace;

use spec::Module;

/// Mule's core and the components of its enterprise edition that belong to every app.
pub static MODULES: &[&Module] = &[&CORE, &EE];

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
        &scope::choice::SPEC,
        &scope::scatter_gather::SPEC,
        &scope::try_scope::SPEC,
        &scheduler::SPEC,
        &step::flow_ref::SPEC,
        &step::logger::SPEC,
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
    components: &[&step::transform::SPEC],
};
