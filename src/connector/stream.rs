//! A TCP connection, secured or not, for protocols that are not HTTP.

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ServerConfig};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, TlsConnector, TlsStream};

/// A TCP connection.
#[derive(Debug)]
pub enum Stream {
    Plain(TcpStream),
    Secure(Box<TlsStream<TcpStream>>),
}

impl Stream {
    /// Secures the side of a connection that opened it.
    ///
    /// # Errors
    /// A host or a certificate that is not what it should be; a side that speaks no TLS.
    pub async fn to(host: &str, stream: TcpStream, tls: Arc<ClientConfig>) -> io::Result<Self> {
        let name = ServerName::try_from(host.to_string()).map_err(io::Error::other)?;
        let secure = TlsConnector::from(tls).connect(name, stream).await?;
        Ok(Self::Secure(Box::new(secure.into())))
    }

    /// Secures the side of a connection that took it.
    ///
    /// # Errors
    /// A side that speaks no TLS, or does not show who it is where it should.
    pub async fn from(stream: TcpStream, tls: Arc<ServerConfig>) -> io::Result<Self> {
        let secure = TlsAcceptor::from(tls).accept(stream).await?;
        Ok(Self::Secure(Box::new(secure.into())))
    }

    fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(stream) => stream,
            Self::Secure(stream) => stream.get_ref().0,
        }
    }

    /// The address of the other side.
    ///
    /// # Errors
    /// A connection that is broken.
    pub fn peer(&self) -> io::Result<SocketAddr> {
        self.socket().peer_addr()
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Secure(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Self::Secure(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(context),
            Self::Secure(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Self::Secure(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
