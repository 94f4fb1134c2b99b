//! A connection that messages are taken from, with what came ahead of the next one.

use crate::connector::stream::Stream;
use bytes::{Bytes, BytesMut};
use futures_util::FutureExt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A connection that messages are taken from.
pub struct Wire {
    stream: Stream,
    /// What came and belongs to no message yet.
    ahead: BytesMut,
    /// How long the other side may be silent.
    patience: Option<Duration>,
    /// The other side.
    pub peer: SocketAddr,
}

impl Wire {
    /// A wire over a connection.
    ///
    /// # Errors
    /// A connection that is broken already.
    pub fn new(stream: Stream, patience: Option<Duration>) -> io::Result<Self> {
        let peer = stream.peer()?;
        Ok(Self { stream, ahead: BytesMut::new(), patience, peer })
    }

    /// What came and belongs to no message yet.
    pub fn ahead(&self) -> &[u8] {
        &self.ahead
    }

    /// Takes so many of the bytes that came.
    pub fn take(&mut self, count: usize) -> Bytes {
        self.ahead.split_to(count.min(self.ahead.len())).freeze()
    }

    /// Waits for more bytes; gives whether some came before the end.
    ///
    /// # Errors
    /// A broken connection; `TimedOut` for a silent one.
    pub async fn more(&mut self) -> io::Result<bool> {
        let reading = self.stream.read_buf(&mut self.ahead);
        match self.patience {
            None => reading.await,
            Some(patience) => within(patience, reading).await,
        }
        .map(|count| count > 0)
    }

    /// Takes what has come without waiting; gives whether it was something.
    ///
    /// # Errors
    /// A broken connection.
    pub fn more_at_once(&mut self) -> io::Result<bool> {
        self.stream.read_buf(&mut self.ahead).now_or_never().map_or(Ok(false), |count| count.map(|count| count > 0))
    }

    /// Whether the other side is there and has said nothing that nobody took.
    pub fn is_idle(&mut self) -> bool {
        self.ahead.is_empty() && self.stream.read_buf(&mut self.ahead).now_or_never().is_none()
    }

    /// Sends bytes.
    ///
    /// # Errors
    /// A broken connection.
    pub async fn send(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        for part in parts {
            self.stream.write_all(part).await?;
        }
        self.stream.flush().await
    }

    /// Tells the other side that nothing more comes.
    ///
    /// # Errors
    /// A broken connection.
    pub async fn end(&mut self) -> io::Result<()> {
        self.stream.shutdown().await
    }
}

/// A step that may take so long.
///
/// # Errors
/// `TimedOut`, or what the step fails with.
pub async fn within<T>(limit: Duration, step: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    let late = |_| io::Error::new(io::ErrorKind::TimedOut, "timed out");
    tokio::time::timeout(limit, step).await.map_err(late)?
}
