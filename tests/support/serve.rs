//! An app served by the program itself, and a client that sends what no library would.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(60);

/// An app that runs until the test ends.
pub struct Served {
    child: Child,
    /// The port of its listeners.
    pub port: u16,
    log: Arc<Mutex<String>>,
}

/// A port that nobody uses.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The text of a configuration file with these elements, a listener configuration `api` on `${port}`, and a request
/// configuration `self` to it.
pub fn app(elements: &str) -> String {
    format!(
        r#"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:http="http://www.mulesoft.org/schema/mule/http"
      xmlns:ee="http://www.mulesoft.org/schema/mule/ee/core" xmlns:doc="http://www.mulesoft.org/schema/mule/documentation">
<http:listener-config name="api"><http:listener-connection host="127.0.0.1" port="${{port}}" readTimeout="700"/></http:listener-config>
<http:request-config name="self"><http:request-connection host="127.0.0.1" port="${{port}}"/></http:request-config>
{elements}</mule>"#
    )
}

/// Writes a file of a test's own.
pub fn file(test: &str, name: &str, content: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve").join(test).join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    path
}

/// Serves an app of these elements.
pub fn serve(test: &str, elements: &str, arguments: &[&str]) -> Served {
    serve_path(&file(test, "app.xml", &app(elements)), arguments)
}

/// Serves the app at a path; its property `port` is a free one.
pub fn serve_path(path: &Path, arguments: &[&str]) -> Served {
    let port = free_port();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dwrun"))
        .args(["serve", path.to_str().unwrap(), "-D", &format!("port={port}")])
        .args(arguments)
        .stderr(Stdio::piped())
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let log = Arc::new(Mutex::new(String::new()));
    let (lines, kept) = (BufReader::new(child.stderr.take().unwrap()), log.clone());
    std::thread::spawn(move || {
        for line in lines.lines().map_while(Result::ok) {
            let mut log = kept.lock().unwrap();
            log.push_str(&line);
            log.push('\n');
        }
    });
    let served = Served { child, port, log };
    served.wait_for("Started app");
    served
}

impl Served {
    /// What the app has logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until the log has this part.
    pub fn wait_for(&self, part: &str) {
        let start = Instant::now();
        while !self.log().contains(part) {
            assert!(start.elapsed() < PATIENCE, "`{part}` does not come:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// A connection to it.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes and reads everything that comes until the connection is closed.
    pub fn raw(&self, request: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect();
        // The other side may refuse the rest of what it is sent.
        let _ = stream.write_all(request.as_ref());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends a request of its own connection: `GET /path`, further header lines, a body.
    pub fn send(&self, line: &str, headers: &str, body: &str) -> String {
        let length = body.len();
        self.raw(format!(
            "{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        ))
    }

    /// The body of the answer to a GET, which has to succeed.
    pub fn get(&self, path: &str) -> String {
        let answer = self.send(&format!("GET {path}"), "", "");
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        body(&answer).to_string()
    }

    /// The most memory that it has taken so far, in bytes.
    pub fn peak_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    /// Waits for the process to end; gives its exit status.
    pub fn ended(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What stands behind the headers.
pub fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

/// The first line.
pub fn status(answer: &str) -> &str {
    answer.lines().next().unwrap_or_default()
}
