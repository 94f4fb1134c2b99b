//! A connection to a server: who it is, who we are, and the service of files.

use super::problem::{of_network, of_ssh};
use crate::connector::file::Problem;
use russh::client::{self, Handle, Handler};
use russh::keys::known_hosts::known_host_keys_path;
use russh::keys::{Algorithm, PrivateKeyWithHashAlg, PublicKeyOrCertificate, check_known_hosts_path, load_secret_key};
use russh::{Channel, ChannelMsg, Disconnect, Preferred};
use russh_sftp::client::{Config as Limits, SftpSession};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

/// How often a connection that is not used is tried.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// How a user shows who he is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    PublicKey,
    Password,
}

/// Where a server is and what is told to it.
#[derive(Clone, Debug, Default)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub user: String,
    pub password: Option<String>,
    /// The file of the private key.
    pub identity: Option<PathBuf>,
    pub passphrase: Option<String>,
    /// The file of the keys that servers are known by; without one, every server is trusted.
    pub known_hosts: Option<PathBuf>,
    /// In the order in which they are tried.
    pub methods: Vec<Method>,
    /// How long connecting may take; `None` for as long as it takes.
    pub patience: Option<Duration>,
    /// How long the server may take for an answer, in seconds.
    pub answer: u64,
}

/// A connection that was made.
pub struct Session {
    ssh: Handle<Gate>,
    /// The service of files.
    pub files: SftpSession,
    /// The folder that the server begins in.
    pub home: PathBuf,
}

impl Session {
    /// Whether the other side is still there, as far as is known.
    pub fn is_open(&self) -> bool {
        !self.ssh.is_closed()
    }

    /// Says goodbye.
    pub async fn close(&self) {
        // A connection that is broken is closed as well.
        let _ = self.ssh.disconnect(Disconnect::ByApplication, "", "").await;
    }
}

impl Server {
    /// Connects.
    ///
    /// # Errors
    /// A type of the family of `SFTP:CONNECTIVITY`.
    pub async fn connect(&self) -> Result<Session, Problem> {
        match self.patience {
            None => self.session().await,
            Some(patience) => timeout(patience, self.session()).await.unwrap_or_else(|_| {
                Err(self.problem("CONNECTION_TIMEOUT", format!("timeout after {} ms", patience.as_millis())))
            }),
        }
    }

    fn problem(&self, identifier: &'static str, text: impl std::fmt::Display) -> Problem {
        let (host, port) = (&self.host, self.port);
        let text = format!("Could not establish SFTP connection with host: '{host}' at port: '{port}' - {text}");
        Problem::new(identifier, text)
    }

    fn ssh_problem(&self, error: russh::Error) -> Problem {
        self.problem(of_ssh(&error), error)
    }

    async fn session(&self) -> Result<Session, Problem> {
        let gate = Gate { host: self.host.clone(), port: self.port, known_hosts: self.known_hosts.clone() };
        let stream = self.stream().await?;
        let connected = client::connect_stream(Arc::new(self.config()), stream, gate).await;
        let mut ssh = connected.map_err(|error| self.ssh_problem(error))?;
        self.log_in(&mut ssh).await?;
        let channel = ssh.channel_open_session().await.map_err(|error| self.ssh_problem(error))?;
        let files = self.files(channel).await?;
        let home = files.canonicalize(".").await.map_err(|error| self.problem("CONNECTIVITY", error))?;
        Ok(Session { ssh, files, home: PathBuf::from(home) })
    }

    async fn stream(&self) -> Result<TcpStream, Problem> {
        let found = lookup_host((self.host.as_str(), self.port)).await;
        let addresses: Vec<_> = found.map_err(|error| self.problem("UNKNOWN_HOST", error))?.collect();
        let stream = TcpStream::connect(&*addresses).await;
        let stream = stream.map_err(|error| self.problem(of_network(&error), error))?;
        // Questions are short, and each waits for its answer.
        stream.set_nodelay(true).map_err(|error| self.problem(of_network(&error), error))?;
        Ok(stream)
    }

    fn config(&self) -> client::Config {
        let mut preferred = Preferred::default();
        if let Some(file) = &self.known_hosts {
            // A server has keys of several kinds: it is to show the one that is known.
            let known = known_host_keys_path(&self.host, self.port, file).unwrap_or_default();
            let mut kinds = preferred.key.to_vec();
            kinds.sort_by_key(|kind| !known.iter().any(|(_, key)| is_of_kind(&key.algorithm(), kind)));
            preferred.key = kinds.into();
        }
        client::Config { preferred, keepalive_interval: Some(HEARTBEAT), ..client::Config::default() }
    }

    async fn log_in(&self, ssh: &mut Handle<Gate>) -> Result<(), Problem> {
        for method in &self.methods {
            let done = match (method, &self.identity, &self.password) {
                (Method::PublicKey, Some(identity), _) => {
                    let key = self.key(ssh, identity).await?;
                    ssh.authenticate_publickey(&self.user, key).await
                }
                (Method::Password, _, Some(password)) => ssh.authenticate_password(&self.user, password).await,
                _ => continue,
            };
            if done.map_err(|error| self.ssh_problem(error))?.success() {
                return Ok(());
            }
        }
        Err(self.problem("INVALID_CREDENTIALS", "No more authentication methods available"))
    }

    async fn key(&self, ssh: &Handle<Gate>, file: &Path) -> Result<PrivateKeyWithHashAlg, Problem> {
        if !file.is_file() {
            return Err(self.problem("CONNECTIVITY", format!("File '{}' not found", file.display())));
        }
        let key = load_secret_key(file, self.passphrase.as_deref());
        let key = key.map_err(|error| self.problem("INVALID_CREDENTIALS", format!("{}: {error}", file.display())))?;
        let hash = match key.algorithm().is_rsa() {
            true => ssh.best_supported_rsa_hash().await.map_err(|error| self.ssh_problem(error))?.flatten(),
            false => None,
        };
        Ok(PrivateKeyWithHashAlg::new(Arc::new(key), hash))
    }

    async fn files(&self, mut channel: Channel<client::Msg>) -> Result<SftpSession, Problem> {
        channel.request_subsystem(true, "sftp").await.map_err(|error| self.ssh_problem(error))?;
        loop {
            match channel.wait().await {
                Some(ChannelMsg::Success) => break,
                Some(ChannelMsg::WindowAdjusted { .. }) => {}
                _ => return Err(self.problem("SERVICE_NOT_AVAILABLE", "the server has no service of files")),
            }
        }
        let limits = Limits { request_timeout_secs: self.answer, ..Limits::default() };
        let files = SftpSession::new_with_config(channel.into_stream(), limits).await;
        files.map_err(|error| self.problem("SERVICE_NOT_AVAILABLE", error))
    }
}

/// RSA keys are one kind, however they sign.
fn is_of_kind(key: &Algorithm, kind: &Algorithm) -> bool {
    key == kind || matches!((key, kind), (Algorithm::Rsa { .. }, Algorithm::Rsa { .. }))
}

/// Lets through the servers that are known.
struct Gate {
    host: String,
    port: u16,
    known_hosts: Option<PathBuf>,
}

impl Handler for Gate {
    type Error = russh::Error;

    async fn check_server_key(&mut self, shown: &PublicKeyOrCertificate) -> Result<bool, russh::Error> {
        let Some(file) = &self.known_hosts else { return Ok(true) };
        Ok(match shown {
            PublicKeyOrCertificate::PublicKey { key, .. } => {
                check_known_hosts_path(&self.host, self.port, key, file).unwrap_or(false)
            }
            PublicKeyOrCertificate::Certificate(_) => false,
        })
    }
}
