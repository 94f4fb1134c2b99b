//! The `os` connector: object stores, which keep values by key between events.

mod access;
mod operations;
mod stores;
#[cfg(test)]
mod tests;

use crate::flow::spec::Module;

/// The connector.
pub static MODULE: Module = Module {
    name: "os",
    doc: "Object stores: values by key that events leave for later ones.",
    errors: &[
        ("KEY_ALREADY_EXISTS", "MULE:ANY"),
        ("INVALID_KEY", "MULE:ANY"),
        ("NULL_VALUE", "MULE:ANY"),
        ("KEY_NOT_FOUND", "MULE:ANY"),
        ("STORE_NOT_AVAILABLE", "MULE:ANY"),
        ("ANY", "MULE:ANY"),
    ],
    functions: &[],
    components: &[
        &stores::SPEC,
        &stores::PRIVATE,
        &stores::CONFIG,
        &operations::STORE,
        &operations::RETRIEVE,
        &operations::CONTAINS,
        &operations::REMOVE,
        &operations::CLEAR,
        &operations::RETRIEVE_ALL,
        &operations::RETRIEVE_ALL_KEYS,
    ],
};
