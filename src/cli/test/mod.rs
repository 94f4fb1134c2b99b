//! `dwrun test [PATH]…`: finds tests of every kind, runs those that are selected, and shows what came of them.

mod console;
mod coverage;
mod processors;
mod review;
mod watch;

use super::app::{property, registry};
use super::args::TestArgs;
use super::{Failure, inputs, logging};
use crate::munit::Munit;
use crate::munit::coverage::Coverage as Processors;
use crate::script::Coverage;
use crate::suite::{
    Context, DataWeave, Kind, Scripts, Selection, Snapshots, Suite, SuiteResult, Tree, report as reports, run,
};
use console::{Console, Shown};
use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Where a project has its tests.
const DEFAULT: &str = "src/test";

/// Runs the tests of the command line.
pub fn test(args: &TestArgs) -> Result<(), Failure> {
    let properties = args.properties.iter().map(|text| property(text)).collect::<Result<Vec<_>, _>>()?;
    if properties.iter().any(|(name, value)| name == "skipTests" && value != "false") {
        println!("Tests are skipped.");
        return Ok(());
    }
    let selection = selection(args, &properties)?;
    let mut context = context(args, properties)?;
    let covered = Coverage::default();
    if args.coverage.is_some() {
        context.engine = context.engine.coverage(&covered);
    }
    logging::into_tests();
    let processors = Arc::new(Processors::default());
    let (_, suites) = find(args, args.coverage.is_some().then_some(&processors))?;
    let chosen = chosen(&suites, &selection);
    if chosen.is_empty() {
        return Err(nothing(args, &suites));
    }
    if args.watch {
        return watch::watch(args, &selection, &context);
    }
    let (mut results, time) = run_shown(&chosen, &context, &Console::new(shown(args)));
    console::summary(&SuiteResult::sum(&results), time);
    if args.review {
        review::review(&mut results)?;
    }
    report(args, &results)?;
    if let Some(folder) = &args.coverage {
        coverage::show(folder, &covered)?;
        processors::show(&folder.join("munit"), &processors, &context.properties)?;
    }
    if SuiteResult::sum(&results).is_bad() { Err(Failure::Shown) } else { Ok(()) }
}

/// Writes the reports, if they are wanted.
fn report(args: &TestArgs, results: &[SuiteResult]) -> Result<(), Failure> {
    let Some(folder) = &args.reports else { return Ok(()) };
    let failed = |e| Failure::Plain(format!("cannot write reports into {}: {e}", folder.display()));
    reports::write(folder, results).map_err(failed)
}

fn shown(args: &TestArgs) -> Shown {
    match (args.verbose, args.review) {
        (true, _) => Shown::All,
        (false, true) => Shown::Unreviewed,
        (false, false) => Shown::Unwell,
    }
}

/// A suite with the positions of the tests that run.
type Chosen<'a> = Vec<(&'a dyn Suite, Vec<usize>)>;

/// Runs the tests, shows each suite as it is done, and gives all results and the time it took.
fn run_shown(chosen: &Chosen<'_>, context: &Context, console: &Console) -> (Vec<SuiteResult>, Duration) {
    let start = Instant::now();
    let mut results = Vec::new();
    run(chosen, context, |suite| {
        console.suite(&suite);
        results.push(suite);
    });
    (results, start.elapsed())
}

fn chosen<'a>(suites: &'a [Box<dyn Suite>], selection: &Selection) -> Chosen<'a> {
    let all = suites.iter().map(|suite| (&**suite, selection.of(&**suite)));
    all.filter(|(_, tests)| !tests.is_empty()).collect()
}

/// The suites below the paths that were given.
fn find(args: &TestArgs, processors: Option<&Arc<Processors>>) -> Result<(Tree, Vec<Box<dyn Suite>>), Failure> {
    let tree = Tree::walk(&roots(args)).map_err(|e| Failure::Usage(format!("cannot look for tests in {e}")))?;
    let munit = Munit::new(registry(), args.stubs.clone(), processors.cloned());
    let data_weave = DataWeave::new(inputs::engine(&args.path));
    let kinds: [&dyn Kind; 3] = [&Scripts, &data_weave, &munit];
    let suites = kinds.iter().flat_map(|kind| kind.find(&tree)).collect();
    Ok((tree, suites))
}

fn roots(args: &TestArgs) -> Vec<PathBuf> {
    match (args.paths.is_empty(), Path::new(DEFAULT).is_dir()) {
        (false, _) => args.paths.clone(),
        (true, true) => vec![DEFAULT.into()],
        (true, false) => vec![".".into()],
    }
}

/// An empty selection is a mistake: on a build server it would pass for success.
fn nothing(args: &TestArgs, suites: &[Box<dyn Suite>]) -> Failure {
    let places: Vec<_> = roots(args).iter().map(|path| path.display().to_string()).collect();
    let places = places.join(", ");
    match suites.iter().map(|suite| suite.tests().len()).sum::<usize>() {
        0 => Failure::Usage(format!(
            "no tests in {places}: a test is a folder with `inputs/` and `out.json` below a folder of the script's name, a \
             `.case` file, or an MUnit suite"
        )),
        count => Failure::Usage(format!("none of the {count} tests in {places} is selected")),
    }
}

fn selection(args: &TestArgs, properties: &[(String, String)]) -> Result<Selection, Failure> {
    let mut selection = args.tags.iter().fold(Selection::default(), |selection, tags| selection.tags(tags));
    for name in &args.names {
        selection = selection.name(name).map_err(Failure::Usage)?;
    }
    for (name, value) in properties {
        selection = match name.as_str() {
            "munit.test" => selection.munit(value).map_err(Failure::Usage)?,
            "munit.tags" => selection.tags(value),
            _ => selection,
        };
    }
    Ok(selection)
}

fn context(args: &TestArgs, properties: Vec<(String, String)>) -> Result<Context, Failure> {
    let wrong = |e| Failure::Usage(format!("--time-limit takes a number of seconds, not `{}`: {e}", args.time_limit));
    let is_ci = env::var("CI").is_ok_and(|ci| ci == "true" || ci == "1");
    let snapshots = match (args.update, is_ci) {
        (true, _) => Snapshots::Record,
        (false, true) => Snapshots::Insist,
        (false, false) => Snapshots::Pend,
    };
    let time_limit = Duration::try_from_secs_f64(args.time_limit).map_err(wrong)?;
    let engine =
        properties.iter().fold(inputs::engine(&args.path), |engine, (name, value)| engine.property(name, value));
    Ok(Context { engine, snapshots, time_limit, properties })
}
