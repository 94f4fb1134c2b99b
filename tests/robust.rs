//! Nothing kills it: hostile scripts and inputs give a clear error with exit status 1, in bounded time and memory.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("robust").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn dwrun(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dwrun")).args(args).stdin(Stdio::null()).output().unwrap()
}

/// Runs and expects exit status 1, nothing on standard output, and a message with this part.
fn fails(args: &[&str], part: &str) {
    let output = dwrun(args);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {:?}\n{message}", output.status);
    assert!(message.contains(part), "{args:?} says\n{message}");
    assert!(output.stdout.is_empty(), "{args:?} wrote to standard output");
}

fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path.display().to_string()
}

#[test]
fn deep_nesting_ends_at_a_limit() {
    let folder = folder("deep");
    for (name, text) in [
        ("array.dwl", "[".repeat(1_000_000)),
        ("object.dwl", "{a: ".repeat(1_000_000)),
        ("parens.dwl", "(".repeat(200_000) + "1" + &")".repeat(200_000)),
        ("not.dwl", "not ".repeat(1_000_000) + "true"),
        ("else.dwl", "if (true) 1 else ".repeat(200_000) + "2"),
        ("lambda.dwl", "() -> ".repeat(200_000) + "2"),
        ("text.dwl", "\"$(".repeat(100_000)),
    ] {
        fails(&[&file(&folder, name, text)], "error[limit]");
    }
    fails(&["-e", "payload", &file(&folder, "deep.json", "[".repeat(1_000_000))], "nested more than");
    fails(&["-e", "(1 to 100000) reduce ((item, inner = []) -> [inner])"], "nested more than");
}

#[test]
fn long_flat_scripts_end_cleanly() {
    let folder = folder("long");
    for (name, text) in [
        ("sum.dwl", "1".to_string() + &" + 1".repeat(100_000)),
        ("fields.dwl", "{}".to_string() + &".a".repeat(100_000)),
    ] {
        let output = dwrun(&[&file(&folder, name, text)]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?}", output.status);
    }
}

#[test]
fn recursion_ends_at_a_limit() {
    fails(&["-e", "fun f(n) = 1 + f(n + 1) --- f(0)"], "calls are nested");
    fails(&["-e", "fun f(n) = sizeOf([1] map f(n + 1)) --- f(0)"], "nested");
    fails(&["-e", "fun f(n = f()) = n --- f()"], "calls are nested");
    fails(&["-e", "fun f(n) = [n] flatMap f(n) --- f(1)"], "nested more than");
    fails(&["-e", "fun a(n) = 1 + b(n) fun b(n) = 1 + a(n) --- a(0)"], "calls are nested");
}

#[test]
fn sizes_end_at_limits() {
    fails(&["-e", "1E999999999 + 1"], "digits");
    fails(&["--time-limit", "0.2", "-e", "sizeOf((0 to 1000000000000000000) filter false)"], "time");
    let huge = dwrun(&["-e", "sizeOf(0 to 1000000000000000000)"]);
    assert_eq!(String::from_utf8_lossy(&huge.stdout), "1000000000000000001");
}

#[test]
fn what_shares_its_parts_ends_with_the_time() {
    let doubled = "(1 to 60) reduce ((i, part = [1]) -> [part, part])";
    for body in ["a", "a == b", "a ~= b", "a..x"] {
        let script = format!("do {{ var a = {doubled} var b = {doubled} --- {body} }}");
        fails(
            &["--time-limit", "0.2", "-o", &folder("shared").join("out").display().to_string(), "-e", &script],
            "time",
        );
    }
    fails(&["-e", "(1 to 60) reduce ((i, text = \"ab\") -> \"$(text)$(text)\")"], "text cannot be longer");
    fails(&["-e", &format!("sizeOf(write({doubled}, \"json\"))")], "text cannot be longer");
}

#[test]
fn types_that_are_nothing_but_themselves_are_refused() {
    for script in ["type T = T --- 1 is T", "type A = B type B = A --- 1 is A", "type A = A | Number --- \"x\" as A"] {
        fails(&["-e", script], "is declared as itself");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_stays_a_device() {
    fails(&["-e", "(1 to 100000) map $", "-o", "/dev/full"], "No space left");
    assert!(!fs::metadata("/dev/full").unwrap().is_file());
}

#[test]
fn a_regex_bomb_ends_at_its_limit() {
    let bomb = format!("\"{}!\" matches /(a|aa)+\\1?$/", "a".repeat(60));
    fails(&["-e", &bomb], "regular expression");
}

#[test]
fn modules_in_a_circle_are_named() {
    let folder = folder("cycle");
    for i in 0..100 {
        let text = format!("%dw 2.0\nimport * from M{}\nfun f{i}(x) = x\n", (i + 1) % 100);
        file(&folder, &format!("M{i}.dwl"), text);
    }
    let path = folder.display().to_string();
    fails(&["--path", &path, "-e", "import * from M0 --- f0(1)"], "import each other");
}

#[test]
fn odd_inputs_are_refused() {
    let folder = folder("inputs");
    let path = folder.display().to_string();
    fails(&["-e", "payload", &file(&folder, "bytes.json", b"{\"a\": \"\xff\"}")], "not UTF-8");
    fails(&["-e", "payload", &file(&folder, "empty.json", "")], "empty");
    fails(&["-e", "payload", &path], "folder");
    fails(&[&path], "folder");
    fails(&["-e", "payload", "no/such/file.json"], "no/such/file.json");
    fails(&[&file(&folder, "empty.dwl", "")], "error");
    fails(&[&file(&folder, "latin.dwl", b"\"\xe9\"")], "UTF-8");
}

#[test]
fn a_closed_pipe_is_an_error_and_no_crash() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dwrun"))
        .args(["-e", "(1 to 3000000) map {number: $}"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

#[test]
fn a_failure_that_nobody_hears_is_no_crash() {
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_dwrun")).args(["-e", "1 / 0"]).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn wrong_use_has_its_own_exit_status() {
    for args in
        [&[][..], &["-e"], &["-i", "a", "-e", "1"], &["--mime", "a=application/json", "-e", "1"], &["a", "b", "c"]]
    {
        assert_eq!(dwrun(args).status.code(), Some(2), "{args:?}");
    }
}
