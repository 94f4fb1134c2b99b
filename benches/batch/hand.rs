//! The same job as somebody would write it in Rust for this one purpose: typed serde, the store of the batch module, as many
//! workers and records in a block.

use crate::{BLOCK, CONCURRENCY, GROUP};
use dwrun::flow::batch::store::{Block, Change, Key, NewBlock, NewInstance, SqliteStore, Status, Store};
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{BufReader, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

#[derive(Serialize, Deserialize)]
struct Order {
    id: u64,
    customer: Customer,
    amount: f64,
    currency: String,
    lines: Vec<Line>,
    express: bool,
    note: String,
    #[serde(default)]
    total: f64,
    #[serde(default)]
    is_express: bool,
}

#[derive(Serialize, Deserialize)]
struct Customer {
    id: u64,
    name: String,
    city: String,
}

#[derive(Serialize, Deserialize)]
struct Line {
    sku: String,
    quantity: u32,
    price: f64,
}

/// Runs the job on a file.
pub fn run(input: &Path, folder: &Path) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(work(input.to_path_buf(), folder.to_path_buf()));
}

async fn work(input: std::path::PathBuf, folder: std::path::PathBuf) {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.join("hand.db")).await.unwrap());
    let steps = ["check", "price", "send"].map(String::from).to_vec();
    let text = String::new;
    let new = NewInstance {
        id: "1".into(),
        job: "orders".into(),
        flow: text(),
        correlation: text(),
        steps,
        variables: vec![],
        created: 0,
    };
    let key = store.create(new).await.unwrap().unwrap();
    let (loader, runtime) = (store.clone(), Handle::current());
    tokio::task::spawn_blocking(move || {
        let mut input =
            serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 20, File::open(input).unwrap()));
        Loading { store: loader, runtime, key }.deserialize(&mut input).unwrap();
    })
    .await
    .unwrap();
    let sent = OpenOptions::new().create(true).append(true).open(folder.join("hand.txt")).unwrap();
    let job = Arc::new(Job { store: store.clone(), key, queue: Mutex::default(), waiting: Mutex::default(), sent });
    job.queue.lock().unwrap().extend(store.blocks(key).unwrap());
    let workers = Arc::new(Semaphore::new(CONCURRENCY));
    let mut tasks = tokio::task::JoinSet::new();
    loop {
        let permit = workers.clone().acquire_owned().await.unwrap();
        let next = job.queue.lock().unwrap().pop_front();
        match next {
            Some(block) => {
                let job = job.clone();
                tasks.spawn(async move {
                    job.step(block).await;
                    drop(permit);
                });
            }
            None if tasks.is_empty() => break,
            None => {
                drop(permit);
                tasks.join_next().await.unwrap().unwrap();
            }
        }
        while tasks.try_join_next().is_some() {}
    }
    job.send_rest().await;
    let change = Change { instance: key, status: Some(Status::Successful), ..Change::default() };
    store.commit(change).await.unwrap();
}

/// Writes orders into the store while they are read.
struct Loading {
    store: Arc<dyn Store>,
    runtime: Handle,
    key: Key,
}

impl<'de> DeserializeSeed<'de> for Loading {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Loading {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("orders")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut orders: A) -> Result<(), A::Error> {
        let mut block: Vec<Order> = Vec::with_capacity(BLOCK);
        let mut change = Change { instance: self.key, ..Change::default() };
        let mut size = 0;
        loop {
            let next = orders.next_element()?;
            let is_last = next.is_none();
            block.extend(next);
            if block.len() == BLOCK || (is_last && !block.is_empty()) {
                let data = serde_json::to_vec(&block).unwrap();
                size += data.len();
                change.queued.push(NewBlock { stage: 0, group: 0, count: block.len(), data });
                block.clear();
            }
            if size >= 4 << 20 || is_last {
                size = 0;
                let full = std::mem::replace(&mut change, Change { instance: self.key, ..Change::default() });
                self.runtime.block_on(self.store.commit(full)).unwrap();
            }
            if is_last {
                return Ok(());
            }
        }
    }
}

struct Job {
    store: Arc<dyn Store>,
    key: Key,
    queue: Mutex<VecDeque<Block>>,
    /// What waits to be sent.
    waiting: Mutex<Vec<Block>>,
    sent: File,
}

impl Job {
    fn orders(&self, block: &Block) -> Vec<Order> {
        serde_json::from_slice(&self.store.data(block.id).unwrap()).unwrap()
    }

    async fn step(&self, block: Block) {
        let mut orders = self.orders(&block);
        match block.stage {
            0 => {
                orders.iter_mut().filter(|order| order.amount >= 0.0).for_each(|order| order.is_express = order.express)
            }
            2 => orders.iter_mut().for_each(|order| {
                order.total = order.lines.iter().map(|line| line.price * f64::from(line.quantity)).sum();
            }),
            _ => {}
        }
        let stage = if block.stage == 4 { 5 } else { block.stage + 2 };
        let new = NewBlock { stage, group: 0, count: orders.len(), data: serde_json::to_vec(&orders).unwrap() };
        let change = Change { instance: self.key, done: vec![block.id], queued: vec![new], ..Change::default() };
        let id = self.store.commit(change).await.unwrap()[0];
        let block = Block { id, stage, ..block };
        if stage < 5 {
            self.queue.lock().unwrap().push_back(block);
            return;
        }
        let group = {
            let mut waiting = self.waiting.lock().unwrap();
            waiting.push(block);
            let is_full = waiting.iter().map(|block| block.count).sum::<usize>() >= GROUP;
            if is_full { std::mem::take(&mut *waiting) } else { Vec::new() }
        };
        if !group.is_empty() {
            self.send(group).await;
        }
    }

    async fn send_rest(&self) {
        let rest = std::mem::take(&mut *self.waiting.lock().unwrap());
        if !rest.is_empty() {
            self.send(rest).await;
        }
    }

    async fn send(&self, group: Vec<Block>) {
        let orders: Vec<Order> = group.iter().flat_map(|block| self.orders(block)).collect();
        let total: f64 = orders.iter().map(|order| order.total).sum();
        (&self.sent).write_all(format!("{} {total}\n", orders.len()).as_bytes()).unwrap();
        let done = group.iter().map(|block| block.id).collect();
        self.store.commit(Change { instance: self.key, done, ..Change::default() }).await.unwrap();
    }
}
