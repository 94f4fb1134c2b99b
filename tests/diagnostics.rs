//! What a developer sees: one rendered report for each error code.
#![allow(clippy::unwrap_used)]

use dwrun::diag::{Code, Report, Style};
use dwrun::script::{Engine, Inputs};
use dwrun::text::Source;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

const PAYLOAD: &str =
    r#"{"qty": 3, "price": "12.50", "name": "Ada", "items": [{"sku": "A-1"}, {"sku": null}], "none": null}"#;

/// A script that fails for each code; those that need more than a script have a test of their own.
const SCRIPTS: &[(Code, &str)] = &[
    (Code::Syntax, "%dw 2.0\noutput application/json\n---\n{ total: payload.qty * }"),
    (Code::UnknownName, "%dw 2.0\n---\npaylaod.items map upper($.sku)"),
    (Code::DuplicateName, "%dw 2.0\nvar total = 1\nvar total = 2\n---\ntotal"),
    (Code::Import, "%dw 2.0\nimport words from dw::core::String\n---\nwords(\"a b\")"),
    (Code::Arity, "%dw 2.0\nfun net(price, rate) = price / rate\n---\nnet(payload.price)"),
    (Code::Type, "%dw 2.0\nvar limit: Number = \"five\"\n---\nif (limit > 1) upper({}) else {(null): 1}"),
    (Code::Declaration, "%dw 2.0\n@TailRec()\nfun f(n) = 1 + f(n - 1)\n---\nf(3)"),
    (Code::Coercion, "payload.none as Number"),
    (Code::InvalidNumber, "payload.name as Number"),
    (Code::InvalidBoolean, "payload.name as Boolean"),
    (Code::NoOverload, "fun total(line) = line.qty * line.price\n---\npayload.items map total($)"),
    (Code::DivisionByZero, "var parts = sizeOf(payload.items) - 2\n---\npayload.qty / parts"),
    (Code::KeyNotFound, "payload.customer!"),
    (Code::IndexOutOfBounds, "payload.items[7]!"),
    (Code::Selection, "payload.none.sku!"),
    (Code::NoMatch, "payload.qty match { case 1 -> \"one\" case 2 -> \"two\" }"),
    (Code::Comparison, "payload.none > 1"),
    (Code::NotImplemented, "fun later() = ???\n---\nlater()"),
    (
        Code::User,
        "import fail from dw::Runtime\n---\nif (payload.qty > 2) fail(\"too many: $(payload.qty)\") else payload",
    ),
    (Code::Pattern, "payload.name matches (\"(\" as Regex)"),
    (Code::Argument, "import withMaxSize from dw::core::Strings\n---\nwithMaxSize(payload.name, -1)"),
    (Code::Format, "payload.price as Number {format: \"0.0.0\"}"),
    (Code::Read, "read('{\"a\": 1,, \"b\": 2}', \"application/json\")"),
    (Code::Write, "output application/xml\n---\n{a: 1, b: 2}"),
    (Code::UnknownFormat, "output application/jsn\n---\npayload"),
    (Code::Option, "output application/json indnt=false\n---\npayload"),
    (Code::StackOverflow, "fun depth(n) = 1 + depth(n + 1)\n---\ndepth(0)"),
    (Code::Limit, "1E999999999 + 1"),
    (Code::Privilege, "import * from dw::System\n---\nenvVar(\"HOME\")"),
    (Code::Io, "readUrl(\"classpath://missing.json\")"),
];

/// Codes that no script of one line shows.
const ELSEWHERE: &[Code] = &[Code::TimeOut, Code::Interrupted, Code::Configuration, Code::Internal];

fn report(engine: &Engine, script: &str, interrupt: bool) -> Report {
    let source = Source::new("merge.dwl", script);
    let script = match engine.compile_source(&source, &["payload"]) {
        Ok(script) => script,
        Err(report) => return report,
    };
    let inputs = Inputs::new().content("payload", "application/json", PAYLOAD);
    let result = match interrupt {
        true => script.run_interruptible(inputs, Arc::new(AtomicBool::new(true))),
        false => script.run(inputs),
    };
    let written = result.and_then(|value| script.write(value, &mut Vec::new()));
    written.expect_err("a script that fails")
}

fn show(code: Code, report: &Report) {
    let codes: Vec<Code> = report.faults().iter().map(|f| f.code()).collect();
    assert!(codes.contains(&code), "{code:?} expected, got {codes:?}:\n{report}");
    insta::assert_snapshot!(code.id(), report.render(Style::default()));
}

#[test]
fn every_code_has_a_report() {
    for (code, script) in SCRIPTS {
        let engine = match code {
            Code::Io => Engine::new().trusted(),
            _ => Engine::new(),
        };
        show(*code, &report(&engine, script, false));
    }
    for code in Code::ALL {
        let shown = SCRIPTS.iter().any(|(c, _)| c == code) || ELSEWHERE.contains(code);
        assert!(shown, "{code:?} has no report");
    }
}

#[test]
fn endless_work_ends_at_its_time() {
    let engine = Engine::new().time_limit(Duration::from_millis(50));
    let script = "fun spin(n) = if (n < 0) n else spin(n + 1)\n---\nspin(0)";
    show(Code::TimeOut, &report(&engine, script, false));
}

#[test]
fn an_interrupt_ends_the_run() {
    let script = "(0 to 1000000000) reduce ((item, sum = 0) -> sum + item)";
    show(Code::Interrupted, &report(&Engine::new(), script, true));
}
