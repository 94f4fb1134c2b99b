%dw 2.0
output application/json
---
payload.orders.*order map (order) -> {
  id: order.@id as Number,
  placed: order.placed,
  status: order.@status,
  customer: { name: order.customer.name, city: order.customer.city },
  amount: order.amount as Number,
  items: order.items.*item map {
    sku: $.@sku,
    part: $.part,
    qty: $.qty as Number,
    price: $.price as Number
  },
  note: order.note
}
