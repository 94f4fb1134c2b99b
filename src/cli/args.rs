//! The arguments of every command.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Runs DataWeave transforms natively: no JVM, no licence.
#[derive(Parser)]
#[command(name = "dwrun", version, about, long_about = None, args_conflicts_with_subcommands = true)]
#[command(after_help = "Exit status: 0, 1 (the script failed), 2 (wrong use).")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub run: RunArgs,
}

/// The commands beside running a script.
#[derive(Subcommand)]
pub enum Command {
    /// Parse, resolve and type-check scripts and Mule apps without running them
    Check(CheckArgs),
    /// Run one flow of a Mule app once and print the resulting payload
    Flow(FlowArgs),
    /// Start a Mule app and run until stopped
    Serve(ServeArgs),
    /// Look at the batch jobs of an app, stop them, let them go on
    Batch(BatchArgs),
    /// Show the library's reference text
    Doc(DocArgs),
    /// Run tests: scenarios in folders, `.case` files, `dw::test` and MUnit suites
    Test(TestArgs),
    /// Try expressions out: names stay, Tab completes, `:help` lists the commands
    Repl(ReplArgs),
}

/// `dwrun SCRIPT [PAYLOAD]`.
#[derive(Args)]
pub struct RunArgs {
    /// The script, a .dwl file
    #[arg(value_name = "SCRIPT", required_unless_present = "expression")]
    pub script: Option<PathBuf>,
    /// The input named `payload`: a file, or `-` for standard input
    #[arg(value_name = "PAYLOAD")]
    pub payload: Option<PathBuf>,
    /// Run this text instead of a file
    #[arg(short = 'e', long = "expression", value_name = "EXPRESSION")]
    pub expression: Option<String>,
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Give up after this many seconds
    #[arg(long = "time-limit", value_name = "SECONDS")]
    pub time_limit: Option<f64>,
    /// Run again when the script, a module it imports or an input changes
    #[arg(long)]
    pub watch: bool,
    /// Write the result to this file
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What a script gets and where its modules are.
#[derive(Args)]
pub struct InputArgs {
    /// An input of another name; `-` for standard input
    #[arg(short = 'i', long = "input", value_name = "NAME=FILE")]
    pub inputs: Vec<String>,
    /// The type of an input with its reader properties, as in 'orders=application/csv; separator=";"'
    #[arg(long = "mime", value_name = "NAME=TYPE")]
    pub mimes: Vec<String>,
    /// A parameter: the script sees the object `params`
    #[arg(short = 'p', long = "param", value_name = "NAME=VALUE")]
    pub params: Vec<String>,
    /// A folder in which modules are looked up (several, or joined with `:`)
    #[arg(long = "path", value_name = "DIR", value_delimiter = ':')]
    pub path: Vec<PathBuf>,
}

/// `dwrun check FILE…`.
#[derive(Args)]
pub struct CheckArgs {
    /// The scripts, modules and Mule apps to check; an app is a configuration file or a folder
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// A property of the apps, over all others
    #[arg(short = 'D', long = "property", value_name = "NAME=VALUE")]
    pub properties: Vec<String>,
    /// Names of inputs that the scripts may use, besides those of a Mule event
    #[arg(short = 'i', long = "input", value_name = "NAME")]
    pub inputs: Vec<String>,
    /// A folder in which modules are looked up (several, or joined with `:`)
    #[arg(long = "path", value_name = "DIR", value_delimiter = ':')]
    pub path: Vec<PathBuf>,
}

/// `dwrun doc [NAME]`, `dwrun doc --write DIR`.
#[derive(Args)]
pub struct DocArgs {
    /// A module, a name in one (`Strings::words`), a name in any, or a component (`http:listener`); without it the modules
    /// are listed
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Write the whole reference as Markdown pages into this folder
    #[arg(long = "write", value_name = "DIR", conflicts_with = "name")]
    pub write: Option<PathBuf>,
}

/// `dwrun test [PATH]…`.
#[derive(Args)]
pub struct TestArgs {
    /// Files and folders with tests; `src/test` where there is one, else the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only tests whose name has a match of this regular expression
    #[arg(long = "name", value_name = "PATTERN")]
    pub names: Vec<String>,
    /// Only tests with one of these tags
    #[arg(long = "tag", value_name = "TAG,…")]
    pub tags: Vec<String>,
    /// A property; as for Maven, `-Dmunit.test=SUITE#TEST`, `-Dmunit.tags=a,b` and `-DskipTests` choose tests
    #[arg(short = 'D', value_name = "NAME=VALUE")]
    pub properties: Vec<String>,
    /// Record results that are missing or differ
    #[arg(long)]
    pub update: bool,
    /// Show each result that is missing or differs, and record it or not
    #[arg(long, conflicts_with = "update")]
    pub review: bool,
    /// Write JUnit XML and JSON reports into this folder
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = "target/surefire-reports")]
    pub reports: Option<PathBuf>,
    /// Show how much of the DataWeave ran, and which processors of apps; `lcov.info`, pages and more go into this folder
    /// (limits for apps: -DrequiredApplicationCoverage=75, -DrequiredResourceCoverage, -DrequiredFlowCoverage,
    /// -DfailBuild=true)
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = "target/coverage", conflicts_with = "watch")]
    pub coverage: Option<PathBuf>,
    /// Run again what a change touches
    #[arg(long, conflicts_with = "review")]
    pub watch: bool,
    /// List every test, also those that pass
    #[arg(short = 'v', long)]
    pub verbose: bool,
    /// Give up on a test after this many seconds
    #[arg(long = "time-limit", value_name = "SECONDS", default_value_t = 120.0)]
    pub time_limit: f64,
    /// Connectors that apps do without: operations answer from `stubs/NAME.OPERATION.dwl` beside the app, or with nothing
    #[arg(long = "stub", value_name = "NAME,…", value_delimiter = ',')]
    pub stubs: Vec<String>,
    /// A folder in which modules are looked up (several, or joined with `:`)
    #[arg(long = "path", value_name = "DIR", value_delimiter = ':')]
    pub path: Vec<PathBuf>,
}

