//! Runs the selected tests on all cores; results come suite by suite, in the order of the suites.

use super::{Context, Outcome, Status, Suite, Test};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// What came of a suite.
#[derive(Clone, Debug)]
pub struct SuiteResult {
    /// The suite's name.
    pub name: String,
    /// Where it was found.
    pub path: PathBuf,
    /// What came of its tests, in their order.
    pub tests: Vec<TestResult>,
}

/// What came of a test.
#[derive(Clone, Debug)]
pub struct TestResult {
    /// The test.
    pub test: Test,
    /// What came of it.
    pub outcome: Outcome,
    /// How long it took.
    pub duration: Duration,
}

impl SuiteResult {
    /// How many tests ended how.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.tests.iter().for_each(|t| counts.add(t.outcome.status));
        counts
    }

    /// The counts of several suites together.
    pub fn sum(suites: &[SuiteResult]) -> Counts {
        suites.iter().map(SuiteResult::counts).fold(Counts::default(), Counts::plus)
    }

    /// The time that the tests took together.
    pub fn duration(&self) -> Duration {
        self.tests.iter().map(|t| t.duration).sum()
    }
}

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub tests: usize,
    /// Failed assertions and comparisons.
    pub failures: usize,
    /// Everything else that went wrong.
    pub errors: usize,
    /// Those that did not run.
    pub skipped: usize,
    /// Those with nothing recorded to compare with.
    pub pending: usize,
}

impl Counts {
    fn add(&mut self, status: Status) {
        self.tests += 1;
        match status {
            Status::Passed => {}
            Status::Failed => self.failures += 1,
            Status::Error => self.errors += 1,
            Status::Skipped => self.skipped += 1,
            Status::Pending => self.pending += 1,
        }
    }

    fn plus(self, other: Counts) -> Counts {
        Counts {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            errors: self.errors + other.errors,
            skipped: self.skipped + other.skipped,
            pending: self.pending + other.pending,
        }
    }

    /// Whether a test failed or ended with an error.
    pub fn is_bad(&self) -> bool {
        self.failures + self.errors > 0
    }
}

/// A piece of work for one thread: one test, or all tests of a suite that runs in turn.
struct Piece<'a> {
    suite: usize,
    tests: &'a [usize],
}

/// Runs the chosen tests of each suite; `done` gets the result of each suite as soon as it and all before it are there.
pub fn run(suites: &[(&dyn Suite, Vec<usize>)], context: &Context, mut done: impl FnMut(SuiteResult)) {
    let pieces: Vec<Piece<'_>> = suites.iter().enumerate().flat_map(|(at, suite)| pieces(at, suite)).collect();
    let next = AtomicUsize::new(0);
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(2, usize::from).min(pieces.len());
        for _ in 0..threads {
            let (sender, next, pieces) = (sender.clone(), &next, &pieces);
            scope.spawn(move || {
                while let Some(piece) = pieces.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let results = work(suites[piece.suite].0, piece.tests, context);
                    // The receiver lives until all threads have ended.
                    let _ = sender.send((piece.suite, results));
                }
            });
        }
        drop(sender);
        in_order(suites, results, &mut done);
    });
}

fn pieces<'a>(at: usize, (suite, tests): &'a (&dyn Suite, Vec<usize>)) -> Vec<Piece<'a>> {
    let size = if suite.in_turn() { tests.len().max(1) } else { 1 };
    tests.chunks(size).map(|tests| Piece { suite: at, tests }).collect()
}

/// The results of some tests, each with its position in the suite.
type Results = Vec<(usize, TestResult)>;

/// Collects what comes in and hands suites on when they are complete.
fn in_order(
    suites: &[(&dyn Suite, Vec<usize>)],
    results: mpsc::Receiver<(usize, Results)>,
    done: &mut impl FnMut(SuiteResult),
) {
    let mut collected: BTreeMap<usize, Results> = BTreeMap::new();
    let mut hand_on = 0;
    for (suite, more) in results {
        collected.entry(suite).or_default().extend(more);
        while let Some((suite, tests)) = suites.get(hand_on)
            && collected.get(&hand_on).map_or(0, Vec::len) >= tests.len()
        {
            let mut results = collected.remove(&hand_on).unwrap_or_default();
            results.sort_by_key(|(at, _)| *at);
            hand_on += 1;
            let tests: Vec<TestResult> = results.into_iter().map(|(_, result)| result).collect();
            if !tests.is_empty() {
                done(SuiteResult { name: suite.name().to_string(), path: suite.path().to_path_buf(), tests });
            }
        }
    }
}

