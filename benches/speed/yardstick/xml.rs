//! XML to JSON with the events of quick-xml.

use super::print;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use serde::Serialize;
use std::fs;
use std::mem::take;
use std::path::Path;

#[derive(Default, Serialize)]
struct Order {
    id: u64,
    placed: String,
    status: String,
    customer: Customer,
    amount: f64,
    items: Vec<Item>,
    note: Option<String>,
}

#[derive(Default, Serialize)]
struct Customer {
    name: String,
    city: String,
}

#[derive(Default, Serialize)]
struct Item {
    sku: String,
    part: String,
    qty: u32,
    price: f64,
}

/// Reads all orders, then writes them.
pub fn run(file: &Path) {
    let text = fs::read_to_string(file).expect("the data file");
    let mut reader = Reader::from_str(&text);
    let mut orders: Vec<Order> = Vec::new();
    let mut content = String::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) => {
                content.clear();
                start(&mut orders, &tag);
            }
            Event::Text(text) => content.push_str(&text),
            Event::GeneralRef(name) => content.push_str(resolve_predefined_entity(&name).expect("a known entity")),
            Event::End(tag) => end(&mut orders, tag.name().as_ref(), &mut content),
            Event::Eof => break,
            _ => {}
        }
    }
    print(&orders);
}

fn start(orders: &mut Vec<Order>, tag: &BytesStart<'_>) {
    match (tag.name().as_ref(), orders.last_mut()) {
        ("order", _) => {
            let id = attribute(tag, "id").parse().expect("a number");
            orders.push(Order { id, status: attribute(tag, "status"), ..Order::default() });
        }
        ("item", Some(order)) => order.items.push(Item { sku: attribute(tag, "sku"), ..Item::default() }),
        _ => {}
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let attribute = tag.try_get_attribute(name).expect("attributes").expect("the attribute");
    attribute.normalized_value(XmlVersion::Implicit1_0).expect("its value").into_owned()
}

fn end(orders: &mut [Order], name: &str, content: &mut String) {
    let Some(order) = orders.last_mut() else { return };
    match (name, order.items.last_mut()) {
        ("placed", _) => order.placed = take(content),
        ("name", _) => order.customer.name = take(content),
        ("city", _) => order.customer.city = take(content),
        ("amount", _) => order.amount = content.parse().expect("a number"),
        ("part", Some(item)) => item.part = take(content),
        ("qty", Some(item)) => item.qty = content.parse().expect("a number"),
        ("price", Some(item)) => item.price = content.parse().expect("a number"),
        _ => {}
    }
}