/// A Mule app and what it is told.
#[derive(Args)]
pub struct AppArgs {
    /// The app: a Mule configuration file, or the folder of a project
    #[arg(value_name = "APP")]
    pub app: PathBuf,
    /// A property of the app, over all others
    #[arg(short = 'D', long = "property", value_name = "NAME=VALUE")]
    pub properties: Vec<String>,
    /// The same, as Mule's own command line has it
    #[arg(short = 'M', value_name = "-DNAME=VALUE", allow_hyphen_values = true)]
    pub mule_properties: Vec<String>,
    /// Connectors that the app does without, by their prefixes: operations answer from `stubs/NAME.OPERATION.dwl` beside
    /// the app, or with nothing; sources bring nothing
    #[arg(long = "stub", value_name = "NAME,…", value_delimiter = ',')]
    pub stubs: Vec<String>,
    /// Where the app keeps what outlives it; `.dwrun` beside the app unless set
    #[arg(long = "state", value_name = "DIR")]
    pub state: Option<PathBuf>,
}

/// How much is logged.
#[derive(Args)]
pub struct LogArgs {
    /// The least grave lines to log: trace, debug, info, warn, error, off
    #[arg(long = "log-level", value_name = "LEVEL", default_value = "info")]
    pub log_level: String,
    /// How lines look
    #[arg(long = "log-format", value_name = "FORMAT", value_enum, default_value_t = LogFormat::Mule)]
    pub log_format: LogFormat,
}

/// How lines of the log look.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// As Mule writes them
    Mule,
    /// One JSON object a line
    Json,
}

