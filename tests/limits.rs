//! Scripts that ask for too much end in a fault, soon, on any stack; what should take constant space does.
#![allow(clippy::unwrap_used)]

use dwrun::diag::{Code, Report};
use dwrun::script::{Engine, Inputs};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

fn run(engine: &Engine, script: &str) -> Result<String, Report> {
    let mut out = Vec::new();
    engine.compile(&format!("output application/json indent=false --- {script}"))?.run_to(Inputs::new(), &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

/// With declarations in front.
fn run_with(declarations: &str, body: &str) -> Result<String, Report> {
    run(&Engine::new(), &format!("do {{ {declarations} --- {body} }}"))
}

fn code(result: Result<String, Report>) -> Code {
    result.unwrap_err().faults()[0].code()
}

/// Runs on a thread with little stack.
fn on_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap()
}

#[test]
fn endless_recursion_is_a_fault() {
    for (declarations, body) in [
        ("fun f(n) = 1 + f(n + 1)", "f(1)"),
        ("fun f(n) = {a: f(n)}", "f(1)"),
        ("fun f(n) = sizeOf([n] map f($ + 1))", "f(1)"),
        ("fun f(n) = ([n] map f($ + 1))[0]", "f(1)"),
        ("fun f(n) = [n] reduce ((x, acc = 0) -> f(x))", "f(1)"),
        ("fun f(n) = g(n) + 1 fun g(n) = f(n) + 1", "f(1)"),
        ("fun f(n) = n match { case x is Number -> f(x) + 1 else -> 0 }", "f(1)"),
        ("fun f(n, g) = g(n, g) + 1", "f(1, f)"),
    ] {
        let result = on_small_stack(move || run_with(declarations, body));
        assert_eq!(code(result), Code::StackOverflow, "{declarations}");
    }
}

#[test]
fn deep_recursion_works_on_a_small_stack() {
    let result = on_small_stack(|| run_with("fun f(n) = if (n == 0) 0 else 1 + f(n - 1)", "f(9000)"));
    assert_eq!(result.unwrap(), "9000");
}

#[test]
fn calls_in_tail_position_take_no_stack() {
    for declaration in [
        "fun f(n, acc) = if (n == 0) acc else f(n - 1, acc + 1)",
        "var f = (n, acc) -> if (n == 0) acc else f(n - 1, acc + 1)",
        "fun f(n, acc) = n match { case 0 -> acc else -> f(n - 1, acc + 1) }",
        "fun f(n, acc) = do { var less = n - 1 --- if (n == 0) acc else f(less, acc + 1) }",
    ] {
        assert_eq!(run_with(declaration, "f(100000, 0)").unwrap(), "100000", "{declaration}");
    }
}

#[test]
fn an_endless_loop_ends_with_the_time() {
    let engine = Engine::new().time_limit(Duration::from_millis(50));
    let start = Instant::now();
    assert_eq!(code(run(&engine, "do { fun f(n) = f(n + 1) --- f(1) }")), Code::TimeOut);
    for loops in [
        "(1 to 1000000000000) reduce ((x, acc) -> x)",
        "sum(1 to 1000000000000)",
        "sizeOf(flatten(1 to 1000000000000))",
        "(1 to 1000000000000) contains 0",
        "(1 to 1000000000000)[0 to -2] contains 0",
        "(1 to 1000000000000)..x",
        "(1 to 1000000000000) -- [0]",
    ] {
        assert_eq!(code(run(&engine, loops)), Code::TimeOut, "{loops}");
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn an_interrupt_ends_a_run() {
    let interrupt = Arc::new(AtomicBool::new(false));
    let script = Engine::new().compile("do { fun f(n) = f(n + 1) --- f(1) }").unwrap();
    let flag = interrupt.clone();
    let running = thread::spawn(move || script.run_interruptible(Inputs::new(), flag));
    interrupt.store(true, Ordering::Relaxed);
    assert_eq!(running.join().unwrap().unwrap_err().faults()[0].code(), Code::Interrupted);
}

#[test]
fn accumulators_grow_in_place() {
    // Copying would take minutes here.
    for script in [
        "sizeOf((1 to 200000) reduce ((x, acc = []) -> acc ++ [x]))",
        "sizeOf((1 to 200000) reduce ((x, acc = []) -> acc + x))",
        "sizeOf((1 to 200000) reduce ((x, acc = []) -> acc << x))",
        "sizeOf((1 to 20000) reduce ((x, acc = {}) -> acc ++ {(\"k$(x)\"): x}))",
    ] {
        let expected = if script.contains("20000)") && script.contains("acc = {}") { "20000" } else { "200000" };
        assert_eq!(run(&Engine::new(), script).unwrap(), expected, "{script}");
    }
}

#[test]
fn a_fault_tells_its_place_and_the_calls_that_led_there() {
    let script = "fun half(n) = n / 0\nfun twice(n) = half(n)\n---\ntwice(4)";
    let report = Engine::new().compile(script).unwrap().run(Inputs::new()).unwrap_err();
    let fault = &report.faults()[0];
    let calls: Vec<_> = fault.trace().iter().map(|c| (c.function.as_str(), c.place.start().line)).collect();
    assert_eq!((fault.place().unwrap().start().line, calls), (1, vec![("half", 2), ("twice", 4)]));
}

#[test]
fn a_fault_inside_of_the_library_shows_the_call() {
    let script = "import divideBy from dw::core::Arrays\n---\n[1, 2] divideBy \"x\"";
    let report = Engine::new().compile(script);
    let report = match report {
        Ok(script) => script.run(Inputs::new()).unwrap_err(),
        Err(report) => report,
    };
    assert_eq!(report.faults()[0].place().unwrap().start().line, 3);
}
