//! Every error type that a component declares, raised by it. A declaration that nothing here raises fails the
//! test, and so does a case that nothing declares.

mod content;
mod core;
mod kept;
mod wired;

use super::MODULES;
use super::testing::{outcome, start};
use crate::flow;
use crate::flow::spec::Module;
use std::any::Any;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The modules whose own tests raise their errors, against servers and folders of many kinds.
const ELSEWHERE: [&str; 3] = ["db", "file", "sftp"];

/// Takes the table of stores away, and leaves something else by its name.
const BROKEN: &str = "DROP TABLE IF EXISTS entries; CREATE VIEW entries AS SELECT 1 AS other";

/// What raises the errors of a module.
#[derive(Default)]
struct Cases {
    /// The global elements and flows that the cases use.
    globals: String,
    /// For each an operation, the type that it raises, and the elements that make it do so.
    cases: Vec<(&'static str, &'static str, String)>,
    /// Whether what the app keeps is broken once it runs.
    breaks_state: bool,
    /// What has to be there as long as the app.
    servers: Vec<Box<dyn Any>>,
}

impl Cases {
    fn with(globals: impl Into<String>) -> Self {
        Self { globals: globals.into(), ..Self::default() }
    }

    /// Adds what makes an operation raise its types.
    fn of(mut self, operation: &'static str, cases: &[(&'static str, &str)]) -> Self {
        self.cases.extend(cases.iter().map(|(raises, elements)| (operation, *raises, elements.to_string())));
        self
    }
}

/// A flow that tells what its elements raise, where a handler of just that type takes it.
fn flow(index: usize, raises: &str, elements: &str) -> String {
    // Handlers cannot name these.
    let handled = if raises == "MULE:UNKNOWN" || raises.starts_with("MULE:SOURCE") { "ANY" } else { raises };
    format!(
        r##"<flow name="case {index}"><try>{elements}<error-handler><on-error-continue type="{handled}" logException="false">
          <set-payload value="#['$(error.errorType.asString): $(error.description)']"/></on-error-continue></error-handler></try>
          <set-payload value="#['told ' ++ (payload as String)]"/></flow>"##
    )
}

/// Raises the errors of a module, and compares them with those that it declares.
async fn check(module: &Module, given: Cases) {
    let declared: BTreeSet<_> =
        module.components.iter().flat_map(|spec| spec.errors.iter().map(|raises| (spec.name, *raises))).collect();
    let raised: BTreeSet<_> = given.cases.iter().map(|(operation, raises, _)| (*operation, *raises)).collect();
    let missing: Vec<_> = declared.difference(&raised).collect();
    assert!(missing.is_empty(), "declared, and raised by no case in {}: {missing:?}", file!());
    let surplus: Vec<_> = raised.difference(&declared).collect();
    assert!(surplus.is_empty(), "raised, and not declared: {surplus:?}");

    let mut elements = given.globals;
    for (index, (_, raises, case)) in given.cases.iter().enumerate() {
        elements.write_str(&flow(index, raises, case)).unwrap();
    }
    let app = start(&elements).await;
    app.start_sources().await.unwrap();
    if given.breaks_state {
        app.database().unwrap().write(|state| state.execute_batch(BROKEN)).await.unwrap();
    }
    for (index, (operation, raises, case)) in given.cases.iter().enumerate() {
        let found = outcome(&app, &format!("case {index}"), "x").await;
        let text = found.strip_prefix(&format!("told {raises}: ")).unwrap_or_default();
        // Of a message that has come before the reference says nothing either.
        let is_told = text != "unknown description" || *raises == "MULE:DUPLICATE_MESSAGE";
        assert!(!text.is_empty() && is_told, "{operation} with {case}: {found}, not {raises}");
    }
    app.stop().await;
    drop(given.servers);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_error_that_is_declared_is_raised() {
    for module in flow::MODULES.iter().chain(MODULES).filter(|module| !ELSEWHERE.contains(&module.name)) {
        let cases = match module.name {
            "" => core::mule(),
            "aggregators" => kept::aggregators(),
            "apikit" => content::apikit(),
            "batch" => core::batch(),
            "compression" => content::compression(),
            "crypto" => content::crypto(),
            "ee" => core::ee(),
            "email" => wired::email().await,
            "http" => wired::http().await,
            "json" => content::json(),
            "os" => kept::os(),
            "sockets" => wired::sockets().await,
            "tracing" => core::tracing(),
            "validation" => content::validation(),
            "vm" => kept::vm(),
            "xml-module" => content::xml(),
            _ => Cases::default(),
        };
        check(module, cases).await;
    }
}
