//! The Rust bodies of the natives that the modules in `stdlib/` declare: a file or folder for each module.

mod amount;
mod arrays;
mod batch;
mod binaries;
mod coercions;
mod condition;
mod core;
mod crypto;
mod dates;
mod diff;
mod math;
mod mime;
mod mule;
mod munit;
mod numbers;
mod objects;
mod periods;
mod runtime;
mod strings;
mod system;
mod tests;
mod timer;
mod tree;
mod types;
mod url;
mod validation;
mod values;
mod xml_module;

use crate::eval::Native;

/// Every native, in groups.
pub const NATIVES: &[&[Native]] = &[
    core::aggregate::NATIVES,
    core::date::NATIVES,
    core::distinct::NATIVES,
    core::group::NATIVES,
    core::kind::NATIVES,
    core::number::NATIVES,
    core::object::NATIVES,
    core::order::NATIVES,
    core::outside::NATIVES,
    core::pattern::NATIVES,
    core::random::NATIVES,
    core::reduce::NATIVES,
    core::remove::NATIVES,
    core::replace::NATIVES,
    core::search::NATIVES,
    core::sequence::NATIVES,
    core::size::NATIVES,
    core::text::NATIVES,
    arrays::cut::NATIVES,
    arrays::find::NATIVES,
    arrays::join::NATIVES,
    batch::NATIVES,
    binaries::NATIVES,
    coercions::NATIVES,
    crypto::NATIVES,
    dates::NATIVES,
    diff::NATIVES,
    math::NATIVES,
    mime::NATIVES,
    mule::NATIVES,
    munit::NATIVES,
    numbers::NATIVES,
    objects::NATIVES,
    periods::NATIVES,
    runtime::attempt::NATIVES,
    runtime::script::NATIVES,
    runtime::settings::NATIVES,
    strings::chars::NATIVES,
    strings::distance::NATIVES,
    strings::naming::NATIVES,
    strings::parts::NATIVES,
    strings::shape::NATIVES,
    strings::kinds::NATIVES,
    system::NATIVES,
    tests::NATIVES,
    timer::NATIVES,
    tree::filter::NATIVES,
    tree::leaves::NATIVES,
    types::NATIVES,
    types::SIMPLE,
    url::escape::NATIVES,
    url::parts::NATIVES,
    validation::NATIVES,
    xml_module::NATIVES,
    values::NATIVES,
];
