//! The `aggregators` module: values of several events, gathered until there are enough of them or time is up.

mod group;
mod keeper;
mod listener;
mod scope;
#[cfg(test)]
mod tests;

use crate::flow::spec::Module;

/// The module.
pub static MODULE: Module = Module {
    name: "aggregators",
    doc: "Scopes that gather values of several events, until there are enough of them or time is up.",
    errors: &[
        ("AGGREGATOR_CONFIG", "MULE:ANY"),
        ("OBJECT_STORE_ACCESS", "MULE:ANY"),
        ("GROUP_NOT_EVICTED", "MULE:ANY"),
        ("NO_GROUP_ID", "AGGREGATORS:AGGREGATOR_CONFIG"),
        ("NO_GROUP_SIZE", "AGGREGATORS:AGGREGATOR_CONFIG"),
        ("GROUP_COMPLETED", "AGGREGATORS:GROUP_NOT_EVICTED"),
        ("GROUP_TIMED_OUT", "AGGREGATORS:GROUP_NOT_EVICTED"),
    ],
    functions: &[],
    components: &[&scope::SIZE, &scope::TIME, &scope::GROUP, &listener::SPEC],
};
