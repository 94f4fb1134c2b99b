//! CSV to JSON with the csv crate and serde.

use super::print;
use serde::{Deserialize, Serialize};
use std::path::Path;

#[derive(Deserialize)]
struct Row {
    id: u64,
    placed: String,
    status: String,
    name: String,
    city: String,
    amount: f64,
    note: String,
}

#[derive(Serialize)]
struct Order {
    id: u64,
    placed: String,
    status: String,
    customer: Customer,
    amount: f64,
    note: String,
}

#[derive(Serialize)]
struct Customer {
    name: String,
    city: String,
}

/// Reads all rows, then writes all orders.
pub fn run(file: &Path) {
    let mut reader = csv::Reader::from_path(file).expect("the data file");
    let orders: Vec<Order> = reader.deserialize().map(|row| order(row.expect("an order"))).collect();
    print(&orders);
}

fn order(row: Row) -> Order {
    let Row { id, placed, status, name, city, amount, note } = row;
    Order { id, placed, status, customer: Customer { name, city }, amount, note }
}
