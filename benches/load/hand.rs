//! The aggregator as a Rust programmer would write it.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use futures_util::future::join_all;
use reqwest::Client;
use serde_json::{Value, json};

/// The backends, in the order of the answer.
pub const BACKENDS: [&str; 5] = ["core", "wealth", "mortgage", "insurance", "cards"];

/// Serves `/screen/{id}` until the process ends.
pub fn serve(port: u16, backend: &str) {
    let base = format!("http://127.0.0.1:{backend}");
    let client = Client::builder().no_proxy().tcp_nodelay(true).build().unwrap();
    super::block_on(async move {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let router = Router::new().route("/screen/{id}", get(screen)).with_state((client, base));
        axum::serve(listener, router).await.unwrap();
    });
}

async fn screen(State((client, base)): State<(Client, String)>, Path(id): Path<String>) -> Json<Value> {
    let ask = |backend: &str| {
        let request = client.get(format!("{base}/{backend}/{id}"));
        async move { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    let answers = join_all(BACKENDS.map(ask)).await;
    let sections: serde_json::Map<_, _> =
        BACKENDS.iter().zip(&answers).map(|(name, answer)| (name.to_string(), answer["items"].clone())).collect();
    let ids: Vec<_> = answers.iter().map(|answer| answer["id"].clone()).collect();
    Json(json!({"id": id, "ids": ids, "sections": sections}))
}
