//! A socket that takes connections, and the connections, until it is stopped.

use super::answer;
use super::patience::Patient;
use super::routes::Routes;
use crate::connector::http::attributes::Ends;
use crate::connector::reconnection::Reconnection;
use crate::diag::{Code, Fault};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use rustls::ServerConfig;
use std::convert::Infallible;
use std::fmt::Display;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

/// What a socket is like.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub host: String,
    pub port: u16,
    pub keeps_alive: bool,
    pub idle_timeout: Option<Duration>,
    pub read_timeout: Option<Duration>,
    /// How many bytes the body of a request may have.
    pub body_limit: u64,
    /// Whether opening it is tried again.
    pub reconnection: Reconnection,
    /// Set for HTTPS.
    pub tls: Option<Arc<ServerConfig>>,
}

/// A socket at work.
pub struct Server {
    stop: watch::Sender<bool>,
    accepting: JoinHandle<JoinSet<()>>,
}

/// What the connections of a socket share.
struct Shared {
    settings: Settings,
    routes: Arc<Routes>,
    stopping: watch::Receiver<bool>,
}

impl Server {
    /// Opens the socket.
    ///
    /// # Errors
    /// An address that is taken or not there, unless it is tried again.
    pub async fn start(settings: Settings, routes: Arc<Routes>) -> Result<Self, Fault> {
        let bound = bind(&settings).await;
        let (stop, stopping) = watch::channel(false);
        let shared = Arc::new(Shared { settings, routes, stopping });
        let strategy = shared.settings.reconnection;
        let accepting = match bound {
            Ok(listener) => tokio::spawn(accept(listener, shared)),
            Err(fault) if !strategy.is_some() || strategy.fails_deployment => return Err(fault),
            Err(fault) => {
                tracing::warn!("{fault}; it is tried again");
                tokio::spawn(accept_later(shared, fault))
            }
        };
        Ok(Self { stop, accepting })
    }

    /// Closes the socket. Connections may finish what they are at for so long, and are cut then.
    pub async fn stop(self, patience: Duration) {
        self.stop.send_replace(true);
        let Ok(mut connections) = self.accepting.await else { return };
        let ended = async { while connections.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(patience, ended).await;
        connections.shutdown().await;
    }
}

async fn bind(settings: &Settings) -> Result<TcpListener, Fault> {
    let bound = TcpListener::bind((settings.host.as_str(), settings.port)).await;
    bound.map_err(|e| cannot_listen(settings, &e))
}

/// Takes connections once the socket can be opened; gives those that are still open.
async fn accept_later(shared: Arc<Shared>, mut fault: Fault) -> JoinSet<()> {
    let mut stopping = shared.stopping.clone();
    for pause in shared.settings.reconnection.pauses() {
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return JoinSet::new(),
            () = tokio::time::sleep(pause) => {}
        }
        match bind(&shared.settings).await {
            Ok(listener) => return accept(listener, shared).await,
            Err(again) => fault = again,
        }
    }
    tracing::error!("{fault}");
    JoinSet::new()
}

fn cannot_listen(settings: &Settings, error: &std::io::Error) -> Fault {
    let message = format!("cannot listen on {}:{}: {error}", settings.host, settings.port);
    let help = match error.kind() {
        std::io::ErrorKind::AddrInUse => "another program listens there: stop it, or choose another port",
        std::io::ErrorKind::PermissionDenied => "ports below 1024 are for the system: choose a higher one",
        _ => "check the host of the `http:listener-connection`",
    };
    Fault::new(Code::Io, message).help(help)
}

/// How long to wait when there are no more file handles for connections.
const NO_HANDLES: Duration = Duration::from_millis(50);

/// Takes connections until the socket is stopped; gives those that are still open.
async fn accept(listener: TcpListener, shared: Arc<Shared>) -> JoinSet<()> {
    let mut connections = JoinSet::new();
    let mut stopping = shared.stopping.clone();
    loop {
        let accepted = tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return connections,
            accepted = listener.accept() => accepted,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, remote)) => {
                connections.spawn(connection(stream, remote, shared.clone()));
            }
            Err(e) => {
                tracing::warn!("cannot take a connection: {e}");
                tokio::time::sleep(NO_HANDLES).await;
            }
        }
    }
}

/// Secures a connection, where that is wanted, and serves it.
async fn connection(stream: TcpStream, remote: SocketAddr, shared: Arc<Shared>) {
    let Ok(local) = stream.local_addr() else { return };
    // Without it, small answers wait for the client's acknowledgement of what was sent before.
    let _ = stream.set_nodelay(true);
    let is_answering = Arc::new(AtomicBool::new(false));
    let patient = Patient::new(stream, shared.settings.read_timeout, is_answering.clone());
    let ends = Ends { local, remote, is_secure: shared.settings.tls.is_some() };
    let Some(tls) = shared.settings.tls.clone() else { return serve(patient, ends, is_answering, shared).await };
    match TlsAcceptor::from(tls).accept(patient).await {
        Ok(secure) if secure.get_ref().1.alpn_protocol() == Some(b"h2") => serve_http2(secure, ends, shared).await,
        Ok(secure) => serve(secure, ends, is_answering, shared).await,
        Err(e) => tracing::debug!("the connection from {remote} was not secured: {e}"),
    }
}

/// Serves HTTP/2: any number of requests at once over one connection.
async fn serve_http2(stream: impl Stream, ends: Ends, shared: Arc<Shared>) {
    let service = service_fn(|request| {
        let shared = shared.clone();
        async move { Ok::<_, Infallible>(answer::answer(request, &ends, &shared.routes, shared.settings.body_limit).await) }
    });
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder.timer(TokioTimer::new()).keep_alive_interval(shared.settings.idle_timeout);
    until_stopped(builder.serve_connection(TokioIo::new(stream), service), ends, &shared).await;
}

/// Serves a connection until one of its ends closes it; once the socket is stopped it takes no further request.
async fn until_stopped<C: GracefulConnection<Error: Display>>(connection: C, ends: Ends, shared: &Shared) {
    let mut connection = pin!(connection);
    let mut stopping = shared.stopping.clone();
    let stopped = async { drop(stopping.wait_for(|stop| *stop).await) };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(e) = ended {
        tracing::debug!("the connection from {} ended: {e}", ends.remote);
    }
}

/// What bytes come from and go to.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin + 'static {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin + 'static> Stream for T {}

/// Serves HTTP/1.1: one request after the other.
async fn serve(stream: impl Stream, ends: Ends, is_answering: Arc<AtomicBool>, shared: Arc<Shared>) {
    let io = TokioIo::new(stream);
    let service = service_fn(|request| {
        let (shared, is_answering) = (shared.clone(), is_answering.clone());
        async move {
            is_answering.store(true, Ordering::Relaxed);
            let response = answer::answer(request, &ends, &shared.routes, shared.settings.body_limit).await;
            is_answering.store(false, Ordering::Relaxed);
            Ok::<_, Infallible>(response)
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).keep_alive(shared.settings.keeps_alive);
    builder.header_read_timeout(shared.settings.idle_timeout);
    until_stopped(builder.serve_connection(io, service), ends, &shared).await;
}
