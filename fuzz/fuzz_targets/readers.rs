//! Reads any bytes as every format: the first byte chooses the format, the rest is the document.
#![no_main]

use dwrun::format::registry;
use dwrun::script::{Engine, Inputs, Script};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use std::time::Duration;

fn script() -> &'static Script {
    static SCRIPT: OnceLock<Script> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        let engine = Engine::new().time_limit(Duration::from_secs(2)).on_log(|_, _| {});
        engine.compile("output application/dw --- payload").expect("a script that compiles")
    })
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, document)) = bytes.split_first() else { return };
    let formats = registry::formats();
    let format = formats[usize::from(*choice) % formats.len()];
    let inputs = Inputs::new().content("payload", format.mime_type(), document);
    let mut out = Vec::new();
    if let Err(report) = script().run_to(inputs, &mut out) {
        assert!(!report.to_string().contains("error[internal]"), "{report}");
    }
});
