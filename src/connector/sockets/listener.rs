//! `sockets:listener`: a flow that takes the messages of a socket and answers them.

use super::attributes;
use super::config::{Address, ListenerConfig, ListenerKind, Options};
use super::problem::Problem;
use super::protocol::Protocol;
use super::requester::{send_packets, set_buffers};
use super::wire::Wire;
use crate::connector::output::{OUTPUT_ENCODING, OUTPUT_MIME_TYPE, Relabel};
use crate::connector::reconnection::{self, Reconnection};
use crate::connector::stream::Stream;
use crate::diag::{Code, Fault};
use crate::flow::app::{Entry, Running, Source};
use crate::flow::build::Node;
use crate::flow::event::{Error, Message, Typed, media};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use rustls::ServerConfig;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream, UdpSocket, lookup_host};
use tokio::sync::watch;

/// `sockets:listener`
pub static SPEC: Spec = Spec {
    name: "sockets:listener",
    doc: "Starts its flow with every message of a socket, those of a connection one after the other. What the flow ends with \
          is the answer; null is none. A flow that fails answers nothing and ends the connection. `attributes` has `port`, \
          `hostAddress` and `hostName` of the other side.",
    attributes: &[
        Attribute::required("config-ref", Kind::Reference, "The `sockets:listener-config` of the socket."),
        Attribute::default("responseValue", Kind::Value, "#[payload]", "The answer."),
        Attribute::default("primaryNodeOnly", Kind::Boolean, "false", "Has no effect here."),
        OUTPUT_MIME_TYPE,
        OUTPUT_ENCODING,
    ],
    parts: &[reconnection::TIMES, reconnection::FOREVER],
    example: r##"<sockets:listener config-ref="scales" outputMimeType="text/plain" responseValue="#['seen ' ++ payload]"/>"##,
    make: Make::Source(|node| Box::new(Listener::of(node))),
    ..Spec::NEW
};

struct Listener {
    config: Option<Arc<ListenerConfig>>,
    reconnection: Option<Reconnection>,
    response: Expression,
    label: Arc<Relabel>,
}

impl Listener {
    fn of(node: &Node<'_>) -> Self {
        Self {
            config: node.global::<ListenerConfig>("config-ref"),
            reconnection: Reconnection::of(node),
            response: node.expression("responseValue"),
            label: Arc::new(Relabel::of(node)),
        }
    }
}

impl Source for Listener {
    fn start<'a>(&'a self, entry: Entry) -> BoxFuture<'a, Result<Box<dyn Running>, Fault>> {
        Box::pin(async move {
            // Without its configuration the app would not have been built.
            let known = self.config.as_ref().and_then(|config| Some((config, config.kind.clone()?)));
            let (config, kind) = known.ok_or_else(|| Fault::internal("the listener has no configuration"))?;
            let (stop, stopping) = watch::channel(false);
            let worker = Worker {
                entry,
                response: self.response.clone(),
                label: self.label.clone(),
                stopping,
                kind: kind.clone(),
            };
            let strategy = self.reconnection.unwrap_or(config.reconnection);
            let fault = |problem: Problem| {
                Fault::new(Code::Io, problem.to_string()).help("another program may listen there: choose another port")
            };
            match bind(&config.address, &kind).await {
                Ok(socket) => drop(tokio::spawn(worker.listen(socket))),
                Err(problem) if !strategy.is_some() || strategy.fails_deployment => return Err(fault(problem)),
                Err(problem) => {
                    tracing::warn!("{problem}; it is tried again");
                    let address = config.address.clone();
                    tokio::spawn(async move {
                        let mut stopping = worker.stopping.clone();
                        let stopped = async { drop(stopping.wait_for(|stop| *stop).await) };
                        let bound = strategy.attempts(|| bind(&address, &kind));
                        tokio::select! {
                            () = stopped => {}
                            bound = bound => match bound {
                                Ok(socket) => worker.listen(socket).await,
                                Err(problem) => tracing::error!("{problem}"),
                            },
                        }
                    });
                }
            }
            Ok(Box::new(Listening(stop)) as Box<dyn Running>)
        })
    }

    fn describe(&self) -> String {
        let Some(config) = &self.config else { return String::new() };
        let scheme = if matches!(config.kind, Some(ListenerKind::Udp { .. })) { "udp" } else { "tcp" };
        format!("{scheme}://{}:{}", config.address.host, config.address.port)
    }
}

/// A listener at work.
struct Listening(watch::Sender<bool>);

impl Running for Listening {
    fn stop(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            self.0.send_replace(true);
            // The socket is closed once all who listen have seen it, unless a message is in its flow.
            let _ = tokio::time::timeout(CLOSING, self.0.closed()).await;
        })
    }
}

/// How long stopping waits for the socket to be closed.
const CLOSING: Duration = Duration::from_millis(200);

/// A socket that messages come to.
enum Socket {
    Tcp(TcpListener),
    Udp(UdpSocket),
}

/// Opens the socket.
async fn bind(address: &Address, kind: &ListenerKind) -> Result<Socket, Problem> {
    let Address { host, port } = address;
    let found = lookup_host((host.as_str(), *port)).await.ok().and_then(|mut all| all.next());
    let found = found.ok_or_else(|| Problem::unknown_host(host))?;
    let bound = match kind {
        ListenerKind::Tcp { options, backlog, .. } => listen(found, options, *backlog).map(Socket::Tcp),
        ListenerKind::Udp { .. } => UdpSocket::bind(found).await.map(Socket::Udp),
    };
    bound.map_err(|e| Problem::connectivity(format!("Could not bind socket to host '{host}' and port '{port}': {e}")))
}

