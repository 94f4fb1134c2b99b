//! `dwrun test` as a user sees it: the binary over a project whose tests pass, fail, end with errors, wait and are skipped.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A copy of the project in a folder of its own.
fn project(name: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("test_runner").join(name);
    let _ = fs::remove_dir_all(&target);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/test_runner"), &target);
    target
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

fn dwrun(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwrun"));
    command.args(args).current_dir(folder).stdin(Stdio::null()).env_remove("CI");
    command
}

/// Exit status, standard output, standard error.
fn run(mut command: Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The output of `dwrun test` with these arguments.
fn tested(folder: &Path, args: &[&str]) -> (i32, String) {
    let (status, out, _) = run(dwrun(folder, &[&["test"], args].concat()));
    (status, out)
}

/// With every time replaced, since it differs from run to run.
fn masked(text: &str) -> String {
    let unit = |word: &str| ["ms", "s", "ms\n", "s\n"].contains(&word);
    let lines = text.lines().map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let is_time = |at: usize| words[at].parse::<f64>().is_ok() && words.get(at + 1).is_some_and(|next| unit(next));
        let shown: Vec<&str> = (0..words.len()).map(|at| if is_time(at) { "T" } else { words[at] }).collect();
        shown.join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The last line but hints: the sums.
fn sums(out: &str) -> &str {
    let line = out.lines().find(|line| line.starts_with("Tests: ")).unwrap_or_default();
    line.split("  ").next().unwrap()
}

const RESOURCES: &str = "src/test/resources";

#[test]
fn a_run_shows_what_is_not_well() {
    let folder = project("all");
    let (status, out) = tested(&folder, &[]);
    insta::assert_snapshot!("a_run", masked(&out));
    assert_eq!(status, 1);
    assert!(folder.join(RESOURCES).join("orders/merge/new customer/out.json.new").is_file());
}

#[test]
fn the_command_shown_runs_a_test_alone() {
    let folder = project("again");
    let (_, out) = tested(&folder, &[]);
    let commands: Vec<&str> = out.lines().filter_map(|line| line.trim().strip_prefix("again: dwrun ")).collect();
    assert_eq!(commands.len(), 5, "{out}");
    for command in commands {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{} {command}", env!("CARGO_BIN_EXE_dwrun"))).current_dir(&folder).env_remove("CI");
        let (status, out, _) = run(shell);
        assert_eq!((status, sums(&out).starts_with("Tests: 1, ")), (1, true), "{command}: {out}");
    }
}

#[test]
fn tests_are_selected_by_path_name_and_tag() {
    let folder = project("select");
    for (args, status, wanted) in [
        (&["src/test/resources/greeting"][..], 0, "Tests: 1, Errors: 0, Failures: 0, Skipped: 0"),
        (&["src/test/resources/orders/merge/gold customer", "src/test/rules.case", "--name", "^gold"], 0, "Tests: 2, "),
        (&["--name", "gold"], 0, "Tests: 2, "),
        (&["--tag", "smoke"], 0, "Tests: 2, "),
        (&["--tag", "edge,gold"], 0, "Tests: 2, "),
        (&["-Dmunit.tags=slow"], 0, "Tests: 1, "),
        (&["-Dmunit.test=rules#.*gold"], 0, "Tests: 1, "),
        (&["-Dmunit.test=orders/merge"], 1, "Tests: 5, "),
        (&["-Dmunit.test=#gold.*"], 0, "Tests: 2, "),
        (&["--name", "later"], 0, "Tests: 2, Errors: 0, Failures: 0, Skipped: 2"),
        (&["-DskipTests"], 0, ""),
        (&["--name", "no such test"], 2, ""),
        (&["--name", "("], 2, ""),
        (&["no/such/folder"], 2, ""),
        (&["src/test/resources/greeting/inputs"], 2, ""),
        (&["--update", "--review"], 2, ""),
    ] {
        let (got, out) = tested(&folder, args);
        assert_eq!((got, sums(&out).starts_with(wanted)), (status, true), "{args:?}: {out}");
    }
}

#[test]
fn nothing_is_left_pending_on_a_build_server() {
    let folder = project("ci");
    let mut command = dwrun(&folder, &["test", "src/test/resources/orders/merge/new customer"]);
    command.env("CI", "true");
    let (status, out, _) = run(command);
    assert_eq!((status, sums(&out)), (1, "Tests: 1, Errors: 0, Failures: 1, Skipped: 0"), "{out}");
    assert!(!folder.join(RESOURCES).join("orders/merge/new customer/out.json.new").exists());
}

#[test]
fn update_records_what_is_missing_or_differs() {
    let folder = project("update");
    let (status, out) = tested(&folder, &["--update"]);
    assert_eq!((status, sums(&out)), (1, "Tests: 17, Errors: 1, Failures: 2, Skipped: 3"), "{out}");
    let csv = fs::read_to_string(folder.join(RESOURCES).join("export/two rows/out.csv")).unwrap();
    assert!(csv.contains("2,CHUR"), "{csv}");
    let cases = fs::read_to_string(folder.join("src/test/rules.case")).unwrap();
    assert!(cases.ends_with("----- output application/json\n\"silver\"\n"), "{cases}");
    let (_, again) = tested(&folder, &[]);
    assert_eq!(sums(&again), sums(&out));
}

/// Answers a review through a pipe.
fn reviewed(folder: &Path, answers: &str) -> (i32, String) {
    let mut command = dwrun(folder, &["test", "--review", "src/test/resources"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_review_accepts_rejects_and_skips() {
    let folder = project("review");
    let (status, out) = reviewed(&folder, "a\nr\ns\n");
    assert_eq!(status, 1);
    insta::assert_snapshot!("a_review", masked(&out));
    let merge = folder.join(RESOURCES).join("orders/merge");
    assert!(!merge.join("new customer/out.json.new").exists() && !merge.join("new customer/out.json").exists());
    let (_, out) = reviewed(&folder, "aa");
    assert!(out.contains("Recorded: 2, Rejected: 0, Left: 0"), "{out}");
    assert!(merge.join("new customer/out.json").is_file());
    let (_, out) = reviewed(&folder, "");
    assert!(out.contains("Recorded: 0, Rejected: 0, Left: 0"), "{out}");
}

#[test]
fn reports_are_xml_and_json() {
    let folder = project("reports");
    assert_eq!(tested(&folder, &["--reports", "out", "src/test"]).0, 1);
    let mut names: Vec<String> =
        fs::read_dir(folder.join("out")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let wanted =
        ["TEST-export.xml", "TEST-orders.merge.xml", "TEST-resources.xml", "TEST-rules.xml", "TEST-unknown.xml"];
    assert_eq!(names, [&wanted[..], &["dwrun-tests.json"]].concat());
    let count = r#"{tests: payload.testsuite.@tests, cases: sizeOf(payload.testsuite.*testcase),
        failures: sizeOf(payload.testsuite.*testcase filter $.failure?), errors: sizeOf(payload.testsuite.*testcase filter $.error?)}"#;
    let (status, out, _) = run(dwrun(&folder, &["-e", count, "out/TEST-orders.merge.xml"]));
    let flat: String = out.split_whitespace().collect();
    assert_eq!((status, flat.as_str()), (0, r#"{"tests":"5","cases":5,"failures":1,"errors":1}"#));
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("out/dwrun-tests.json")).unwrap()).unwrap();
    assert_eq!(
        (&json["tests"], &json["pending"], json["suites"].as_array().unwrap().len()),
        (&17.into(), &2.into(), 5)
    );
}

/// A process whose output is read as it comes.
struct Watched {
    child: Child,
    lines: mpsc::Receiver<String>,
}

impl Watched {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || out.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
        Self { child, lines }
    }

    /// The output up to the line that starts so.
    fn until(&self, start: &str) -> String {
        let mut seen = String::new();
        while !seen.lines().last().is_some_and(|line| line.starts_with(start)) {
            let line = self.lines.recv_timeout(Duration::from_secs(30));
            seen += &(line.unwrap_or_else(|_| panic!("no `{start}` in:\n{seen}")) + "\n");
        }
        seen
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}

#[test]
fn a_watch_runs_what_a_change_touches() {
    let folder = project("watch");
    let watched = Watched::start(dwrun(&folder, &["test", "--watch", "--name", "gold|Ada|two rows|greeting"]));
    assert_eq!(sums(&watched.until("Waiting")), "Tests: 4, Errors: 0, Failures: 1, Skipped: 0");
    let touch = |file: &str, text: &str| fs::write(folder.join(file), text).unwrap();
    touch("src/main/dw/lib/Prices.dwl", "%dw 2.0\nfun net(price: Number, percent: Number) = price\n");
    let out = watched.until("Waiting");
    assert_eq!(sums(&out), "Tests: 1, Errors: 0, Failures: 1, Skipped: 0", "{out}");
    touch("src/test/resources/greeting/inputs/payload.yaml", "name: Bo");
    let out = watched.until("Waiting");
    assert!(out.contains(".greeting.@to") && out.contains("Tests: 1, "), "{out}");
    fs::create_dir(folder.join("src/test/resources/export/golden")).unwrap();
    touch("src/test/resources/export/golden/out.csv", "");
    assert!(watched.until("Waiting").contains("golden"));
}

#[test]
fn a_script_is_watched_with_its_modules_and_inputs() {
    let folder = project("script");
    fs::write(folder.join("in.json"), "{\"name\": \"Ada\", \"lines\": []}").unwrap();
    let args = ["src/main/dw/orders/merge.dwl", "in.json", "--path", "src/main/dw", "--watch", "-i", "vars=in.json"];
    let watched = Watched::start(dwrun(&folder, &[&args[..], &["-i", "attributes=in.json"]].concat()));
    assert!(watched.until("}").contains("\"ADA\""));
    fs::write(folder.join("in.json"), "{\"name\": \"Bo\", \"lines\": [{\"price\": 2}]}").unwrap();
    assert!(watched.until("}").contains("\"BO\""));
    fs::write(folder.join("src/main/dw/lib/Prices.dwl"), "%dw 2.0\nfun net(a, b) = 77\n").unwrap();
    assert!(watched.until("}").contains("77"));
    assert_eq!(run(dwrun(&folder, &["-e", "payload", "-", "--watch"])).0, 2);
}
