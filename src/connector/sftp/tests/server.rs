//! OpenSSH's server with keys, a folder and a port of its own. Who runs the tests logs in.

use std::fs;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PROGRAM: &str = "/usr/sbin/sshd";

/// The line of its configuration that says that it has files.
pub const FILES: &str = "Subsystem sftp internal-sftp";

/// A server that a test may stop and start.
pub struct Server {
    folder: TempDir,
    /// Where it listens.
    pub port: u16,
    running: Option<Child>,
}

impl Server {
    /// A server, or `None` where it is not installed.
    pub fn new() -> Option<Self> {
        if !Path::new(PROGRAM).is_file() {
            eprintln!("skipped: OpenSSH's server is not installed");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = Self { folder: TempDir::new().unwrap(), port, running: None };
        fs::create_dir(server.desk()).unwrap();
        server.start(FILES);
        Some(server)
    }

    /// The file of a private key, which is made when it is first asked for: who has one may log in, but for strangers.
    pub fn key(&self, name: &str) -> PathBuf {
        let file = self.path(name);
        if file.exists() {
            return file;
        }
        let arguments: &[&str] = match name {
            "rsa" => &["-t", "rsa", "-b", "2048", "-N", "secret"],
            "pem" => &["-t", "rsa", "-b", "2048", "-N", "secret", "-m", "PEM"],
            "host-rsa" => &["-t", "rsa", "-b", "2048", "-N", ""],
            "ecdsa" => &["-t", "ecdsa", "-N", ""],
            _ => &["-t", "ed25519", "-N", ""],
        };
        let status = Command::new("ssh-keygen").arg("-q").args(arguments).arg("-f").arg(&file).status();
        assert!(status.unwrap().success(), "{name}");
        if name != "stranger" {
            let mut authorized = fs::File::options().create(true).append(true).open(self.path("authorized")).unwrap();
            authorized.write_all(self.public(name).as_bytes()).unwrap();
        }
        file
    }

    fn public(&self, name: &str) -> String {
        fs::read_to_string(self.path(&format!("{name}.pub"))).unwrap()
    }

    /// A file that lies beside its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder that tests work in.
    pub fn desk(&self) -> PathBuf {
        self.path("desk")
    }

    /// A file that says that the server is known by this key of its own.
    pub fn known_by(&self, key: &str) -> PathBuf {
        self.key(key);
        let file = self.path(&format!("known-{key}"));
        fs::write(&file, format!("[127.0.0.1]:{} {}", self.port, self.public(key))).unwrap();
        file
    }

    /// Starts it with further lines of its configuration.
    pub fn start(&mut self, lines: &str) {
        let config = format!(
            "Port {}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nStrictModes no\n\
             UsePAM no\nPermitRootLogin yes\n{lines}\n",
            self.port,
            self.key("host-ed25519").display(),
            self.path("authorized").display(),
        );
        fs::write(self.path("config"), config).unwrap();
        let log = fs::File::create(self.path("log")).unwrap();
        // What it separates privileges with, where its own scripts would make it.
        let _ = fs::create_dir_all("/run/sshd");
        let mut command = Command::new(PROGRAM);
        command.args(["-D", "-e", "-f"]).arg(self.path("config"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.running = Some(command.spawn().unwrap());
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(30), "the server does not start: {}", self.log());
            sleep(Duration::from_millis(20));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// Stops it; what is connected to it is cut off.
    pub fn stop(&mut self) {
        let Some(mut running) = self.running.take() else { return };
        let mut all = vec![running.id()];
        let mut next = 0;
        while let Some(id) = all.get(next) {
            let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
            all.extend(children.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
            next += 1;
        }
        let _ = Command::new("kill").arg("-KILL").args(all.iter().map(u32::to_string)).stderr(Stdio::null()).status();
        let _ = running.wait();
    }

    /// Stops it and starts it with other lines of its configuration.
    pub fn restart(&mut self, lines: &str) {
        self.stop();
        self.start(lines);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
