//! Servers of Debian's packages, each with a folder and a port of its own. They do not run as root.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A server that a test may stop and start.
pub struct Server {
    folder: TempDir,
    /// Where it listens.
    pub port: u16,
    kind: Kind,
    running: Option<Child>,
}

#[derive(Clone, Debug)]
enum Kind {
    Postgres(PathBuf),
    MariaDb(PathBuf),
}

/// Who logs in, with the password `secret`.
pub const USER: &str = "app";

impl Server {
    /// PostgreSQL, or `None` where it is not installed.
    pub fn postgres() -> Option<Self> {
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let found = versions.map(|version| version.path().join("bin")).find(|bin| bin.join("initdb").is_file());
        match found {
            Some(bin) => Some(Self::new(Kind::Postgres(bin))),
            None => {
                eprintln!("skipped: PostgreSQL is not installed");
                None
            }
        }
    }

    /// MariaDB, or `None` where it is not installed.
    pub fn mariadb() -> Option<Self> {
        let found = ["/usr/sbin/mariadbd", "/usr/bin/mariadbd"].map(PathBuf::from).into_iter().find(|p| p.is_file());
        match found {
            Some(path) => Some(Self::new(Kind::MariaDb(path))),
            None => {
                eprintln!("skipped: MariaDB is not installed");
                None
            }
        }
    }

    fn new(kind: Kind) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut server = Self { folder: TempDir::new().unwrap(), port, kind, running: None };
        server.prepare();
        server.start();
        server
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn prepare(&self) {
        let data = self.data();
        fs::create_dir(&data).unwrap();
        let secret = self.folder.path().join("secret");
        match &self.kind {
            Kind::Postgres(bin) => {
                fs::write(&secret, "secret").unwrap();
                self.hand_over("postgres");
                let mut init = self.command(&bin.join("initdb"), "postgres");
                init.args(["-A", "scram-sha-256", "-U", USER, "-E", "UTF8", "--no-sync", "--no-instructions"]);
                finish(init.arg("--pwfile").arg(&secret).arg("-D").arg(&data));
            }
            Kind::MariaDb(_) => {
                let setup = [
                    format!("CREATE USER {USER}@'%' IDENTIFIED BY 'secret';"),
                    format!("GRANT ALL ON *.* TO {USER}@'%';"),
                    "CREATE DATABASE other;".to_string(),
                    "CREATE DATABASE app;".to_string(),
                ];
                fs::write(&secret, setup.join("\n")).unwrap();
                self.hand_over("mysql");
                let mut init = self.command(Path::new("/usr/bin/mariadb-install-db"), "mysql");
                init.args(["--no-defaults", "--skip-test-db", "--auth-root-authentication-method=normal"]);
                finish(init.arg(format!("--datadir={}", data.display())));
            }
        }
    }

    /// Gives the folder to the user that the server runs as.
    fn hand_over(&self, user: &str) {
        if is_root() {
            finish(Command::new("chown").args(["-R", user]).arg(self.folder.path()));
        }
    }

    /// A command that does not run as root.
    fn command(&self, program: &Path, user: &str) -> Command {
        let mut command = match is_root() {
            true => {
                let mut command = Command::new("setpriv");
                command
                    .arg(format!("--reuid={user}"))
                    .arg(format!("--regid={user}"))
                    .arg("--clear-groups")
                    .arg(program);
                command
            }
            false => Command::new(program),
        };
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        let log = fs::File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        command.stderr(log);
        command
    }

    /// Starts it again.
    pub fn start(&mut self) {
        let (data, port) = (self.data(), self.port);
        let mut command = match &self.kind {
            Kind::Postgres(bin) => {
                let mut command = self.command(&bin.join("postgres"), "postgres");
                command.args(["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-p", &port.to_string()]);
                command.arg("-k").arg(self.folder.path()).arg("-D").arg(data);
                command
            }
            Kind::MariaDb(path) => {
                let mut command = self.command(path, "mysql");
                command.args(["--no-defaults", "--bind-address=127.0.0.1", "--skip-name-resolve"]);
                command.arg(format!("--port={port}")).arg(format!("--datadir={}", data.display()));
                command.arg(format!("--socket={}", self.folder.path().join("socket").display()));
                if !data.join("app").exists() {
                    command.arg(format!("--init-file={}", self.folder.path().join("secret").display()));
                }
                command
            }
        };
        self.running = Some(command.spawn().unwrap());
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = || fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            assert!(start.elapsed() < Duration::from_secs(60), "the server does not start: {}", log());
            sleep(Duration::from_millis(50));
        }
    }

    /// Stops it; what is connected to it is cut off.
    pub fn stop(&mut self) {
        let Some(mut running) = self.running.take() else { return };
        let signal = if matches!(self.kind, Kind::Postgres(_)) { "-INT" } else { "-TERM" };
        let _ = Command::new("kill").arg(signal).arg(running.id().to_string()).status();
        let _ = running.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) == 0
}

fn finish(command: &mut Command) {
    let status = command.status().unwrap();
    assert!(status.success(), "{command:?} failed");
}
