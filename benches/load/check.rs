//! Whether every answer is the answer to its request.

use reqwest::Client;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Sends so many requests over 64 connections, each with an id of its own, and looks for it in all that comes back.
pub fn run(port: u16, count: usize) -> String {
    let (next, wrong) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let client = Client::builder().no_proxy().build().unwrap();
    super::block_on(async {
        let workers = (0..64).map(|_| {
            let (client, next, wrong) = (client.clone(), next.clone(), wrong.clone());
            tokio::spawn(async move {
                loop {
                    let id = next.fetch_add(1, Ordering::Relaxed);
                    if id >= count {
                        return;
                    }
                    if !is_answered(&client, port, id).await {
                        wrong.fetch_add(1, Ordering::Relaxed);
                    }
                }
            })
        });
        for worker in workers.collect::<Vec<_>>() {
            worker.await.unwrap();
        }
    });
    format!("{count} requests checked, {} lost or mixed up", wrong.load(Ordering::Relaxed))
}

async fn is_answered(client: &Client, port: u16, id: usize) -> bool {
    let id = format!("id-{id}");
    let Ok(response) = client.get(format!("http://127.0.0.1:{port}/screen/{id}")).send().await else { return false };
    let Ok(answer) = response.json::<Value>().await else { return false };
    let ids = answer["ids"].as_array();
    answer["id"] == id.as_str() && ids.is_some_and(|ids| ids.len() == 5 && ids.iter().all(|found| found == id.as_str()))
}