fn work(suite: &dyn Suite, tests: &[usize], context: &Context) -> Results {
    if !suite.in_turn() {
        return tests.iter().map(|at| (*at, one(suite, *at, context))).collect();
    }
    let mut results: Results = match guarded(|| suite.before(context)).unwrap_or_else(|why| Some(panicked(&why))) {
        None => tests.iter().map(|at| (*at, one(suite, *at, context))).collect(),
        Some(outcome) => {
            let test = |at: &usize| suite.tests().get(*at).cloned().unwrap_or_default();
            let result = |at| TestResult { test: test(at), outcome: outcome.clone(), duration: Duration::ZERO };
            tests.iter().map(|at| (*at, result(at))).collect()
        }
    };
    if let Some(outcome) = guarded(|| suite.after(context)).unwrap_or_else(|why| Some(panicked(&why))) {
        let test = Test::named("after suite");
        results.push((usize::MAX, TestResult { test, outcome, duration: Duration::ZERO }));
    }
    results
}

fn one(suite: &dyn Suite, at: usize, context: &Context) -> TestResult {
    let test = suite.tests().get(at).cloned().unwrap_or_default();
    let start = Instant::now();
    let outcome = match &test.ignored {
        Some(why) => Outcome::skipped(why.clone()),
        None => guarded(|| suite.run(at, context)).unwrap_or_else(|why| panicked(&why)),
    };
    TestResult { test, outcome, duration: start.elapsed() }
}

/// A panic in a test must not end the others: its message instead.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| text.to_string());
        text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without a message".into())
    })
}

fn panicked(why: &str) -> Outcome {
    Outcome::error(format!("internal error: {why}")).explained("this is a bug in dwrun; please report it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Engine;
    use crate::suite::Snapshots;
    use std::path::Path;
    use std::sync::Mutex;

    /// A suite that writes down what is called.
    struct Noted {
        name: &'static str,
        tests: Vec<Test>,
        in_turn: bool,
        calls: Mutex<Vec<String>>,
    }

    impl Suite for Noted {
        fn name(&self) -> &str {
            self.name
        }
        fn path(&self) -> &Path {
            Path::new(self.name)
        }
        fn tests(&self) -> &[Test] {
            &self.tests
        }
        fn in_turn(&self) -> bool {
            self.in_turn
        }
        fn before(&self, _: &Context) -> Option<Outcome> {
            self.calls.lock().unwrap().push("before".into());
            (self.name == "refused").then(|| Outcome::error("no"))
        }
        fn run(&self, test: usize, _: &Context) -> Outcome {
            self.calls.lock().unwrap().push(test.to_string());
            if self.tests[test].name == "boom" { panic!("boom") } else { Outcome::passed() }
        }
        fn after(&self, _: &Context) -> Option<Outcome> {
            self.calls.lock().unwrap().push("after".into());
            None
        }
    }

    fn noted(name: &'static str, tests: &[&str], in_turn: bool) -> Noted {
        Noted { name, tests: tests.iter().map(|t| Test::named(*t)).collect(), in_turn, calls: Mutex::default() }
    }

    #[test]
    fn suites_come_in_order_with_their_tests_in_order() {
        let all =
            [noted("a", &["1", "boom", "3"], false), noted("b", &["1", "2"], true), noted("refused", &["1"], true)];
        let suites: Vec<(&dyn Suite, Vec<usize>)> =
            all.iter().map(|s| (s as &dyn Suite, (0..s.tests.len()).collect())).collect();
        let context = Context {
            engine: Engine::new(),
            snapshots: Snapshots::Pend,
            time_limit: Duration::from_secs(1),
            properties: Vec::new(),
        };
        let mut seen = Vec::new();
        run(&suites, &context, |suite| {
            seen.extend(
                suite.tests.iter().map(|t| format!("{} {} {}", suite.name, t.test.name, t.outcome.status.word())),
            );
        });
        let wanted = ["a 1 passed", "a boom error", "a 3 passed", "b 1 passed", "b 2 passed", "refused 1 error"];
        assert_eq!(seen, wanted);
        assert_eq!(*all[1].calls.lock().unwrap(), ["before", "0", "1", "after"]);
        assert_eq!(*all[2].calls.lock().unwrap(), ["before", "after"]);
    }
}
