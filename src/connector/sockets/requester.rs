//! The side that sends messages and may wait for answers: TCP connections that are kept, UDP packets.

use super::config::{Address, Options};
use super::problem::Problem;
use super::protocol::Protocol;
use super::wire::{Wire, within};
use crate::connector::stream::Stream;
use bytes::Bytes;
use rustls::ClientConfig;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream, UdpSocket, lookup_host};

/// The way to a service.
pub enum Requester {
    Tcp(Pool),
    Udp {
        address: Address,
        local: Option<Address>,
        /// How many bytes a packet may have.
        packet: usize,
        /// How long an answer may take.
        patience: Option<Duration>,
        broadcasts: bool,
    },
}

/// The answer of a service: nothing where none came before the connection ended.
pub struct Answer {
    pub message: Option<Bytes>,
    /// Who it is from.
    pub peer: SocketAddr,
}

impl Requester {
    /// Sends a message, and waits for an answer where one is wanted.
    ///
    /// # Errors
    /// A service that cannot be reached, does not answer in time, or does not keep to the protocol.
    pub async fn exchange(&self, message: &[u8], answers: bool) -> Result<Option<Answer>, Problem> {
        match self {
            Self::Tcp(pool) => pool.exchange(message, answers).await,
            Self::Udp { address, local, packet, patience, broadcasts } => {
                let (to, from) = addresses(address, local.as_ref()).await?;
                let socket =
                    UdpSocket::bind(from).await.and_then(|socket| socket.set_broadcast(*broadcasts).map(|()| socket));
                let socket = socket
                    .map_err(|e| Problem::connectivity(format!("Could not bind UDP Socket to address {from}: {e}")))?;
                send_packets(&socket, message, *packet, to).await.map_err(|e| Problem::io("write", &e))?;
                if !answers {
                    return Ok(None);
                }
                let mut buffer = vec![0; *packet];
                let receiving = socket.recv_from(&mut buffer);
                let received = match patience {
                    None => receiving.await,
                    Some(patience) => within(*patience, receiving).await,
                };
                let (count, peer) = received.map_err(|e| match e.kind() {
                    io::ErrorKind::TimedOut => Problem::timeout("UDP socket timed out while waiting for a response"),
                    _ => Problem::io("read", &e),
                })?;
                buffer.truncate(count);
                Ok(Some(Answer { message: Some(buffer.into()), peer }))
            }
        }
    }
}

/// Sends a message in packets of at most so many bytes.
///
/// # Errors
/// What the system says.
pub async fn send_packets(socket: &UdpSocket, message: &[u8], packet: usize, to: SocketAddr) -> io::Result<()> {
    for piece in message.chunks(packet.max(1)) {
        socket.send_to(piece, to).await?;
    }
    Ok(())
}

/// The addresses of both sides, of one family.
async fn addresses(remote: &Address, local: Option<&Address>) -> Result<(SocketAddr, SocketAddr), Problem> {
    let resolve = async |address: &Address| {
        let found = lookup_host((address.host.as_str(), address.port)).await.ok().and_then(|mut all| all.next());
        found.ok_or_else(|| Problem::unknown_host(&address.host))
    };
    let remote = resolve(remote).await?;
    let any = match remote {
        SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
    };
    let local = match local {
        None => any,
        Some(local) => resolve(local).await?,
    };
    Ok((remote, local))
}

/// How many connections are kept that nobody uses.
const MOST_IDLE: usize = 8;

/// The connections to a service over TCP.
pub struct Pool {
    address: Address,
    local: Option<Address>,
    options: Options,
    connecting: Option<Duration>,
    protocol: Protocol,
    tls: Option<Arc<ClientConfig>>,
    idle: Mutex<Vec<Wire>>,
}

impl Pool {
    /// No connections yet.
    pub fn new(
        address: Address,
        local: Option<Address>,
        options: Options,
        connecting: Option<Duration>,
        protocol: Protocol,
        tls: Option<Arc<ClientConfig>>,
    ) -> Self {
        Self { address, local, options, connecting, protocol, tls, idle: Mutex::default() }
    }

    async fn exchange(&self, message: &[u8], answers: bool) -> Result<Option<Answer>, Problem> {
        let mut wire = match self.kept() {
            Some(wire) => wire,
            None => self.connect().await?,
        };
        self.protocol.send(&mut wire, message).await?;
        let answer = match answers {
            true => Some(Answer { message: self.protocol.receive(&mut wire).await?, peer: wire.peer }),
            false => None,
        };
        let is_over = answer.as_ref().is_some_and(|answer| answer.message.is_none());
        if !is_over && !self.protocol.ends_with_connection() {
            self.keep(wire);
        }
        Ok(answer)
    }

    /// A connection that was kept, if there is one that is still good.
    fn kept(&self) -> Option<Wire> {
        loop {
            let mut wire = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
            if wire.is_idle() {
                return Some(wire);
            }
        }
    }

    fn keep(&self, wire: Wire) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MOST_IDLE {
            idle.push(wire);
        }
    }

    async fn connect(&self) -> Result<Wire, Problem> {
        let Address { host, port } = &self.address;
        let told = |why: &dyn fmt::Display| {
            format!("Could not connect TCP requester socket to host '{host}' on port '{port}': {why}")
        };
        let found = addresses(&self.address, self.local.as_ref()).await;
        let (remote, local) = found.map_err(|problem| {
            let text = told(&problem);
            problem.with_text(text)
        })?;
        let opening = async {
            let stream = self.open(remote, local).await?;
            match &self.tls {
                None => Ok(Stream::Plain(stream)),
                Some(tls) => Stream::to(host, stream, tls.clone()).await,
            }
        };
        let opened = match self.connecting {
            None => opening.await,
            Some(limit) => within(limit, opening).await,
        };
        let wire = opened.and_then(|stream| Wire::new(stream, self.options.patience));
        wire.map_err(|e| Problem::unreachable(told(&e), &e))
    }

    async fn open(&self, remote: SocketAddr, local: SocketAddr) -> io::Result<TcpStream> {
        let socket = if remote.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        set_buffers(&socket, &self.options)?;
        if self.local.is_some() {
            socket.set_reuseaddr(true)?;
            socket.bind(local)?;
        }
        let stream = socket.connect(remote).await?;
        stream.set_nodelay(self.options.no_delay)?;
        Ok(stream)
    }
}

/// Sets the buffers of a socket.
///
/// # Errors
/// What the system refuses.
pub fn set_buffers(socket: &TcpSocket, options: &Options) -> io::Result<()> {
    options.send_buffer.map_or(Ok(()), |size| socket.set_send_buffer_size(size))?;
    options.receive_buffer.map_or(Ok(()), |size| socket.set_recv_buffer_size(size))
}
