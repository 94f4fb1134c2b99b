//! Sessions, line by line: what is typed, and what is answered.

use super::{Answer, Reply, Screen, Session};
use crate::diag::Style;
use crate::script::Engine;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

const SCREEN: Screen = Screen { rows: 20, columns: 80 };

fn session() -> Session {
    Session::new(Engine::new(), "application/dw")
}

/// What is shown for a line, on one line; a fault as its place and message.
fn say(session: &mut Session, line: &str) -> String {
    let shown = match session.enter(line) {
        Ok(Reply::Nothing) => Ok(String::new()),
        Ok(Reply::Text(text)) => Ok(text),
        Ok(Reply::Leave) => Ok("bye".into()),
        Ok(Reply::Result(answer)) => shown(session, &answer),
        Err(report) => Err(report),
    };
    let text = shown.unwrap_or_else(|report| {
        let fault = &report.faults()[0];
        let place = fault.place().map(|p| format!("{p}: ")).unwrap_or_default();
        format!("{place}{}", fault.message())
    });
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace("[ ", "[").replace(" ]", "]")
}

fn shown(session: &Session, answer: &Answer) -> Result<String, crate::diag::Report> {
    session.show(answer, SCREEN).map(|(text, is_cut)| if is_cut { text + " (cut)" } else { text })
}

/// Types the lines and compares what each answers.
fn talk(lines: &[(&str, &str)]) {
    let mut session = session();
    for (line, want) in lines {
        assert_eq!(say(&mut session, line), *want, "{line}");
    }
}

/// A folder of this test with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("dwrun-session-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in files {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

#[test]
fn names_stay() {
    talk(&[
        ("1 + 2", "3"),
        ("var a = 2", "a = 2"),
        ("fun twice(n) = n * 2", ""),
        ("twice(a)", "4"),
        ("import capitalize from dw::core::Strings", ""),
        ("capitalize(\"ab\")", "\"Ab\""),
        ("type Money = Number", ""),
        ("fun f(m: Money) = m + 1", ""),
        ("f(1)", "2"),
        ("ns s http://shop", ""),
        ("{s#item: 1}.s#item", "1"),
        ("var b = a + 1 fun g() = b", "b = 3"),
        ("g()", "3"),
        ("%dw 2.0 output application/json --- {a: a}", "{ \"a\": 2 }"),
        ("{a: |P1D|}", "{ \"a\": \"P1D\" }"),
        (":output application/xml writeDeclaration=false", ""),
        ("{a: {b: 1}}", "<a> <b>1</b> </a>"),
    ]);
}

#[test]
fn the_last_result_has_a_name() {
    talk(&[
        ("_", "there is no result yet for `_` to stand for"),
        ("2 * 3", "6"),
        ("_ + 1", "7"),
        ("\"$(_) _\"", "\"7 _\""),
        ("var kept = _", "kept = \"7 _\""),
        ("fun again() = _", ""),
        ("1", "1"),
        ("again()", "\"7 _\""),
        ("1", "1"),
        ("var q = 1 var r = _ + q", "q = 1 r = 2"),
    ]);
}

#[test]
fn definitions_replace_one_another() {
    talk(&[
        ("fun f(n) = 1 fun f(n, m) = 2", ""),
        ("[f(0), f(0, 0)]", "[1, 2]"),
        ("fun f(n) = 3", "`f` is replaced"),
        ("f(0)", "3"),
        ("f(0, 0)", "line 5:1:1: `f` takes 1 argument, not 2"),
        ("var f = 4", "f = 4"),
        ("f", "4"),
        ("var f = f + 1", "f = 5"),
        ("f", "5"),
        (":forget f", ""),
        ("f", "line 11:1:1: unknown name `f`"),
    ]);
}

#[test]
fn values_are_kept_until_what_they_read_changes() {
    let mut session = session();
    say(&mut session, "var r = random()");
    let first = say(&mut session, "r");
    say(&mut session, "1");
    assert_eq!(say(&mut session, "r"), first);
    for (line, want) in [
        (":input payload=1", "payload = 1"),
        ("fun plus(n) = payload + n", ""),
        ("var a = plus(1)", "a = 2"),
        ("var b = a + 1", "b = 3"),
        (":input payload=10", "payload = 10"),
        ("b", "12"),
        ("fun plus(n) = payload - n", "`plus` is replaced"),
        ("[a, b]", "[9, 10]"),
        ("r == r", "true"),
    ] {
        assert_eq!(say(&mut session, line), want, "{line}");
    }
    assert_eq!(say(&mut session, "r"), first);
}

