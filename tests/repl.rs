//! The REPL as a person meets it: the real binary at a pseudo-terminal, key by key.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use pty_process::blocking::{Command, Pty, open};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

/// Far more than any answer takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const TAB: &str = "\t";
const ENTER: &str = "\r";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const UP: &str = "\x1b[A";

/// A terminal with `dwrun repl` in it.
struct Terminal {
    pty: Arc<Pty>,
    output: Receiver<Vec<u8>>,
    seen: String,
    child: Child,
}

impl Terminal {
    fn start(home: &Path, args: &[&str]) -> Self {
        let (pty, pts) = open().unwrap();
        pty.resize(pty_process::Size::new(24, 80)).unwrap();
        let command = Command::new(env!("CARGO_BIN_EXE_dwrun")).arg("repl").args(args).current_dir(home);
        let command = command.env("HOME", home).env("TERM", "xterm").env("NO_COLOR", "1").env_remove("XDG_STATE_HOME");
        let child = command.spawn(pts).unwrap();
        let pty = Arc::new(pty);
        let (sender, output) = channel();
        let reader = pty.clone();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = (&*reader).read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { pty, output, seen: String::new(), child }
    }

    /// Types the text and waits until the answer contains each of these, one after the other.
    fn say(&mut self, keys: &str, answers: &[&str]) {
        self.seen.clear();
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
        for answer in answers {
            self.wait_for(answer);
        }
    }

    fn wait_for(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.seen.find(text) {
                self.seen.drain(..at + text.len());
                return;
            }
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.seen += &String::from_utf8_lossy(&bytes),
                Err(_) => panic!("waited for {text:?}, saw {:?}", self.seen),
            }
        }
    }

    /// Waits until the process has ended well.
    fn ends(&mut self) {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            match self.child.try_wait().unwrap() {
                Some(status) => return assert!(status.success()),
                None => thread::sleep(Duration::from_millis(20)),
            }
        }
        panic!("it does not end; saw {:?}", self.seen);
    }
}

fn home() -> PathBuf {
    let home = env::temp_dir().join(format!("dwrun-repl-{}", process::id()));
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).unwrap();
    fs::write(home.join("accounts.json"), r#"{"accounts": [{"iban": "CH93", "balance": 4}]}"#).unwrap();
    home
}

#[test]
fn a_session_at_a_terminal() {
    let home = home();
    let mut terminal = Terminal::start(&home, &["-i", "rates=accounts.json"]);
    terminal.wait_for("1> ");
    terminal.say(&format!(":gather 0=acc{TAB} 1=!down{ENTER}"), &["accounts.json", "payload = ", "2> "]);
    terminal.say(&format!("payload.\"0\".payload.acc{TAB}.bal{TAB}{ENTER}"), &["[4]", "3> "]);
    terminal.say(&format!("var total = sum(_{ENTER}"), &[]);
    terminal.say(&format!(") + 1{ENTER}"), &["total = 5", "4> "]);
    terminal.say(&format!("do {{ fun f(n) = f(n + 1) --- f(1) }}{ENTER}"), &["f(1) }"]);
    thread::sleep(Duration::from_millis(300));
    terminal.say(CTRL_C, &["interrupted", "5> "]);
    terminal.say(&format!("half typed{CTRL_C}"), &["leaves", "5> "]);
    terminal.say(&format!("(1 to 1000000000000) map $ + 1{ENTER}"), &["3,", "`:all` shows it", "6> "]);
    terminal.say(&format!("total / 0{ENTER}"), &["Division by zero", "line 6:1:1", "7> "]);
    terminal.say(&format!("rates.accounts.iban{ENTER}"), &["[\"CH93\"]", "8> "]);
    terminal.say(CTRL_D, &[]);
    terminal.ends();

    let mut again = Terminal::start(&home, &[]);
    again.wait_for("1> ");
    again.say(UP, &["rates.accounts.iban"]);
    again.say(CTRL_C, &["leaves", "1> "]);
    again.say(&format!(":quit{ENTER}"), &[]);
    again.ends();
}
