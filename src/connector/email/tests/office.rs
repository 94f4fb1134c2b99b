//! A small mail server.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// How a server is.
#[derive(Clone, Copy, Default)]
pub struct Habits {
    /// Asks for `ann` with the password `secret`.
    pub asks: bool,
    /// Speaks TLS from the beginning.
    pub secure: bool,
    /// Can be asked to speak TLS.
    pub securable: bool,
    /// Never says a word.
    pub silent: bool,
}

/// A mail server at work.
pub struct Office {
    pub address: SocketAddr,
    mails: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

/// The certificates that the tests have.
pub fn certificate(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/tls").join(name)
}

fn tls() -> TlsAcceptor {
    let pem = std::fs::read(certificate("server.pem")).unwrap();
    let chain = CertificateDer::pem_slice_iter(&pem).map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_slice(&pem).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    TlsAcceptor::from(Arc::new(builder.with_no_client_auth().with_single_cert(chain, key).unwrap()))
}

impl Office {
    /// Opens a server on a port; 0 is any free one.
    pub async fn open(port: u16, habits: Habits) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let mails: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = mails.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = kept.clone();
                tokio::spawn(async move {
                    if !habits.secure {
                        talk_plainly(stream, habits, kept).await;
                    } else if let Ok(stream) = tls().accept(stream).await {
                        talk(stream, habits, kept, true).await;
                    }
                });
            }
        });
        Self { address, mails, task }
    }

    /// Closes the server; its port is free then.
    pub async fn close(self) {
        self.task.abort();
        let _ = self.task.await;
    }

    /// The mails that came: for each its sender and receivers, then itself.
    pub fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }
}

/// Talks over a connection that may become a secure one.
async fn talk_plainly(stream: TcpStream, habits: Habits, mails: Arc<Mutex<Vec<String>>>) {
    let Some(stream) = talk(stream, habits, mails.clone(), true).await else { return };
    let Ok(stream) = tls().accept(stream).await else { return };
    talk(stream, Habits { securable: false, ..habits }, mails, false).await;
}

/// One conversation; gives the connection where the other side wants to secure it.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    habits: Habits,
    mails: Arc<Mutex<Vec<String>>>,
    greets: bool,
) -> Option<S> {
    let mut stream = BufReader::new(stream);
    if habits.silent {
        let _ = stream.fill_buf().await;
        return None;
    }
    if greets {
        stream.write_all(b"220 post\r\n").await.ok()?;
    }
    let mut envelope = String::new();
    let mut is_known = !habits.asks;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        let word = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        let answer = match word.as_str() {
            "EHLO" => {
                let asks = if habits.asks { "250-AUTH PLAIN LOGIN\r\n" } else { "" };
                let securable = if habits.securable { "250-STARTTLS\r\n" } else { "" };
                format!("250-post\r\n{asks}{securable}250 8BITMIME")
            }
            "STARTTLS" => {
                stream.write_all(b"220 go ahead\r\n").await.ok()?;
                return Some(stream.into_inner());
            }
            "AUTH" => {
                is_known = line.ends_with(&STANDARD.encode("\0ann\0secret"));
                if is_known { "235 welcome" } else { "535 5.7.8 who are you" }.to_string()
            }
            _ if !is_known && word != "QUIT" => "530 5.7.0 say who you are".to_string(),
            "RCPT" if line.contains("nobody") => "550 5.1.1 no such user".to_string(),
            "MAIL" | "RCPT" => {
                envelope += &format!("{line}\n");
                "250 fine".to_string()
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                let mut mail = std::mem::take(&mut envelope);
                loop {
                    let mut part = String::new();
                    stream.read_line(&mut part).await.ok()?;
                    if part == ".\r\n" {
                        break;
                    }
                    mail += &part;
                }
                mails.lock().unwrap().push(mail);
                "250 kept".to_string()
            }
            "QUIT" => {
                let _ = stream.write_all(b"221 bye\r\n").await;
                return None;
            }
            _ => "502 what".to_string(),
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}
