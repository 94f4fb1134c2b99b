//! The connection to a mail server: how long its steps may take, and securing it on the way (`STARTTLS`, RFC 3207).

use super::problem::Problem;
use crate::connector::stream::Stream;
use lettre::transport::smtp::client::AsyncTokioStream;
use rustls::ClientConfig;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, ReadBuf,
};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Sleep, timeout};

/// How long the steps of a delivery may take; zero is for ever.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub connecting: Duration,
    pub reading: Duration,
    pub writing: Duration,
}

/// A connection whose reads and writes may take so long each.
#[derive(Debug)]
pub struct Line {
    stream: Stream,
    reading: Timer,
    writing: Timer,
    /// What is read before anything that the server says.
    said: &'static [u8],
}

/// What stands for a greeting that was heard already.
const GREETING: &[u8] = b"220 ready\r\n";

/// How many bytes the answer to a command may have.
const LONGEST_REPLY: u64 = 64 << 10;

impl Line {
    /// Opens a connection.
    ///
    /// # Errors
    /// `EMAIL:UNKNOWN_HOST`, `EMAIL:CONNECTION_TIMEOUT` and `EMAIL:CONNECTIVITY` for a server that cannot be reached.
    pub async fn open(host: &str, port: u16, patience: Patience) -> Result<TcpStream, Problem> {
        let millis = patience.connecting.as_millis();
        let unreachable = |e: io::Error| Problem::unreachable(host, port, millis, &e);
        let connecting = async {
            let found = lookup_host((host, port)).await;
            let all: Vec<_> = found.map_err(|e| Problem::unknown_host(host, port, millis, &e))?.collect();
            TcpStream::connect(&all[..]).await.map_err(unreachable)
        };
        let opened = match patience.connecting {
            Duration::ZERO => connecting.await,
            limit => timeout(limit, connecting).await.unwrap_or_else(|_| Err(unreachable(late()))),
        };
        opened.inspect(|stream| drop(stream.set_nodelay(true)))
    }

    /// A connection as it is.
    pub fn new(stream: Stream, patience: Patience) -> Self {
        let timer = |limit| Timer { limit, sleep: None };
        Self { stream, reading: timer(patience.reading), writing: timer(patience.writing), said: &[] }
    }

    /// A secure connection.
    ///
    /// # Errors
    /// `EMAIL:SSL_ERROR`
    pub async fn secure(
        stream: TcpStream,
        host: &str,
        tls: Arc<ClientConfig>,
        patience: Patience,
    ) -> Result<Self, Problem> {
        let securing = Stream::to(host, stream, tls);
        let secure = match patience.reading {
            Duration::ZERO => securing.await,
            limit => timeout(limit, securing).await.unwrap_or_else(|_| Err(late())),
        };
        Ok(Self::new(secure.map_err(|e| Problem::tls(&e))?, patience))
    }

    /// A connection that is secured once the server has said that it can; `must` says whether it goes on otherwise.
    ///
    /// # Errors
    /// `EMAIL:SEND` for a server that breaks off or cannot; `EMAIL:SSL_ERROR`.
    pub async fn start_tls(
        stream: TcpStream,
        host: &str,
        hello: &str,
        tls: Arc<ClientConfig>,
        (patience, must): (Patience, bool),
    ) -> Result<Self, Problem> {
        let broken = |e: io::Error| Problem::send(&e.to_string());
        let mut reader = BufReader::new(Self::new(Stream::Plain(stream), patience));
        reply(&mut reader).await.map_err(broken)?;
        let offers = ask(&mut reader, &format!("EHLO {hello}\r\n")).await.map_err(broken)?;
        if !offers.lines().any(|line| line.get(4..).is_some_and(|word| word.trim().eq_ignore_ascii_case("STARTTLS"))) {
            return match must {
                true => Err(Problem::send("STARTTLS is required but host does not support STARTTLS")),
                false => Ok(Self { said: GREETING, ..reader.into_inner() }),
            };
        }
        let answer = ask(&mut reader, "STARTTLS\r\n").await.map_err(broken)?;
        // What comes with the answer would count as said over the secure connection.
        if !answer.starts_with("220") || !reader.buffer().is_empty() {
            return Err(Problem::send(answer.trim_end()));
        }
        let Stream::Plain(stream) = reader.into_inner().stream else {
            return Err(Problem::send("the connection is secure already"));
        };
        Ok(Self { said: GREETING, ..Self::secure(stream, host, tls, patience).await? })
    }
}

fn late() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "timed out")
}

/// Sends a command and reads the answer.
async fn ask(reader: &mut BufReader<Line>, command: &str) -> io::Result<String> {
    reader.write_all(command.as_bytes()).await?;
    reader.flush().await?;
    reply(reader).await
}

/// An answer with all its lines: each but the last has a dash behind its number.
async fn reply(reader: &mut (impl AsyncBufRead + Unpin)) -> io::Result<String> {
    let mut text = String::new();
    let mut limited = reader.take(LONGEST_REPLY);
    loop {
        let start = text.len();
        limited.read_line(&mut text).await?;
        if !text.ends_with('\n') {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server broke off its answer"));
        }
        if text.as_bytes().get(start + 3) != Some(&b'-') {
            return Ok(text);
        }
    }
}

/// What ends a step that takes too long.
#[derive(Debug)]
struct Timer {
    limit: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Timer {
    /// What became of a step, or an error where it is too late for it.
    fn watch<T>(&mut self, context: &mut Context<'_>, step: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if step.is_ready() || self.limit.is_zero() {
            self.sleep = None;
            return step;
        }
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(self.limit)));
        sleep.as_mut().poll(context).map(|()| Err(late()))
    }
}

impl AsyncRead for Line {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        if !line.said.is_empty() {
            let (now, later) = line.said.split_at(line.said.len().min(buffer.remaining()));
            buffer.put_slice(now);
            line.said = later;
            return Poll::Ready(Ok(()));
        }
        let step = Pin::new(&mut line.stream).poll_read(context, buffer);
        line.reading.watch(context, step)
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let line = self.get_mut();
        let step = Pin::new(&mut line.stream).poll_write(context, bytes);
        line.writing.watch(context, step)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        let step = Pin::new(&mut line.stream).poll_flush(context);
        line.writing.watch(context, step)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

impl AsyncTokioStream for Line {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer()
    }
}
