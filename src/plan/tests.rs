//! Planning whole scripts: mistakes and their hints, moves, order, modules.

use super::{Context, Library, ModuleSource, Natives, Plan, compile};
use crate::diag::Fault;
use crate::text::Source;
use std::sync::{Arc, OnceLock};

/// Every native exists; nothing here runs one.
struct AllNatives;

impl Natives for AllNatives {
    fn position(&self, _: &str) -> Option<u32> {
        Some(0)
    }
}

/// Modules by name.
struct Modules(&'static [(&'static str, &'static str)]);

impl ModuleSource for Modules {
    fn load(&self, name: &str) -> Option<Arc<Source>> {
        let (name, text) = self.0.iter().find(|(own, _)| *own == name)?;
        Some(Source::new(*name, *text))
    }
}

fn plan_with(modules: &Modules, text: &str) -> Result<Plan, Vec<Fault>> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    let library = LIBRARY.get_or_init(|| Arc::new(Library::new(AllNatives)));
    let source = Source::new("test", text);
    compile(
        &source,
        source.whole(),
        &Context { library, modules, inputs: &["payload", "vars"], implicit: &[], coverage: None },
    )
}

fn plan(text: &str) -> Result<Plan, Vec<Fault>> {
    plan_with(&Modules(&[]), text)
}

/// The tree of the script's body, as text.
fn tree(text: &str) -> String {
    format!("{:?}", plan(text).unwrap().main())
}

fn faults(result: Result<Plan, Vec<Fault>>) -> Vec<String> {
    let show = |f: &Fault| format!("{}: {} ({})", f.place().unwrap(), f.message(), f.hint().unwrap_or("-"));
    result.err().unwrap_or_default().iter().map(show).collect()
}

#[test]
fn mistakes_have_a_place_and_a_hint() {
    for (script, expected) in [
        ("paylod", "test:1:1: unknown name `paylod` (did you mean `payload`?)"),
        ("[1] mapp $", "test:1:5: unknown name `mapp` (did you mean `map`?)"),
        ("import cap from dw::core::Strings --- 1", "test:1:8: module `dw::core::Strings` has no `cap` (-)"),
        (
            "import x from dw::Strings --- 1",
            "test:1:15: there is no module `dw::Strings` (did you mean `dw::core::Strings`?)",
        ),
        ("fun f(a, b = 1) = a --- f()", "test:1:25: `f` takes 1 or 2 arguments, not 0 (f(a, b?))"),
        (
            "var a = 1 var a = 2 --- a",
            "test:1:15: `a` is declared twice (only functions may share a name, as overloads)",
        ),
        ("do { var a = a --- a }", "test:1:14: `a` is needed before it is computed (-)"),
        ("{a#b: 1}", "test:1:2: unknown namespace prefix `a` (declare it: `ns a http://…`)"),
        ("1 is Strin", "test:1:6: unknown type `Strin` (did you mean `String`?)"),
    ] {
        assert_eq!(faults(plan(script)), [expected], "{script}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    assert_eq!(faults(plan("fun unused() = nothing1 --- [nothing2, upper(nothing3)]")).len(), 3);
}

#[test]
fn a_last_use_is_a_move() {
    let moves = |script: &str| tree(script).matches("Take(").count();
    for (script, expected) in [
        ("payload", 1),
        ("payload map $.a", 2),
        ("[payload, payload]", 1),
        ("if (vars) payload else [payload]", 3),
        ("var x = payload --- [x, x]", 2),
        ("payload default payload", 1),
        // The condition runs for each item: what it reads from around stays.
        ("payload[?($.id == vars)]", 2),
        ("payload match { case x if (x.a) -> x else -> vars }", 3),
    ] {
        assert_eq!(moves(script), expected, "{script}: {}", tree(script));
    }
}

#[test]
fn what_functions_read_is_global_and_what_lambdas_read_is_captured() {
    assert!(tree("var x = payload --- () -> x").contains("Captured(0)"));
    let plan = plan("var x = payload fun f() = x --- f()").unwrap();
    assert_eq!(plan.globals(), ["x"]);
}

#[test]
fn unused_inputs_are_known() {
    let plan = plan("fun f() = vars --- f()").unwrap();
    let used: Vec<_> = plan.inputs().iter().map(|input| (input.name.as_str(), input.used)).collect();
    assert_eq!(used, [("payload", false), ("vars", true)]);
}

#[test]
fn constants_are_computed_beforehand() {
    assert!(tree("60 * 60 * 24").contains("Const(Int(86400))"));
    assert!(tree("{a: [1, 2], b: -(3)}").contains("Record"));
    assert!(tree("1 / 0").contains("Binary"));
}

#[test]
fn modules_cannot_import_each_other() {
    let modules = Modules(&[("A", "import * from B"), ("B", "import * from A")]);
    let found = faults(plan_with(&modules, "import * from A --- 1"));
    assert_eq!(found, ["B:1:15: modules import each other: `A` → `B` → `A` (-)"]);
}

#[test]
fn a_module_does_not_see_the_script() {
    let modules = Modules(&[("A", "fun f() = own")]);
    let found = faults(plan_with(&modules, "import f from A var own = 1 --- f()"));
    assert_eq!(found, ["A:1:11: unknown name `own` (-)"]);
}

#[test]
fn every_library_declaration_can_be_planned() {
    let library = Library::new(AllNatives);
    for module in library.modules() {
        let text = library.text(module).unwrap();
        let script = format!("import * from {module} --- 1");
        assert!(faults(plan(&script)).is_empty(), "{module}");
        for name in declared_names(text) {
            let script = format!("{module}::{name}");
            assert_eq!(faults(plan(&script)), Vec::<String>::new(), "{script}");
        }
    }
}

/// The functions and variables that a library text declares, so far as their names can stand in a path.
fn declared_names(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let rest = line.strip_prefix("fun ").or_else(|| line.strip_prefix("var "))?;
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}

#[test]
fn what_java_has_fails_when_it_is_evaluated() {
    for text in ["java!a::B::now()", "import java!a::B\n---\nB::now(1)", "[1] map java!a::B::of($)"] {
        assert!(plan(text).is_ok(), "{text}");
    }
    assert_eq!(faults(plan("java! a")).len(), 1);
}
