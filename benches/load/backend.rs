//! Five backends that take a millisecond each and say whom they were asked for.

use axum::extract::Path;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::time::Duration;

/// Serves `/{backend}/{id}` until the process ends.
pub fn serve(port: u16) {
    let answer = |Path((backend, id)): Path<(String, String)>| async move {
        tokio::time::sleep(Duration::from_millis(1)).await;
        let value: Value = json!({"backend": backend, "id": id, "items": [{"name": "one", "amount": 12.5}, {"name": "two", "amount": 7}]});
        Json(value)
    };
    super::block_on(async move {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        axum::serve(listener, Router::new().route("/{backend}/{id}", get(answer))).await.unwrap();
    });
}
