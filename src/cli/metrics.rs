//! `--metrics`: figures of a served app over HTTP, at `/metrics`.

use super::Failure;
use crate::flow::metrics::Metrics;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};

/// What the text of the figures is for a scraper.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// How long a client may take for the head of a request.
const PATIENCE: Duration = Duration::from_secs(10);

/// Tells the figures to whoever asks at `[HOST:]PORT`, until the process ends.
pub async fn serve(address: &str) -> Result<Arc<Metrics>, Failure> {
    let (host, port) = address.rsplit_once(':').unwrap_or(("127.0.0.1", address));
    let Ok(port) = port.parse::<u16>() else {
        return Err(Failure::Plain(format!("`--metrics {address}`: write a port, or HOST:PORT")));
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let bound = TcpListener::bind((host, port)).await;
    let listener = bound.map_err(|e| Failure::Plain(format!("cannot tell metrics on {address}: {e}")))?;
    let metrics = Arc::new(Metrics::default());
    let told = metrics.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, told.clone()));
        }
    });
    Ok(metrics)
}

async fn answer(stream: TcpStream, metrics: Arc<Metrics>) {
    let service = service_fn(|request: Request<Incoming>| {
        let response = response(request.uri().path(), &metrics);
        async { Ok::<_, Infallible>(response) }
    });
    let mut connection = http1::Builder::new();
    connection.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    // A scraper that goes away asks again.
    let _ = connection.serve_connection(TokioIo::new(stream), service).await;
}

fn response(path: &str, metrics: &Metrics) -> Response<Full<Bytes>> {
    let (status, text) = match (path, metrics.text()) {
        ("/metrics", Ok(text)) => (StatusCode::OK, text),
        ("/metrics", Err(e)) => (StatusCode::INTERNAL_SERVER_ERROR, e.to_string()),
        _ => (StatusCode::NOT_FOUND, "the figures are at /metrics\n".to_string()),
    };
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status;
    if status == StatusCode::OK {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(OPEN_METRICS));
    }
    response
}