#[test]
fn faults_show_the_line_they_came_from() {
    talk(&[
        ("fun half(n) =\n  n / 0", ""),
        ("half(1)", "line 1:2:3: Division by zero"),
        ("var x = 1 +", "the text ends too early"),
        ("1 1", "line 4:1:3: an operator is missing before `1`"),
        ("lesy(1)", "line 5:1:1: unknown name `lesy`"),
        ("var lazy = [1] map half($)", "lazy = (Division by zero)"),
        ("lazy", "line 1:2:3: Division by zero"),
        ("payload", "input `payload` was not supplied"),
        (":gathre 0=1", "unknown command `:gathre`"),
        (":type", "`:type` is used as `:type EXPR`"),
    ]);
    let mut session = session();
    session.enter("fun half(n) = n / 0").unwrap_or(Reply::Nothing);
    let report = session.enter("half(2)").err().unwrap();
    insta::assert_snapshot!(report.render(Style::default()));
}

#[test]
fn routes_are_gathered() {
    let folder = folder("gather", &[("accounts.json", r#"{"accounts": [{"iban": "A"}]}"#)]);
    let mut session = session();
    let gather = format!(":gather 0={}/accounts.json 1=!HTTP:TIMEOUT 2=null 3=[1, 2]", folder.display());
    assert!(say(&mut session, &gather).starts_with("payload = { \"0\": { payload: { accounts:"));
    for (line, want) in [
        ("payload.\"0\".payload.accounts.iban", "[\"A\"]"),
        ("payload.\"1\".payload default []", "[]"),
        ("payload.\"1\".errorType.identifier", "\"TIMEOUT\""),
        ("payload.\"2\".payload default 0", "0"),
        ("payload[3].payload", "[1, 2]"),
        (":vars {region: \"north\"}", "vars = { region: \"north\" }"),
        ("vars.region", "\"north\""),
        (":event {payload: 1, attributes: {a: 2}}", "set: payload, attributes"),
        ("[payload, attributes.a, message.payload]", "[1, 2, 1]"),
        (":event {payolad: 1}", "an event has no part `payolad`"),
        (":gather", "`:gather` is used as `:gather 0=FILE 1=EXPR 2=!ERROR 3=null …`"),
        (":gather x=1", "routes are missing"),
        (":input x=missing.json", "there is no file `missing.json`"),
    ] {
        assert_eq!(say(&mut session, line), want, "{line}");
    }
}

#[test]
fn long_results_are_cut_and_endless_ones_stop() {
    talk(&[("1 to 3", "[1, 2, 3]")]);
    let mut session = session();
    let long = say(&mut session, "(1 to 1000000000000) map ($ * 2)");
    assert!(long.starts_with("[2, 4, 6,") && long.ends_with("(cut)"), "{long}");
    assert!(say(&mut session, "\"x\" map 1").contains("map"));
}

#[test]
fn an_interrupt_stops_the_evaluation_and_not_the_session() {
    let mut session = session();
    let interrupt = session.interrupt();
    let stopper = thread::spawn(move || {
        thread::sleep(Duration::from_millis(200));
        interrupt.store(true, Ordering::Relaxed);
    });
    assert!(say(&mut session, "do { fun f(n) = f(n + 1) --- f(1) }").ends_with("the evaluation was interrupted"));
    stopper.join().unwrap();
    assert_eq!(say(&mut session, "1"), "1");
}

#[test]
fn types_and_words() {
    talk(&[
        (":type 1", "Number"),
        (":type [{a: 1}, {a: \"x\", b: null}]", "Array<{ a: Number | String, b?: Null }>"),
        (":type {a: [], \"b c\": |2024-01-01|}", "{ a: Array, \"b c\": Date }"),
        (":type 1 to 3", "Array<Number>"),
        ("fun f(n: Number) = n", ""),
        (":doc f", "fun f(n: Number) = n"),
        (":names", "fun f(n: Number)"),
        (":quit", "bye"),
        (":doc nothingLikeThis", "nothing is named `nothingLikeThis`; `dwrun doc` lists the modules"),
    ]);
    let mut session = session();
    assert!(say(&mut session, ":doc upper").starts_with("dw::Core::upper fun upper(text: String): String"));
    assert!(say(&mut session, ":time 1 + 1").ends_with("to compute and write 1 bytes"));
}

#[test]
fn a_session_is_a_script() {
    let folder = folder("save", &[("in.json", "{\"n\": 5}")]);
    let file = folder.join("saved.dwl").display().to_string();
    let mut session = session();
    for line in [
        &format!(":input payload={}/in.json", folder.display()),
        "import * from dw::core::Strings",
        "output application/json",
        "// the basis\nvar n = payload.n",
        "var n = n + 1",
        "fun label(x) = capitalize(\"no \") ++ x",
        "n * 2",
        "label(_)",
        &format!(":save {file}"),
    ] {
        say(&mut session, line);
    }
    let text = fs::read_to_string(&file).unwrap();
    insta::assert_snapshot!(text);
    let mut other = self::session();
    say(&mut other, &format!(":input payload={}/in.json", folder.display()));
    assert_eq!(say(&mut other, &format!(":load {file}")), "\"No 12\"");
    fs::write(folder.join("in.json"), "{\"n\": 7}").unwrap();
    assert_eq!(say(&mut other, ":reload"), "\"No 16\"");
    assert!(say(&mut self::session(), &format!(":save {file}")).contains("is there already"));
}

#[test]
fn a_session_becomes_a_test() {
    let folder = folder("test", &[]);
    let mut session = session();
    let name = folder.join("Merge").display().to_string();
    for line in [
        ":gather 0={n: 1} 1=null",
        ":vars {day: |2024-01-01|}",
        ":input unused=1",
        "output application/xml",
        "{all: {sum: (payload.\"0\".payload.n default 0) + 1, day: vars.day}}",
    ] {
        say(&mut session, line);
    }
    let told = say(&mut session, &format!(":test {name}/first"));
    assert!(told.contains("/first/transform.dwl; inputs: payload, vars; out.xml is"), "{told}");
    let read = |file: &str| fs::read_to_string(folder.join("Merge/first").join(file)).unwrap();
    assert!(read("inputs/payload.json").contains("\"attributes\": null"));
    assert_eq!(read("inputs/vars.dwl").split_whitespace().collect::<String>(), "{day:|2024-01-01|}");
    assert!(read("transform.dwl").starts_with("%dw 2.0\noutput application/xml\n---\n{all:"));
    assert!(say(&mut session, &format!(":test {name}/first")).ends_with("is there already"));
    say(&mut session, &format!(":save {name}.dwl"));
    let told = say(&mut session, &format!(":test {name}/second"));
    assert!(told.contains("/second tests ") && told.contains("/Merge.dwl; inputs"), "{told}");
    assert!(!folder.join("Merge/second/transform.dwl").exists());
}

#[test]
fn completes() {
    let folder = folder("complete", &[("orders.json", "[]"), ("other.txt", "")]);
    let mut session = session();
    for line in [
        ":gather 0={accounts: [{iban: 1, \"the kind\": 2}], \"a-b\": 1}",
        "var rates = {chf: 1}",
        "fun rateOf(currency: String, day = null) = 1",
        "import dw::core::Strings",
        "{x: 1}",
    ] {
        say(&mut session, line);
    }
    let path = folder.display();
    for (before, want) in [
        ("payload.\"0\".pay", "payload"),
        ("payload.\"0\".payload.", "accounts \"a-b\""),
        ("payload.\"0\".payload.accounts.ib", "iban"),
        ("payload[0].payload.accounts[0].", "iban \"the kind\""),
        ("payload.", "\"0\""),
        ("payload.\"", "\"0\""),
        ("payload.\"0\".payload.accounts map $.the", "\"the kind\""),
        ("payload.\"0\".payload.accounts filter ($.iban > 1 and $.i", "iban"),
        ("1 + rates.c", "chf"),
        ("_.", "x"),
        ("rate", "rateOf rates"),
        ("Strings::cap", "capitalize"),
        ("import * from dw::core::Str", "dw::core::Strings"),
        ("import dw::util::M", "dw::util::Math"),
        (":ga", ":gather"),
        (":type rates.", "chf"),
        (":output application/xm", "application/xml"),
        (":gather 0=1 1=rat", "rateOf rates"),
        (&format!(":gather 0=1 1={path}/o"), &format!("{path}/orders.json {path}/other.txt")),
        (&format!(":load {path}/ord"), &format!("{path}/orders.json")),
        ("\"pay", ""),
        ("xyz.", ""),
    ] {
        let found: Vec<_> = session.complete(before).candidates.into_iter().map(|c| c.text).collect();
        let mut found = found;
        found.sort_by_key(|text| (text.starts_with('"'), text.clone()));
        assert_eq!(found.join(" "), *want, "{before}");
    }
    for (before, want) in [
        ("upper", Some("upper(text: String): String  (and 1 more)")),
        ("rateOf(", Some("rateOf(currency: String, day = null)")),
        ("[rateOf(f(1), ", Some("rateOf(currency: String, day = null)")),
        ("1 + ", None),
    ] {
        assert_eq!(session.hint(before).as_deref(), want, "{before}");
    }
}

#[test]
fn knows_when_a_line_goes_on() {
    let session = session();
    for (text, want) in
        [("1 + 2", true), ("1 +", false), ("{a: [", false), ("_ +", false), (":type [", true), (")", true)]
    {
        assert_eq!(session.is_complete(text), want, "{text}");
    }
}
