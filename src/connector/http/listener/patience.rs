//! A socket that does not wait for ever for the headers of a request, however slowly they drip in.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

/// A socket whose requests have to have all their headers within some time of their first byte.
pub struct Patient {
    stream: TcpStream,
    limit: Option<Duration>,
    /// Whether a request is being answered; nothing is awaited then.
    is_answering: Arc<AtomicBool>,
    /// When the first byte of the request came.
    began: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    /// A socket with this time for headers.
    pub fn new(stream: TcpStream, limit: Option<Duration>, is_answering: Arc<AtomicBool>) -> Self {
        Self { stream, limit, is_answering, began: None, timer: None }
    }

    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        let (Some(limit), Some(began)) = (self.limit, self.began) else { return false };
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(began + limit)));
        timer.as_mut().poll(context).is_ready()
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if self.is_answering.load(Ordering::Relaxed) {
            (self.began, self.timer) = (None, None);
        } else if buffer.filled().len() > before {
            self.began.get_or_insert_with(Instant::now);
        }
        if self.is_late(context) {
            return Poll::Ready(Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the headers of a request did not come in time",
            )));
        }
        read
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }
}