/// `dwrun serve APP`.
#[derive(Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub app: AppArgs,
    /// Load the app again when its files change
    #[arg(long)]
    pub watch: bool,
    /// Print what each event did, with times, or write it into this page
    #[arg(long, value_name = "FILE.html", num_args = 0..=1)]
    pub trace: Option<Option<PathBuf>>,
    /// Tell figures of flows and batch jobs at `/metrics` of this port, as Prometheus reads them
    #[arg(long, value_name = "[HOST:]PORT")]
    pub metrics: Option<String>,
    #[command(flatten)]
    pub log: LogArgs,
}

/// `dwrun flow APP [FLOW] [PAYLOAD]`.
#[derive(Args)]
pub struct FlowArgs {
    #[command(flatten)]
    pub app: AppArgs,
    /// The flow; it can be left out where there is only one
    #[arg(value_name = "FLOW")]
    pub flow: Option<String>,
    /// The payload: a file, or `-` for standard input
    #[arg(value_name = "PAYLOAD")]
    pub payload: Option<PathBuf>,
    /// Print the whole event as JSON
    #[arg(long)]
    pub event: bool,
    /// End when the flow does: batch jobs stay as far as they came, `dwrun batch resume` goes on with them
    #[arg(long = "no-wait")]
    pub no_wait: bool,
    /// Print what the event did, with times, or write it into this page
    #[arg(long, value_name = "FILE.html", num_args = 0..=1)]
    pub trace: Option<Option<PathBuf>>,
    #[command(flatten)]
    pub log: LogArgs,
}

/// `dwrun batch ACTION APP [ID]`.
#[derive(Args)]
pub struct BatchArgs {
    #[command(subcommand)]
    pub action: BatchAction,
}

/// What is done with batch jobs.
#[derive(Subcommand)]
pub enum BatchAction {
    /// List the instances of an app's batch jobs
    List(StateArgs),
    /// Show how far an instance is, what its steps did and why records failed
    Show(InstanceArgs),
    /// Print the failed records of an instance, one JSON object a line
    Failed(InstanceArgs),
    /// Try the failed records of an instance again, from the step in which they failed; waits for the end
    Retry(InstanceRunArgs),
    /// Stop an instance where it is
    Stop(InstanceArgs),
    /// Go on with instances that are not over, or with a stopped one; waits for the end
    Resume(ResumeArgs),
    /// Forget instances that are over
    Purge(PurgeArgs),
}

/// Where the state of an app is.
#[derive(Args)]
pub struct StateArgs {
    /// The app: a Mule configuration file, or the folder of a project
    #[arg(value_name = "APP")]
    pub app: PathBuf,
    /// Where the app keeps what outlives it; `.dwrun` beside the app unless set
    #[arg(long = "state", value_name = "DIR")]
    pub state: Option<PathBuf>,
}

/// An instance of a batch job.
#[derive(Args)]
pub struct InstanceArgs {
    #[command(flatten)]
    pub state: StateArgs,
    /// The instance's id; `JOB/ID` where several jobs have it
    #[arg(value_name = "ID")]
    pub id: String,
}

/// An instance of a batch job that is to run.
#[derive(Args)]
pub struct InstanceRunArgs {
    #[command(flatten)]
    pub app: AppArgs,
    /// The instance's id; `JOB/ID` where several jobs have it
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    pub log: LogArgs,
}

/// Instances of batch jobs that are to go on.
#[derive(Args)]
pub struct ResumeArgs {
    #[command(flatten)]
    pub app: AppArgs,
    /// The instance's id; all that are not over without it
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    #[command(flatten)]
    pub log: LogArgs,
}

/// Instances of batch jobs to be forgotten.
#[derive(Args)]
pub struct PurgeArgs {
    #[command(flatten)]
    pub state: StateArgs,
    /// Only those of this id
    #[arg(value_name = "ID")]
    pub id: Option<String>,
}

/// `dwrun repl [APP]`.
#[derive(Args)]
pub struct ReplArgs {
    /// The folder of a Mule app, whose modules and properties the session knows
    #[arg(value_name = "APP")]
    pub app: Option<PathBuf>,
    #[command(flatten)]
    pub inputs: InputArgs,
}
