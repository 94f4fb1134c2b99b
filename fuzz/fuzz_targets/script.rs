//! Parses any text as a script and, where it compiles, runs it within a time limit and writes the result.
#![no_main]

use dwrun::script::{Engine, Inputs};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use std::time::Duration;

const PAYLOAD: &str = r#"{"a": [1, 2.5, "x", null], "b": {"c": "2024-02-29"}, "n": 12, "items": [{"k": 1}, {"k": 2}]}"#;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new().time_limit(Duration::from_secs(2)).on_log(|_, _| {}))
}

fuzz_target!(|text: &str| {
    if let Ok(script) = engine().compile(text) {
        let inputs = Inputs::new().content("payload", "application/json", PAYLOAD);
        let mut out = Vec::new();
        if let Err(report) = script.run_to(inputs, &mut out) {
            assert!(!report.to_string().contains("error[internal]"), "{report}");
        }
    }
});
