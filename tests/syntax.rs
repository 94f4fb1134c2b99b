//! Every script and module of the conformance cases parses, as far as the reference reads it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use dwrun::syntax::parse_script;
use dwrun::text::Source;
use support::cases;

fn refusal(name: &str, text: &str) -> Option<String> {
    let faults = parse_script(&Source::new(name, text)).err()?;
    let places: Vec<String> = faults.iter().map(|f| format!("{}: {f}", f.place().unwrap())).collect();
    Some(places.join("\n"))
}

#[test]
fn scripts_that_run_parse() {
    let mut refused = Vec::new();
    let cases = cases::all();
    assert!(cases.len() > 2_000, "only {} cases found", cases.len());
    for case in cases.iter().filter(|case| case.last("output").is_some()) {
        refused.extend(refusal(&case.name, cases::script(case)));
        for (path, module) in case.all("module") {
            refused.extend(refusal(&format!("{} {path}", case.name), module));
        }
    }
    assert!(refused.is_empty(), "{} refused:\n{}", refused.len(), refused.join("\n"));
}