fn listen(address: SocketAddr, options: &Options, backlog: u32) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    set_buffers(&socket, options)?;
    socket.bind(address)?;
    socket.listen(backlog)
}

/// What brings the messages of a socket into the flow.
#[derive(Clone)]
struct Worker {
    entry: Entry,
    response: Expression,
    label: Arc<Relabel>,
    stopping: watch::Receiver<bool>,
    kind: ListenerKind,
}

/// How long to wait when there are no more file handles for connections.
const NO_HANDLES: Duration = Duration::from_millis(50);

impl Worker {
    /// Takes connections or packets until the listener is stopped.
    async fn listen(self, socket: Socket) {
        let mut stopping = self.stopping.clone();
        let work = async {
            match (&socket, &self.kind) {
                (Socket::Tcp(listener), ListenerKind::Tcp { options, protocol, tls, .. }) => {
                    self.connections(listener, options, *protocol, tls.as_ref()).await;
                }
                (Socket::Udp(socket), ListenerKind::Udp { packet, broadcasts }) => {
                    self.packets(socket, *packet, *broadcasts).await;
                }
                _ => {}
            }
        };
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => {}
            () = work => {}
        }
    }

    async fn connections(
        &self,
        listener: &TcpListener,
        options: &Options,
        protocol: Protocol,
        tls: Option<&Arc<ServerConfig>>,
    ) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    let (worker, options, tls) = (self.clone(), options.clone(), tls.cloned());
                    tokio::spawn(async move { worker.connection(stream, &options, protocol, tls).await });
                }
                Err(e) => {
                    tracing::warn!("cannot take a connection: {e}");
                    tokio::time::sleep(NO_HANDLES).await;
                }
            }
        }
    }

    /// Serves a connection until one of its ends closes it, or the listener is stopped.
    async fn connection(
        mut self,
        stream: TcpStream,
        options: &Options,
        protocol: Protocol,
        tls: Option<Arc<ServerConfig>>,
    ) {
        let _ = stream.set_nodelay(options.no_delay);
        let stream = match tls {
            None => Ok(Stream::Plain(stream)),
            Some(tls) => Stream::from(stream, tls).await,
        };
        let mut wire = match stream.and_then(|stream| Wire::new(stream, options.patience)) {
            Ok(wire) => wire,
            Err(e) => return tracing::debug!("a connection was not made: {e}"),
        };
        loop {
            let received = tokio::select! {
                _ = self.stopping.wait_for(|stop| *stop) => return,
                received = protocol.receive(&mut wire) => received,
            };
            let message = match received {
                Ok(Some(message)) => message,
                Ok(None) => break,
                Err(problem) => {
                    tracing::warn!("a message of {} was not read: {problem}", wire.peer);
                    break;
                }
            };
            match self.answer(message, wire.peer).await {
                Ok(None) => {}
                Ok(Some(answer)) => {
                    if let Err(problem) = protocol.send(&mut wire, &answer).await {
                        return tracing::error!(
                            "an error occurred while sending the answer to {}: {problem}",
                            wire.peer
                        );
                    }
                }
                Err(error) => {
                    tracing::debug!("{} is not answered: {error}", wire.peer);
                    break;
                }
            }
            if protocol.ends_with_connection() {
                break;
            }
        }
        // What was sent before arrives before the end does.
        let _ = wire.end().await;
    }

    async fn packets(&self, socket: &UdpSocket, packet: usize, broadcasts: bool) {
        let mut buffer = vec![0; packet];
        loop {
            match socket.recv_from(&mut buffer).await {
                Ok((count, peer)) => {
                    let (worker, message) = (self.clone(), Bytes::copy_from_slice(&buffer[..count]));
                    tokio::spawn(async move {
                        let answered = match worker.answer(message, peer).await {
                            Ok(Some(answer)) => reply(&answer, packet, broadcasts, peer).await,
                            Ok(None) => Ok(()),
                            Err(error) => return tracing::debug!("{peer} is not answered: {error}"),
                        };
                        if let Err(e) = answered {
                            tracing::error!("an error occurred while sending the answer to {peer}: {e}");
                        }
                    });
                }
                Err(e) => {
                    tracing::warn!("cannot take a packet: {e}");
                    tokio::time::sleep(NO_HANDLES).await;
                }
            }
        }
    }

    /// Runs the flow on a message; gives the answer, if it has one.
    async fn answer(&self, message: Bytes, peer: SocketAddr) -> Result<Option<Bytes>, Error> {
        let admitted = self.entry.admit().await;
        let mut event = self.entry.event();
        event.message =
            Message { payload: self.label.on(Typed::bytes(message, media("*/*"))), attributes: attributes::of(peer) };
        self.entry.run_admitted(&mut event, admitted).await?;
        let answer = self.response.typed(&event)?;
        if answer.is_null() {
            return Ok(None);
        }
        let bytes = answer.to_bytes().map_err(|fault| Error::expression(&self.response.source(), fault.into()))?;
        Ok(Some(bytes))
    }
}

/// Answers a packet, from a socket of its own as the vendor's does.
async fn reply(answer: &[u8], packet: usize, broadcasts: bool, peer: SocketAddr) -> io::Result<()> {
    let socket = match peer {
        SocketAddr::V4(_) => UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).await?,
        SocketAddr::V6(_) => UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)).await?,
    };
    socket.set_broadcast(broadcasts)?;
    send_packets(&socket, answer, packet, peer).await
}
