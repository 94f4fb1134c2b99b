//! The jobs on JSON, with typed serde.

use super::print;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(Deserialize, Serialize)]
struct Order {
    id: u64,
    placed: String,
    status: String,
    customer: Customer,
    amount: f64,
    items: Vec<Item>,
    note: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Customer {
    name: String,
    city: String,
    vip: bool,
}

#[derive(Deserialize, Serialize)]
struct Item {
    sku: String,
    part: String,
    qty: u32,
    price: f64,
}

#[derive(Serialize)]
struct Brief {
    id: u64,
    who: String,
    city: String,
    total: f64,
    lines: usize,
}

#[derive(Serialize)]
struct City {
    orders: usize,
    revenue: f64,
    largest: Vec<u64>,
}

#[derive(Serialize)]
struct Newest<'a> {
    id: u64,
    who: &'a str,
    amount: f64,
}

#[derive(Serialize)]
struct Report<'a> {
    cities: BTreeMap<&'a str, City>,
    newest: Vec<Newest<'a>>,
}

/// Does one of the jobs on orders as JSON.
pub fn run(job: &str, file: &Path) {
    let bytes = fs::read(file).expect("the data file");
    let orders: Vec<Order> = serde_json::from_slice(&bytes).expect("orders");
    match job {
        "map" => print(&orders.into_iter().map(brief).collect::<Vec<_>>()),
        "group" => print(&group(&orders)),
        "report" => print(&report(&orders)),
        other => panic!("no yardstick for {other}"),
    }
}

fn brief(order: Order) -> Brief {
    let Customer { name, city, .. } = order.customer;
    Brief { id: order.id, who: name, city, total: order.amount, lines: order.items.len() }
}

fn group(orders: &[Order]) -> BTreeMap<&str, Vec<&Order>> {
    let mut groups: BTreeMap<&str, Vec<&Order>> = BTreeMap::new();
    for order in orders {
        groups.entry(&order.customer.city).or_default().push(order);
    }
    groups
}

fn report(orders: &[Order]) -> Report<'_> {
    let mut paid: Vec<&Order> = orders.iter().filter(|o| o.status == "paid").collect();
    let mut groups: BTreeMap<&str, Vec<&Order>> = BTreeMap::new();
    for order in &paid {
        groups.entry(&order.customer.city).or_default().push(order);
    }
    let cities = groups.into_iter().map(|(city, orders)| (city, summary(orders))).collect();
    paid.sort_by(|a, b| a.placed.cmp(&b.placed));
    let newest = paid.iter().rev().take(10);
    let newest = newest.map(|o| Newest { id: o.id, who: &o.customer.name, amount: o.amount }).collect();
    Report { cities, newest }
}

fn summary(mut orders: Vec<&Order>) -> City {
    let revenue = orders.iter().map(|o| o.amount).sum();
    orders.sort_by(|a, b| b.amount.total_cmp(&a.amount));
    City { orders: orders.len(), revenue, largest: orders.iter().take(3).map(|o| o.id).collect() }
}
